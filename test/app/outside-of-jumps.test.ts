import { createRegistry, parseStudy, type Result, solve, standardPlugin } from '@menusmith/app';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConicRow, conicMinimum } from '../core/finite/conic-program.ts';

const registry = createRegistry([standardPlugin]);
const solved = async (document: object): Promise<Result> =>
  (await solve(parseStudy(JSON.stringify({ name: 'jumps', ...document }), { file: 'jumps.json', registry })))
    .result;

/** c(q) = rate·q + bend·max(q − from, 0)³ on every task, up to 2: straight up to `from`, and like no parabola beyond. */
interface Buyers {
  readonly values: readonly (readonly number[])[];
  readonly masses: readonly number[];
  readonly worth: readonly number[];
  readonly rate: number;
  readonly bend: number;
  readonly from: number;
}

const MOST = 2;
const POINTS = 60;

const costOf = ({ rate, bend, from }: Buyers, q: number): number =>
  rate * q + bend * Math.max(q - from, 0) ** 3;

/** By how much chords between the points are above c at the most, h²/8 of its curvature. */
const chordError = ({ bend, from }: Buyers): number =>
  ((MOST / POINTS) ** 2 / 8) * 6 * bend * Math.max(MOST - from, 0);

/**
 * The seller's problem written down once more, every constraint at once, on a grid of qualities: shares v of 60 qualities a task, the chance π that an item
 * is what its buyer has outside, and T; Σ v ≤ 1 − π a task. A menu of it can be sold for more, as c is below its chords.
 */
const onQualities = (buyers: Buyers): number => {
  const { values, masses, worth } = buyers;
  const tasks = values[0]!.length;
  const size = 2 + tasks * POINTS;
  const whole = masses.reduce((sum, f) => sum + f, 0);
  const objective = new Float64Array(values.length * size);
  const rows: ConicRow[] = [];
  const below = (row: readonly (readonly [number, number])[], bound: number): void => {
    const entries = new Map<number, number>();
    for (const [column, value] of row) entries.set(column, (entries.get(column) ?? 0) + value);
    rows.push({ row: entries, bound });
  };
  const points = Array.from({ length: tasks * POINTS }, (_, c) => ({
    m: Math.floor(c / POINTS),
    q: (MOST * ((c % POINTS) + 1)) / POINTS,
  }));
  const utility = (n: number, k: number, sign: number): [number, number][] => [
    [k * size, -sign],
    [k * size + 1, sign * worth[n]!],
    ...points.map(({ m, q }, c): [number, number] => [k * size + 2 + c, (sign * values[n]![m]! * q) / tasks]),
  ];
  values.forEach((_, n) => {
    const f = masses[n]! / whole;
    objective[n * size] = -f;
    points.forEach(({ q }, c) => {
      objective[n * size + 2 + c] = (f * costOf(buyers, q)) / tasks;
    });
    below(utility(n, n, -1), -worth[n]!);
    values.forEach((__, k) => {
      if (k !== n) below([...utility(n, k, 1), ...utility(n, n, -1)], 0);
    });
    for (let c = 1; c < size; c++) below([[n * size + c, -1]], 0);
    for (let m = 0; m < tasks; m++) {
      const own = points.flatMap((point, c): [number, number][] =>
        point.m === m ? [[n * size + 2 + c, 1]] : [],
      );
      below([...own, [n * size + 1, 1]], 1);
    }
  });
  return -(conicMinimum(objective, rows, rows.length, []) ?? Number.NaN);
};

const studyOf = (buyers: Buyers) => {
  const { values, masses, worth, rate, bend, from } = buyers;
  const formula = `${rate}*q + ${bend}*max(q - ${from}, 0)^3`;
  const tasks = values[0]!.length;
  return {
    cost: { use: 'expression', formula, max: MOST },
    contract: 'allocations',
    buyers: {
      kind: 'profiles',
      tasks: { weights: values[0]!.map(() => 1 / tasks) },
      types: values.map((own, n) => ({ values: own, mass: masses[n] })),
    },
    ...(worth.some((u) => u > 0) ? { outside: { utility: worth } } : {}),
  };
};

/** Multiples of 1/20, so that numbers tie now and then. */
const number = (min: number, max: number) => fc.integer({ min: 20 * min, max: 20 * max }).map((n) => n / 20);
const list = (length: number, min: number, max: number) =>
  fc.array(number(min, max), { minLength: length, maxLength: length });
const anyBuyers = fc
  .record({ types: fc.integer({ min: 2, max: 4 }), tasks: fc.integer({ min: 1, max: 2 }) })
  .chain(({ types, tasks }) =>
    fc.record({
      values: fc.array(list(tasks, 0.1, 2), { minLength: types, maxLength: types }),
      masses: list(types, 0.2, 1),
      worth: fc.oneof(list(types, 0, 0.5), fc.constant(Array.from({ length: types }, () => 0))),
      rate: number(0, 0.4),
      bend: number(0.2, 1),
      from: number(0.2, 1),
    }),
  );

describe('a cost that is straight in a part and curved in another', () => {
  test('beside outside options: as near to the linear program on a grid of qualities as that is to the optimum', async () => {
    let [compared, beside] = [0, 0];
    await fc.assert(
      fc.asyncProperty(anyBuyers, async (buyers) => {
        const coarse = onQualities(buyers);
        // Clarabel may not say, and then there is nothing to compare with.
        if (Number.isNaN(coarse)) return;
        compared++;
        const result = await solved(studyOf(buyers));
        expect(result.status).toBe('optimal');
        expect(result.certificate.doubts).toBeUndefined();
        expect(result.profit!).toBeGreaterThan(coarse - 1e-6);
        expect(result.certificate.upperBound!).toBeLessThan(coarse + chordError(buyers) + 1e-6);
        if (buyers.worth.some((u) => u > 0)) beside++;
        result.types.forEach(({ rent }, n) => {
          expect(rent!).toBeGreaterThan(buyers.worth[n]! - 1e-8);
        });
      }),
      { numRuns: 40, seed: 17 },
    );
    expect(compared).toBeGreaterThan(25);
    expect(beside).toBeGreaterThan(10);
  });

  const varied = (n: number, m: number): number => 0.1 + ((7 * n + 11 * m + 3 * n * m) % 29) / 25;
  const many = (types: number, tasks: number) => ({
    kind: 'profiles',
    tasks: { weights: Array.from({ length: tasks }, () => 1 / tasks) },
    types: Array.from({ length: types }, (_, n) => ({
      mass: 1 + (n % 3),
      values: Array.from({ length: tasks }, (__, m) => varied(n, m) + n / (40 * types)),
    })),
  });
  const made = {
    production: { use: 'expression', formula: 'min(2*x, 1 + 0.2*log(1 + x))' },
    inputs: { x: { scope: 'task', cost: 0.4 } },
  };

  test('of a long list, made of an input, with and without something outside', async () => {
    const buyers = many(80, 4);
    const plain = await solved({ ...made, buyers });
    expect(plain.status).toBe('optimal');
    const utility = buyers.types.map((_, n) => ((5 * n) % 7) / 40);
    const beside = await solved({ ...made, buyers, outside: { utility } });
    expect(beside.status).toBe('optimal');
    expect(beside.profit!).toBeLessThan(plain.profit!);
  });

  test('inputs of a lottery with what is outside are those of the product, as often as it is sold', async () => {
    const result = await solved({
      ...made,
      buyers: many(6, 2),
      outside: { utility: [0, 0.1, 0.2, 0.1, 0.05, 0.3] },
    });
    expect(result.status).toBe('optimal');
    const whole = result.types.reduce((sum, { mass }) => sum + mass!, 0);
    const spent = result.types.reduce((sum, { mass, inputs }) => sum + (mass! / whole) * 0.4 * inputs.x!, 0);
    expect(spent).toBeCloseTo(result.cost!, 9);
  });

  test.each([
    [16, 8],
    [20, 16],
  ])('on a grid of %i values and %i scales', async (values, scales) => {
    const result = await solved({
      ...made,
      buyers: {
        kind: 'value-scale',
        value: { use: 'uniform' },
        scale: { use: 'uniform' },
        dependence: { use: 'fgm', theta: 0.6 },
        grid: { values, scales },
      },
    });
    expect(result.grid!.relativeGap!).toBeLessThan(1e-6);
    expect(result.certificate.relativeGap!).toBeLessThan(4e-3);
  });
});
