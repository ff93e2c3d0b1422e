import type { Distribution } from '@menusmith/core';
import type { Buyers, Study } from '../study/study.ts';

/** The same study with every buyer's values multiplied by a number; as θ = w s^{1−σ}, so are representative types. */
export const withScaledValues = (study: Study, factor: number): Study => ({
  ...study,
  buyers: scaledBuyers(study.buyers, factor),
});

const scaledBuyers = (buyers: Buyers, factor: number): Buyers => {
  const scaled = <T extends { readonly value: number }>(type: T): T => ({
    ...type,
    value: factor * type.value,
  });
  switch (buyers.kind) {
    case 'value-scale':
      return { ...buyers, value: scaledDistribution(buyers.value, factor) };
    case 'representative':
      return 'type' in buyers
        ? { ...buyers, type: scaledDistribution(buyers.type, factor) }
        : { ...buyers, types: buyers.types.map(scaled) };
    case 'profiles': {
      // Nodes stay where they are: what starts between them is integrated as before.
      const { refined: _, ...own } = buyers;
      const types = buyers.types.map((type) => ({
        ...type,
        values: type.values.map((value) => factor * value),
      }));
      const { goods } = buyers;
      if (goods === undefined) return { ...own, types };
      const values = goods.values.map((distribution) => scaledDistribution(distribution, factor));
      return { ...own, types, goods: { ...goods, values } };
    }
    default:
      return { ...buyers, types: buyers.types.map(scaled) };
  }
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
