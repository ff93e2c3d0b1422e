import fc from 'fast-check';
import { mutatedText } from './mutations.ts';
import { anyScalar, extremeNumber, nameText, numberFrom } from './scalars.ts';
import { cellText } from './tables.ts';
import type { Tree } from './tree.ts';

/* What `calibrate` reads: a log of customers whose demand falls with prices, the prices, and what tokens cost. */

type Rows = readonly (readonly Tree[])[];

const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08'];
const kinds = ['input', 'output', 'cached'] as const;

interface Log {
  readonly inputs: readonly string[];
  readonly usage: Rows;
  readonly prices: Rows;
  readonly costs: Rows;
}

/** Numbers in [0, 1), the same for the same seed. */
const chances = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

const log: fc.Arbitrary<Log> = fc
  .record({
    seed: fc.nat(),
    customers: fc.integer({ min: 1, max: 40 }),
    span: fc.integer({ min: 1, max: months.length }),
    models: fc.constantFrom<readonly string[]>(['flagship'], ['flagship'], ['flagship', 'mini']),
    inputs: fc.constantFrom<readonly string[]>(['input'], ['input', 'output'], [...kinds]),
    elasticity: fc.constantFrom(-3, -2, -1.5, -0.5, 0, 1),
    noise: fc.constantFrom(0, 0.1, 0.5, 3),
    spread: fc.constantFrom(0, 0.5, 1.5, 5),
    // Prices that never change identify no degree.
    changes: fc.constantFrom(0, 1, 2, 2, 4),
  })
  .map(({ seed, customers, span, models, inputs, elasticity, noise, spread, changes }) => {
    const chance = chances(seed);
    const price = new Map<string, number>();
    const prices: Tree[][] = [];
    const usage: Tree[][] = [];
    const size = Array.from({ length: customers }, () => Math.exp(spread * (chance() - 0.5)));
    for (let t = 0; t < span; t++)
      for (const model of models) {
        for (const input of inputs) {
          const key = `${model} ${input}`;
          if (t > 0 && chance() * span > changes) continue;
          price.set(key, Number((0.5 + 8 * chance()).toPrecision(3)));
          prices.push([model, input, `${months[t]!}-01`, price.get(key)!]);
        }
        for (let n = 0; n < customers; n++) {
          if (chance() < 0.1) continue;
          const tokens = inputs.map((input) => {
            const shock = Math.exp(noise * (chance() - 0.5));
            return Math.round(1e6 * size[n]! * shock * price.get(`${model} ${input}`)! ** elasticity);
          });
          usage.push([`c${n}`, months[t]!, model, ...tokens]);
        }
      }
    const costs = models.flatMap((model) =>
      inputs.map((input): Tree[] => [model, input, Number((0.1 + chance()).toPrecision(3))]),
    );
    return { inputs, usage, prices, costs };
  });

/** Rows with a few cells that are anything, and rows that come twice or not at all. */
const spoiled = (rows: Rows, edits: readonly (readonly [number, number, string, Tree])[]): Rows =>
  edits.reduce<Rows>((current, [row, column, edit, value]) => {
    if (current.length === 0) return current;
    const r = row % current.length;
    const own = current[r]!;
    if (edit === 'drop') return current.filter((_, k) => k !== r);
    if (edit === 'double') return current.concat([own]);
    return current.map((each, k) =>
      k === r ? each.map((cell, c) => (c === column % each.length ? value : cell)) : each,
    );
  }, rows);

const edits = fc.oneof(
  { weight: 3, arbitrary: fc.constant<(readonly [number, number, string, Tree])[]>([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(),
        fc.constantFrom('cell', 'cell', 'drop', 'double'),
        fc.oneof<fc.Arbitrary<Tree>[]>(
          numberFrom(0, 1e9),
          extremeNumber,
          nameText,
          anyScalar,
          fc.constant(''),
        ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  },
);

const text = (header: readonly string[], rows: Rows): string =>
  [header, ...rows].map((row) => `${row.map(cellText).join(',')}\n`).join('');

/** The three files, by name. */
export const usageFiles: fc.Arbitrary<Readonly<Record<'usage.csv' | 'prices.csv' | 'costs.csv', string>>> = fc
  .tuple(log, edits, edits, edits)
  .chain(([{ inputs, usage, prices, costs }, ofUsage, ofPrices, ofCosts]) => {
    const maybe = (whole: string): fc.Arbitrary<string> =>
      fc.oneof(
        { weight: 19, arbitrary: fc.constant(whole) },
        { weight: 1, arbitrary: mutatedText(fc.constant(whole)) },
      );
    return fc.record({
      'usage.csv': maybe(
        text(
          ['customer_id', 'month', 'model', ...inputs.map((name) => `${name}_tokens`)],
          spoiled(usage, ofUsage),
        ),
      ),
      'prices.csv': maybe(text(['model', 'input', 'from', 'price'], spoiled(prices, ofPrices))),
      'costs.csv': maybe(text(['model', 'input', 'cost'], spoiled(costs, ofCosts))),
    });
  });
