/*
 * Few items without lotteries, of goods and tasks at a linear cost, against enumeration: all sets of goods, at all prices at which a type is just willing to pay for one or for one more.
 */
import {
  bestTiers,
  createRegistry,
  parseStudy,
  prepareStudy,
  type Study,
  standardPlugin,
} from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const read = (study: object): Study => parseStudy(JSON.stringify(study), { file: 'goods.json', registry });

interface Type {
  readonly mass: number;
  readonly values: readonly number[];
}

/** The highest profit of items at these prices, by free choice. */
const profitAt = (
  types: readonly Type[],
  items: readonly (readonly number[])[],
  prices: readonly number[],
  rate: number,
): number => {
  let sum = 0;
  for (const { mass, values } of types) {
    let [best, margin] = [1e-9, 0];
    items.forEach((item, k) => {
      const utility = item.reduce((worth, m) => worth + values[m]!, 0) - prices[k]!;
      const own = prices[k]! - rate * item.length;
      if (utility > best + 1e-9 || (utility > best - 2e-9 && own > margin))
        [best, margin] = [Math.max(best, utility), own];
    });
    sum += mass * margin;
  }
  return sum;
};

/** Types' own worths of each item, as prices; of two items steps of them too. */
const enumerated = (types: readonly Type[], goods: number, count: number, rate: number): number => {
  const sets = Array.from({ length: 2 ** goods - 1 }, (_, n) =>
    Array.from({ length: goods }, (__, m) => m).filter((m) => ((n + 1) >> m) % 2 === 1),
  );
  const steps = [...new Set(types.flatMap(({ values }) => values))];
  const worths = [...new Set([...steps, ...steps.flatMap((a) => steps.map((b) => a + b))])];
  let most = 0;
  const place = (from: number, items: readonly (readonly number[])[], prices: readonly number[]): void => {
    if (items.length > 0) most = Math.max(most, profitAt(types, items, prices, rate));
    if (items.length === count) return;
    for (let k = from; k < sets.length; k++)
      for (const price of worths) place(k + 1, [...items, sets[k]!], [...prices, price]);
  };
  place(0, [], []);
  return most;
};

const found = async (types: readonly Type[], count: number, rate = 0, more: object = {}) => {
  const goods = types[0]!.values.length;
  const study = read({
    cost: { use: 'linear', rate, max: 1, ...more },
    buyers: { kind: 'profiles', tasks: { weights: Array(goods).fill(1) }, types },
  });
  await prepareStudy(study);
  const { menus, full } = bestTiers(study, { counts: [count], deterministic: true });
  return { menu: menus[0]!, full };
};

const mean = (types: readonly Type[]): number => types.reduce((sum, { mass }) => sum + mass, 0);

describe('without lotteries', () => {
  const apart: readonly Type[] = [
    { mass: 1, values: [1, 6] },
    { mass: 1, values: [3, 1] },
  ];

  it('two types are sold both goods and one of them, where a lottery would earn more', async () => {
    const { menu, full } = await found(apart, 1 + 1);
    expect(full.profit).toBeCloseTo(10.4 / 2, 6);
    expect(menu.profit).toBeCloseTo(10 / 2, 9);
    for (const { profile } of menu.tiers) for (const q of profile!) expect([0, 1]).toContain(q);
    expect(menu.status).toBe('feasible');
  });

  it('at most one of several items is sold to each, where that is all that she can have', async () => {
    const { menu } = await found(apart, 2, 0, { total: 1 });
    for (const { profile } of menu.tiers) expect(profile!.reduce((sum, q) => sum + q, 0)).toBe(1);
    expect(menu.profit).toBeCloseTo((3 + 6) / 2, 9);
  });

  let seed = 5;
  const next = (): number => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const drawn = Array.from({ length: 6 }, () => ({
    rate: Math.round(4 * next()) / 4,
    types: Array.from(
      { length: 5 },
      (): Type => ({
        mass: 1 + Math.round(3 * next()),
        values: [Math.round(8 * next()), Math.round(8 * next())],
      }),
    ),
  })).filter(({ types }) => new Set(types.map(({ values }) => values.join())).size > 3);

  it.each(drawn)(
    'few items of two goods are within 0.1 % of the best by enumeration: %j',
    async ({ types, rate }) => {
      for (const count of [1, 2, 3]) {
        const best = enumerated(types, 2, count, rate) / mean(types);
        const { menu } = await found(types, count, rate);
        expect(menu.profit).toBeGreaterThanOrEqual(best * (1 - 1e-3));
        for (const { profile } of menu.tiers) for (const q of profile!) expect([0, 1]).toContain(q);
        expect(menu.profit).toBeLessThanOrEqual(menu.upperBound * (1 + 1e-9));
      }
    },
  );
});
