import type { Distribution } from '@menusmith/core';
import { type FiniteBuyers, finiteBuyersOf, type ListedBuyer } from '../problem/finite-buyers.ts';
import type { SoldProblem } from '../problem/sold-problem.ts';
import type { ProfileBuyers, ValueScaleType } from '../study/study.ts';

/** The buyers with all values multiplied by a number; as θ = w s^{1−σ}, so are representative types. */
export const scaledBuyers = <P extends SoldProblem>(buyers: P, factor: number): P =>
  scaled(buyers, factor) as P;

const scaled = (buyers: SoldProblem, factor: number): SoldProblem => {
  switch (buyers.kind) {
    case 'continuous-chain':
      return { ...buyers, types: scaledDistribution(buyers.types, factor) };
    case 'listed-chain': {
      const { mass, value } = buyers.types;
      return {
        ...buyers,
        types: { mass, value: value.map((x) => factor * x) },
        listed: buyers.listed.map((type) => scaledType(type, factor)),
      };
    }
    case 'space':
      return { ...buyers, ...scaledTypes(buyers, factor) };
  }
};

const scaledType = <T extends ListedBuyer>(type: T, factor: number): T => ({
  ...type,
  ...(type.value === undefined ? {} : { value: factor * type.value }),
  ...(type.values === undefined ? {} : { values: type.values.map((x) => factor * x) }),
});

const scaledTypes = ({ grid, profiles, listed }: FiniteBuyers, factor: number): FiniteBuyers => {
  if (grid) {
    const types = listed.map((type) => scaledType(type, factor)) as readonly ListedBuyer[];
    return finiteBuyersOf({ kind: 'file', types: types as readonly ValueScaleType[], scales: grid.scales });
  }
  const { refined: _, ...own } = profiles!;
  const buyers: ProfileBuyers = { ...own, types: own.types.map((type) => scaledType(type, factor)) };
  return finiteBuyersOf(buyers);
};

/** The distribution of k·X for X ~ F. */
const scaledDistribution = (of: Distribution, k: number): Distribution => {
  const [min, max] = [k * of.min, k * of.max];
  // Rounding must not put an end of the support outside.
  const within = (x: number): number => Math.min(of.max, Math.max(of.min, x / k));
  return {
    min,
    max,
    breakpoints: of.breakpoints.map((x) => k * x),
    density: (x) => (x >= min && x <= max ? of.density(within(x)) / k : 0),
    cdf: (x) => of.cdf(within(x)),
    survival: (x) => of.survival(within(x)),
    quantile: (u) => k * of.quantile(u),
  };
};
