import { createRegistry, type Result, solveStudy, standardPlugin, studyFromText } from '@menusmith/app';
import { csvTable } from '@menusmith/app/browser';
import { type FiniteProblem, profileTypes } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conicOptimum } from '../core/finite/conic-program.ts';

const registry = createRegistry([standardPlugin]);
const solve = (study: object, csv = ''): Result =>
  solveStudy(
    studyFromText(JSON.stringify({ name: 'study', ...study }), {
      file: 'study.json',
      registry,
      csvFiles: (path) => csvTable(csv, path),
    }),
  ).result;
const quadratic = { cost: { use: 'quadratic' } };

/** Over all choices of whom to sell to, by the conic program that has every constraint; those left have u_n and earn the seller nothing. */
const bestOfAllChoices = (problem: FiniteProblem): number => {
  const { count } = problem.types;
  let best = Number.NEGATIVE_INFINITY;
  for (let set = 0; set < 2 ** count; set++) {
    const served = Array.from({ length: count }, (_, n) => ((set >> n) & 1) === 1);
    best = Math.max(
      best,
      conicOptimum(problem, { factor: 0.5, power: 2 }, served) ?? Number.NEGATIVE_INFINITY,
    );
  }
  return best;
};

describe('outside options of listed types', () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const problems = fc
    .record({ types: fc.integer({ min: 2, max: 3 }), tasks: fc.integer({ min: 1, max: 2 }) })
    .chain(({ types, tasks }) =>
      fc.record({
        values: fc.array(fc.array(number(0.2, 2), { minLength: tasks, maxLength: tasks }), {
          minLength: types,
          maxLength: types,
        }),
        masses: fc.array(number(0.2, 1), { minLength: types, maxLength: types }),
        worth: fc.array(number(-0.4, 0.8), { minLength: types, maxLength: types }),
        κ: fc.constantFrom(0, 0.4),
      }),
    );

  test('are those of the best choice of whom to sell to, found by trying all of them', () => {
    fc.assert(
      fc.property(problems, ({ values, masses, worth, κ }) => {
        const tasks = values[0]!.length;
        const result = solve({
          ...quadratic,
          buyers: {
            kind: 'profiles',
            tasks: { weights: new Array(tasks).fill(1) },
            types: values.map((own, n) => ({ values: own, mass: masses[n]! })),
          },
          objective: { consumerSurplus: κ },
          outside: { utility: worth },
        });
        const total = masses.reduce((sum, f) => sum + f, 0);
        const best = bestOfAllChoices({
          types: profileTypes(Float64Array.from(values.flat()), new Float64Array(tasks).fill(1)),
          mass: Float64Array.from(masses, (f) => f / total),
          supply: undefined as never,
          surplusWeight: κ,
          participation: Float64Array.from(worth),
        });
        expect(result.certificate.doubts).toBeUndefined();
        const pure = result.lotteries ? result.withoutLotteries!.objective! : result.objective.value!;
        expect(Math.abs(pure - best)).toBeLessThan(2e-6);
        if (result.lotteries) expect(result.objective.value!).toBeGreaterThan(best);
        expect(result.certificate.upperBound!).toBeGreaterThan(best - 1e-6);
        // Everybody has what she has outside at least, and it is hers where she takes it.
        result.types.forEach(({ rent, takes, transfer }, n) => {
          expect(rent!).toBeGreaterThan(worth[n]! - 1e-7);
          if (takes !== 'outside') return;
          expect(Math.abs(rent! - worth[n]!)).toBeLessThan(1e-7);
          expect(Math.abs(transfer!)).toBeLessThan(1e-7);
        });
      }),
      { numRuns: 25, seed: 15 },
    );
  });

  test('two types: selling to the high type alone, who is left no more than she has outside', () => {
    const result = solve({
      ...quadratic,
      buyers: {
        kind: 'representative',
        types: [
          { value: 1, mass: 2 },
          { value: 2, mass: 1 },
        ],
      },
      outside: { utility: [0.2, 0.3] },
    });
    // q = 2 costs 2 and is worth 4 to a third of the buyers; serving both would cost the seller rents.
    expect(result.profit).toBeCloseTo((4 - 2 - 0.3) / 3, 7);
    expect(result.outsideShare).toBeCloseTo(2 / 3, 12);
    expect(result.types.map(({ takes }) => takes)).toEqual(['outside', 'menu']);
    expect(result.consumerSurplus).toBeCloseTo((2 * 0.2 + 0.3) / 3, 7);
    expect(result.welfare).toBeCloseTo(result.profit! + result.consumerSurplus!, 9);
  });

  test('a formula of value and scale, the same numbers in a column, and a rival who offers them are one study', () => {
    const csv = 'value,scale,mass,elsewhere\n1,0.5,1,0.0625\n2,0.5,1,0.25\n1,1,1,0.125\n2,1,1,0.5\n';
    const buyers = { kind: 'file', file: 'buyers.csv' };
    const made = {
      production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
      inputs: { input: { scope: 'task', cost: 0.5 } },
    };
    // At a price of 2, v = x^½ leaves w²/8 on each task.
    const formula = solve(
      { ...made, buyers, outside: { utility: 'scale * value^2 / 8' } },
      csv.replace(/,elsewhere|,[\d.]+(?=\n)/g, ''),
    );
    const column = solve({ ...made, buyers, outside: { utility: { column: 'elsewhere' } } }, csv);
    const rival = solve(
      {
        ...made,
        buyers,
        outside: {
          rival: { production: made.production, inputs: { input: { scope: 'task', price: 2 } } },
        },
      },
      csv.replace(/,elsewhere|,[\d.]+(?=\n)/g, ''),
    );
    expect(column.status).toBe('optimal');
    for (const other of [formula, rival]) {
      expect(other.status).toBe('optimal');
      expect(other.profit).toBeCloseTo(column.profit!, 7);
      expect(other.consumerSurplus).toBeCloseTo(column.consumerSurplus!, 6);
    }
  });

  test('a rival whose product can be resold makes lotteries worth it, on a line as with values on tasks', () => {
    const made = {
      production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
      inputs: { input: { scope: 'task', cost: 0.1 } },
      outside: {
        rival: {
          production: { use: 'cobb-douglas', exponents: { input: 0.25 } },
          inputs: { input: { scope: 'task', price: 0.03 } },
        },
      },
    };
    const count = 12;
    const values = Array.from({ length: count }, (_, n) => (n + 1) / count);
    const line = solve({
      ...made,
      buyers: { kind: 'representative', types: values.map((value) => ({ value, mass: 1 })) },
    });
    const space = solve({
      ...made,
      solver: { use: 'interior-point' },
      buyers: {
        kind: 'profiles',
        tasks: { weights: [1] },
        types: values.map((value) => ({ values: [value], mass: 1 })),
      },
    });
    for (const result of [line, space]) {
      expect(result.status).toBe('optimal');
      expect(result.lotteries).toBe(true);
      expect(result.profit!).toBeGreaterThan(1.001 * result.withoutLotteries!.profit!);
    }
    expect(line.profit).toBeCloseTo(space.profit!, 7);
    expect(line.outsideShare).toBeCloseTo(space.outsideShare!, 5);
    expect(line.consumerSurplus).toBeCloseTo(space.consumerSurplus!, 6);
  });

  test('a type who is all but sure to go elsewhere goes there: her item is no crumb of quality', () => {
    const result = solve({
      production: { use: 'cobb-douglas', exponents: { a: 0.258, b: 0.181 } },
      inputs: { a: { scope: 'task', cost: 0.266 }, b: { scope: 'task', cost: 0.252 } },
      buyers: {
        kind: 'profiles',
        tasks: { weights: [0.739, 0.733] },
        types: [
          { mass: 0.492, values: [0.417, 0.121] },
          { mass: 0.548, values: [0.45, 1.424] },
          { mass: 0.219, values: [0.5, 1.009] },
          { mass: 0.377, values: [0.925, 0.74] },
        ],
      },
      outside: { utility: 0.081 },
    });
    expect(result.types.map(({ takes }) => takes)).toEqual(['outside', 'menu', 'outside', 'menu']);
    for (const { quality, transfer, inputs } of [result.types[0]!, result.types[2]!])
      expect({ quality, transfer, inputs }).toEqual({ quality: 0, transfer: 0, inputs: { a: 0, b: 0 } });
    expect(result.excludedShare).toBeCloseTo(result.outsideShare!, 6);
  });
});
