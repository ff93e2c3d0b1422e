import type { Registry } from '../../registry.ts';
import type { Study } from '../../study/study.ts';
import { demandDegrees, demandIndex } from '../estimate/demand-degree.ts';
import type { Panel } from '../estimate/panel.ts';
import { priceIndex } from '../estimate/price-index.ts';
import { spendingShares } from '../estimate/spending-shares.ts';
import { type StudyDistribution, typeDistribution } from '../estimate/type-distribution.ts';
import { exponentsOf, type FittedModel, fittedQuantity, logTheta } from '../fitted-model.ts';
import type { DrawSource } from './draw-source.ts';
import { bestTariffs, drawnStudy, type Gain, gainOf } from './drawn-market.ts';
import { randomNumbers } from './random-numbers.ts';
import { customerSeries, resampledPanel } from './resampled-panel.ts';

/** What other customers would have led to; plain data. */
export interface Draw {
  readonly degree: number;
  readonly exponents: Readonly<Record<string, number>>;
  /** The distribution of θ, as a study has it. */
  readonly type: StudyDistribution;
  /** What the fit's tariffs earn more than today's list from these buyers. */
  readonly gain: Gain;
  /**
   * What tariffs that are best for these buyers earn more than the fit's: from these buyers, as they promise, and from customers who were not drawn, whose demand and types
   * are fitted by themselves.
   */
  readonly best?: { readonly promised: Gain; readonly brought: Gain };
}

/** Draws by their number, which with the seed says who is in one: the same wherever, and in whatever order, they are made. null where demand does not fall with prices, or exponents are not concave. */
export const drawing = (source: DrawSource, registry: Registry): ((number: number) => Draw | null) => {
  const { panel, plans, today, seed, searchEvery } = source;
  const groups = customerSeries(panel);
  const size = groups.starts.length - 1;
  return (number) => {
    const random = randomNumbers(seed, number);
    const picks = Uint32Array.from({ length: size }, () => random(size));
    const fit = refitted(source, resampledPanel(panel, groups, picks));
    if (fit === undefined) return null;
    const study = drawnStudy(source, fit, registry);
    const draw = {
      degree: fit.degree,
      exponents: fit.exponents,
      type: fit.distribution.study,
      gain: gainOf(study, plans, today),
    };
    if (number % searchEvery !== 0) return draw;
    const others = refitted(source, resampledPanel(panel, groups, othersThan(picks, size)));
    if (others === undefined) return draw;
    const best = bestTariffs(study);
    const outside = drawnStudy(source, others, registry);
    const over = (own: Study): Gain => {
      const [found, held] = [gainOf(own, best, today), gainOf(own, plans, today)];
      return { absolute: found.absolute - held.absolute, relative: found.relative - held.relative };
    };
    return { ...draw, best: { promised: over(study), brought: over(outside) } };
  };
};

/** The main model's fit to other customers, the form of its distribution chosen anew; undefined where it has no concave production. */
const refitted = (
  { tokens, model, degree: given, forms, isByPrices, isOwnDegree }: DrawSource,
  panel: Panel,
): FittedModel | undefined => {
  const shares = spendingShares(
    panel,
    tokens.map((column) => ({ get: (cell: number) => column[cell]! })),
  );
  // Days of changes count price events, which a degree does not depend on.
  const index = priceIndex(panel, shares, { changes: () => [] });
  const y = demandIndex(panel, index, shares);
  const found = isByPrices ? demandDegrees(panel, index, y) : undefined;
  const fromPrices = isOwnDegree ? found?.own[model]?.degree : found?.pooled.degree;
  const degree = isByPrices ? (fromPrices ?? Number.NaN) : given;
  const own = shares[model]!;
  const isTuned = panel.models[model]!.shared !== undefined;
  if (!(degree > 0 && degree * (1 + own.shared) < 1) || (isTuned && own.shared === 0)) return undefined;
  const theta = fittedQuantity(panel, model, logTheta(panel, y, degree, own.tasks), forms);
  return {
    model,
    degree,
    exponents: exponentsOf(panel, model, degree, own),
    theta,
    distribution: typeDistribution(theta.types.chosen.density, theta.expected.length, theta.highest),
    beyondSample: 0,
  };
};

/** Places that were not picked. */
const othersThan = (picks: Uint32Array, size: number): Uint32Array => {
  const isPicked = new Uint8Array(size);
  for (const pick of picks) isPicked[pick] = 1;
  return Uint32Array.from({ length: size }, (_, k) => k).filter((k) => isPicked[k] === 0);
};
