import { createRegistry, parseStudy, type Result, solve, standardPlugin } from '@menusmith/app';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConicRow, conicMinimum } from '../core/finite/conic-program.ts';
import { swept } from './sweep/swept.ts';

const registry = createRegistry([standardPlugin]);
const solved = async (document: object): Promise<Result> =>
  (await solve(parseStudy(JSON.stringify({ name: 'goods', ...document }), { file: 'study.json', registry })))
    .result;

interface Goods {
  readonly values: readonly (readonly number[])[];
  readonly masses: readonly number[];
  readonly worth: readonly number[];
  readonly rates: readonly number[];
  readonly most: readonly number[];
  readonly total: number | undefined;
  readonly κ: number;
}

/**
 * The seller's problem written down once more, every constraint at once, in T, q and the chance π that an item is what its buyer has outside: maximise
 * Σ f (T − rate·q + κ U), U_n = ⟨w_n, q_n⟩ + π_n u_n − T_n ≥ u_n, U_n ≥ ⟨w_n, q_k⟩ + π_k u_n − T_k, 0 ≤ q ≤ max (1 − π), Σ q ≤ total (1 − π).
 * `served` says whose π is 0, and that all others' is 1.
 */
const linearOptimum = (
  { values, masses, worth, rates, most, total, κ }: Goods,
  served?: readonly boolean[],
): number => {
  const goods = rates.length;
  const size = goods + 2;
  const whole = masses.reduce((sum, f) => sum + f, 0);
  const objective = new Float64Array(values.length * size);
  const rows: ConicRow[] = [];
  const below = (row: readonly (readonly [number, number])[], bound: number): void => {
    const entries = new Map<number, number>();
    for (const [column, value] of row) entries.set(column, (entries.get(column) ?? 0) + value);
    rows.push({ row: entries, bound });
  };
  const utility = (n: number, k: number, sign: number): [number, number][] => [
    [k * size, -sign],
    [k * size + 1, sign * worth[n]!],
    ...values[n]!.map((w, m): [number, number] => [k * size + 2 + m, sign * w]),
  ];
  values.forEach((own, n) => {
    const f = masses[n]! / whole;
    objective[n * size] = -f * (1 - κ);
    objective[n * size + 1] = -f * κ * worth[n]!;
    own.forEach((w, m) => {
      objective[n * size + 2 + m] = f * (rates[m]! - κ * w);
    });
    below(utility(n, n, -1), -worth[n]!);
    values.forEach((_, k) => {
      if (k !== n) below([...utility(n, k, 1), ...utility(n, n, -1)], 0);
    });
    for (let c = 1; c < size; c++) below([[n * size + c, -1]], 0);
    below([[n * size + 1, 1]], served?.[n] ? 0 : 1);
    if (served?.[n] === false) below([[n * size + 1, -1]], -1);
    most.forEach((cap, m) => {
      below(
        [
          [n * size + 2 + m, 1],
          [n * size + 1, cap],
        ],
        cap,
      );
    });
    if (total !== undefined)
      below([...most.map((_, m): [number, number] => [n * size + 2 + m, 1]), [n * size + 1, total]], total);
  });
  return -(conicMinimum(objective, rows, rows.length, []) ?? Number.NaN);
};

const bestOfAllChoices = (goods: Goods): number => {
  const count = goods.values.length;
  return Math.max(
    ...Array.from({ length: 2 ** count }, (_, code) =>
      linearOptimum(
        goods,
        goods.values.map((__, n) => (code >> n) % 2 === 1),
      ),
    ),
  );
};

const studyOf = ({ values, masses, worth, rates, most, total, κ }: Goods) => ({
  cost: { use: 'linear', rate: rates, max: most, ...(total === undefined ? {} : { total }) },
  contract: 'allocations',
  buyers: {
    kind: 'profiles',
    tasks: { weights: rates.map(() => 1) },
    types: values.map((own, n) => ({ values: own, mass: masses[n] })),
  },
  objective: { consumerSurplus: κ },
  outside: { utility: worth },
});

/** Multiples of 1/20, so that numbers tie now and then. */
const number = (min: number, max: number) => fc.integer({ min: 20 * min, max: 20 * max }).map((n) => n / 20);
const list = (length: number, min: number, max: number) =>
  fc.array(number(min, max), { minLength: length, maxLength: length });
const anyGoods = fc
  .record({ types: fc.integer({ min: 2, max: 4 }), goods: fc.integer({ min: 1, max: 3 }) })
  .chain(({ types, goods }) =>
    fc.record({
      values: fc.array(list(goods, 0, 2), { minLength: types, maxLength: types }),
      masses: list(types, 0.2, 1),
      worth: list(types, 0, 1.5),
      rates: list(goods, 0, 0.5),
      most: list(goods, 0.5, 1.5),
      total: fc.option(number(0.5, 2), { nil: undefined }),
      κ: fc.constantFrom(0, 0, 0.4),
    }),
  );

/** Where a lottery between an item and what its buyer has outside earns more than any choice of whom to sell to. */
const drawnGoods: Goods = {
  values: [
    [0.9, 0.5],
    [0.95, 0.9],
    [1.85, 0.75],
    [1.85, 0.6],
  ],
  masses: [0.8, 0.9, 0.65, 0.2],
  worth: [0.25, 0.5, 0.2, 1],
  rates: [0.05, 0.15],
  most: [1.35, 0.55],
  total: 1.5,
  κ: 0,
};

describe('outside options beside a linear cost', () => {
  test('any goods, with or without a total: the linear program with every constraint, and of all choices of whom to sell to the best without lotteries', async () => {
    let [compared, drawn] = [0, 0];
    await fc.assert(
      fc.asyncProperty(anyGoods, async (goods) => {
        const exact = linearOptimum(goods);
        const pure = bestOfAllChoices(goods);
        // Clarabel may not say, and then there is nothing to compare with.
        if (Number.isNaN(exact + pure)) return;
        compared++;
        const result = await solved(studyOf(goods));
        expect(result.certificate.doubts).toBeUndefined();
        expect(result.status).toBe('optimal');
        expect(Math.abs(result.objective.value! - exact)).toBeLessThan(1e-6);
        expect(result.certificate.upperBound!).toBeGreaterThan(exact - 1e-6);
        const without = result.lotteries ? result.withoutLotteries!.objective! : result.objective.value!;
        expect(without).toBeLessThan(pure + 1e-6);
        expect(without).toBeGreaterThan(pure - 1e-6);
        if (exact > pure + 1e-5) {
          drawn++;
          expect(result.lotteries).toBe(true);
        }
        expect(result.welfare!).toBeCloseTo(result.profit! + result.consumerSurplus!, 9);
        result.types.forEach(({ rent, takes, transfer, profile }, n) => {
          expect(rent!).toBeGreaterThan(goods.worth[n]! - 1e-8);
          if (takes !== 'outside') return;
          expect(transfer).toBe(0);
          expect(rent!).toBeCloseTo(goods.worth[n]!, 8);
          expect(Math.max(...profile!)).toBe(0);
        });
      }),
      { numRuns: 80, seed: 11, examples: [[drawnGoods]] },
    );
    expect(compared).toBeGreaterThan(50);
    expect(drawn).toBeGreaterThan(0);
  });

  test('a rival is worth to each what his tokens leave her, Σ w²/(4r) of v = √x at the price r, and is not resold', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(anyGoods, number(0.4, 2), async (goods, price) => {
        const left = (own: readonly number[]): number =>
          own.reduce((sum, w) => sum + w ** 2 / (4 * price), 0);
        const worth = goods.values.map(left);
        const exact = linearOptimum({ ...goods, worth });
        if (Number.isNaN(exact)) return;
        compared++;
        const rival = {
          production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
          inputs: { x: { scope: 'task', price } },
        };
        const result = await solved({ ...studyOf(goods), outside: { rival } });
        expect(result.status).toBe('optimal');
        expect(Math.abs(result.objective.value! - exact)).toBeLessThan(1e-6);
        expect(result.certificate.upperBound!).toBeGreaterThan(exact - 1e-6);
        expect(result.notes.join(' ')).toMatch(/rival’s product is not resold/);
        result.types.forEach(({ rent }, n) => {
          expect(rent!).toBeGreaterThan(worth[n]! - 1e-8);
        });
      }),
      { numRuns: 40, seed: 5, examples: [[drawnGoods, 1]] },
    );
    expect(compared).toBeGreaterThan(25);
  });

  test('along a line a rival, too', async () => {
    const values = [0.3, 0.6, 1, 1.4];
    const masses = [0.3, 0.3, 0.2, 0.2];
    const goods = {
      values: values.map((w) => [w]),
      masses,
      rates: [0.1],
      most: [1],
      total: undefined,
      κ: 0.2,
    };
    const text = JSON.stringify({
      cost: { use: 'linear', rate: 0.1, max: 1 },
      buyers: { kind: 'representative', types: values.map((value, n) => ({ value, mass: masses[n] })) },
      objective: { consumerSurplus: 0.2 },
      outside: {
        rival: {
          production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
          inputs: { x: { scope: 'task', price: 1 } },
        },
      },
    });
    const price = 'outside.rival.inputs.x.price';
    for (const row of await swept({ text, vary: [`${price}=0.5,1,4`], columns: 'objective.value' })) {
      const worth = values.map((w) => w ** 2 / (4 * (row[price] as number)));
      expect(row.status).toBe('optimal');
      expect(row['objective.value']).toBeCloseTo(linearOptimum({ ...goods, worth }), 6);
    }
  });

  test('the same by Clarabel', async () => {
    await fc.assert(
      fc.asyncProperty(anyGoods, async (goods) => {
        const result = await solved({ ...studyOf(goods), solver: { use: 'clarabel', tolerance: 1e-5 } });
        expect(Math.abs(result.certificate.upperBound! - linearOptimum(goods))).toBeLessThan(1e-5);
      }),
      { numRuns: 15, seed: 3 },
    );
  });

  const unit = { use: 'uniform', min: 0, max: 1 };
  const two = (u: number, n: number) => ({
    cost: { use: 'linear', rate: 0, max: 1 },
    buyers: { kind: 'goods', values: [unit, unit], grid: [n, n] },
    outside: { utility: u },
  });

  test('two goods on a grid beside a constant outside utility', async () => {
    const cells = [0, 1, 2, 3].map((i) => (2 * i + 1) / 8);
    for (const u of [0, 0.2, 0.6]) {
      const { grid } = await solved({ ...two(0, 4), outside: { utility: u } });
      const values = cells.flatMap((a) => cells.map((b) => [a, b]));
      const exact = linearOptimum({
        values,
        masses: values.map(() => 1 / 16),
        worth: values.map(() => u),
        rates: [0, 0],
        most: [1, 1],
        total: undefined,
        κ: 0,
      });
      expect(grid!.relativeGap).toBeLessThan(1e-8);
      expect(grid!.profit).toBeCloseTo(exact, 7);
    }
  });

  test('one good beside a constant u is the good at its value less u', async () => {
    const values = [0.1, 0.35, 0.5, 0.8, 1];
    const masses = [0.3, 0.2, 0.2, 0.2, 0.1];
    const u = 0.22;
    const posted = Math.max(
      ...values.map(
        (price, k) => (price - u - 0.05) * masses.reduce((sum, f, n) => (n >= k ? sum + f : sum), 0),
      ),
    );
    const result = await solved({
      cost: { use: 'linear', rate: 0.05, max: 1 },
      contract: 'allocations',
      buyers: {
        kind: 'profiles',
        tasks: { weights: [1] },
        types: values.map((w, n) => ({ values: [w], mass: masses[n] })),
      },
      outside: { utility: u },
    });
    expect(result.status).toBe('optimal');
    expect(result.profit!).toBeCloseTo(posted, 8);
    expect(result.types.map(({ takes }) => takes)).toContain('outside');
  });
});
