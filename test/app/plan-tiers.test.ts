import {
  bestTiers,
  createRegistry,
  evaluateMenu,
  filesBeside,
  findingPlanTiers,
  menuDocument,
  openPlans,
  type PlanTiersOptions,
  planChoices,
  readPlans,
  type Study,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import { finished, type Plan } from '@menusmith/core';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const studyOf = (text: string): Study =>
  studyFromText(text, { file: 'study.yaml', registry, ...filesBeside('study.yaml') });

/** v = √x at a cost of 0.1 a token. */
const COST = 0.1;
const root = (buyers: string, more = ''): Study =>
  studyOf(`production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: ${COST} } }
buyers: { kind: representative, ${buyers} }
contract: packages
${more}`);
const types = [0.4, 0.7, 1, 1.3, 2];
const list = root(`types: [${types.map((value) => `{ value: ${value}, mass: 1 }`).join(', ')}]`);
const PRICE = 0.25;
const today: readonly Plan[] = [
  { name: 'List', fee: 0, included: {}, prices: { tokens: PRICE }, commitment: 0, taskCap: null },
];
const keep = (share: number) => ({ keep: { plans: today, share } });
const found = (study: Study, options: Omit<PlanTiersOptions, 'counts'> & { readonly count: number }) => {
  const { count, ...others } = options;
  const result = finished(findingPlanTiers(study, { counts: [count], ...others }));
  return { result, menu: result.menus[0]! };
};
const sold = (study: Study, plans: readonly Plan[], against?: readonly Plan[]) => {
  const as = (own: readonly Plan[]) => ({ plans: own, locating: <T>(work: () => T): T => work() });
  return evaluateMenu(study, { menu: as(plans), ...(against ? { against: as(against) } : {}) }).evaluation;
};
const onSale = (menu: ReturnType<typeof found>['menu']): readonly Plan[] =>
  [...(menu.kept ?? []), ...menu.tiers].map(({ plan }) => plan!);

/** What the list price leaves type θ, and makes of her. */
const listed = (theta: number) => ({
  utility: theta ** 2 / (4 * PRICE),
  margin: (PRICE - COST) * (theta / (2 * PRICE)) ** 2,
});

describe('one bundle beside a list price that stays', () => {
  /** Every amount on a fine grid, at every fee that leaves a type indifferent. */
  const best = (): number => {
    let most = 0;
    for (let x = 0.01; x < 400; x *= 1.005)
      for (const anchor of types) {
        const fee = anchor * Math.sqrt(x) - listed(anchor).utility;
        if (!(fee >= 0)) continue;
        const profit = types.reduce((sum, theta) => {
          const { utility, margin } = listed(theta);
          const lead = theta * Math.sqrt(x) - fee - utility;
          const own = fee - COST * x;
          return sum + (lead > 1e-9 || (lead > -1e-9 && own > margin) ? own : margin) / types.length;
        }, 0);
        most = Math.max(most, profit);
      }
    return most;
  };

  it('is the best by enumeration', () => {
    const { menu } = found(list, { count: 1, kind: 'bundle', ...keep(1) });
    const expected = best();
    expect(menu.profit).toBeGreaterThanOrEqual(expected * (1 - 1e-3));
    expect(menu.profit).toBeLessThanOrEqual(expected * (1 + 1e-3));
    expect(menu.profit).toBeLessThanOrEqual(menu.upperBound * (1 + 1e-9));
    expect(menu.kept!.map(({ plan }) => plan)).toEqual(today);
  });
});

describe('one plan at a fee that is given, beside a list price that stays', () => {
  const FEE = 5;
  /** All token prices, or amounts, on a fine grid: what the list leaves a type she has anyway. */
  const best = (
    utility: (theta: number, x: number) => number,
    margin: (theta: number, x: number) => number,
  ) => {
    let most = 0;
    for (let x = 0.02; x < 40; x *= 1.0005) {
      const profit = types.reduce((sum, theta) => {
        const list = listed(theta);
        const takes = utility(theta, x) - FEE > list.utility;
        return sum + (takes ? margin(theta, x) + FEE : list.margin) / types.length;
      }, 0);
      most = Math.max(most, profit);
    }
    return most;
  };
  const enumerated = {
    'two-part-tariff': best(
      (theta, price) => theta ** 2 / (4 * price),
      (theta, price) => (price - COST) * (theta / (2 * price)) ** 2,
    ),
    bundle: best(
      (theta, x) => theta * Math.sqrt(x),
      (_, x) => -COST * x,
    ),
  };

  it.each(['two-part-tariff', 'bundle'] as const)('is the best by enumeration: %s', (kind) => {
    const { menu } = found(list, { count: 1, kind, fees: [FEE], ...keep(1) });
    expect(menu.tiers.map(({ plan }) => plan!.fee)).toEqual([FEE]);
    expect(menu.profit).toBeGreaterThanOrEqual(enumerated[kind] * (1 - 1e-3));
    expect(menu.profit).toBeLessThanOrEqual(enumerated[kind] * (1 + 1e-3));
    const { change, betterOff, worseOff } = sold(list, onSale(menu), today);
    expect(menu).toMatchObject({ betterOff, worseOff: 0 });
    expect(worseOff).toBe(0);
    expect(menu.change!.profit).toBeCloseTo(change!.profit, 12);
    expect(menu.change!.consumerSurplus).toBeCloseTo(change!.consumerSurplus, 12);
  });

  it.each(['two-part-tariff', 'three-part-tariff', 'bundle'] as const)(
    'has one of several that are given, rounded as well: %s',
    (kind) => {
      for (const more of [{}, { round: 0.05 }]) {
        const { menu } = found(list, { count: 2, kind, fees: [1, FEE], ...more, ...keep(1) });
        expect(menu.tiers.length).toBeGreaterThan(0);
        for (const { plan } of menu.tiers) expect([FEE, 1]).toContain(plan!.fee);
        for (const { plan } of menu.tiers) expect(plan!.commitment).toBe(0);
      }
    },
  );

  it('is in the menu’s money, and of no commitment', () => {
    const study = root('type: { use: uniform }', 'units: { currency: $, money: 10 }');
    const { menu } = found(study, { count: 1, kind: 'two-part-tariff', fees: [0.5] });
    expect(menuDocument(menu, study.units).plans.map(({ fee }) => fee)).toEqual([0.5]);
    expect(() => found(study, { count: 1, kind: 'commitment', fees: [1] })).toThrow(
      /commitments have no fee/,
    );
  });
});

describe('two tariffs in place of a list price that goes', () => {
  const share = 0.95;
  const promised = (theta: number): number => share * listed(theta).utility;
  const free = (theta: number, price: number): number => theta ** 2 / (4 * price);
  /** Pairs of prices on a grid, at all pairs of fees that leave a type what she is promised, or indifferent between the two. */
  const best = (): number => {
    const prices = Array.from({ length: 50 }, (_, k) => 0.08 * 1.03 ** k);
    let most = 0;
    for (const first of prices)
      for (const fixed of types) {
        const fee = Math.max(0, free(fixed, first) - promised(fixed));
        const low = types.map((theta) => free(theta, first) - fee);
        for (const second of prices)
          for (const [n, anchor] of types.entries()) {
            const other = Math.max(0, free(anchor, second) - Math.max(promised(anchor), low[n]!));
            const profit = profitOf(low, first, fee, second, other);
            if (profit > most) most = profit;
          }
      }
    return most;
  };
  const profitOf = (
    low: readonly number[],
    first: number,
    fee: number,
    second: number,
    other: number,
  ): number => {
    let sum = 0;
    for (const [n, theta] of types.entries()) {
      const [one, two] = [low[n]!, free(theta, second) - other];
      if (Math.max(one, two) < promised(theta) - 1e-9) return 0;
      const margins = [
        one >= two - 1e-9 ? fee + (first - COST) * (theta / (2 * first)) ** 2 : -1,
        two >= one - 1e-9 ? other + (second - COST) * (theta / (2 * second)) ** 2 : -1,
      ];
      sum += Math.max(...margins) / types.length;
    }
    return sum;
  };

  it('are the best by enumeration', () => {
    const { menu } = found(list, { count: 2, kind: 'two-part-tariff', ...keep(share) });
    expect(menu.brokenBy).toBeUndefined();
    expect(menu.profit).toBeGreaterThanOrEqual(best() * (1 - 1e-3));
    expect(menu.profit).toBeLessThanOrEqual(menu.upperBound * (1 + 1e-9));
  });

  it('make no less than one', () => {
    const { menus } = finished(
      findingPlanTiers(list, { counts: [1, 2, 3], kind: 'two-part-tariff', ...keep(share) }),
    );
    const profits = menus.map(({ profit }) => profit);
    expect(profits).toEqual([...profits].sort((a, b) => a - b));
  });
});

describe('one commitment', () => {
  /** Every markup and amount on a fine grid: who would spend less than the amount at these prices spends it in full. */
  const best = (share: number): number => {
    let most = 0;
    for (let price = COST; price < 1; price *= 1.01)
      for (let amount = 0.01; amount < 20; amount *= 1.01) {
        let sum = 0;
        for (const theta of types) {
          const tokens = Math.max(amount / price, (theta / (2 * price)) ** 2);
          const left = theta * Math.sqrt(tokens) - price * tokens;
          if (left < share * listed(theta).utility) sum = share > 0 ? Number.NaN : sum;
          else sum += ((price - COST) * tokens) / types.length;
        }
        if (sum > most) most = sum;
      }
    return most;
  };

  it.each([0, 0.95])('is the best by enumeration, a share of %d being promised', (share) => {
    const { menu } = found(list, { count: 1, kind: 'commitment', ...(share > 0 ? keep(share) : {}) });
    expect(menu.profit).toBeGreaterThanOrEqual(best(share) * (1 - 1e-3));
    expect(menu.profit).toBeLessThanOrEqual(menu.upperBound * (1 + 1e-9));
  });
});

describe('a few types', () => {
  const market = (exponent: number, cost: number, listed: readonly (readonly [number, number])[]): Study =>
    studyOf(`production: { use: cobb-douglas, exponents: { tokens: ${exponent} } }
inputs: { tokens: { scope: task, cost: ${cost} } }
buyers: { kind: representative, types: [${listed.map(([value, mass]) => `{ value: ${value}, mass: ${mass} }`).join(', ')}] }`);
  const kept = (...plans: readonly object[]) => ({
    keep: { plans: readPlans({ plans }, list.technology, list.units), share: 1 },
  });
  const listPrice = (tokens: number) => ({ name: 'List', prices: { tokens } });

  // Profits from a search outside this project, over a grid of what is included, markups and whom the fee leaves indifferent; commitments over a grid of both.
  it.each([
    [
      'one allowance',
      market(0.38, 0.37, [
        [0.77, 0.6],
        [1.12, 0.23],
        [1.32, 0.87],
        [1.61, 0.24],
        [1.98, 0.86],
      ]),
      { count: 1, kind: 'three-part-tariff' },
      0.715314,
    ],
    [
      'one allowance beside a list price and a flat rate',
      market(0.47, 0.27, [
        [0.66, 0.93],
        [1.44, 0.88],
        [1.8, 0.38],
        [2.23, 0.33],
      ]),
      {
        count: 1,
        kind: 'three-part-tariff',
        ...kept(listPrice(0.718), { name: 'Flat', fee: 0.78, included: { tokens: 0.76 } }),
      },
      0.698766,
    ],
    [
      'one allowance beside a list price',
      market(0.55, 0.17, [
        [0.89, 0.6],
        [1.5, 0.28],
        [1.73, 0.61],
        [1.87, 0.83],
        [1.92, 1],
        [2.5, 0.58],
      ]),
      { count: 1, kind: 'three-part-tariff', ...kept(listPrice(0.271)) },
      2.528084,
    ],
    [
      'two commitments, each of which somebody is about to leave',
      market(0.34, 0.26, [
        [0.6, 0.39],
        [0.98, 0.88],
        [1.29, 0.77],
        [1.48, 0.36],
        [2.48, 0.71],
        [2.71, 0.86],
        [2.94, 0.95],
      ]),
      { count: 2, kind: 'commitment', minShare: 0.15, ...kept(listPrice(0.61)) },
      0.61669,
    ],
    [
      'two commitments beside a list price and a flat rate',
      market(0.39, 0.27, [
        [1.91, 0.93],
        [2.35, 0.75],
        [2.39, 0.6],
        [2.44, 0.26],
      ]),
      {
        count: 2,
        kind: 'commitment',
        ...kept(listPrice(0.688), { name: 'Flat', fee: 0.22, included: { tokens: 1.11 } }),
      },
      0.526038,
    ],
  ] as const)('are sold no less than a search over a grid has: %s', (_, study, options, least) => {
    const { menu } = found(study, options);
    expect(menu.profit).toBeGreaterThanOrEqual(least * (1 - 1e-3));
    expect(menu.profit).toBeLessThanOrEqual(menu.upperBound * (1 + 1e-9));
  });
});

describe.each(['bundle', 'two-part-tariff', 'three-part-tariff', 'commitment'] as const)('%s', (kind) => {
  it('makes what the evaluation of all that is on sale has', () => {
    const { menu } = found(list, { count: 2, kind, ...keep(1) });
    const own = sold(list, onSale(menu), today);
    expect(own.profit).toBeCloseTo(menu.profit, 12);
    expect(own.worseOff).toBe(0);
    expect(own.profit).toBeGreaterThan(own.against!.profit);
    expect(menu.profit).toBeLessThanOrEqual(menu.upperBound * (1 + 1e-9));
    for (const { plan } of menu.tiers) expect(kind === 'commitment' ? plan!.fee : plan!.commitment).toBe(0);
  });

  it('keeps the promise where today’s plans go', () => {
    const share = 0.95;
    const { menu } = found(list, { count: 2, kind, ...keep(share) });
    expect(menu.brokenBy).toBeUndefined();
    const buyers = types.map((value) => ({ value }));
    planChoices(onSale(menu), list, buyers).forEach(({ utility }, n) => {
      expect(utility).toBeGreaterThanOrEqual(share * listed(types[n]!).utility - 1e-9);
    });
    expect(menu.kept).toBeUndefined();
  });

  it('has amounts that are multiples of a step, and loses little by it', () => {
    const step = 0.05;
    const exact = found(list, { count: 2, kind, ...keep(1) }).menu;
    const { menu } = found(list, { count: 2, kind, round: step, ...keep(1) });
    for (const { plan } of menu.tiers)
      for (const amount of [plan!.fee, plan!.commitment, ...Object.values(plan!.prices)])
        expect(Math.abs(amount / step - Math.round(amount / step))).toBeLessThan(1e-9);
    expect(menu.profit).toBeGreaterThan(0.9 * exact.profit);
  });

  it.each([0.05, 'ending-9'] as const)(
    'has amounts of %s in the menu’s money, and keeps what was asked',
    (round) => {
      const dear = root(
        `types: [${types.map((value) => `{ value: ${value}, mass: 1 }`).join(', ')}]`,
        'units: { currency: $, money: 10, period: month, inputs: { tokens: { unit: tokens, per: 1000 } } }',
      );
      const exact = found(dear, { count: 2, kind, minShare: 0.1, ...keep(1) }).menu;
      const { menu } = found(dear, { count: 2, kind, round, minShare: 0.1, ...keep(1) });
      const isShown = (amount: number): boolean =>
        round === 'ending-9'
          ? amount === 0 || /^(\d\.\d?9|0\.0*\d{0,2}9|\d\d\.9|\d*9)$/.test(String(amount))
          : Math.abs(amount / round - Math.round(amount / round)) < 1e-9;
      const plans = menuDocument(menu, dear.units).plans.slice(today.length);
      expect(plans).toHaveLength(menu.tiers.length);
      for (const { fee = 0, commitment = 0, prices = {} } of plans)
        for (const amount of [fee, commitment, ...Object.values(prices)])
          expect([amount, isShown(amount)]).toEqual([amount, true]);
      for (const { share } of menu.tiers) expect(share).toBeGreaterThanOrEqual(0.1 - 1e-12);
      expect(menu.profit).toBeGreaterThan(0.9 * exact.profit);
      expect(menu.profit).toBeLessThanOrEqual(exact.profit * (1 + 1e-3));
    },
  );
});

describe('a rounded tariff', () => {
  // v = √x: at a price p type θ takes (θ/2p)² tokens, and has θ²/4p less the fee.
  it.each([
    [[0.4, 0.7, 1, 1.3, 2], 0.05],
    [[1.2, 2.9, 3.1, 4.4], 0.25],
    [[0.8, 1.1, 2.7, 2.8, 3.9, 4.2], 0.1],
    [[2, 3.3, 3.6, 5.1], 0.5],
  ])('is the best by enumeration, of types %j in steps of %d', (listed, step) => {
    const study = root(`types: [${listed.map((value) => `{ value: ${value}, mass: 1 }`).join(', ')}]`);
    let most = 0;
    for (let price = step; price < 4; price += step)
      for (let fee = 0; fee < listed.at(-1)! ** 2 / (4 * step); fee += step) {
        const profit = listed.reduce((sum, theta) => {
          const own = fee + (price - COST) * (theta / (2 * price)) ** 2;
          return sum + (theta ** 2 / (4 * price) - fee >= -1e-12 && own > 0 ? own / listed.length : 0);
        }, 0);
        most = Math.max(most, profit);
      }
    const { menu } = found(study, { count: 1, kind: 'two-part-tariff', round: step });
    expect(menu.profit).toBeGreaterThanOrEqual(most * (1 - 1e-3));
    expect(menu.profit).toBeLessThanOrEqual(most * (1 + 1e-9));
  });
});

describe('two rounded plans', () => {
  const promised = 0.95;
  /** The best two of all plans that are on a lattice, by free choice of each type; promises are kept to every one. */
  const bestPair = (
    listed: readonly number[],
    plans: readonly (readonly { readonly utility: number; readonly margin: number }[])[],
    least: readonly number[],
  ): number => {
    let most = 0;
    for (let a = 0; a < plans.length; a++)
      for (let b = a; b < plans.length; b++) {
        let sum = 0;
        for (let n = 0; n < listed.length; n++) {
          const [x, y] = [plans[a]![n]!, plans[b]![n]!];
          const taken = x.utility > y.utility || (x.utility === y.utility && x.margin > y.margin) ? x : y;
          if (taken.utility < least[n]! - 1e-12) sum -= least[n]! > 0 ? 1e3 : 0;
          else sum += taken.margin;
        }
        most = Math.max(most, sum / listed.length);
      }
    return most;
  };
  /** Lattices of prices and of fees, or commitments. */
  const lattice = (
    listed: readonly number[],
    step: number,
    of: (theta: number, price: number, sum: number) => { readonly utility: number; readonly margin: number },
  ) =>
    Array.from({ length: 14 }, (_, i) => (i + 1) * step).flatMap((price) =>
      Array.from({ length: 80 }, (_, j) => listed.map((theta) => of(theta, price, j * step))),
    );
  const tariff = (theta: number, price: number, fee: number) => ({
    utility: theta ** 2 / (4 * price) - fee,
    margin: fee + (price - COST) * (theta / (2 * price)) ** 2,
  });
  const committed = (theta: number, price: number, commitment: number) => {
    const tokens = Math.max((theta / (2 * price)) ** 2, commitment / price);
    return { utility: theta * Math.sqrt(tokens) - price * tokens, margin: (price - COST) * tokens };
  };
  const few = (listed: readonly number[]): Study =>
    root(`types: [${listed.map((value) => `{ value: ${value}, mass: 1 }`).join(', ')}]`);
  const options = { count: 2, round: 0.1 };

  it.each([[[0.7, 1.2, 1.3, 1.9, 2]], [[0.5, 0.9, 1.6, 1.7]]])(
    'are the best by enumeration, of types %j',
    (listed) => {
      const study = few(listed);
      const nothing = listed.map(() => 0);
      const tariffs = lattice(listed, options.round, tariff);
      const floor = listed.map((theta) => (promised * theta ** 2) / (4 * PRICE));
      const best = bestPair(listed, tariffs, nothing);
      const bestKept = bestPair(listed, tariffs, floor);
      for (const kind of ['two-part-tariff', 'three-part-tariff'] as const) {
        // Two parts are three of which one is nothing.
        expect(found(study, { kind, ...options }).menu.profit).toBeGreaterThanOrEqual(best * (1 - 1e-3));
        const kept = found(study, { kind, ...options, ...keep(promised) }).menu;
        expect(kept.brokenBy).toBeUndefined();
        expect(kept.profit).toBeGreaterThanOrEqual(bestKept * (1 - 1e-3));
      }
      const bestCommitted = bestPair(listed, lattice(listed, options.round, committed), nothing);
      const { profit } = found(study, { kind: 'commitment', ...options }).menu;
      expect(profit).toBeGreaterThanOrEqual(bestCommitted * (1 - 1e-3));
    },
  );
});

describe('a population', () => {
  const uniform = root('type: { use: uniform, min: 0, max: 2 }');

  it('is promised as much to its lowest types, whom any fee would lose', () => {
    const { menu } = found(uniform, { count: 2, kind: 'two-part-tariff', ...keep(0.9) });
    expect(menu.brokenBy).toBeUndefined();
    expect(menu.tiers[0]!.plan!.fee).toBe(0);
    const buyers = Array.from({ length: 2000 }, (_, n) => ({ value: (n + 0.5) / 1000 }));
    planChoices(onSale(menu), uniform, buyers).forEach(({ utility }, n) => {
      expect(utility).toBeGreaterThanOrEqual(0.9 * listed(buyers[n]!.value).utility - 1e-9);
    });
  });

  it('sells no plan to fewer than asked for', () => {
    const { menu } = found(uniform, { count: 3, kind: 'two-part-tariff', minShare: 0.1, ...keep(1) });
    for (const { share } of menu.tiers) expect(share).toBeGreaterThanOrEqual(0.1 - 1e-3);
  });

  it.each([0.05, 0.1])('sells no plan to fewer than %d once its amounts are rounded', (minShare) => {
    for (const round of [0.07, 'ending-9'] as const) {
      const { menu } = found(uniform, { count: 3, kind: 'two-part-tariff', round, minShare });
      for (const { share } of menu.tiers) expect(share).toBeGreaterThanOrEqual(minShare);
    }
  });

  it('of one buyer for a customer of values and scales is known by the index', () => {
    const market = studyOf(`production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: ${COST} } }
buyers: { kind: value-scale-grid, values: [0.5, 1, 2], scales: [0.5, 1], mass: [[1, 2], [2, 1], [1, 1]] }`);
    const { menu } = found(market, { count: 2, kind: 'three-part-tariff', ...keep(1) });
    const own = sold(market, onSale(menu), today);
    expect(own.profit).toBeCloseTo(menu.profit, 12);
    expect(own.worseOff).toBe(0);
    expect(menu.profit).toBeLessThanOrEqual(menu.upperBound * (1 + 1e-9));
  });
});

describe('tiers that are found by the same search', () => {
  it('are those of a study that keeps today’s plans', () => {
    const kept = root(
      `types: [${types.map((value) => `{ value: ${value}, mass: 1 }`).join(', ')}]`,
      `keep: { menu: { plans: [{ name: List, prices: { tokens: ${PRICE} } }] } }`,
    );
    const { menus } = bestTiers(kept, { counts: [2] });
    expect(menus[0]!.profit).toBeCloseTo(
      found(list, { count: 2, kind: 'bundle', ...keep(1) }).menu.profit,
      12,
    );
  });

  it('are one tariff beside options that differ, as enumeration has it', () => {
    const outside = (theta: number): number => 0.25 * theta ** 2;
    const study = root(
      `types: [${types.map((value) => `{ value: ${value}, mass: 1 }`).join(', ')}]`,
      'outside: { utility: "0.25*theta^2" }',
    );
    // At p type θ takes (θ/2p)² tokens, and has θ²/4p less the fee.
    let most = 0;
    for (let price = 0.05; price < 2; price *= 1.005)
      for (const anchor of types) {
        const fee = anchor ** 2 / (4 * price) - outside(anchor);
        if (!(fee >= 0)) continue;
        const profit = types.reduce((sum, theta) => {
          const lead = theta ** 2 / (4 * price) - fee - outside(theta);
          const own = fee + (price - COST) * (theta / (2 * price)) ** 2;
          return sum + (lead > 1e-9 || (lead > -1e-9 && own > 0) ? own / types.length : 0);
        }, 0);
        most = Math.max(most, profit);
      }
    const [menu] = bestTiers(study, { counts: [1], kind: 'two-part-tariff' }).menus;
    expect(menu!.profit).toBeGreaterThanOrEqual(most * (1 - 1e-3));
    expect(menu!.profit).toBeLessThanOrEqual(most * (1 + 1e-3));
    expect(menu!.profit).toBeLessThanOrEqual(menu!.upperBound * (1 + 1e-9));
  });
});

describe('a menu file', () => {
  it('has all that is on sale, in the menu’s money', () => {
    const dear = root(
      'type: { use: uniform }',
      'units: { currency: $, money: 10, period: month, inputs: { tokens: { unit: tokens, per: 1000 } } }',
    );
    const { menu } = found(dear, { count: 2, kind: 'two-part-tariff', ...keep(1) });
    const document = menuDocument(menu, dear.units);
    expect(document.plans[0]).toEqual({ name: 'List', prices: { tokens: 10 * PRICE } });
    const { plans } = openPlans(JSON.stringify(document), 'menu.json', dear);
    expect(sold(dear, plans).profit).toBeCloseTo(menu.profit, 12);
  });
});

it('refuses what has no plans', () => {
  const outright = studyOf(
    'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: uniform } }\ncontract: allocations',
  );
  expect(() => found(outright, { count: 1, kind: 'commitment' })).toThrow(/plans are of inputs/);
});
