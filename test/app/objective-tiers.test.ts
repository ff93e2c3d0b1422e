import {
  bestTiers,
  createRegistry,
  fewTiers,
  offeredTiers,
  parseStudy,
  prepareStudy,
  type Study,
  solve,
  standardPlugin,
  type TiersResult,
} from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { smallMenu } from '../../packages/app/src/report/menu-sections.ts';
import { tiersReport } from '../../packages/cli/src/tiers-report.ts';

const registry = createRegistry([standardPlugin]);
const read = async (document: object): Promise<Study> => {
  const study = parseStudy(JSON.stringify({ name: 'tiers', ...document }), { file: 'study.json', registry });
  await prepareStudy(study);
  return study;
};
const tiers = async (document: object, counts: readonly number[]): Promise<TiersResult> =>
  bestTiers(await read(document), { counts });

const mass = [0.4, 0.2, 0.2, 0.2];
const values = [
  [0.4, 0.9],
  [1, 0.3],
  [0.8, 0.8],
  [0.5, 0.5],
];
const weights = [0.6, 0.4];
const profiles = {
  contract: 'allocations',
  buyers: {
    kind: 'profiles',
    tasks: { weights },
    types: values.map((own, n) => ({ values: own, mass: mass[n] })),
  },
};
const inner = (w: readonly number[], q: readonly number[]): number =>
  w.reduce((sum, each, m) => sum + weights[m]! * each * q[m]!, 0);

/** Profit and objective of items when each takes what leaves her most, or what she has outside; ties go to the seller. */
const sale = (
  items: readonly { readonly q: readonly number[]; readonly transfer: number; readonly cost: number }[],
  outside: readonly number[],
  κ: number,
): { profit: number; objective: number; takers: readonly number[] } => {
  let [profit, surplus] = [0, 0];
  const takers = values.map((w, n) => {
    let [taken, utility, margin] = [-1, outside[n]!, 0];
    items.forEach(({ q, transfer, cost }, k) => {
      const own = inner(w, q) - transfer;
      if (own > utility + 1e-9 || (own > utility - 1e-9 && transfer - cost > margin))
        [taken, utility, margin] = [k, own, transfer - cost];
    });
    profit += mass[n]! * margin;
    surplus += mass[n]! * utility;
    return taken;
  });
  return { profit, objective: profit + κ * surplus, takers };
};

/** The best single item on a grid of qualities: its price makes one of the types indifferent to what she has outside. */
const bestSingle = (
  outside: readonly number[],
  κ: number,
  cost: (q: readonly number[]) => number,
  most: number,
): number => {
  let best = sale([], outside, κ).objective;
  const size = 60;
  for (let i = 0; i <= size; i++) {
    for (let j = 0; j <= size; j++) {
      const q = [(most * i) / size, (most * j) / size];
      for (let n = 0; n < values.length; n++) {
        const item = { q, transfer: inner(values[n]!, q) - outside[n]!, cost: cost(q) };
        best = Math.max(best, sale([item], outside, κ).objective);
      }
    }
  }
  return best;
};

describe('few items for types of any kind', () => {
  const halfSquares = (q: readonly number[]): number => inner(q, q) / 2;
  const some = [0.1, 0.02, 0.12, 0.05];
  test.each([
    ['a weight on consumer surplus', [0, 0, 0, 0], 0.4, false],
    ['a weight of 1', [0, 0, 0, 0], 1, false],
    ['something outside', some, 0, false],
    ['both', some, 0.4, false],
    ['something outside, and a linear cost', some, 0, true],
    ['both, and a linear cost', some, 0.6, true],
  ] as const)(
    '%s: no single item on a grid does better by 1e-3, and all is what free choice makes of it',
    async (_, outside, κ, isLinear) => {
      const cost = isLinear ? (q: readonly number[]) => 0.1 * inner([1, 1], q) : halfSquares;
      const result = await tiers(
        {
          ...profiles,
          cost: isLinear ? { use: 'linear', rate: 0.1, max: 1 } : { use: 'quadratic' },
          objective: { profit: 2, consumerSurplus: 2 * κ },
          ...(outside.some((u) => u > 0) ? { outside: { utility: outside } } : {}),
        },
        [1, 2, 3],
      );
      // In the study's own weights.
      const factor = κ > 0 ? 2 : 1;
      const solved = await solve(
        await read({
          ...profiles,
          cost: isLinear ? { use: 'linear', rate: 0.1, max: 1 } : { use: 'quadratic' },
          objective: { profit: 2, consumerSurplus: 2 * κ },
          ...(outside.some((u) => u > 0) ? { outside: { utility: outside } } : {}),
        }),
      );
      expect(result.full.upperBound).toBeCloseTo((solved.result.certificate.upperBound! * factor) / 2, 5);
      let before = 0;
      for (const menu of result.menus) {
        const items = menu.tiers.map((tier) => ({
          q: tier.profile!,
          transfer: tier.transfer,
          cost: tier.cost,
        }));
        for (const item of items) expect(item.cost).toBeCloseTo(cost(item.q), 7);
        const free = sale(items, outside, κ);
        expect(menu.profit).toBeCloseTo(free.profit, 7);
        expect(menu.objective ?? menu.profit).toBeCloseTo(factor * free.objective, 7);
        expect(menu.objective === undefined).toBe(κ === 0);
        menu.tiers.forEach(({ share }, k) => {
          expect(share).toBeCloseTo(
            free.takers.reduce((sum, taken, n) => (taken === k ? sum + mass[n]! : sum), 0),
            12,
          );
        });
        const own = menu.objective ?? menu.profit;
        expect(own).toBeLessThan(menu.upperBound + 1e-7);
        expect(own).toBeGreaterThanOrEqual(before);
        expect(menu.share).toBeCloseTo(own / (result.full.objective ?? result.full.profit), 9);
        before = own;
      }
      const single = factor * bestSingle(outside, κ, cost, isLinear ? 1 : 1.2);
      const [one] = result.menus;
      expect(one!.objective ?? one!.profit).toBeGreaterThan(single * (1 - 1e-3));
    },
  );
});

test('beside a rival: items are the seller’s own, and who buys from him is sold nothing', async () => {
  const production = { use: 'cobb-douglas', exponents: { input: 0.5 } };
  const all = [
    [1, 0.2],
    [0.3, 0.7],
    [0.9, 0.9],
  ];
  const study = {
    contract: 'allocations',
    production,
    inputs: { input: { scope: 'task', cost: 0.2 } },
    outside: {
      rival: {
        production: { use: 'cobb-douglas', exponents: { input: 0.7 } },
        inputs: { input: { scope: 'task', price: 0.3 } },
      },
    },
    buyers: {
      kind: 'profiles',
      tasks: { weights: [0.5, 0.5] },
      types: all.map((own) => ({ values: own, mass: 1 })),
    },
  };
  // At .3 a token x^.7 is worth (w·.7/.3)^{10/3}·.3·3/7 a task to a type of value w; √x costs .2 q².
  const rival = (w: readonly number[]) =>
    w.reduce((sum, each) => sum + ((0.3 * 3) / 7) * ((each * 7) / 3) ** (10 / 3), 0) / 2;
  const half = (a: readonly number[], b: readonly number[]) => (a[0]! * b[0]! + a[1]! * b[1]!) / 2;
  const { menus, full } = await tiers(study, [1, 2]);
  for (const { tiers: items, profit, upperBound } of menus) {
    let earned = 0;
    for (const w of all) {
      let [best, margin] = [rival(w), 0];
      for (const { profile, transfer, cost } of items) {
        expect(cost).toBeCloseTo(0.2 * half(profile!, profile!), 7);
        const utility = half(w, profile!) - transfer;
        if (utility > best - 1e-9 && transfer - cost > margin) [best, margin] = [utility, transfer - cost];
      }
      earned += margin / 3;
    }
    expect(items.length).toBeGreaterThan(0);
    expect(profit).toBeCloseTo(earned, 8);
    expect(profit).toBeLessThan(upperBound + 1e-9);
  }
  // Two of the three are served by the seller in the full menu, so that two items are all of it.
  expect(menus[1]!.profit).toBeGreaterThan(0.999 * full.profit);
});

const unit = { use: 'uniform', min: 0, max: 1 };
const line = { cost: { use: 'quadratic' }, buyers: { kind: 'representative', type: unit } };

describe('few items along a line', () => {
  test('beside .03: a fixed cost of whoever is served, and a lower price', async () => {
    const { full, menus } = await tiers({ ...line, outside: { utility: 0.03 } }, [1, 2]);
    expect(menus[0]!.objective).toBeUndefined();
    // One item q from t on at the price t q − u: (1 − t)(t q − u − q²/2), largest at q = t.
    let best = 0;
    for (let t = 0; t < 1; t += 1e-4) best = Math.max(best, (1 - t) * ((t * t) / 2 - 0.03));
    const [one] = menus;
    expect(one!.status).toBe('optimal');
    expect(one!.profit).toBeGreaterThan(best - 1e-9);
    expect(one!.profit).toBeLessThan(best + 1e-6);
    const [tier] = one!.tiers;
    expect(tier!.transfer).toBeCloseTo(tier!.from! * tier!.quality - 0.03, 9);
    expect(tier!.cost).toBeCloseTo(tier!.quality ** 2 / 2, 12);
    const { result } = await solve(await read({ ...line, outside: { utility: 0.03 } }));
    expect(full.profit).toBeCloseTo(result.profit!, 7);
  });

  test('with a weight on consumer surplus the full menu is the solve’s, in the study’s weights', async () => {
    const study = { ...line, objective: { profit: 2, consumerSurplus: 1 }, outside: { utility: 0.02 } };
    const { full, menus } = await tiers(study, [1, 3]);
    const { result } = await solve(await read(study));
    expect(full.profit).toBeCloseTo(result.profit!, 7);
    expect(full.objective!).toBeCloseTo(result.objective.value!, 7);
    expect(menus[1]!.objective!).toBeGreaterThan(menus[0]!.objective!);
    for (const { status, objective, share } of menus) {
      expect(status).toBe('optimal');
      expect(share).toBeCloseTo(objective! / full.objective!, 9);
    }
  });

  test('the terminal and the report say that the objective is what counts', async () => {
    const study = await read({ ...line, objective: { consumerSurplus: 0.4 } });
    const text = tiersReport(bestTiers(study, { counts: [1, 2] }));
    expect(text).toMatch(/full menu: profit \S+, objective \S+,/);
    expect(text).toMatch(/2 tiers: profit \S+, objective \S+, .* of the full menu’s/);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('The objective is profit + 0.4 × consumer surplus');
    expect(Math.max(...text.split('\n').map((row) => row.length))).toBeLessThanOrEqual(80);
    expect(smallMenu(fewTiers(study, 2), undefined)).toContain('and has an objective of');
  });

  test('at their own prices they sell as they did', async () => {
    for (const study of [
      { ...line, outside: { utility: 0.03 } },
      { ...profiles, cost: { use: 'quadratic' }, outside: { utility: [0.1, 0.02, 0.12, 0.05] } },
    ]) {
      const few = fewTiers(await read(study), 2);
      if ('complaint' in few) throw new Error(few.complaint);
      const { profit, sales } = offeredTiers(
        few,
        few.menu.tiers.map(({ transfer }) => transfer),
      );
      expect(profit).toBeCloseTo(few.menu.profit, 9);
      expect(sales.map((sold) => sold!.share)).toEqual(
        few.menu.tiers.map(({ share }) => expect.closeTo(share, 9)),
      );
    }
  });

  test('tariffs for types of any kind: no better than the full menu, and at least what one bundle of them makes', async () => {
    for (const terms of [
      { objective: { consumerSurplus: 0.3 } },
      { outside: { utility: [0.1, 0.02, 0.12, 0.05] } },
      { objective: { consumerSurplus: 0.3 }, outside: { utility: 0.04 } },
    ]) {
      const study = await read({ ...profiles, cost: { use: 'quadratic' }, ...terms });
      const { full, menus } = bestTiers(study, { counts: [1, 2, 4], kind: 'two-part-tariff' });
      let last = 0;
      for (const { objective, profit, upperBound, tiers } of menus) {
        const worth = objective ?? profit;
        expect(worth).toBeLessThanOrEqual(upperBound * (1 + 1e-9));
        expect(worth).toBeGreaterThanOrEqual(last);
        expect(tiers.every(({ tariff }) => tariff!.markup >= 1)).toBe(true);
        last = worth;
      }
      expect(last).toBeGreaterThan(0.6 * (full.objective ?? full.profit));
      expect('objective' in full).toBe('objective' in terms);
    }
  });

  test.each([
    [{ outside: { utility: '0.02 + 0.1*theta' } }, 'two-part-tariff', /who all have the same outside/],
  ] as const)('%j is refused by name (%s)', async (terms, kind, message) => {
    const study = await read({ ...line, ...terms });
    expect(() => bestTiers(study, { counts: [2], kind })).toThrow(message);
  });
});
