import {
  type EfficientSupply,
  type Input,
  numericSupply,
  type ProductionFunction,
  type ProductionFunctionEntry,
  type ProductionFunctionExample,
  technology,
} from '@menusmith/core';
import { efficientSupplyLaws, samples, slopesAt } from './efficient-supply-laws.ts';
import { type Law, Tightest, type Verdict } from './law.ts';
import { numericDerivative } from './numeric-derivative.ts';
import { haltonPoints, logarithmic } from './sampling.ts';

/** A production function with the inputs that it was created for: task inputs first, then shared ones. */
export interface ProductionSubject {
  readonly production: ProductionFunction;
  readonly inputs: readonly Input[];
  /** Assumptions that are not claimed of it. */
  readonly without?: ProductionFunctionExample['without'];
}

/** The laws of a production function: the assumptions of the paper's Section 2, and what it declares of itself. */
export const productionFunctionLaws: readonly Law<ProductionSubject>[] = [
  {
    name: 'v increases in every input',
    check(subject) {
      const { v, count, task } = inTotal(subject);
      const tightest = new Tightest();
      for (const point of amounts(count)) {
        for (let j = 0; j < count; j++) {
          const [before, after] = [v(point), v(scaled(point, j, 1.5))];
          tightest.compare(after > before || (j >= task && after === before) ? 0 : 1, 0, at(point));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'v is zero where a task input is zero',
    check(subject) {
      if (subject.without?.includes('essential-task-inputs')) return notClaimed;
      const { v, count, task } = inTotal(subject);
      const tightest = new Tightest();
      for (const point of amounts(count)) {
        for (let j = 0; j < task; j++) tightest.compare(v(scaled(point, j, 0)), 0, at(point));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'v is concave: along any segment its middle is at least the mean of the ends',
    check(subject) {
      const { v, count } = inTotal(subject);
      const tightest = new Tightest();
      const points = amounts(count);
      for (let m = 1; m < points.length; m++) {
        const [a, b] = [points[m - 1]!, points[m]!];
        const middle = a.map((amount, j) => (amount + b[j]!) / 2);
        tightest.order((v(a) + v(b)) / 2, v(middle), 1e-12 * v(middle), at(middle));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'inputs are complements: no cross-partial derivative is negative',
    check(subject) {
      if (subject.without?.includes('positive-cross-partials')) return notClaimed;
      const { v, count } = inTotal(subject);
      const tightest = new Tightest();
      for (const point of amounts(count)) {
        for (let j = 0; j < count; j++) {
          for (let k = 0; k < j; k++) {
            const both = v(scaled(scaled(point, j, 1.5), k, 1.5));
            const gain = both - v(scaled(point, j, 1.5)) - v(scaled(point, k, 1.5)) + v(point);
            tightest.order(0, gain, 1e-12 * both, at(point));
          }
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the gradient agrees with numeric differentiation',
    check(subject) {
      if (subject.production.gradient === undefined) return notDeclared('gradient');
      const { v, gradient, count } = inTotal(subject);
      const tightest = new Tightest();
      for (const point of amounts(count)) {
        const slopes = gradient(point);
        for (let j = 0; j < count; j++) {
          const numeric = numericDerivative((t) => v(scaled(point, j, Math.exp(t))), 0, 4e-3) / point[j]!;
          tightest.compare(slopes[j]! - numeric, 1e-7 * (numeric + v(point) / point[j]!), at(point));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the declared degree σ is in (0, 1) and true: v(t·x, z) = t^σ · v(x, z)',
    check(subject) {
      const { degree } = subject.production;
      if (degree === undefined) return notDeclared('degree');
      const { v, count, task } = inTotal(subject);
      const tightest = new Tightest();
      tightest.compare(degree > 0 && degree < 1 ? 0 : 1, 0, () => `degree ${degree}`);
      for (const point of amounts(count)) {
        for (const t of [0.01, 0.7, 30]) {
          const multiplied = v(point.map((amount, j) => (j < task ? t * amount : amount)));
          tightest.compare(
            multiplied - Math.exp(degree * Math.log(t)) * v(point),
            1e-12 * multiplied,
            at(point),
          );
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the closed form delivers the quality that its inputs make: q = s·v(x, z)',
    check(subject) {
      const closed = closedForm(subject);
      if (closed === undefined) return notDeclared('closed form');
      const { v } = inTotal(subject);
      const tightest = new Tightest();
      for (const [value, scale] of [...samples(), ...atKinks(closed)]) {
        const { quality, inputs } = slopesAt(closed, value, scale);
        tightest.compare(quality - scale * v([...inputs]), 1e-11 * quality, where(value, scale));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the closed form satisfies the first-order conditions and names what is at zero, free and at its cap',
    check(subject) {
      const closed = closedForm(subject);
      if (closed === undefined || subject.production.gradient === undefined)
        return notDeclared('closed form');
      const { gradient, task } = inTotal(subject);
      const tightest = new Tightest();
      for (const [value, scale] of [...samples(), ...atKinks(closed)]) {
        const { inputs, regime } = slopesAt(closed, value, scale);
        const slopes = gradient([...inputs]);
        closed.inputs.forEach(({ cost, max }, j) => {
          const net = j < task ? value * slopes[j]! - cost : scale * value * slopes[j]! - cost;
          const digit = j < task ? 1 : Math.floor(regime / 3 ** (j - task)) % 3;
          const allowed = 1e-11 * (cost + Math.abs(net));
          if (digit === 0 && max > 0) tightest.order(net, 0, allowed, where(value, scale));
          else if (digit === 1) tightest.compare(net, allowed, where(value, scale));
          else if (digit === 2) tightest.order(0, net, allowed, where(value, scale));
          const amount = inputs[j]!;
          const inBounds = amount >= 0 && amount <= max && (digit !== 0 || amount === 0);
          tightest.compare(inBounds && (digit !== 2 || amount === max) ? 0 : 1, 0, where(value, scale));
        });
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the closed form agrees with what the core finds from v and its gradient alone',
    check(subject) {
      const closed = closedForm(subject);
      if (closed === undefined) return notDeclared('closed form');
      const numeric = numericSupply(technology(subject.production, subject.inputs));
      const tightest = new Tightest();
      for (const [value, scale] of samples()) {
        const [exact, found] = [slopesAt(closed, value, scale), slopesAt(numeric, value, scale)];
        tightest.compare(found.quality - exact.quality, 1e-9 * exact.quality, where(value, scale));
        tightest.compare(found.cost - exact.cost, 1e-9 * exact.cost, where(value, scale));
      }
      return tightest.verdict();
    },
  },
  ...efficientSupplyLaws.map(
    (law): Law<ProductionSubject> => ({
      name: `closed form: ${law.name}`,
      check(subject) {
        const closed = closedForm(subject);
        return closed === undefined ? notDeclared('closed form') : law.check(closed);
      },
    }),
  ),
];

/**
 * The subject of the laws for an example of a production function entry: costs differ from input to input, and `cap` limits shared ones.
 */
export const productionSubject = (
  entry: ProductionFunctionEntry,
  { parameters, inputs: names, without = [] }: ProductionFunctionExample,
  cap = Number.POSITIVE_INFINITY,
): ProductionSubject => {
  const { task, shared } = names;
  const inputs = [...task, ...shared].map((name, j): Input => {
    const scope = j < task.length ? 'task' : 'shared';
    return {
      name,
      scope,
      cost: 0.05 + 0.4 * ((0.381966 * (j + 1)) % 1),
      max: scope === 'shared' ? cap : Number.POSITIVE_INFINITY,
    };
  });
  return { production: entry.create(parameters, names), inputs, without };
};

/** v and its gradient as functions of one list of amounts. */
const inTotal = ({ production, inputs }: ProductionSubject) => {
  const task = inputs.filter((input) => input.scope === 'task').length;
  const split = (all: readonly number[]): [Float64Array, Float64Array] => [
    Float64Array.from(all.slice(0, task)),
    Float64Array.from(all.slice(task)),
  ];
  return {
    count: inputs.length,
    task,
    v: (all: readonly number[]): number => production.value(...split(all)),
    gradient(all: readonly number[]): Float64Array {
      const out = new Float64Array(inputs.length);
      production.gradient?.(...split(all), out);
      return out;
    },
  };
};

const closedForm = ({ production, inputs }: ProductionSubject): EfficientSupply | undefined =>
  production.closedForm?.(inputs);

/** Values just below, at and just above the kinks of a supply. */
const atKinks = (supply: EfficientSupply): readonly (readonly [number, number])[] =>
  [0.1, 1, 2].flatMap((scale) =>
    supply
      .kinks(scale, 1e6)
      .flatMap((kink) => [1 - 1e-9, 1, 1 + 1e-9].map((factor) => [kink * factor, scale] as const)),
  );

const amounts = (count: number): readonly (readonly number[])[] =>
  haltonPoints(40, count).map((point) => point.map((u) => logarithmic(u, 0.01, 20)));

const scaled = (point: readonly number[], j: number, factor: number): readonly number[] =>
  point.map((amount, k) => (k === j ? factor * amount : amount));

const notDeclared = (what: string): Verdict => ({ holds: true, detail: `no ${what} is declared` });

const notClaimed: Verdict = { holds: true, detail: 'the example does not claim it' };

const at =
  (point: readonly number[]): (() => string) =>
  () =>
    `amounts ${point.join(', ')}`;

const where =
  (value: number, scale: number): (() => string) =>
  () =>
    `(φ, s) = (${value}, ${scale})`;
