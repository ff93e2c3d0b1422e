import { massAbove, normalBelow, type PreparedDensity, pointBelowMass } from './type-density.ts';

/** A distribution as a study file has it. */
export type StudyDistribution = Readonly<Record<string, unknown>> & { readonly use: string };

/** A fitted distribution for a study: cut off at `max`, beyond which is a thousandth of a customer. */
export interface TypeDistribution {
  readonly study: StudyDistribution;
  readonly max: number;
}

/** Expected customers beyond the end of the support. A tenth of one, of a thousand, still has 2 % of the spending of lognormal types: enough to bias what menus earn. */
const BEYOND = 0.001;
/** Parts with less mass than this are nobody. */
const NOBODY = 1e-9;

/** The distribution of e^x for a density of x fitted to `size` customers, of whom the highest is at `highest`; e^x is divided by `unit`, or by the end of its support where that is to be 1. */
export const typeDistribution = (
  density: PreparedDensity,
  size: number,
  highest: number,
  unit: 'one' | 'end' = 'one',
): TypeDistribution => {
  const end = Math.max(pointBelowMass(density, BEYOND / size), highest + 1e-6);
  const shift = unit === 'end' ? end : 0;
  const max = unit === 'end' ? 1 : digits(Math.exp(end));
  const { components, tail, body } = density;
  const from = tail === undefined || tail.from >= end ? undefined : tail.from;
  const cut = from === undefined ? max : digits(Math.exp(from - shift));
  const parts = components
    .map(({ weight, mean, deviation }) => ({
      weight: body * weight * normalBelow(((from ?? end) - mean) / deviation),
      of: { use: 'lognormal', mu: digits(mean - shift), sigma: digits(deviation), min: 0, max: cut },
    }))
    .filter(({ weight }) => weight > NOBODY);
  const above =
    from === undefined
      ? []
      : [
          {
            weight: massAbove(density, from) - massAbove(density, end),
            of: { use: 'pareto', shape: digits(tail!.shape), min: cut, max },
          },
        ];
  const all = [...parts, ...above].map(({ weight, of }) => ({ weight: digits(weight), of }));
  return { study: all.length === 1 ? all[0]!.of : { use: 'mixture', parts: all }, max };
};

/** Ten digits: fewer would leave a step where body and tail meet. */
const digits = (x: number): number => Number(x.toPrecision(10));

/** Of E θ^power, the share that types beyond `highest` have, up to the end of the support: what of spending at one price rests on no customer. */
export const shareBeyond = (
  density: PreparedDensity,
  size: number,
  highest: number,
  power: number,
): number => {
  const end = Math.max(pointBelowMass(density, BEYOND / size), highest + 1e-6);
  const low = Math.min(...density.components.map(({ mean, deviation }) => mean - 10 * deviation));
  const moment = (from: number, to: number): number => {
    const step = (to - from) / STEPS;
    let sum = 0;
    for (let k = 0; k < STEPS; k++) {
      const [a, b] = [from + k * step, from + (k + 1) * step];
      // Mass of a slice, at its middle: exact where types within it are alike.
      sum += Math.exp((power * (a + b)) / 2 - power * end) * (massAbove(density, a) - massAbove(density, b));
    }
    return sum;
  };
  const beyond = moment(highest, end);
  return beyond / (beyond + moment(low, highest));
};
const STEPS = 2000;
