import { Matrix, pseudoInverse } from 'ml-matrix';
import { monthEffects } from './month-effects.ts';
import type { Panel } from './panel.ts';
import type { PriceIndex } from './price-index.ts';
import type { SpendingShares } from './spending-shares.ts';

/** σ from price changes. */
export interface DemandDegree {
  readonly degree: number;
  readonly standardError: number;
  /** The same by customer alone, by customer and stretch of prices, by customer and month: the largest is the standard error. */
  readonly errors: { readonly customer: number; readonly price: number; readonly month: number };
  /** Whether effects of months, common to all models, could be told from prices. */
  readonly hasMonthEffects: boolean;
  /** Share of the prices' variation within series that months in common leave; 1 without month effects. */
  readonly ownVariation: number;
  /** What months added to log θ of all models alike; zeros without month effects. */
  readonly shocks: Float64Array;
}

/** y = log E − log P + r log(b + Z), with which log E = σ y + log θ + const whatever Z is (DESIGN: first-order condition of tasks). */
export const demandIndex = (
  { modelOf, month, logSpending, lift }: Panel,
  index: PriceIndex,
  shares: readonly SpendingShares[],
): ((cell: number, series: number) => number) => {
  const ratios = shares.map(({ shared }) => shared);
  return (i, s) => {
    const m = modelOf[s]!;
    const base = logSpending[i]! - index.log[m]![month[i]!]!;
    return lift === undefined ? base : base + ratios[m]! * lift[i]!;
  };
};

/** Least share of the variation of prices that must be the models' own for months to have effects. */
const LEAST_OWN = 0.01;
/** Squared deviations of log prices below are rounding. */
const ROUNDING = 1e-16;
/** With more models than these no model has a degree of its own. */
const MOST_OWN = 12;

/** An instrument: a number by model and month, zero where it says nothing. */
type Instrument = readonly Float64Array[];
type Reading = (cell: number, series: number) => number;

/** σ of all models together, and of each by itself where its prices move enough. */
export interface DemandDegrees {
  readonly pooled: DemandDegree;
  /** By model; undefined for models whose prices stand still. */
  readonly own: readonly (DemandDegree | undefined)[];
}

/**
 * σ̂ = Σ z log E / Σ z y, z being log prices without the means of series and, where prices of models move at different times, months: instrumental
 * variables with fixed effects, which without fine-tuning is −β/(1 − β) for the least-squares slope β of log E on log P. undefined where prices do not vary.
 *
 * Standard errors are clustered by customer and, two ways, by stretch of unchanged prices and by month (Cameron, Gelbach and Miller 2011).
 */
export const demandDegrees = (panel: Panel, index: PriceIndex, y: Reading): DemandDegrees | undefined => {
  const { logSpending, modelOf, months, models } = panel;
  const none = new Float64Array(months);
  const alone = product(panel, index.log, none);
  if (!(alone > ROUNDING * panel.month.length)) return undefined;
  const effects = models.length > 1 ? monthEffects(panel) : undefined;
  const common = (z: Instrument): Float64Array =>
    effects === undefined ? none : effects((i, s) => z[modelOf[s]!]![panel.month[i]!]!);
  const ownVariation = product(panel, index.log, common(index.log)) / alone;
  const hasMonthEffects = effects !== undefined && ownVariation > LEAST_OWN;
  const removed = hasMonthEffects ? common : () => none;
  const found = (
    degree: number,
    z: Instrument,
    slope: number,
    degreeOf: (model: number) => number,
  ): DemandDegree => {
    const residual: Reading = (i, s) => logSpending[i]! - degreeOf(modelOf[s]!) * y(i, s);
    const shocks = hasMonthEffects ? effects(residual) : none;
    const errors = clusteredErrors(panel, index, slope, (visit) =>
      eachResidual(panel, z, removed(z), residual, shocks, visit),
    );
    return {
      degree,
      standardError: Math.max(errors.customer, errors.price, errors.month),
      errors,
      hasMonthEffects,
      ownVariation: hasMonthEffects ? ownVariation : 1,
      shocks,
    };
  };
  const slope = product(panel, index.log, removed(index.log), y);
  const degree = product(panel, index.log, removed(index.log), (i) => logSpending[i]!) / slope;
  const pooled = found(degree, index.log, slope, () => degree);
  const nothing = models.map(() => undefined);
  const moving = models.flatMap((_, m) => (index.changes.some(({ model }) => model === m) ? [m] : []));
  if (models.length === 1 || moving.length > MOST_OWN) return { pooled, own: nothing };
  // Models whose prices stand still have the degree of all: their cells tell months alone.
  const instruments = moving.map((m) => models.map((_, k) => (k === m ? index.log[m]! : none)));
  const known = (m: number): number => (moving.includes(m) ? 0 : degree);
  const left = instruments.map((z) =>
    moving.map((m) => product(panel, z, removed(z), (i, s) => (modelOf[s] === m ? y(i, s) : 0))),
  );
  const right = instruments.map((z) =>
    product(panel, z, removed(z), (i, s) => logSpending[i]! - known(modelOf[s]!) * y(i, s)),
  );
  const inverse = pseudoInverse(new Matrix(left));
  const degrees = inverse.mmul(Matrix.columnVector(right)).to1DArray();
  const degreeOf = (m: number): number => (moving.includes(m) ? degrees[moving.indexOf(m)]! : degree);
  const own = moving.map((_, k) => {
    const z = models.map((__, m) => {
      const weight = moving.includes(m) ? inverse.get(k, moving.indexOf(m)) : 0;
      return index.log[m]!.map((x) => weight * x);
    });
    return found(degrees[k]!, z, 1, degreeOf);
  });
  return { pooled, own: models.map((_, m) => own[moving.indexOf(m)]) };
};

const seriesMean = (from: number, to: number, value: (cell: number) => number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += value(i);
  return sum / (to - from);
};

/** Σ z̃ f over cells, z̃ being the instrument without `removed` by month and without the means of series; f is z̃ itself where it is not given. */
const product = (
  { offsets, month, modelOf }: Panel,
  instrument: Instrument,
  removed: Float64Array,
  f?: Reading,
): number => {
  let sum = 0;
  for (let s = 0; s + 1 < offsets.length; s++) {
    const [from, to] = [offsets[s]!, offsets[s + 1]!];
    const z = instrument[modelOf[s]!]!;
    const mean = seriesMean(from, to, (i) => z[month[i]!]! - removed[month[i]!]!);
    for (let i = from; i < to; i++) {
      const rest = z[month[i]!]! - removed[month[i]!]! - mean;
      sum += rest * (f === undefined ? rest : f(i, s));
    }
  }
  return sum;
};

/** Visits z̃ ũ of every cell, ũ being the residual without shocks of months and means of series. */
const eachResidual = (
  { offsets, month, modelOf }: Panel,
  instrument: Instrument,
  removed: Float64Array,
  residual: Reading,
  shocks: Float64Array,
  visit: (cell: number, series: number, score: number) => void,
): void => {
  for (let s = 0; s + 1 < offsets.length; s++) {
    const [from, to] = [offsets[s]!, offsets[s + 1]!];
    const z = instrument[modelOf[s]!]!;
    const mean = seriesMean(from, to, (i) => z[month[i]!]! - removed[month[i]!]!);
    const level = seriesMean(from, to, (i) => residual(i, s) - shocks[month[i]!]!);
    for (let i = from; i < to; i++) {
      const rest = z[month[i]!]! - removed[month[i]!]! - mean;
      visit(i, s, rest * (residual(i, s) - shocks[month[i]!]! - level));
    }
  }
};

/**
 * Standard errors from scores z u, added up by cluster. Two ways: the variance by customer, plus that by the other, minus that by both at once, and
 * at least that by customer, as with few clusters the rest may come out negative. Each with the correction G/(G − 1) for G clusters.
 */
const clusteredErrors = (
  { customerOf, modelOf, month, months }: Panel,
  { spell, spells }: PriceIndex,
  slope: number,
  eachScore: (visit: (cell: number, series: number, score: number) => void) => void,
): DemandDegree['errors'] => {
  const customers = customerOf.reduce((most, c) => Math.max(most, c + 1), 0);
  const byCustomer = new Float64Array(customers);
  const bySpell = new Float64Array(spells);
  const byMonth = new Float64Array(months);
  // Cells of a customer in one stretch, and in one month, are added up while her series pass by; those of her other models are clusters of their own there.
  let [atSpell, sumSpell, bothSpell, countBoth] = [-1, 0, 0, 0];
  let bothMonth = 0;
  let cells = 0;
  let series = -1;
  const closeSpell = (): void => {
    if (atSpell < 0) return;
    bothSpell += sumSpell * sumSpell;
    countBoth++;
  };
  eachScore((i, s, score) => {
    const t = month[i]!;
    const own = spell[modelOf[s]!]![t]!;
    byCustomer[customerOf[s]!]! += score;
    bySpell[own]! += score;
    byMonth[t]! += score;
    if (own !== atSpell || s !== series) {
      closeSpell();
      [atSpell, series, sumSpell] = [own, s, 0];
    }
    sumSpell += score;
    bothMonth += score * score;
    cells++;
  });
  closeSpell();
  const squares = (sums: Float64Array): number =>
    corrected(
      sums.reduce((sum, x) => sum + x * x, 0),
      countOf(sums),
    );
  const customer = squares(byCustomer);
  const price = customer + squares(bySpell) - corrected(bothSpell, countBoth);
  const monthly = customer + squares(byMonth) - corrected(bothMonth, cells);
  const error = (variance: number): number => Math.sqrt(Math.max(variance, customer)) / Math.abs(slope);
  return { customer: error(customer), price: error(price), month: error(monthly) };
};

const countOf = (sums: Float64Array): number => sums.reduce((count, x) => count + (x !== 0 ? 1 : 0), 0);
const corrected = (sum: number, clusters: number): number =>
  clusters > 1 ? (sum * clusters) / (clusters - 1) : sum;
