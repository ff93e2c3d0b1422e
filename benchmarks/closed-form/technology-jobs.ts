import { standardPlugin } from '@menusmith/app';
import type { JobKind } from '@menusmith/cli';
import { type Input, numericSupply, supplyPoint, technology } from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';
import { minimizedSupply, minimizerCount } from './minimized-supply.ts';

/** The same numbers in (0, 1) at every run. */
const sequence = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state + 0.5) / 0x80000000;
  };
};

/** A technology and a buyer, as plain data. */
export interface Drawn {
  readonly exponents: readonly number[];
  readonly base: Readonly<Record<string, number>>;
  readonly inputs: readonly Input[];
  readonly value: number;
  readonly scale: number;
}

/**
 * A technology at random: one to three task inputs, none to two shared ones; every fifth is nearly degenerate (exponents that sum to .99, or one of
 * 1e-3); costs over four decades; bases over two; value and scale of the buyer over two and one.
 */
const draw = (random: () => number, index: number): Drawn => {
  const logBetween = (low: number, high: number): number => low * (high / low) ** random();
  const taskCount = 1 + Math.floor(3 * random());
  const sharedCount = Math.floor(3 * random());
  const kind = index % 10;
  const raw = Array.from({ length: taskCount + sharedCount }, () => 0.05 + random());
  if (kind === 0) raw[0] = 1e-3;
  const sum = kind === 5 ? 0.99 : 0.1 + 0.85 * random();
  const total = raw.reduce((a, b) => a + b, 0);
  const exponents = raw.map((each) => (each / total) * sum);
  const names = raw.map((_, i) => (i < taskCount ? `x${i + 1}` : `z${i - taskCount + 1}`));
  const shared = names.slice(taskCount);
  const base = Object.fromEntries(shared.map((name) => [name, logBetween(0.1, 10)]));
  const inputs = names.map(
    (name, i): Input => ({
      name,
      scope: i < taskCount ? 'task' : 'shared',
      cost: logBetween(1e-2, 1e2),
      max: Number.POSITIVE_INFINITY,
    }),
  );
  return { exponents, base, inputs, value: logBetween(0.1, 10), scale: logBetween(0.1, 1) };
};

/** So many technologies, the same at every run. */
export const drawnTechnologies = (count: number): readonly Drawn[] => {
  const random = sequence(20251124);
  return Array.from({ length: count }, (_, index) => draw(random, index));
};

const productionOf = ({ exponents, base, inputs }: Drawn): ReturnType<typeof cobbDouglas.create> => {
  const named = (scope: Input['scope']): string[] =>
    inputs.filter((input) => input.scope === scope).map(({ name }) => name);
  return cobbDouglas.create(
    { exponents: Object.fromEntries(inputs.map(({ name }, i) => [name, exponents[i]!])), base },
    { task: named('task'), shared: named('shared') },
  );
};

type Production = ReturnType<typeof productionOf>;

/** Ways from v to supply, beside the minimizers. */
const paths = [
  {
    name: 'our Newton',
    of: (production: Production, inputs: readonly Input[]) => numericSupply(technology(production, inputs)),
  },
  {
    name: 'our Newton, v alone',
    of: (production: Production, inputs: readonly Input[]) =>
      numericSupply(technology({ value: (x, z) => production.value(x, z) }, inputs)),
  },
] as const;

/** How a path did on a technology. */
export interface PathError {
  readonly path: string;
  /** The largest relative one in quality, surplus and every input; infinite where there is no answer. */
  readonly error: number;
  /** Whether it takes its answer for right. */
  readonly isSolved: boolean;
  /** Of a minimizer: how often what it proposed was not optimal, as is known. */
  readonly failures?: number;
}

export interface TechnologyJob {
  readonly drawn: Drawn;
  readonly hasMinimizers: boolean;
}

/** What a technology came to: null where no double has the digits that a first-order condition there needs, exp(±100). */
export const technologyJobs: JobKind<null, TechnologyJob, readonly PathError[] | null> = {
  prepare: async () => {
    const minimizers = (standardPlugin.minimizers ?? []).map(({ name, create }) => ({
      name,
      minimizer: create({}),
    }));
    return ({ drawn, hasMinimizers }) => {
      const { inputs, value, scale } = drawn;
      const production = productionOf(drawn);
      const right = supplyPoint(inputs.length);
      production.closedForm!(inputs).supply(value, scale, right);
      if (!(right.quality > 1e-40 && right.quality < 1e40)) return null;
      const point = supplyPoint(inputs.length);
      const own = paths.map(({ name, of }): PathError => {
        of(production, inputs).supply(value, scale, point);
        return { path: name, error: errorOf(point, right, inputs), isSolved: point.solved };
      });
      const others = (hasMinimizers ? minimizers : []).map(({ name, minimizer }): PathError => {
        const tries = minimizerCount();
        minimizedSupply(technology(production, inputs), minimizer, tries).supply(value, scale, point);
        const failures = [...tries.failures.values()].reduce((sum, count) => sum + count, 0);
        return { path: name, error: errorOf(point, right, inputs), isSolved: point.solved, failures };
      });
      return [...own, ...others];
    };
  },
};

type Point = ReturnType<typeof supplyPoint>;

const errorOf = (point: Point, right: Point, inputs: readonly Input[]): number => {
  let worst = Math.max(
    Math.abs(point.quality / right.quality - 1),
    Math.abs(point.surplus / right.surplus - 1),
  );
  for (let i = 0; i < inputs.length; i++) {
    const size = right.inputs[i]! || right.surplus / inputs[i]!.cost;
    worst = Math.max(worst, Math.abs(point.inputs[i]! - right.inputs[i]!) / size);
  }
  return Number.isNaN(worst) ? Number.POSITIVE_INFINITY : worst;
};
