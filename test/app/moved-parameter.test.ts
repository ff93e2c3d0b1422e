import { InputError } from '@menusmith/core';
import { expect, test } from 'vitest';
import type { Market } from '../../packages/app/src/sensitivity/market.ts';
import { type HeldMenu, movedParameter } from '../../packages/app/src/sensitivity/moved-parameter.ts';
import type { SaleOutcome } from '../../packages/app/src/sensitivity/sale-outcome.ts';

const sale = (profit: number, more: Partial<SaleOutcome> = {}): SaleOutcome => ({
  profit,
  served: 1,
  ...more,
});
/** A market in which the held menu makes `own`, and the best one is said to make `best`. */
const marketOf = (own: SaleOutcome, best: number | null | (() => never)): Market =>
  ({ sale: () => own, bestWorth: () => (typeof best === 'function' ? best() : best) }) as never;
const held: HeldMenu = {
  menu: { kind: 'bundle', tiers: [] },
  kind: 'bundle',
  count: 2,
  sale: sale(10),
  notes: [],
};
const moved = (down: Market, up: Market, menu = held) =>
  movedParameter(
    { name: 'x', field: 'x', group: 'costs', value: 1 } as never,
    [
      { market: () => down, value: 0.9 },
      { market: () => up, value: 1.1 },
    ],
    menu,
    undefined as never,
  );

test('regret is what the best menu makes beyond the held one', () => {
  const { down, up, swing, largestRegret } = moved(marketOf(sale(8), 9), marketOf(sale(11), 13));
  expect(down).toEqual({ value: 0.9, profit: 8, served: 1, change: -2, reoptimized: 9, regret: 1 });
  expect(up).toMatchObject({ value: 1.1, change: 1, reoptimized: 13, regret: 2 });
  expect([swing, largestRegret]).toEqual([3, 2]);
});

test('where a search finds less than the held menu makes, that is the best known: regret is never below 0', () => {
  const { down, up, largestRegret } = moved(marketOf(sale(8), 7), marketOf(sale(11), -1));
  expect([down!.reoptimized, down!.regret]).toEqual([8, 0]);
  expect([up!.reoptimized, up!.regret]).toEqual([11, 0]);
  expect(largestRegret).toBe(0);
});

test('a menu that may not be sold has no regret, and is not the best', () => {
  const over = sale(12, { exceeded: ['input'] });
  const broken = sale(12, { brokenBy: 0.5 } as never);
  const { down, up, largestRegret } = moved(marketOf(over, 7), marketOf(broken, 7));
  expect([down!.reoptimized, down!.regret, up!.reoptimized, up!.regret]).toEqual([7, null, 7, null]);
  expect(largestRegret).toBeNull();
  expect(moved(marketOf(over, 7), marketOf(sale(5), 6)).largestRegret).toBe(1);
});

test('where no menu is best, or none is looked for, there is no regret', () => {
  const none = () => {
    throw new InputError('no-menu', 'none');
  };
  const { down, up } = moved(marketOf(sale(8), null), marketOf(sale(8), none));
  expect([down!.reoptimized, down!.regret, up!.reoptimized, up!.regret]).toEqual([null, null, null, null]);
  const plans = moved(marketOf(sale(8), 9), marketOf(sale(8), 9), { ...held, kind: 'plans' });
  expect(plans.down!.reoptimized).toBeNull();
});

test('with an objective of its own changes, swings and regrets are of that', () => {
  const weighed = { ...held, sale: sale(10, { objective: 20 }) };
  const { down, swing } = moved(
    marketOf(sale(9, { objective: 21 }), 24),
    marketOf(sale(9, { objective: 18 }), 18),
    weighed,
  );
  expect(down).toMatchObject({ change: 1, regret: 3 });
  expect(swing).toBe(3);
});

test('a side that cannot be is said, once, and whatever is no fault of the input is not kept quiet', () => {
  const broken = (thrown: Error) => ({
    market: (): never => {
      throw thrown;
    },
    value: null,
  });
  const about = { name: 'x', field: 'x', group: 'costs', value: 1 } as never;
  const impossible = broken(new InputError('c', 'expected more'));
  expect(movedParameter(about, [impossible, impossible], held, undefined as never)).toMatchObject({
    down: null,
    up: null,
    swing: 0,
    largestRegret: null,
    problems: ['expected more'],
  });
  expect(() =>
    movedParameter(about, [broken(new Error('fault')), impossible], held, undefined as never),
  ).toThrow('fault');
});
