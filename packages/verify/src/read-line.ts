import { apply, type Formula, number } from './formula.ts';
import { divide, exactly, type Interval, one, subtract } from './interval.ts';
import type { Problem } from './problem.ts';
import { type Data, degreeOf, numberOf, readTechnology, record, requireCovered } from './read-problem.ts';

/** A continuum of types along a line, as the verifier reads it from a study. */
export interface Line extends Pick<Problem, 'technology' | 'weights'> {
  /** F(x), in the name x. */
  readonly below: Formula;
  readonly min: Interval;
  readonly max: Interval;
}

/** The line of types that a study states. Throws an Error that says what is not covered. */
export const readLine = (study: Data): Line => {
  requireCovered(study);
  const { profit = 1, consumerSurplus = 0 } = record(study.objective ?? {});
  if (profit !== 1 || consumerSurplus !== 0)
    throw new Error('a proof of continuous buyers covers profit as the objective');
  const buyers = record(study.buyers);
  const types =
    buyers.kind === 'representative' ? distribution(record(buyers.type)) : representative(study, buyers);
  return { weights: [one], technology: readTechnology(study, 1, { files: {} }), ...types };
};

type Types = Pick<Line, 'below' | 'min' | 'max'>;

const x: Formula = { name: 'x' };
const given = (interval: Interval): Formula => ({ number: interval });
const minus = (a: Formula, b: Formula): Formula => apply('-', a, b);
const whole = number(1);

/** The distributions whose F is a formula. */
const distribution = ({ use, min = 0, max = 1, rate, shape, a, b }: Data): Types => {
  const [low, high] = [numberOf(min), numberOf(max)];
  const share = apply('/', minus(x, given(low)), given(subtract(high, low)));
  /** What is below x of a tail that is cut off at max. */
  const cut = (tail: (at: Formula) => Formula): Formula =>
    apply('/', minus(whole, tail(x)), minus(whole, tail(given(high))));
  const formulas: Readonly<Record<string, () => Formula>> = {
    uniform: () => share,
    exponential: () =>
      cut((at) => apply('exp', apply('*', apply('negative', given(numberOf(rate))), minus(at, given(low))))),
    pareto: () => cut((at) => apply('^', apply('/', given(low), at), given(numberOf(shape)))),
    kumaraswamy: () =>
      minus(whole, apply('^', minus(whole, apply('^', share, given(numberOf(a)))), given(numberOf(b)))),
  };
  if (!Object.hasOwn(formulas, String(use)))
    throw new Error(
      `a proof of continuous buyers covers ${Object.keys(formulas).join(', ')}, got ${String(use)}`,
    );
  return { below: formulas[String(use)]!(), min: low, max: high };
};

/**
 * θ = w s^{1−σ} of independent values and scales, both uniform from 0 on: with W and S their ends and a = 1 − σ, y = θ/(W S^a) has
 * F = P(w′ ≤ y s′^{−a}) = (y − a y^{1/a})/(1 − a), the mean over s′ of the smaller of 1 and y s′^{−a}.
 */
const representative = (study: Data, buyers: Data): Types => {
  const { kind, value, scale, dependence } = buyers;
  const [values, scales] = [record(value), record(scale)];
  const isUniform = [values, scales].every(({ use, min = 0 }) => use === 'uniform' && min === 0);
  const isIndependent = record(dependence ?? { use: 'independent' }).use === 'independent';
  if (!(kind === 'value-scale' && study.contract === 'packages' && isUniform && isIndependent))
    throw new Error('a proof of values and scales covers packages for independent uniform ones from 0 on');
  const a = subtract(one, degreeOf(record(study.production), record(study.inputs)));
  const most = { value: numberOf(values.max ?? 1), scale: numberOf(scales.max ?? 1) };
  const end = apply('*', given(most.value), apply('^', given(most.scale), given(a)));
  const y = apply('/', x, end);
  const steep = apply('*', given(a), apply('^', y, given(divide(one, a))));
  const max = most.scale.lo.eq(1) ? most.value : undefined;
  if (max === undefined) throw new Error('a proof of values and scales covers scales up to 1');
  return { below: apply('/', minus(y, steep), given(subtract(one, a))), min: exactly(0), max };
};
