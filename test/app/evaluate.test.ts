import {
  createRegistry,
  customersIn,
  evaluateMenu,
  filesBeside,
  migrationOf,
  openPlans,
  planChoices,
  type Study,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import type { Plan } from '@menusmith/core';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const studyOf = (text: string): Study =>
  studyFromText(text, { file: 'study.yaml', registry, ...filesBeside('study.yaml') });

const COSTS = { input: 0.125, output: 0.2 };
const technology = `production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.35 } }
inputs: { input: { scope: task, cost: ${COSTS.input} }, output: { scope: task, cost: ${COSTS.output} } }
`;
const study = (buyers: string, contract = 'allocations'): Study =>
  studyOf(`${technology}buyers: { ${buyers} }\ncontract: ${contract}`);

const plan = (name: string, given: Partial<Plan>): Plan => ({
  name,
  fee: 0,
  included: {},
  prices: {},
  commitment: 0,
  taskCap: null,
  ...given,
});
const menu: readonly Plan[] = [
  plan('free', { included: { input: 0.02, output: 0.02 } }),
  plan('list', { prices: { input: 0.5, output: 0.4 } }),
  plan('team', {
    fee: 0.05,
    included: { input: 0.1, output: 0.05 },
    prices: { input: 0.2, output: 0.6 },
  }),
  plan('no more output', { fee: 0.1, included: { output: 0.3 }, prices: { input: 0.2 } }),
  plan('commitment', { commitment: 0.2, prices: { input: 0.2, output: 0.3 } }),
];
const today: readonly Plan[] = [
  plan('list', { prices: { input: 0.4, output: 0.4 } }),
  plan('flat', { fee: 0.3, included: { input: 1, output: 1 } }),
];

const asMenu = (plans: readonly Plan[]) => ({ plans, locating: <T>(work: () => T): T => work() });
const evaluated = (of: Study, plans: readonly Plan[], against?: readonly Plan[]) =>
  evaluateMenu(of, { menu: asMenu(plans), ...(against ? { against: asMenu(against) } : {}) });

const quality = (tasks: number, input: number, output: number): number =>
  tasks > 0 ? tasks * (input / tasks) ** 0.25 * (output / tasks) ** 0.35 : 0;

/** The highest of a concave function on [0, most], by thirds. */
const highest = (f: (x: number) => number, most: number): number => {
  let [low, high] = [0, most];
  for (let step = 0; step < 70; step++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (f(a) < f(b)) low = a;
    else high = b;
  }
  return (low + high) / 2;
};

/** What a buyer makes of a plan, from what she pays for each amount alone. */
const useOf = (own: Plan, value: number, scale: number) => {
  const tasks = Math.min(scale, own.taskCap ?? scale);
  const paid = (input: number, output: number): number => {
    const beyond = (name: 'input' | 'output', amount: number): number => {
      const over = Math.max(0, amount - (own.included[name] ?? 0));
      const price = own.prices[name];
      return price === undefined ? (over > 0 ? 1e9 * over : 0) : price * over;
    };
    return own.fee + Math.max(own.commitment, beyond('input', input) + beyond('output', output));
  };
  const utility = (input: number, output: number): number =>
    value * quality(tasks, input, output) - paid(input, output);
  const most = (name: 'input' | 'output'): number =>
    own.prices[name] === undefined ? (own.included[name] ?? 0) : 20;
  const outputFor = (input: number): number => highest((output) => utility(input, output), most('output'));
  const input = highest((x) => utility(x, outputFor(x)), most('input'));
  const output = outputFor(input);
  return { utility: utility(input, output), payment: paid(input, output), input, output };
};

const bestOf = (plans: readonly Plan[], value: number, scale: number) => {
  let best = { plan: -1, utility: 0, payment: 0, cost: 0 };
  plans.forEach((own, k) => {
    const { utility, payment, input, output } = useOf(own, value, scale);
    if (utility > best.utility + 1e-9)
      best = { plan: k, utility, payment, cost: COSTS.input * input + COSTS.output * output };
  });
  return best;
};

const close = (x: number, y: number, tolerance = 1e-6): void => {
  expect(Math.abs(x - y)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(y)));
};

describe('a buyer', () => {
  const buyers = [
    [0.15, 0.6],
    [0.4, 0.3],
    [0.7, 0.9],
    [1, 1],
    [1.6, 0.5],
    [2, 1],
  ].map(([value, scale]) => ({ value: value!, scale: scale! }));
  const capped = [
    ...menu.slice(1, 3),
    plan('capped', { taskCap: 0.4, prices: { input: 0.15, output: 0.25 } }),
  ];
  const anyone = study('kind: value-scale, value: { use: uniform }, scale: { use: uniform }');

  it.each([
    ['by her index, as plans meter totals', menu],
    ['by her value and scale, as a plan caps tasks', capped],
  ])('chooses as brute force over amounts has it, %s', (_, plans) => {
    planChoices(plans, anyone, buyers).forEach((choice, n) => {
      const { value, scale } = buyers[n]!;
      const expected = bestOf(plans, value, scale);
      expect(choice.plan).toBe(expected.plan);
      close(choice.utility, expected.utility);
      close(choice.payment, expected.payment, 1e-4);
      close(choice.cost, expected.cost, 1e-4);
    });
  });
});

describe('a list', () => {
  const rows = [
    [0.3, 0.5, 2],
    [0.9, 0.4, 1],
    [1.4, 0.8, 3],
    [1.9, 1, 1],
  ] as const;
  const list = study(
    `kind: value-scale-grid, values: [0.3, 0.9, 1.4, 1.9], scales: [0.4, 0.5, 0.8, 1], mass: [[0, 2, 0, 0], [1, 0, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]]`,
  );
  const { evaluation } = evaluated(list, menu, today);
  const choices = rows.map(
    ([value, scale]) => [bestOf(menu, value, scale), bestOf(today, value, scale)] as const,
  );
  const mean = (of: (n: number) => number): number =>
    rows.reduce((sum, [, , mass], n) => sum + (mass / 7) * of(n), 0);

  it('earns what its types pay less what they cost', () => {
    close(
      evaluation.profit,
      mean((n) => choices[n]![0].payment - choices[n]![0].cost),
      1e-4,
    );
    close(
      evaluation.consumerSurplus,
      mean((n) => choices[n]![0].utility),
    );
    close(
      evaluation.change!.consumerSurplus,
      mean((n) => choices[n]![0].utility - choices[n]![1].utility),
    );
    close(
      evaluation.betterOff!,
      mean((n) => Number(choices[n]![0].utility > choices[n]![1].utility + 1e-9)),
    );
    close(
      evaluation.worseOff!,
      mean((n) => Number(choices[n]![0].utility < choices[n]![1].utility - 1e-9)),
    );
  });

  it('has totals that are the sums of its plans', () => {
    for (const field of ['profit', 'revenue', 'cost', 'consumerSurplus'] as const)
      close(
        evaluation[field],
        evaluation.plans.reduce((sum, own) => sum + own[field], 0),
        1e-14,
      );
    close(
      evaluation.servedShare,
      evaluation.plans.reduce((sum, { share }) => sum + share, 0),
      1e-14,
    );
    close(
      evaluation.inputs.input!,
      evaluation.plans.reduce((sum, { inputs }) => sum + (inputs.input ?? 0), 0),
      1e-14,
    );
  });

  it('changes by what its customers do, one by one', () => {
    const customers = rows.flatMap(([value, scale, mass], n) =>
      Array.from({ length: mass }, (_, k) => ({ id: `${n}.${k}`, value, scale })),
    );
    const { changes, table } = migrationOf(list, customers, today, menu);
    const sum = (name: string): number =>
      table.rows.reduce((total, row) => total + Number(row[table.columns.indexOf(name)]), 0);
    for (const [field, column] of [
      ['profit', 'profit'],
      ['consumerSurplus', 'surplus'],
    ] as const) {
      close((sum(`${column}_after`) - sum(`${column}_before`)) / 7, evaluation.change![field], 1e-9);
      close(changes.change[field], evaluation.change![field], 1e-9);
    }
    close((sum('bill_after') - sum('bill_before')) / 7, evaluation.change!.revenue, 1e-9);
    close(changes.worseOff, evaluation.worseOff!, 1e-12);
  });
});

describe('a continuous population', () => {
  const values = 'value: { use: uniform, min: 0, max: 2 }, scale: { use: beta, a: 2, b: 2 }';
  /** Midpoints of a value of [0, 2], and of a scale by its quantile. */
  const population = (plans: readonly Plan[], of: Study, count: number) => {
    if (of.buyers.kind !== 'value-scale') throw new Error(of.buyers.kind);
    const { scale } = of.buyers;
    const buyers = Array.from({ length: count * count }, (_, n) => ({
      value: (2 * (Math.floor(n / count) + 0.5)) / count,
      scale: scale.quantile(((n % count) + 0.5) / count),
    }));
    const choices = planChoices(plans, of, buyers);
    const mean = (own: (n: number) => number): number =>
      choices.reduce((sum, _, n) => sum + own(n), 0) / buyers.length;
    return { choices, mean };
  };

  it.each([
    ['is sold to by the index', menu],
    [
      'is sold to scale by scale where tasks are capped',
      [menu[1]!, plan('capped', { taskCap: 0.5, prices: { input: 0.15, output: 0.25 } })],
    ],
  ])('%s', { timeout: 60_000 }, (_, plans) => {
    const of = study(`kind: value-scale, ${values}`);
    const { evaluation } = evaluated(of, plans, today);
    const [now, was] = [population(plans, of, 200), population(today, of, 200)];
    close(
      evaluation.profit,
      now.mean((n) => now.choices[n]!.payment - now.choices[n]!.cost),
      1e-3,
    );
    close(
      evaluation.consumerSurplus,
      now.mean((n) => now.choices[n]!.utility),
      1e-4,
    );
    close(
      evaluation.betterOff!,
      now.mean((n) => Number(now.choices[n]!.utility > was.choices[n]!.utility + 1e-12)),
      5e-3,
    );
    close(
      evaluation.worseOff!,
      now.mean((n) => Number(now.choices[n]!.utility < was.choices[n]!.utility - 1e-12)),
      5e-3,
    );
    evaluation.plans.forEach(({ share }, k) => {
      close(
        share,
        now.mean((n) => Number(now.choices[n]!.plan === k)),
        5e-3,
      );
    });
  });

  it('is the same scale by scale as by the index', { timeout: 240_000 }, () => {
    const of = study(`kind: value-scale, ${values}, dependence: { use: fgm, theta: 0.7 }`);
    const plans = menu.slice(1, 3);
    // A cap above all scales binds nobody.
    const wide = plans.map((own, k) => (k === 0 ? { ...own, taskCap: 5 } : own));
    const [byIndex, byScale] = [plans, wide].map((own) => evaluated(of, own, today).evaluation);
    for (const field of [
      'profit',
      'revenue',
      'consumerSurplus',
      'servedShare',
      'betterOff',
      'worseOff',
    ] as const)
      close(byScale![field]!, byIndex![field]!, 1e-5);
    expect(byScale!.error).toBeLessThan(1e-5);
  });

  it('counts tasks under a cap whatever the contract, as plans meter totals', { timeout: 60_000 }, () => {
    const plans = [plan('capped', { taskCap: 0.5, prices: { input: 0.2, output: 0.3 } })];
    const [tasks, packages] = ['allocations', 'packages'].map(
      (contract) =>
        evaluated(study(`kind: value-scale, ${values}, dependence: { use: independent }`, contract), plans)
          .evaluation,
    );
    expect(packages!.profit).toBe(tasks!.profit);
    expect(packages!.profit).toBeGreaterThan(0);
  });

  it('knows of everybody below the type who buys beyond what is included that she buys nothing', () => {
    const one = studyOf(`production: { use: cobb-douglas, exponents: { input: 0.122 } }
inputs: { input: { scope: task, cost: 0.442 } }
buyers: { kind: representative, type: { use: uniform, max: 5 } }`);
    const own = plan('more at a price', { fee: 0.1, included: { input: 0.418 }, prices: { input: 0.996 } });
    // θ v′(a) = p
    const first = 0.996 / (0.122 * 0.418 ** -0.878);
    const buyers = Array.from({ length: 400 }, (_, n) => ({ value: 0.0125 * (n + 1) }));
    for (const [n, { solved, inputs, plan: taken }] of planChoices([own], one, buyers).entries()) {
      expect(solved).toBe(true);
      if (taken < 0) continue;
      if (buyers[n]!.value <= first) expect(inputs[0]).toBe(0.418);
      else expect(inputs[0]).toBeGreaterThan(0.418);
    }
  });

  it('has the closed form of one input and a root', () => {
    const uniform = studyOf(`production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 0.1 } }
buyers: { kind: representative, type: { use: uniform } }`);
    // At p a type θ takes (θ/2p)² tokens and has θ²/4p.
    const before = [plan('list', { prices: { tokens: 0.2 } })];
    const after = [plan('fee', { fee: 0.09, prices: { tokens: 0.1 } })];
    const { evaluation } = evaluated(uniform, after, before);
    // θ²/0.4 ≥ 0.09 from θ = √0.036; θ²/0.4 − 0.09 ≥ θ²/0.8 from θ = √0.072.
    const [first, even] = [Math.sqrt(0.036), Math.sqrt(0.072)];
    close(evaluation.profit, 0.09 * (1 - first), 1e-12);
    close(evaluation.against!.profit, (0.1 * (1 / 3)) / 0.16, 1e-12);
    close(evaluation.servedShare, 1 - first, 1e-12);
    close(evaluation.betterOff!, 1 - even, 1e-8);
    // But for the type that has nothing either way.
    close(evaluation.worseOff!, even, 1e-6);
    expect(evaluation.moves!.map(({ from, to }) => [from, to])).toEqual([
      ['list', null],
      ['list', 'fee'],
    ]);
  });

  it('loses nobody where today’s plans stay on sale', () => {
    const of = study(`kind: value-scale, ${values}`, 'packages');
    const pro = plan('pro', { fee: 0.1, prices: { input: 0.25, output: 0.25 } });
    const { evaluation } = evaluated(of, [...today, pro], today);
    expect(evaluation.worseOff).toBe(0);
    expect(evaluation.betterOff).toBeGreaterThan(0.01);
    close(evaluation.betterOff!, evaluation.plans[2]!.share, 1e-6);
  });

  it('takes a plan that includes one of three inputs from the type on whom the other two are worth the fee', () => {
    // With x = .7 and prices of .2, Y = (θ .7^.15 1.25^.25 .5^.1)^(1/.65) is left after (1 − .35) Y − .1 ≥ 0; nobody so low buys more of x.
    const three = studyOf(`production: { use: cobb-douglas, exponents: { x: 0.15, y: 0.25, z: 0.1 } }
inputs: { x: { scope: task, cost: 0.1 }, y: { scope: task, cost: 0.1 }, z: { scope: task, cost: 0.1 } }
buyers: { kind: representative, type: { use: uniform, min: 0, max: 4 } }
contract: packages`);
    const own = plan('x included', { fee: 0.1, included: { x: 0.7 }, prices: { x: 0.2, y: 0.2, z: 0.2 } });
    const lowest = (0.1 / 0.65) ** 0.65 / (0.7 ** 0.15 * 1.25 ** 0.25 * 0.5 ** 0.1);
    const { evaluation } = evaluated(three, [own]);
    expect(evaluation.servedShare).toBeCloseTo(1 - lowest / 4, 9);
  });
});

describe('beside what buyers have outside', () => {
  const rival = plan('rival', { prices: { input: 0.6, output: 0.5 } });
  const plans = menu.slice(1, 3);

  it.each([
    ['a number', 'outside: { utility: 0.03 }', () => 0.03],
    [
      'a formula in value and scale',
      'outside: { utility: "0.05*value + 0.01*scale" }',
      (value: number, scale: number) => 0.05 * value + 0.01 * scale,
    ],
    [
      'a rival',
      'outside: { rival: { production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.35 } }, inputs: { input: { scope: task, price: 0.6 }, output: { scope: task, price: 0.5 } } } }',
      (value: number, scale: number) => useOf(rival, value, scale).utility,
    ],
  ])('listed types, and a population, choose by %s', { timeout: 60_000 }, (name, outside, worth) => {
    const [values, scales] = [
      [0.3, 0.9, 1.9],
      [0.4, 1],
    ] as const;
    const list = studyOf(
      `${technology}buyers: { kind: value-scale-grid, values: [0.3, 0.9, 1.9], scales: [0.4, 1], mass: [[1, 1], [1, 1], [1, 1]] }\n${outside}`,
    );
    let [profit, surplus, better] = [0, 0, 0];
    for (const value of values)
      for (const scale of scales) {
        const has = worth(value, scale);
        const [now, was] = [bestOf(plans, value, scale), bestOf(today, value, scale)];
        if (now.utility > has + 1e-9) profit += (now.payment - now.cost) / 6;
        surplus += Math.max(has, now.utility) / 6;
        better += Number(Math.max(has, now.utility) > Math.max(has, was.utility) + 1e-9) / 6;
      }
    const { evaluation } = evaluated(list, plans, today);
    close(evaluation.profit, profit, 1e-4);
    close(evaluation.consumerSurplus, surplus);
    close(evaluation.betterOff!, better);

    const population = studyOf(
      `${technology}buyers: { kind: value-scale, value: { use: uniform, min: 0, max: 2 }, scale: { use: uniform } }\n${outside}`,
    );
    const count = 60;
    const buyers = Array.from({ length: count * count }, (_, n) => ({
      value: (2 * (Math.floor(n / count) + 0.5)) / count,
      scale: ((n % count) + 0.5) / count,
    }));
    const choices = planChoices(plans, population, buyers);
    const has =
      name === 'a rival'
        ? planChoices([rival], population, buyers).map(({ utility }) => utility)
        : buyers.map(({ value, scale }) => worth(value, scale));
    const isIn = (n: number): boolean => choices[n]!.utility > has[n]!;
    const all = evaluated(population, plans).evaluation;
    const mean = (of: (n: number) => number): number =>
      choices.reduce((sum, _, n) => sum + of(n), 0) / choices.length;
    close(
      all.servedShare,
      mean((n) => Number(isIn(n))),
      1e-2,
    );
    close(
      all.profit,
      mean((n) => (isIn(n) ? choices[n]!.payment - choices[n]!.cost : 0)),
      1e-3,
    );
  });
});

describe('the ways in', () => {
  const of = study('kind: value-scale, value: { use: uniform }, scale: { use: uniform }', 'packages');

  it('take what tiers --json prints', () => {
    const text = JSON.stringify({ tiers: [{ transfer: 0.1, inputs: { input: 0.2, output: 0.3 } }] });
    expect(openPlans(text, 'm.json', of).plans).toEqual([
      plan('tier 1', { fee: 0.1, included: { input: 0.2, output: 0.3 } }),
    ]);
  });

  it.each([
    ['customer_id\na', /customers\.csv:1: expected a column theta, or columns value and scale/],
    ['customer_id,theta\na,x', /customers\.csv:2: theta: expected a number, got the text "x"/],
    ['customer_id,theta\na,-1', /customers\.csv:2: theta: expected a number of at least 0/],
    [
      'customer_id,theta\na,1\na,2',
      /customers\.csv:3: customer_id: expected each customer once, got "a" as on line 2/,
    ],
    [
      'customer_id,model,theta\na,big,1\na,small,2',
      /customers of several models \(big, small\); expected --model/,
    ],
  ])('refuse customers %j', (text, message) => {
    const [header, ...rows] = text.split('\n').map((line) => line.split(','));
    const table = {
      file: 'customers.csv',
      columns: header!,
      headerLine: 1,
      rows: rows.map((cells, n) => ({ line: n + 2, cells })),
    };
    expect(() => customersIn(table, of)).toThrow(message);
  });

  it('say where a menu is more than capacity', () => {
    const bounded = studyOf(
      `${technology}buyers: { kind: representative, type: { use: uniform } }\ncapacity: { output: 0.01 }`,
    );
    const { evaluation } = evaluated(bounded, today);
    expect(evaluation.notes.join(' ')).toMatch(/more than the capacity of 0\.01/);
  });
});
