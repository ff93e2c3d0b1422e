/*
 * Few items along a line on which what buyers have outside differs, against programs of a few lines: C = q²/2, type θ takes the item that leaves her most, θq − T, if
 * that is no less than u(θ); ties go to the seller.
 */
import {
  bestTiers,
  createRegistry,
  fewTiers,
  filesBeside,
  offeredTiers,
  parseStudy,
  prepareStudy,
  type Study,
  sensitivityOf,
  solve,
  standardPlugin,
} from '@menusmith/app';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const read = async (document: object): Promise<Study> => {
  const study = parseStudy(JSON.stringify({ name: 'tiers', ...document }), { file: 'study.json', registry });
  await prepareStudy(study);
  return study;
};

interface Item {
  readonly q: number;
  readonly T: number;
}
interface Line {
  readonly values: readonly number[];
  readonly masses: readonly number[];
  readonly worth: readonly number[];
  readonly κ: number;
}

/** Profit and κ times the surplus of all, what is outside included. */
const worthOfItems = ({ values, masses, worth, κ }: Line, items: readonly Item[]): number => {
  let sum = 0;
  values.forEach((θ, n) => {
    let [utility, margin] = [worth[n]!, 0];
    for (const { q, T } of items) {
      const own = θ * q - T;
      if (own > utility + 1e-9 || (own > utility - 1e-9 && T - (q * q) / 2 > margin))
        [utility, margin] = [own, T - (q * q) / 2];
    }
    sum += masses[n]! * (margin + κ * utility);
  });
  return sum;
};

/** The best one or two items with qualities of a grid: some price makes a type indifferent to what she has outside, the other to that or to the first item. */
const bestOnGrid = (line: Line, count: number, steps: number): number => {
  const { values, worth } = line;
  const most = Math.max(...values);
  const qualities = Array.from({ length: steps }, (_, i) => (most * (i + 1)) / steps);
  let best = worthOfItems(line, []);
  for (const q of qualities)
    for (let n = 0; n < values.length; n++) {
      const first = { q, T: values[n]! * q - worth[n]! };
      best = Math.max(best, worthOfItems(line, [first]));
      if (count === 1) continue;
      for (const other of qualities)
        for (let m = 0; m < values.length; m++) {
          const prices = [values[m]! * other - worth[m]!, first.T + values[m]! * (other - q)];
          for (const T of prices) best = Math.max(best, worthOfItems(line, [first, { q: other, T }]));
        }
    }
  return best;
};

const lineStudy = ({ values, masses, worth, κ }: Line) => ({
  cost: { use: 'quadratic' },
  buyers: { kind: 'representative', types: values.map((value, n) => ({ value, mass: masses[n] })) },
  objective: { consumerSurplus: κ },
  outside: { utility: worth },
});

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyLine = fc.record({
  values: fc
    .uniqueArray(fc.integer({ min: 4, max: 40 }), { minLength: 4, maxLength: 4 })
    .map((own) => own.sort((a, b) => a - b).map((n) => n / 20)),
  masses: fc
    .array(number(0.2, 1), { minLength: 4, maxLength: 4 })
    .map((own) => own.map((f) => f / own.reduce((a, b) => a + b, 0))),
  // Not all alike, which is another problem.
  worth: fc.array(number(0, 0.8), { minLength: 3, maxLength: 3 }).map((own) => [...own, 0.9 - own[0]!]),
  κ: fc.constantFrom(0, 0, 0.4),
});

describe('listed types along a line, each with something else outside', () => {
  test('no single item on a grid makes more, no two make 2 % more, and all is what free choice makes of it, below the full menu’s bound', async () => {
    await fc.assert(
      fc.asyncProperty(anyLine, async (line) => {
        const study = await read(lineStudy(line));
        const { full, menus, coordinate } = bestTiers(study, { counts: [1, 2, 3] });
        expect(coordinate).toBe('value');
        const bound = (await solve(study)).result.certificate.upperBound!;
        expect(full.upperBound).toBeCloseTo(bound, 7);
        for (const { count, profit, objective, tiers, upperBound } of menus) {
          const items = tiers.map(({ quality, transfer }) => ({ q: quality, T: transfer }));
          const own = line.κ > 0 ? objective! : profit;
          expect(own).toBeCloseTo(worthOfItems(line, items), 6);
          expect(own).toBeLessThanOrEqual(upperBound + 1e-7);
          for (const { from, to, share } of tiers) {
            const inside = line.values.flatMap((θ, n) => (θ >= from! && θ <= to! ? [line.masses[n]!] : []));
            expect(share).toBeLessThanOrEqual(inside.reduce((a, b) => a + b, 0) + 1e-9);
          }
          if (count > 2) continue;
          const brute = bestOnGrid(line, count, count === 1 ? 200 : 40);
          // One item is the best there is; two are what a search found.
          expect(brute - own).toBeLessThan(count === 1 ? 1e-8 : 0.02 * brute);
        }
      }),
      { numRuns: 30, seed: 3 },
    );
  }, 600_000);
});

describe('a continuous line on which what buyers have outside differs', () => {
  const uniform = { kind: 'representative', type: { use: 'uniform', min: 0, max: 1 } };
  const study = (utility: unknown, more: object = {}) => ({
    cost: { use: 'quadratic' },
    buyers: uniform,
    outside: { utility },
    ...more,
  });

  test.each([
    ['profit', {}],
    ['a weight on consumer surplus', { objective: { profit: 2, consumerSurplus: 0.8 } }],
  ])(
    'a formula that is the same for all has the menus of the number, which are the best of all: %s',
    async (_, more) => {
      const counts = [1, 2, 4];
      const exact = bestTiers(await read(study(0.03, more)), { counts });
      const searched = bestTiers(await read(study('0.03 + 0*theta', more)), { counts });
      expect(searched.notes.join(' ')).toMatch(/best that a search found/);
      const worth = (menu: { profit: number; objective?: number }): number => menu.objective ?? menu.profit;
      expect(worth(searched.full)).toBeCloseTo(worth(exact.full), 9);
      expect(searched.full.upperBound).toBeCloseTo(exact.full.upperBound, 9);
      searched.menus.forEach((menu, i) => {
        const other = exact.menus[i]!;
        expect(Math.abs(worth(menu) - worth(other))).toBeLessThan(1e-9);
        expect(menu.upperBound).toBeCloseTo(exact.full.upperBound, 9);
        expect(menu.served).toBeCloseTo(other.served, 4);
      });
    },
    120_000,
  );

  /** What items earn from 2,000 even types. */
  const types = Array.from({ length: 2000 }, (_, i) => (i + 0.5) / 2000);
  const profitOf = (items: readonly Item[], u: (θ: number) => number): number => {
    let sum = 0;
    for (const θ of types) {
      let [utility, margin] = [u(θ), 0];
      for (const { q, T } of items) {
        const own = θ * q - T;
        if (own > utility + 1e-9 || (own > utility - 1e-9 && T - (q * q) / 2 > margin))
          [utility, margin] = [own, T - (q * q) / 2];
      }
      sum += margin / types.length;
    }
    return sum;
  };

  const rival = {
    production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
    inputs: { x: { scope: 'task', price: 1 } },
  };
  test.each([
    ['a steep formula', { utility: '0.05 + 0.3*theta^2' }, (θ: number) => 0.05 + 0.3 * θ ** 2],
    ['a kink', { utility: 'max(0.02, 0.4*theta - 0.1)' }, (θ: number) => Math.max(0.02, 0.4 * θ - 0.1)],
    ['a rival', { rival }, (θ: number) => θ ** 2 / 4],
  ])(
    '%s: free choice makes of the menu what it says, below the bound, and no menus at random are better',
    async (_, outside, u) => {
      const asked = await read(study(undefined, { outside }));
      const { full, menus } = bestTiers(asked, { counts: [1, 2, 4] });
      const { certificate } = (await solve(asked)).result;
      expect(full.upperBound).toBeCloseTo(certificate.upperBound!, 9);
      let before = 0;
      for (const { profit, tiers, upperBound } of menus) {
        const items = tiers.map(({ quality, transfer }) => ({ q: quality, T: transfer }));
        expect(profit).toBeCloseTo(profitOf(items, u), 3);
        expect(profit).toBeLessThanOrEqual(upperBound + 1e-9);
        expect(profit).toBeGreaterThan(before);
        before = profit;
      }
      const [one, two] = menus as [(typeof menus)[0], (typeof menus)[0]];
      const item = fc.record({ q: number(0.05, 1.2), T: number(0, 0.9) });
      fc.assert(
        fc.property(item, item, (a, b) => {
          expect(profitOf([a], u)).toBeLessThan(one.profit + 1e-3);
          expect(profitOf([a, b], u)).toBeLessThan(two.profit + 1e-3);
          // Small steps from what was found.
          const moved = two.tiers.map(({ quality, transfer }, k) => ({
            q: quality + ([a, b][k]!.q - 0.6) / 20,
            T: transfer + ([a, b][k]!.T - 0.45) / 20,
          }));
          expect(profitOf(moved, u)).toBeLessThan(two.profit + 1e-3);
        }),
        { numRuns: 400, seed: 9 },
      );
    },
    120_000,
  );

  test('a small menu stands beside the full one, and its prices can be moved', async () => {
    const few = fewTiers(await read(study('0.05 + 0.3*theta^2')), 2);
    if ('complaint' in few) throw new Error(few.complaint);
    expect(few.notes.join(' ')).toMatch(/best of a careful search/);
    const { tiers, profit } = few.menu;
    const transfers = tiers.map(({ transfer }) => transfer);
    const offered = offeredTiers(few, transfers);
    expect(offered.profit).toBeCloseTo(profit, 9);
    expect(offered.sales.map((sale) => sale!.from)).toEqual(
      tiers.map(({ from }) => expect.closeTo(from!, 7)),
    );
    const dearer = offeredTiers(few, [transfers[0]!, 5]);
    expect(dearer.sales[1]).toBeNull();
    expect(dearer.profit).toBeLessThan(profit);
  });

  test('sensitivity sells it again', async () => {
    const document = study('0.05 + 0.3*theta^2');
    const { profit, tiers, parameters } = sensitivityOf(
      { text: JSON.stringify(document), file: 'study.json', registry, ...filesBeside('study.json') },
      { count: 1 },
    );
    const items = tiers!.map(({ quality, transfer }) => ({ q: quality, T: transfer }));
    expect(profit).toBeCloseTo(
      profitOf(items, (θ) => 0.05 + 0.3 * θ ** 2),
      3,
    );
    for (const { down, up } of parameters)
      for (const own of [down, up]) if (own !== null) expect(own.regret!).toBeGreaterThanOrEqual(0);
  });
});
