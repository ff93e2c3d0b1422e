import { type Data, numberOf, record } from './data.ts';
import { apply, derivative, type Formula, number } from './formula.ts';
import { divide, exactly, type Interval, one, subtract } from './interval.ts';
import type { Model } from './model.ts';
import { degreeOf, readModel } from './read-model.ts';
import { objectiveOf, requireCovered } from './read-study.ts';

/** A continuum of types, as a study states it: along a line, or of independent values and scales. */
export interface Continuum {
  readonly model: Model;
  readonly values: Spread;
  /** Where every buyer has her values on the tasks up to her own scale. */
  readonly scales?: Spread | undefined;
}

/** A distribution: F(x), F′(x) and F″(x) in the name x, from the lowest x to the highest. */
export interface Spread {
  readonly below: Formula;
  readonly density: Formula;
  readonly slope: Formula;
  readonly min: Interval;
  readonly max: Interval;
}

/** Terms of a study of which no proof of a continuum speaks. */
const LISTED_ONLY = ['models', 'outside', 'capacity'] as const;

/** The continuum of types that a study states. Throws an Error that says what is not covered. */
export const readContinuum = (study: Data): Continuum => {
  requireCovered(study);
  const { profit, consumerSurplus } = objectiveOf(study);
  if (profit.lo !== one.lo || consumerSurplus.hi !== 0n)
    throw new Error('a proof of continuous buyers covers profit as the objective');
  for (const field of LISTED_ONLY)
    if (study[field] !== undefined) throw new Error(`a proof of continuous buyers does not cover ${field}`);
  const buyers = record(study.buyers);
  const model = readModel(study, 1, { files: {} });
  if (buyers.kind === 'representative') return { model, values: distribution(record(buyers.type)) };
  const isIndependent = record(buyers.dependence ?? { use: 'independent' }).use === 'independent';
  if (buyers.kind !== 'value-scale' || !isIndependent)
    throw new Error('a proof covers continuous values and scales that are independent');
  const [values, scales] = [record(buyers.value), record(buyers.scale)];
  return study.contract === 'packages'
    ? { model, values: representative(study, values, scales) }
    : { model, values: distribution(values), scales: distribution(scales) };
};

const x: Formula = { name: 'x' };
const minus = (a: Formula, b: Formula): Formula => apply('-', a, b);
const whole = number(one);

const spread = (below: Formula, min: Interval, max: Interval): Spread => {
  const density = derivative(below, 'x');
  return { below, density, slope: derivative(density, 'x'), min, max };
};

/** The distributions whose F is a formula. */
const distribution = ({ use, min = 0, max = 1, rate, shape, a, b }: Data): Spread => {
  const [low, high] = [numberOf(min), numberOf(max)];
  const share = apply('/', minus(x, number(low)), number(subtract(high, low)));
  /** What is below x of a tail that is cut off at max. */
  const cut = (tail: (at: Formula) => Formula): Formula =>
    apply('/', minus(whole, tail(x)), minus(whole, tail(number(high))));
  const formulas: Readonly<Record<string, () => Formula>> = {
    uniform: () => share,
    exponential: () => cut((at) => apply('exp', apply('*', number(numberOf(rate)), minus(number(low), at)))),
    pareto: () => cut((at) => apply('^', apply('/', number(low), at), number(numberOf(shape)))),
    kumaraswamy: () =>
      minus(whole, apply('^', minus(whole, apply('^', share, number(numberOf(a)))), number(numberOf(b)))),
  };
  if (!Object.hasOwn(formulas, String(use)))
    throw new Error(
      `a proof of continuous buyers covers ${Object.keys(formulas).join(', ')}, got ${String(use)}`,
    );
  return spread(formulas[String(use)]!(), low, high);
};

/**
 * θ = w s^{1−σ} of independent values and scales, both uniform, values from 0 to W and scales from 0 to 1: with a = 1 − σ, y = θ/W has
 * F = P(w′ ≤ y s′^{−a}) = (y − a y^{1/a})/(1 − a), the mean over s′ of the smaller of 1 and y s′^{−a}.
 */
const representative = (study: Data, values: Data, scales: Data): Spread => {
  const isUniform = [values, scales].every(({ use, min = 0 }) => use === 'uniform' && min === 0);
  if (!isUniform || (scales.max ?? 1) !== 1)
    throw new Error(
      'a proof of packages covers values and scales that are uniform from 0 on, scales up to 1',
    );
  const a = subtract(one, degreeOf(record(study.production), record(study.inputs)));
  const max = numberOf(values.max ?? 1);
  const y = apply('/', x, number(max));
  const steep = apply('*', number(a), apply('^', y, number(divide(one, a))));
  return spread(apply('/', minus(y, steep), number(subtract(one, a))), exactly(0), max);
};
