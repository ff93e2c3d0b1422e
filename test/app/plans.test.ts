/*
 * Plans sold to buyers who choose plan and inputs freely, against the primitives: v, the fee, what is included, prices and commitment.
 *
 * v = √x, one task, type θ. At price p beyond I free units she takes x = max(I, (θ/2p)²); with a commitment C she takes at least x = I + C/p, as that is paid anyway. She pays
 * f + max(C, p(x − I)). Sums over half a million types of U[0, 1] are within 5e-7: buyers who change plan are off by half a step at most.
 *
 * With several inputs, each is found by golden section within the last: concave in each, with kinks.
 */
import {
  createRegistry,
  filesBeside,
  planMarket,
  readPlans,
  type Study,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import { maximizer, type PlanSales } from '@menusmith/core';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const studyOf = (text: string): Study =>
  studyFromText(text, { file: 'study.yaml', registry, ...filesBeside('study.yaml') });
const sold = (study: Study, plans: readonly object[], scale?: number): PlanSales =>
  planMarket(study, { scale }).sales(readPlans({ plans }, study.technology, study.units));

const root = (buyers: string): Study =>
  studyOf(`production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 0.1 } }
buyers: { kind: representative, ${buyers} }`);
const uniform = root('type: { use: uniform }');
const COST = 0.1;

interface RootPlan {
  readonly name: string;
  readonly fee?: number;
  readonly included?: { readonly tokens: number };
  readonly prices?: { readonly tokens: number };
  readonly commitment?: number;
}

/** The sums over many types, each taking what is best for her. */
const byHand = (plans: readonly RootPlan[], count: number) => {
  let [profit, surplus] = [0, 0];
  const shares = plans.map(() => 0);
  for (let n = 0; n < count; n++) {
    const theta = (n + 0.5) / count;
    let [best, margin, taken] = [0, 0, -1];
    for (const [k, { fee = 0, included, prices, commitment = 0 }] of plans.entries()) {
      const free = included?.tokens ?? 0;
      const price = prices?.tokens;
      const own = price === undefined ? free : (theta / (2 * price)) ** 2;
      const x = Math.max(free + (price === undefined ? 0 : commitment / price), own);
      const paid = fee + Math.max(commitment, price === undefined ? 0 : price * (x - free));
      const utility = theta * Math.sqrt(x) - paid;
      if (utility > best) [best, margin, taken] = [utility, paid - COST * x, k];
    }
    if (taken < 0) continue;
    profit += margin / count;
    surplus += best / count;
    shares[taken]! += 1 / count;
  }
  return { profit, surplus, shares };
};

describe('a population', () => {
  it.each([
    ['pay as you go', [{ name: 'a', prices: { tokens: 0.3 } }]],
    ['a fee and prices', [{ name: 'a', fee: 0.1, prices: { tokens: 0.2 } }]],
    ['a bundle', [{ name: 'a', fee: 0.4, included: { tokens: 0.5 } }]],
    ['a free tier', [{ name: 'a', included: { tokens: 0.2 }, prices: { tokens: 0.3 } }]],
    ['a commitment', [{ name: 'a', prices: { tokens: 0.2 }, commitment: 0.3 }]],
    [
      'plans of every kind',
      [
        { name: 'free', included: { tokens: 0.01 } },
        { name: 'payg', prices: { tokens: 0.6 } },
        { name: 'team', fee: 0.1, included: { tokens: 0.2 }, prices: { tokens: 0.4 } },
        { name: 'business', fee: 0.03, prices: { tokens: 0.25 }, commitment: 0.25 },
        { name: 'never', fee: 5, prices: { tokens: 0.2 } },
      ],
    ],
    [
      'prices that cross twice: a plan in between is cheapest for the smallest and the largest',
      [
        { name: 'cap', fee: 0.05, included: { tokens: 0.3 } },
        { name: 'payg', fee: 0, prices: { tokens: 0.5 }, included: { tokens: 0.05 } },
        { name: 'volume', fee: 0.2, included: { tokens: 0.35 }, prices: { tokens: 0.12 } },
      ],
    ],
  ] satisfies readonly (readonly [string, readonly RootPlan[]])[])('%s', (_, plans) => {
    const hand = byHand(plans, 5e5);
    const { profit, plans: sales, served, solved } = sold(uniform, plans);
    expect(solved).toBe(true);
    expect(profit).toBeCloseTo(hand.profit, 6);
    expect(sales.reduce((sum, sale) => sum + sale.consumerSurplus, 0)).toBeCloseTo(hand.surplus, 6);
    expect(served).toBeCloseTo(
      hand.shares.reduce((a, b) => a + b),
      5,
    );
    sales.forEach(({ share, revenue, cost, inputs }, k) => {
      expect(share).toBeCloseTo(hand.shares[k]!, 5);
      expect(cost).toBeCloseTo(COST * inputs.tokens!, 12);
      if (share === 0) expect([revenue, cost]).toEqual([0, 0]);
    });
  });

  it('takes the first of plans that are one for all who use up their commitment', () => {
    const payg = { name: 'payg', prices: { tokens: 0.2 } };
    const committed = { name: 'committed', prices: { tokens: 0.2 }, commitment: 0.1 };
    const [alone, both, turned] = [[payg], [payg, committed], [committed, payg]].map((plans) =>
      sold(uniform, plans),
    );
    expect(both!.plans[0]!.share).toBeCloseTo(1, 9);
    expect(both!.profit).toBeCloseTo(alone!.profit, 12);
    expect(turned!.profit).toBeCloseTo(alone!.profit, 12);
    // p x = θ²/(4p) is the commitment at θ = √.08.
    expect(turned!.plans[0]!.share).toBeCloseTo(1 - Math.sqrt(0.08), 5);
  });
});

const three = `production: { use: cobb-douglas, exponents: { input: 0.3, output: 0.2, tuning: 0.2 }, base: { tuning: 0.5 } }
inputs:
  input: { scope: task, cost: 0.1 }
  output: { scope: task, cost: 0.2 }
  tuning: { scope: shared, cost: 0.15, max: 1.2 }
`;
const COSTS = { input: 0.1, output: 0.2, tuning: 0.15 } as const;
type Amounts = Readonly<Record<keyof typeof COSTS, number>>;
type Some = Partial<Amounts>;
const NAMES = ['input', 'output', 'tuning'] as const;

/** The best utility of a plan and what is paid and used there, from v alone. */
const bestUse = (
  theta: number,
  {
    fee = 0,
    included = {},
    prices = {},
    commitment = 0,
  }: { fee?: number; included?: Some; prices?: Some; commitment?: number },
) => {
  const most = (name: keyof Amounts): number => {
    if (prices[name] === undefined) return included[name] ?? 0;
    return name === 'tuning' ? 1.2 : 40;
  };
  const at = (amounts: Amounts) => {
    const v = amounts.input ** 0.3 * amounts.output ** 0.2 * (0.5 + amounts.tuning) ** 0.2;
    const usage = NAMES.reduce(
      (sum, name) => sum + (prices[name] ?? 0) * Math.max(0, amounts[name] - (included[name] ?? 0)),
      0,
    );
    const payment = fee + Math.max(commitment, usage);
    const cost = NAMES.reduce((sum, name) => sum + COSTS[name] * amounts[name], 0);
    return { utility: theta * v - payment, margin: payment - cost, amounts };
  };
  /** In logarithms, from what is included up: amounts are wide apart. */
  const best = (fixed: Some, [name, ...rest]: readonly (keyof Amounts)[]): ReturnType<typeof at> => {
    if (name === undefined) return at(fixed as Amounts);
    const top = most(name);
    const low = Math.min(included[name] ?? 0, top);
    const of = (t: number) => best({ ...fixed, [name]: low + (top - low) * t ** 4 }, rest);
    return top === low ? of(0) : of(maximizer((t) => of(t).utility, 0, 1, 42));
  };
  return best({}, NAMES);
};

describe('a list of types, with several inputs', () => {
  const types = [0.4, 1, 2.2];
  const study = studyOf(
    `${three}buyers: { kind: representative, types: [${types.map((value) => `{ value: ${value}, mass: 1 }`).join(', ')}] }`,
  );
  it.each([
    [
      'prices that are not proportional to cost',
      [{ name: 'a', prices: { input: 0.5, output: 0.1, tuning: 0.4 } }],
    ],
    [
      'an included input and one that is not sold',
      [{ name: 'a', fee: 0.1, included: { input: 0.4 }, prices: { input: 0.3, output: 0.5 } }],
    ],
    [
      'a commitment over several inputs, beside a bundle',
      [
        { name: 'a', prices: { input: 0.3, output: 0.4, tuning: 0.3 }, commitment: 0.9 },
        { name: 'b', fee: 0.15, included: { input: 0.2, output: 0.2, tuning: 0.1 } },
      ],
    ],
    [
      'free fine-tuning, up to what a buyer can use',
      [{ name: 'a', fee: 0.05, prices: { input: 0.3, output: 0.4, tuning: 0 } }],
    ],
  ] as const)('%s', (_, plans) => {
    const { profit, plans: sales } = sold(study, plans);
    let expected = 0;
    const inputs = plans.map(() => ({ input: 0, output: 0, tuning: 0 }));
    for (const theta of types) {
      const uses = plans.map((plan) => bestUse(theta, withFree(plan)));
      const most = Math.max(...uses.map(({ utility }) => utility));
      if (!(most > 0)) continue;
      const k = uses.findIndex(({ utility }) => utility === most);
      expected += uses[k]!.margin / types.length;
      for (const name of NAMES) inputs[k]![name] += uses[k]!.amounts[name] / types.length;
    }
    expect(expected).not.toBe(0);
    expect(profit).toBeCloseTo(expected, 6);
    sales.forEach((sale, k) => {
      for (const name of NAMES) expect(sale.inputs[name]).toBeCloseTo(inputs[k]![name], 5);
    });
  });
  /** At a price of 0 all that can be used is used. */
  const withFree = (plan: { readonly prices?: Some; readonly included?: Some }) =>
    plan.prices?.tuning === 0 ? { ...plan, included: { tuning: 1.2 } } : plan;
});

describe('models', () => {
  const study = studyOf(`models:
  - { name: small, production: { use: cobb-douglas, exponents: { tokens: 0.3 } }, inputs: { tokens: { scope: task, cost: 0.05 } } }
  - { name: large, production: { use: cobb-douglas, exponents: { tokens: 0.6 } }, inputs: { tokens: { scope: task, cost: 0.2 } } }
buyers: { kind: representative, types: [{ value: 0.3, mass: 1 }, { value: 3, mass: 3 }] }`);
  /** θ x^e − p x at its maximum (eθ/p)^{1/(1−e)}. */
  const use = (theta: number, e: number, price: number, cost: number) => {
    const x = ((e * theta) / price) ** (1 / (1 - e));
    return { utility: theta * x ** e - price * x, margin: (price - cost) * x };
  };

  it('are chosen by the buyer, among those that the plan has', () => {
    const prices = { 'small.tokens': 0.1, 'large.tokens': 0.5 };
    const open = sold(study, [{ name: 'all', prices }]);
    const closed = sold(study, [{ name: 'one', prices, models: ['small'] }]);
    const best = (theta: number) =>
      [use(theta, 0.3, 0.1, 0.05), use(theta, 0.6, 0.5, 0.2)].sort((a, b) => b.utility - a.utility)[0]!;
    expect(best(3).margin).toBe(use(3, 0.6, 0.5, 0.2).margin);
    expect(best(0.3).margin).toBe(use(0.3, 0.3, 0.1, 0.05).margin);
    expect(open.profit).toBeCloseTo((best(0.3).margin + 3 * best(3).margin) / 4, 10);
    const small = (theta: number) => use(theta, 0.3, 0.1, 0.05).margin;
    expect(closed.profit).toBeCloseTo((small(0.3) + 3 * small(3)) / 4, 10);
  });
});

describe('units of money', () => {
  it('are the currency’s in a menu, whatever the study counts in', () => {
    const text = (money: number) => `production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: ${0.1 / money} } }
buyers: { kind: representative, type: { use: uniform, min: 0, max: ${1 / money} } }
units: { currency: $, money: ${money} }`;
    const plans = [{ name: 'a', fee: 0.1, prices: { tokens: 0.2 }, commitment: 0.05 }];
    const one = sold(studyOf(text(1)), plans).profit;
    expect(1000 * sold(studyOf(text(1000)), plans).profit).toBeCloseTo(one, 10);
  });
});

describe('a menu that is not understood', () => {
  const plan = { name: 'a', fee: 1 };
  it.each([
    [{ plans: [] }, /plans: .*at least one plan/],
    [
      { plans: [{ ...plan, comitment: 1 }] },
      /plans\[0\]\.comitment: no such field .*did you mean commitment\?/,
    ],
    [{ plans: [{ ...plan, fee: -1 }] }, /plans\[0\]\.fee: expected a number of at least 0, got -1/],
    [{ plans: [{ ...plan, commitment: 'x' }] }, /plans\[0\]\.commitment: expected a number/],
    [{ plans: [plan, plan] }, /plans\[1\]\.name: .*a second time/],
    [{ plans: [{ fee: 1 }] }, /plans\[0\]\.name: expected a name/],
    [
      { plans: [{ ...plan, prices: { token: 1 } }] },
      /plans\[0\]\.prices\.token: no input .*did you mean tokens\?/,
    ],
    [
      { plans: [{ ...plan, prices: { tokens: 0 } }] },
      /plans\[0\]\.prices\.tokens: at a price of 0 .*without end/,
    ],
    [
      { plans: [{ ...plan, included: { tokens: -1 } }] },
      /plans\[0\]\.included\.tokens: expected a number of at least/,
    ],
    [{ plans: [{ ...plan, models: ['big'] }] }, /plans\[0\]\.models: .*one model/],
    [{ plans: [{ ...plan, taskCap: 2 }] }, /plans\[0\]\.taskCap: a task cap is for/],
    [{ plans: [plan], curency: '$' }, /curency: no such field .*did you mean currency\?/],
  ])('as %j is wrong input', (menu, message) => {
    const text = () => {
      try {
        planMarket(uniform).sales(readPlans(menu, uniform.technology, uniform.units));
        return '';
      } catch (error) {
        const { field, message: complaint } = error as { field: (string | number)[]; message: string };
        const path = field.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
        return `${path.slice(1)}: ${complaint}`;
      }
    };
    expect(text()).toMatch(message);
  });

  it('by its units is wrong input', () => {
    const study = studyOf(`production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 1 } }
buyers: { kind: representative, type: { use: uniform } }
units: { currency: $, period: month }`);
    const read = (menu: object) => () => readPlans({ plans: [plan], ...menu }, study.technology, study.units);
    expect(read({ currency: '€' })).toThrow(/expected "\$".*got "€"/);
    expect(read({ period: 'year' })).toThrow(/expected "month".*got "year"/);
    expect(read({ currency: '$', period: 'month', provenance: {} })).not.toThrow();
  });
});
