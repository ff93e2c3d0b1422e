import { type Formula, readFormula, type Values } from './formula.ts';
import { exactly, type Interval, must, one } from './interval.ts';
import { type Data, degreeOf, numbersIn, readModel, record } from './read-model.ts';
import { readObjective } from './read-study.ts';

/** A distribution: F(x) and F′(x) in the name x and in known ones, from the lowest x to the highest. */
export interface Spread {
  readonly below: Formula;
  readonly density: Formula;
  readonly known: Values;
  readonly min: Interval;
  readonly max: Interval;
}

/** F and F′ of the distributions that a proof covers; tails are cut off at max. */
const distributions: Readonly<Record<string, readonly [below: string, density: string]>> = {
  uniform: ['(x - min) / (max - min)', '1 / (max - min)'],
  exponential: [
    '(1 - exp(rate * (min - x))) / (1 - exp(rate * (min - max)))',
    'rate * exp(rate * (min - x)) / (1 - exp(rate * (min - max)))',
  ],
  pareto: [
    '(1 - (min / x)^shape) / (1 - (min / max)^shape)',
    'shape / x * (min / x)^shape / (1 - (min / max)^shape)',
  ],
  kumaraswamy: [
    '1 - (1 - ((x - min) / (max - min))^a)^b',
    'a * b / (max - min) * ((x - min) / (max - min))^(a - 1) * (1 - ((x - min) / (max - min))^a)^(b - 1)',
  ],
};

/** θ = w s^a of uniform w up to max and s up to 1: F is the mean over s of the smaller of 1 and θ s^(−a)/max. */
const index = [
  '(x / max - a * (x / max)^(1 / a)) / (1 - a)',
  '(1 - (x / max)^(1 / a - 1)) / (max * (1 - a))',
];

const spread = ({ use, ...parameters }: Data): Spread => {
  const name = String(use);
  must(Object.hasOwn(distributions, name), `a proof of continuous buyers does not cover types by ${name}`);
  const [below, density] = distributions[name]!.map(readFormula) as [Formula, Formula];
  const known = numbersIn({ min: 0, max: 1, ...parameters });
  return { below, density, known, min: known.min!, max: known.max! };
};

/** The continuum of types that a study states: along a line, or of independent values on the tasks up to a buyer's scale. */
export const readContinuum = (study: Data) => {
  const objective = readObjective(study);
  for (const field of ['models', 'outside', 'capacity'])
    must(study[field] === undefined, `a proof of continuous buyers does not cover ${field}`);
  const { kind, type, value, scale, dependence = { use: 'independent' } } = record(study.buyers);
  const model = readModel(study, [exactly(0.5)]);
  if (kind === 'representative') return { model, objective, values: spread(record(type)) };
  const isIndependent = kind === 'value-scale' && record(dependence).use === 'independent';
  must(isIndependent, 'a proof covers continuous values and scales that are independent');
  const [values, scales] = [spread(record(value)), spread(record(scale))];
  if (study.contract !== 'packages') return { model, objective, values, scales };
  const areUniform = [value, scale].every((own) => record(own).use === 'uniform');
  const areFrom0 = values.min.hi.isZero() && scales.min.hi.isZero() && scales.max.hi.eq(1);
  must(areUniform && areFrom0, 'a proof of packages covers uniform values and scales from 0, scales to 1');
  const [below, density] = index.map(readFormula) as [Formula, Formula];
  const known = { ...values.known, a: one.minus(degreeOf(study)) };
  return { model, objective, values: { ...values, below, density, known } };
};
