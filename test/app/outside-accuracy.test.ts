import { createRegistry, parseStudy, type Result, solve, standardPlugin } from '@menusmith/app';
import { profileTypes } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lotteryOptimum } from '../core/finite/lottery-program.ts';

const registry = createRegistry([standardPlugin]);
const solved = async (document: object): Promise<Result> =>
  (await solve(parseStudy(JSON.stringify({ name: 'list', ...document }), { file: 'study.json', registry })))
    .result;

interface List {
  readonly values: readonly (readonly number[])[];
  readonly masses: readonly number[];
  readonly worth: readonly number[];
  readonly κ: number;
}

/** Multiples of 1/20, so that types tie now and then. */
const number = (min: number, max: number) => fc.integer({ min: 20 * min, max: 20 * max }).map((n) => n / 20);
const numbers = (length: number, min: number, max: number) =>
  fc.array(number(min, max), { minLength: length, maxLength: length });
const anyList = (fewest: number, most: number): fc.Arbitrary<List> =>
  fc
    .record({ types: fc.integer({ min: fewest, max: most }), tasks: fc.integer({ min: 1, max: 3 }) })
    .chain(({ types, tasks }) =>
      fc.record({
        values: fc.array(numbers(tasks, 0.05, 1.5), { minLength: types, maxLength: types }),
        masses: numbers(types, 0.1, 1),
        worth: fc.oneof(
          numbers(types, 0, 0.3),
          number(0, 0.2).map((u) => new Array<number>(types).fill(u)),
        ),
        κ: fc.constantFrom(0, 0, 0.4),
      }),
    );

const studyOf = ({ values, masses, worth, κ }: List, technology: object) => ({
  ...technology,
  buyers: {
    kind: 'profiles',
    tasks: { weights: values[0]!.map(() => 0.7) },
    types: values.map((own, n) => ({ values: own, mass: masses[n] })),
  },
  objective: { consumerSurplus: κ },
  outside: { utility: worth },
});

describe('lists beside what their types have outside', () => {
  test('end certified optimal, at the optimum of the conic program with all constraints and lotteries', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(anyList(4, 6), async (list) => {
        const result = await solved(studyOf(list, { cost: { use: 'quadratic' } }));
        expect(result.certificate.doubts).toBeUndefined();
        expect(result.status).toBe('optimal');
        const { values, masses, worth, κ } = list;
        const whole = masses.reduce((sum, f) => sum + f, 0);
        const exact = lotteryOptimum(
          {
            types: profileTypes(
              Float64Array.from(values.flat()),
              Float64Array.from(values[0]!, () => 0.7),
            ),
            mass: Float64Array.from(masses, (f) => f / whole),
            supply: undefined as never,
            surplusWeight: κ,
            participation: Float64Array.from(worth),
          },
          [{ factor: 0.5, power: 2 }, 'outside'],
        );
        // Clarabel may not say, and then there is nothing to compare with.
        if (exact === undefined) return;
        compared++;
        expect(Math.abs(result.objective.value! - exact)).toBeLessThan(2e-6);
      }),
      { numRuns: 10, seed: 4 },
    );
    expect(compared).toBeGreaterThan(6);
  }, 120_000);

  test.each([
    ['a quadratic cost', { cost: { use: 'quadratic' } }],
    ['a slope at 0', { cost: { use: 'expression', formula: '0.3*q + 0.6*q^2/2' } }],
    [
      'production of one input',
      {
        production: { use: 'cobb-douglas', exponents: { a: 0.3 } },
        inputs: { a: { scope: 'task', cost: 0.4 } },
      },
    ],
    [
      'fine-tuning',
      {
        production: { use: 'cobb-douglas', exponents: { a: 0.3, z: 0.25 }, base: { z: 1 } },
        inputs: { a: { scope: 'task', cost: 0.3 }, z: { scope: 'shared', cost: 0.15 } },
      },
    ],
  ])(
    'of up to 16 types, %s: the gap is closed to 1e-8, without a doubt',
    async (_, technology) => {
      await fc.assert(
        fc.asyncProperty(anyList(8, 16), async (list) => {
          const result = await solved(studyOf(list, technology));
          expect(result.certificate.doubts).toBeUndefined();
          expect(result.certificate.relativeGap!).toBeLessThan(1e-8);
          expect(result.status).toBe('optimal');
        }),
        { numRuns: 3, seed: 21 },
      );
    },
    120_000,
  );

  test('no item is more than whole: what is attained stays below the bound where a share drifts above 1', async () => {
    const types = [
      [1.22, 0, 0.597],
      [1.22, 1.22, 0.524],
      [1.27, 0, 0.583],
      [1.27, 1.27, 0.602],
    ];
    const { certificate } = await solved({
      production: { use: 'cobb-douglas', exponents: { x: 0.325, y: 0.374 } },
      inputs: {
        x: { scope: 'task', cost: 0.4388474093805875 },
        y: { scope: 'task', cost: 0.8106431573772531 },
      },
      buyers: {
        kind: 'profiles',
        tasks: { weights: [0.23, 0.59] },
        types: types.map(([one, other, mass]) => ({ values: [one, other], mass })),
      },
      outside: { utility: [0.144, 0.138, 0.062, 0.151] },
    });
    expect(certificate.doubts).toBeUndefined();
    expect(certificate.attainedProfit!).toBeGreaterThan(0);
    // Up to rounding of what is paid.
    expect(certificate.attainedProfit!).toBeLessThanOrEqual(certificate.upperBound! + 1e-14);
  });

  test('of 120 types along a line, whose outside rises and falls: far constraints come in before time is up', async () => {
    const types = Array.from({ length: 120 }, (_, n) => ({ value: 0.2 + (1.3 * n) / 120, mass: 1 }));
    const { status, certificate } = await solved({
      cost: { use: 'quadratic' },
      buyers: { kind: 'representative', types },
      outside: { utility: types.map(({ value }) => 0.1 + 0.05 * Math.sin(10 * value)) },
    });
    expect(certificate.relativeGap!).toBeLessThan(1e-8);
    expect(status).toBe('optimal');
  });
});
