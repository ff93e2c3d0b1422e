import { standardPlugin } from '@menusmith/app';
import { type Input, numericSupply, supplyPoint, technology } from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';
import { colours, pictureConfig, type Section, small, table } from '../section.ts';
import { minimizedSupply, minimizerCount } from './minimized-supply.ts';

const TECHNOLOGIES = 500;
const LISTED = 1e-8;

/** The same numbers in (0, 1) at every run. */
const sequence = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state + 0.5) / 0x80000000;
  };
};

interface Drawn {
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly production: ReturnType<typeof cobbDouglas.create>;
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
  const production = cobbDouglas.create(
    { exponents: Object.fromEntries(names.map((name, i) => [name, exponents[i]!])), base },
    { task: names.slice(0, taskCount), shared },
  );
  const list = (values: readonly number[]): string => values.map((v) => v.toPrecision(3)).join(', ');
  return {
    name: `exponents ${list(exponents)}; costs ${list(inputs.map(({ cost }) => cost))}`,
    inputs,
    production,
    value: logBetween(0.1, 10),
    scale: logBetween(0.1, 1),
  };
};

const paths = [
  {
    name: 'our Newton',
    of: ({ production, inputs }: Drawn) => numericSupply(technology(production, inputs)),
  },
  {
    name: 'our Newton, v alone',
    of: ({ production, inputs }: Drawn) =>
      numericSupply(technology({ value: (x, z) => production.value(x, z) }, inputs)),
  },
] as const;

/** 500 technologies at random: how far the numeric paths are from the closed form, the worst and every one above 1e-8. */
export const technologySweep = (isQuick: boolean): Section => {
  const count = TECHNOLOGIES;
  const minimizers = (standardPlugin.minimizers ?? []).map((entry) => ({
    name: entry.name,
    minimizer: entry.create({}),
    count: minimizerCount(),
  }));
  const errors = new Map<string, number[]>();
  const note = (path: string, error: number): void => {
    const list = errors.get(path) ?? [];
    list.push(error);
    errors.set(path, list);
  };
  const listed: string[][] = [];
  const random = sequence(20251124);
  let outOfRange = 0;
  for (let index = 0; index < count; index++) {
    const drawn = draw(random, index);
    const { inputs, production, value, scale } = drawn;
    const right = supplyPoint(inputs.length);
    production.closedForm!(inputs).supply(value, scale, right);
    // exp(±100): no double has the digits that a first-order condition there needs.
    if (!(right.quality > 1e-40 && right.quality < 1e40)) {
      outOfRange++;
      continue;
    }
    const point = supplyPoint(inputs.length);
    const errorHere = (): number => {
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
    for (const { name, of } of paths) {
      of(drawn).supply(value, scale, point);
      const error = errorHere();
      note(name, error);
      if (!(error <= LISTED))
        listed.push([drawn.name, name, small(error), point.solved ? 'solved' : 'says so']);
    }
    if (isQuick && index % 10 !== 0) continue;
    for (const { name, minimizer, count: tries } of minimizers) {
      minimizedSupply(technology(production, inputs), minimizer, tries).supply(value, scale, point);
      note(name, errorHere());
    }
  }
  const rows = [...errors].map(([name, list]) => {
    const sorted = [...list].sort((a, b) => a - b);
    const at = (share: number): string => {
      const error = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
      return Number.isFinite(error) ? small(error) : 'no answer';
    };
    const tries = minimizers.find((each) => each.name === name)?.count;
    const failed = tries === undefined ? 0 : [...tries.failures.values()].reduce((a, b) => a + b, 0);
    const wrong = list.filter((error) => !(error <= LISTED)).length;
    return [name, String(list.length), at(0.5), at(0.9), at(1), String(wrong), tries ? String(failed) : '–'];
  });
  const wrong = listed.filter(([, , , word]) => word === 'solved');
  return {
    title: 'A random sweep of technologies',
    body: [
      `${count} Cobb–Douglas technologies with one to three task inputs and none to two shared ones; exponents at random, every tenth with one of about 1e-3 and every tenth with a sum of .99; costs over four decades, bases, values and scales over two, two and one. The error is the largest relative one in quality, surplus and every input.${outOfRange > 0 ? ` In ${outOfRange} of them the right quality is beyond 1e±40; they are left out.` : ''}${isQuick ? ' The minimizers had every tenth.' : ''}`,
      table(['path', 'technologies', 'median', '90 %', 'worst', 'above 1e-8', 'failures known'], rows),
      listed.length === 0
        ? 'No case of our paths is worse than 1e-8.'
        : table(['case worse than 1e-8', 'path', 'error', 'status'], listed),
    ],
    pictures: [picture(errors)],
    failures: wrong.map(
      ([name, path, error]) => `${name}: ${path} is off by ${error} and takes it for solved`,
    ),
  };
};

const picture = (errors: ReadonlyMap<string, readonly number[]>): Section['pictures'][number] => {
  const values = [...errors].flatMap(([path, list]) =>
    [...list]
      .sort((a, b) => a - b)
      .map((error, i) => ({
        path,
        share: (i + 1) / list.length,
        error: Number.isFinite(error) ? Math.min(10, Math.max(1e-16, error)) : 10,
      })),
  );
  const order = [...errors.keys()];
  return {
    name: 'technology-sweep',
    caption:
      'The share of random technologies on which a path is wrong by at most the error on the horizontal axis: the further up and left, the better.',
    specification: {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      title: { text: 'Random technologies: how often a path is how wrong', anchor: 'start', offset: 12 },
      data: { values },
      width: 520,
      height: 280,
      mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2 },
      encoding: {
        x: {
          field: 'error',
          type: 'quantitative',
          scale: { type: 'log', domain: [1e-16, 10] },
          title: 'largest relative error in quality, surplus and inputs',
          axis: { format: '.0e', tickCount: 9 },
        },
        y: {
          field: 'share',
          type: 'quantitative',
          title: 'share of technologies',
          axis: { format: '.0%' },
          scale: { domain: [0, 1] },
        },
        color: {
          field: 'path',
          type: 'nominal',
          sort: order,
          scale: { domain: order, range: order.map((_, i) => colours[(i + 1) % colours.length]!) },
          legend: { title: null, orient: 'bottom', columns: 3, labelLimit: 0 },
        },
      },
      config: pictureConfig,
    },
  };
};
