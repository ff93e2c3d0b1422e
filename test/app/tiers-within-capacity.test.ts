import { createRegistry, parseStudy, type Study, standardPlugin, type TierMenu } from '@menusmith/app';
import { finished } from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import { menuWithinCapacity } from '../../packages/app/src/capacity/tiers-within-capacity.ts';

const COST = 0.1;
const study = parseStudy(
  JSON.stringify({
    production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
    inputs: { x: { scope: 'task', cost: COST } },
    buyers: { kind: 'representative', type: { use: 'uniform', min: 0, max: 1 } },
    contract: 'packages',
    capacity: { x: 1 },
  }),
  { file: 'study.json', registry: createRegistry([standardPlugin]) },
);

interface Sold {
  readonly use: number;
  readonly profit: number;
  readonly brokenBy?: number;
}

/** What is sold within capacity where a search at a shadow price finds this. */
const within = (at: (price: number) => Sold): TierMenu =>
  finished(
    // biome-ignore lint/correctness/useYield: a search that is done at once
    menuWithinCapacity(study, 1, function* ({ technology }: Study) {
      const price = technology.kind === 'production' ? technology.inputs[0]!.cost - COST : Number.NaN;
      const { use, profit, brokenBy } = at(price);
      const menu: TierMenu = {
        count: 1,
        profit: profit - price * use,
        share: null,
        served: 1,
        upperBound: 10,
        relativeGap: 0,
        status: brokenBy === undefined ? 'feasible' : 'uncertified',
        tiers: [
          { share: 1, from: 0, to: 1, quality: 1, transfer: 1, cost: 0, margin: 1, inputs: { x: use } },
        ],
        ...(brokenBy === undefined ? {} : { brokenBy }),
      };
      return { menus: [menu], notes: [] };
    }),
  ).menu;

describe('a menu of few tiers within capacity, beside promises', () => {
  test('one that keeps every promise comes before one that earns more and does not', () => {
    const menu = within((price) =>
      price < 1
        ? { use: 2, profit: 3 }
        : price < 1.2
          ? { use: 0.9, profit: 1 }
          : { use: 0.5, profit: 2, brokenBy: 0.1 },
    );
    expect(menu.brokenBy).toBeUndefined();
    expect(menu.used).toEqual({ x: 0.9 });
    expect(menu.status).toBe('feasible');
  });

  test('where none keeps promise and capacity it is the one that breaks the promise by least, and not certified', () => {
    const menu = within((price) =>
      price < 1 ? { use: 2, profit: 3 } : { use: 1 / price ** 2, profit: price, brokenBy: 0.1 * price },
    );
    expect(menu.brokenBy!).toBeLessThan(0.11);
    expect(menu.status).toBe('uncertified');
  });
});
