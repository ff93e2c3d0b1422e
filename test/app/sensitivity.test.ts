/*
 * A menu held fixed while a number of the study is off.
 *
 * θ ~ U[0, 1], C = q²/2, one bundle: types from t up buy q at T = tq. At the best, q = E[2θ − 1 | θ ≥ t] = t, profit (1 − t)t²/2, t = 2/3: q = 2/3,
 * T = 4/9, C = 2/9, profit 2/27. If all values are k times as high, types from t/k up buy: profit (1 − 2/(3k))·2/9. The best bundle scales: 2k²/27.
 *
 * θ ~ U[0, 1], v = x^e, e = ½, cost c = 1: C = q². One bundle: t = 2/3, q = t/2 = 1/3, x = 1/9, T = 2/9, profit (1/3)(1/9). At e′ those x make q = 9^{−e′}, types
 * from T/q up buy, and each brings 1/9. At c′ each brings 2/9 − c′/9, and as many buy.
 *
 * One tariff (m, f) for the same: type θ takes x = (eθ/m)^{1/(1−e)} if θx^e − mx ≥ f, and brings f + (m − c)x. At e′ she takes what is then best at prices m;
 * at c′ she takes the same. By midpoint sums.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createRegistry,
  filesBeside,
  type ParameterSensitivity,
  renderSvg,
  type SensitivityOptions,
  type SensitivityResult,
  sensitivityOf,
  sensitivityTable,
  standardPlugin,
  tornadoPicture,
} from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const sensitivity = (text: string, options: SensitivityOptions): SensitivityResult =>
  sensitivityOf({ text, file: 'study.yaml', registry, ...filesBeside('study.yaml') }, options);
const named = ({ parameters }: SensitivityResult, name: string): ParameterSensitivity =>
  parameters.find((parameter) => parameter.name === name)!;

const quadratic = 'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: uniform } }';
const root = `production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 1 } }
buyers: { kind: representative, type: { use: uniform } }`;

describe('a bundle held fixed', () => {
  it('earns (1 − 2/(3k))·2/9 from values k times as high, 2k²/27 if made anew', () => {
    const result = sensitivity(quadratic, { count: 1 });
    expect(result.profit).toBeCloseTo(2 / 27, 9);
    for (const name of ['all values', 'type.max']) {
      const { down, up, swing } = named(result, name);
      for (const [k, outcome] of [
        [0.9, down!],
        [1.1, up!],
      ] as const) {
        expect(outcome.profit).toBeCloseTo((1 - 2 / (3 * k)) * (2 / 9), 8);
        expect(outcome.reoptimized).toBeCloseTo((2 * k * k) / 27, 8);
        expect(outcome.regret).toBeCloseTo((2 * k * k) / 27 - (1 - 2 / (3 * k)) * (2 / 9), 8);
        expect(outcome.served).toBeCloseTo(1 - 2 / (3 * k), 7);
        expect(outcome.change).toBeCloseTo(outcome.profit - 2 / 27, 8);
      }
      expect(swing).toBeCloseTo(up!.profit - down!.profit, 12);
    }
    expect(result.notes.join(' ')).toMatch(/are 0 .* type\.min/);
  });

  it('is the same tokens, which make and cost something else', () => {
    const result = sensitivity(root, { count: 1 });
    expect(result.profit).toBeCloseTo(1 / 27, 9);
    expect(result.parameters.map(({ name }) => name).sort()).toEqual(
      ['all values', 'cost of tokens', 'exponents.tokens', 'type.max'].sort(),
    );
    const exponent = named(result, 'exponents.tokens');
    expect([exponent.field, exponent.down!.value, exponent.up!.value]).toEqual([
      'production.exponents.tokens',
      0.45,
      expect.closeTo(0.55, 14),
    ]);
    for (const [e, outcome] of [
      [0.45, exponent.down!],
      [0.55, exponent.up!],
    ] as const)
      expect(outcome.profit).toBeCloseTo((1 - 2 / 9 / 9 ** -e) / 9, 8);
    const cost = named(result, 'cost of tokens');
    expect(cost.down!.profit).toBeCloseTo((1 / 3) * (2 / 9 - 0.9 / 9), 9);
    expect(cost.up!.profit).toBeCloseTo((1 / 3) * (2 / 9 - 1.1 / 9), 9);
    // C = c q²: the best profit is 1/(27 c).
    expect(cost.up!.reoptimized).toBeCloseTo(1 / (27 * 1.1), 8);
  });

  it('of packages meets buyers whose index is another where the degree is', () => {
    // θ = w s^a with a = 1 − σ and w, s ~ U[0, 1]: P(θ ≥ t) = ∫ over s ≥ t^{1/a} of 1 − t s^{−a} ds = 1 − t^{1/a} − t (1 − t^{(1−a)/a})/(1 − a).
    const above = (t: number, a: number): number =>
      t >= 1 ? 0 : 1 - t ** (1 / a) - (t * (1 - t ** ((1 - a) / a))) / (1 - a);
    const text = readFileSync(join(import.meta.dirname, '../../examples/example-1-packages.yaml'), 'utf8');
    const result = sensitivity(text, { count: 2 });
    const profitAt = (input: number, cost: number): number => {
      const sold = result.tiers!.map(({ inputs, transfer }) => ({
        quality: inputs.input! ** input * inputs.output! ** 0.25 * (1 + inputs.fineTuning!) ** 0.25,
        margin: transfer - cost * inputs.input! - 0.125 * (inputs.output! + inputs.fineTuning!),
        transfer,
      }));
      const [low, high] = sold as [(typeof sold)[0], (typeof sold)[0]];
      const a = 1 - input - 0.25;
      const first = above(low.transfer / low.quality, a);
      const second = above((high.transfer - low.transfer) / (high.quality - low.quality), a);
      return (first - second) * low.margin + second * high.margin;
    };
    expect(result.profit).toBeCloseTo(profitAt(0.25, 0.125), 10);
    expect(named(result, 'exponents.input').down!.profit).toBeCloseTo(profitAt(0.225, 0.125), 9);
    expect(named(result, 'exponents.input').up!.profit).toBeCloseTo(profitAt(0.275, 0.125), 9);
    expect(named(result, 'cost of input').up!.profit).toBeCloseTo(profitAt(0.25, 0.1375), 9);
  });

  it('sorts what matters most first, with swings and regrets that are not negative', () => {
    const text = readFileSync(join(import.meta.dirname, '../../examples/priced-packages.yaml'), 'utf8');
    const { parameters, profit } = sensitivity(text, { count: 2 });
    const swings = parameters.map(({ swing }) => swing);
    expect(swings).toEqual([...swings].sort((a, b) => b - a));
    for (const { down, up, largestRegret, problems, name } of parameters) {
      if (name === 'scale.max') {
        expect(up).toBeNull();
        expect(problems).toEqual(['expected a support within [0, 1], got [0, 1.1]']);
      }
      expect(largestRegret).toBeGreaterThanOrEqual(0);
      for (const outcome of [down, up]) {
        if (outcome === null) continue;
        expect(outcome.change).toBeCloseTo(outcome.profit - profit, 12);
        expect(outcome.reoptimized!).toBeGreaterThanOrEqual(outcome.profit);
      }
    }
    expect(parameters.length).toBe(12);
  });
});

describe('tariffs held fixed', () => {
  /** Midpoint sums over types, as above. */
  const sold = (m: number, f: number, e: number, c: number, top = 1): number => {
    const n = 400_000;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const theta = ((i + 0.5) / n) * top;
      const x = ((e * theta) / m) ** (1 / (1 - e));
      if (theta * x ** e - m * x >= f) sum += f + (m - c) * x;
    }
    return sum / n;
  };

  it('are the same fees and prices, at which buyers choose their tokens anew', () => {
    const result = sensitivity(root, { count: 1, kind: 'two-part-tariff' });
    const { upfront, markup } = result.tiers![0]!.tariff!;
    expect(result.profit).toBeCloseTo(sold(markup, upfront, 0.5, 1), 6);
    const exponent = named(result, 'exponents.tokens');
    expect(exponent.down!.profit).toBeCloseTo(sold(markup, upfront, 0.45, 1), 5);
    expect(exponent.up!.profit).toBeCloseTo(sold(markup, upfront, 0.55, 1), 5);
    const cost = named(result, 'cost of tokens');
    expect(cost.down!.profit).toBeCloseTo(sold(markup, upfront, 0.5, 0.9), 6);
    expect(cost.up!.profit).toBeCloseTo(sold(markup, upfront, 0.5, 1.1), 6);
    expect(named(result, 'all values').up!.profit).toBeCloseTo(sold(markup, upfront, 0.5, 1, 1.1), 6);
  });

  it('have prices of before where cost is given outright', () => {
    // C = 0.3 q up to q = 1. A tariff at m sells q = 1 to types above 0.3 m + f; at rate r it brings f + 0.3 m − r from each.
    const text =
      'cost: { use: linear, rate: 0.3, max: 1 }\nbuyers: { kind: representative, type: { use: uniform } }';
    const menu = {
      text: '{ "tiers": [{ "tariff": { "upfront": 0.2, "markup": 1.5 } }] }',
      file: 'menu.json',
    };
    const result = sensitivity(text, { count: 1, menu });
    expect([result.kind, result.tiers]).toEqual(['two-part-tariff', null]);
    expect(result.profit).toBeCloseTo(0.35 * 0.35, 9);
    const rate = named(result, 'rate');
    expect(rate.down!.profit).toBeCloseTo(0.35 * 0.38, 6);
    expect(rate.up!.profit).toBeCloseTo(0.35 * 0.32, 6);
  });
});

describe('bundles for profiles held fixed', () => {
  it('are the same tokens on every task', () => {
    // One buyer with values (1, ½) on two halves, v = √x, c = 1: x = (w/2)² = (¼, 1/16), q = (½, ¼), T = ½·½ + ½·½·¼ = 5/16, C = ½(¼ + 1/16) = 5/32, all extracted.
    // Where x < 1 a higher exponent makes less, for which T is too much; a lower one makes more, and T is taken.
    const result = sensitivity(
      `production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 1 } }
buyers: { kind: profiles, tasks: { weights: [0.5, 0.5] }, types: [{ mass: 1, values: [1, 0.5] }] }`,
      { count: 1 },
    );
    expect(result.profit).toBeCloseTo(5 / 32, 9);
    const exponent = named(result, 'exponents.tokens');
    expect([exponent.down!.profit, exponent.up!.profit]).toEqual([expect.closeTo(5 / 32, 9), 0]);
    const cost = named(result, 'cost of tokens');
    expect(cost.down!.profit).toBeCloseTo(5 / 16 - 0.9 * (5 / 32), 9);
    expect(cost.up!.profit).toBeCloseTo(5 / 16 - 1.1 * (5 / 32), 9);
    // With all extracted profit is Σ ω w²/(4c).
    expect(cost.up!.reoptimized).toBeCloseTo(5 / 32 / 1.1, 7);
    const all = named(result, 'all values');
    expect([all.down!.profit, all.up!.profit]).toEqual([0, expect.closeTo(5 / 32, 9)]);
    // Values k times as high are worth Σ ω k²w²/(4c).
    expect(all.up!.regret).toBeCloseTo(0.21 * (5 / 32), 7);
    expect(result.notes.join(' ')).toMatch(/priced up to the last cent/);
  });

  it('meet a grid whose scales have moved at the tasks where they were', () => {
    const { profit, parameters } = sensitivity(
      `production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 1 } }
buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform, max: 0.9 }, dependence: { use: fgm, theta: 0.5 }, grid: { values: 8, scales: 8 } }`,
      { count: 2 },
    );
    expect(profit).toBeGreaterThan(0);
    const max = parameters.find(({ name }) => name === 'scale.max')!;
    // A tenth fewer tasks lose buyers; a tenth more find nothing on the tasks beyond the old ones.
    expect(max.down!.profit).toBeLessThan(profit);
    for (const { down, up } of parameters)
      expect([down, up].every((own) => own === null || own.profit >= 0)).toBe(true);
  });
});

describe('numbers of a study', () => {
  it('are those that its entries declare, defaults and parts of mixtures too', () => {
    const { parameters, notes } = sensitivity(
      `production: { use: ces, shares: { input: 0.4, output: 0.6 }, substitution: -1, degree: 0.5, shared: { fineTuning: { exponent: 0.1, base: 1 } } }
inputs: { input: { scope: task, cost: 0.2 }, output: { scope: task, cost: 0.3 }, fineTuning: { scope: shared, cost: 0.4, max: 5 } }
buyers:
  kind: value-scale
  value: { use: mixture, parts: [{ weight: 1, of: { use: uniform, max: 2 } }, { weight: 3, of: { use: beta, a: 2, b: 3 } }] }
  scale: { use: uniform, min: 0.5, max: 0.9 }
  dependence: { use: fgm, theta: 0.5 }
contract: packages`,
      { count: 1 },
    );
    expect(new Set(parameters.map(({ field }) => field))).toEqual(
      new Set([
        null,
        'production.shares.input',
        'production.shares.output',
        'production.substitution',
        'production.degree',
        'production.shared.fineTuning.exponent',
        'production.shared.fineTuning.base',
        'inputs.input.cost',
        'inputs.output.cost',
        'inputs.fineTuning.cost',
        'inputs.fineTuning.max',
        'buyers.value.parts[0].weight',
        'buyers.value.parts[0].of.max',
        'buyers.value.parts[1].weight',
        'buyers.value.parts[1].of.a',
        'buyers.value.parts[1].of.b',
        'buyers.value.parts[1].of.max',
        'buyers.scale.min',
        'buyers.scale.max',
        'buyers.dependence.theta',
      ]),
    );
    expect(notes.join(' ')).toMatch(/value\.parts\.1\.of\.min/);
    for (const { down, up, name } of parameters)
      for (const outcome of [down, up]) if (outcome) expect(Number.isFinite(outcome.profit), name).toBe(true);
  });

  it('of listed types are each value and mass, of models each model’s', () => {
    const listed = sensitivity(
      'cost: { use: quadratic }\nbuyers: { kind: representative, types: [{ name: low, value: 1, mass: 2 }, { value: 2, mass: 1 }] }',
      { count: 2 },
    );
    // The full menu, q = (½, 2) for (½, 7/2), profit ¾. Values up: the same choices, as both are indifferent downwards before.
    expect(listed.profit).toBeCloseTo(0.75, 12);
    expect(listed.parameters.map(({ name }) => name).sort()).toEqual([
      'all values',
      'mass of low',
      'mass of type 2',
      'value of low',
      'value of type 2',
    ]);
    expect(named(listed, 'all values').up!.profit).toBeCloseTo(0.75, 12);
    // Nobody takes 2 for 3.5 at a value of 1.8; at 1.8 · ½ − ½ she takes the small item: (½ − 1/8) from all.
    expect(named(listed, 'value of type 2').down!.profit).toBeCloseTo(0.375, 12);
    // Masses 1.8 and 1 of 2.8: 3/8 and 3/2 from each.
    expect(named(listed, 'mass of low').down!.profit).toBeCloseTo((1.8 * 0.375 + 1.5) / 2.8, 12);

    const models = sensitivity(
      `models:
  - { name: small, production: { use: cobb-douglas, exponents: { tokens: 0.4 } }, inputs: { tokens: { scope: task, cost: 0.1 } } }
  - { name: large, production: { use: cobb-douglas, exponents: { tokens: 0.6 } }, inputs: { tokens: { scope: task, cost: 0.3 } } }
buyers: { kind: representative, type: { use: uniform } }`,
      { count: 2 },
    );
    expect(models.parameters.map(({ name }) => name)).toContain('large: exponents.tokens');
    for (const { swing } of models.parameters) expect(Number.isFinite(swing)).toBe(true);
  });
});

describe('a menu that is given', () => {
  const given = (menu: unknown, text = root): SensitivityResult =>
    sensitivity(text, { count: 1, menu: { text: JSON.stringify(menu), file: 'menu.json' } });

  it('earns what free choice makes of it', () => {
    // x = 1/9 for 2/9 is the best bundle; at 1/4 types above ¾ buy, and each brings ¼ − 1/9.
    expect(given({ tiers: [{ inputs: { tokens: 1 / 9 }, transfer: 2 / 9 }] }).profit).toBeCloseTo(1 / 27, 12);
    expect(given({ tiers: [{ inputs: { tokens: 1 / 9 }, transfer: 1 / 4 }] }).profit).toBeCloseTo(
      0.25 * (1 / 4 - 1 / 9),
      12,
    );
    const best = sensitivity(root, { count: 2 });
    expect(given({ tiers: best.tiers }).profit).toBeCloseTo(best.profit, 9);
    expect(given({ tiers: [{ inputs: { tokens: 1 }, transfer: 5 }] }).profit).toBe(0);
  });

  const two = root.replace('type: { use: uniform }', 'types: [{ value: 1, mass: 1 }, { value: 2, mass: 1 }]');
  /** At price p type θ takes x = (θ/2p)², and (p − c)x is earned: E[θ²] = 5/2. */
  const atPrice = (price: number): number => ((price - 1) * 5) / (8 * price * price);

  it('is sold at its own prices, whatever markup stands beside them', () => {
    for (const price of [2, 200]) {
      const tariff = { upfront: 0, markup: 2, prices: { tokens: price } };
      const { profit, notes, kind } = given({ tiers: [{ tariff }] }, two);
      expect(profit).toBeCloseTo(atPrice(price), 10);
      expect(notes.join(' ').includes('sold at its prices')).toBe(price !== 2);
      expect(kind).toBe('two-part-tariff');
      expect(given({ plans: [{ name: 'a', prices: { tokens: price } }] }, two).profit).toBeCloseTo(
        profit,
        12,
      );
    }
    expect(given({ tiers: [{ tariff: { upfront: 0, markup: 3 } }] }, two).profit).toBeCloseTo(atPrice(3), 10);
  });

  it('keeps its prices while costs are off, and has no best plan to be held against', () => {
    const plan = { name: 'a', included: { tokens: 0.01 }, prices: { tokens: 2 }, commitment: 0.02 };
    const { parameters, profit, kind } = given({ plans: [plan] }, two);
    expect(kind).toBe('plans');
    const { up, down } = parameters.find(({ name }) => name === 'cost of tokens')!;
    // What is bought does not depend on the seller's cost, so that profit is linear in it.
    expect(up!.profit - profit).toBeCloseTo(profit - down!.profit, 12);
    expect(up!.profit).toBeLessThan(profit);
    expect([up!.reoptimized, up!.regret]).toEqual([null, null]);
  });

  it('of tariffs that tiers found earns what they were found to', () => {
    const best = sensitivity(two, { count: 2, kind: 'two-part-tariff' });
    const own = given({ tiers: best.tiers }, two);
    expect(own.profit).toBeCloseTo(best.profit, 9);
    expect(own.notes.join(' ')).not.toMatch(/its prices/);
  });

  it.each([
    [{ tiers: [] }, /menu\.json:1:2: tiers: expected at least one tier, got none/],
    [
      {
        tiers: [
          { inputs: { tokens: 1 }, transfer: 1 },
          { inputs: { tokens: 1 }, transfer: 1, quality: -1 },
        ],
      },
      /menu\.json:1:84: tiers\[1\]\.quality: expected a number of at least 0, got -1/,
    ],
    [
      { tiers: [{ inputs: { tokens: -1 }, transfer: 1 }] },
      /tiers\[0\]\.inputs\.tokens: expected a number of at least 0, got -1/,
    ],
    [{ tiers: [{ inputs: { token: 1 }, transfer: 1 }] }, /no input called "token"; did you mean tokens\?/],
    [{ tiers: [{ inputs: { tokens: 1 } }] }, /tiers\[0\]\.transfer: expected a number/],
    [{ tiers: [{ transfer: 1 }] }, /tiers\[0\]\.inputs: expected amounts of inputs/],
    [
      { tiers: [{ tariff: { upfront: 1, markup: 0 } }] },
      /tiers\[0\]\.tariff\.markup: expected a number above 0, got 0/,
    ],
    [
      { tiers: [{ tariff: { upfront: 1, markup: 2 } }, { inputs: { tokens: 1 }, transfer: 1 }] },
      /tiers\[1\]: expected tiers of one kind/,
    ],
    [{ menus: [] }, /expected one menu/],
    [[], /expected a map with plans, or with tiers/],
    [{ tiers: [{ inputs: { tokens: 1 }, transfer: 1, fee: 1 }] }, /tiers\[0\]\.fee: no such field of a menu/],
    [
      { tiers: [{ tariff: { upfront: 1, price: { tokens: 1 } } }] },
      /tiers\[0\]\.tariff\.price: no such field of a menu; did you mean prices\?/,
    ],
    [{ tiers: [{ tariff: { upfront: 1 } }] }, /tiers\[0\]\.tariff\.markup: expected a number/],
    [{ plans: [{ name: 'a', fees: 1 }] }, /menu\.json:1:\d+: plans\[0\]\.fees: .*did you mean fee\?/],
    [{ tiers: [3] }, /tiers\[0\]: expected a map/],
  ])('as %j is wrong input', (menu, message) => {
    expect(() => given(menu)).toThrow(message);
  });

  it('that is no JSON is wrong input', () => {
    const menu = { text: 'tiers: 3', file: 'menu.json' };
    expect(() => sensitivity(root, { count: 1, menu })).toThrow(
      /menu\.json:1:1: not JSON: .*; expected a menu of plans/,
    );
  });
});

describe('wrong input', () => {
  it.each([
    ['no tiers', root, { count: 0 }, /expected whole numbers of tiers from 1/],
    [
      'more tiers than types',
      'cost: { use: quadratic }\nbuyers: { kind: representative, types: [{ value: 1, mass: 2 }] }',
      { count: 2 },
      /at most 1/,
    ],
    ['a change of everything', root, { count: 1, by: 1 }, /more than 0 and less than 100 per cent, got 100/],
    ['a broken study', 'cost: { use: quadratc }\nbuyers: 3', { count: 1 }, /study\.yaml:1/],
  ])('is said where there is one: %s', (_, text, options, message) => {
    expect(() => sensitivity(text, options)).toThrow(message);
  });
});

describe('the tornado chart', () => {
  it('has a bar a side, the parameter that matters most first, in the study’s money', async () => {
    const result = sensitivity(root, { count: 1 });
    const { specification, name } = tornadoPicture(result, '$ per month', 100);
    expect(name).toBe('tornado');
    const { outcomes, base } = specification.datasets as unknown as {
      outcomes: { parameter: string; profit: number }[];
      base: { profit: number }[];
    };
    expect(outcomes.length).toBe(8);
    expect(outcomes[0]!.parameter).toBe(result.parameters[0]!.name);
    expect(base[0]!.profit).toBeCloseTo(100 * result.profit, 12);
    const svg = await renderSvg(specification);
    expect(svg).toContain('cost of tokens');
    expect(svg).toContain('profit, $ per month');
    const table = sensitivityTable(result);
    expect(table.rows.length).toBe(4);
    for (const row of table.rows) expect(row.length).toBe(table.columns.length);
  });
});

describe('goods', () => {
  const study = `cost: { use: quadratic }
buyers:
  kind: goods
  names: [news, sports]
  values: [{ use: uniform, max: 1 }, { use: beta, a: 2, b: 3 }]
  dependence: { use: gaussian, rho: 0.4 }
  grid: [3, 3]`;

  it('are off in every number of their distributions and of their dependence, by the name of the good', () => {
    const { parameters } = sensitivity(study, { count: 1 });
    const names = parameters.map(({ name }) => name);
    for (const name of ['max of news', 'a of sports', 'b of sports', 'max of sports', 'dependence.rho'])
      expect(names).toContain(name);
    const { up, down } = named({ parameters } as SensitivityResult, 'max of news');
    expect(up!.profit).toBeGreaterThanOrEqual(down!.profit);
    expect(named({ parameters } as SensitivityResult, 'dependence.rho').swing).not.toBe(0);
  });
});
