/*
 * A menu held fixed under `objective`, `outside` and `capacity`, against programs of a few lines that let every buyer look at every item.
 *
 * v = √x at the cost c a token. A bundle of x tokens at T leaves θ√x − T and earns T − cx. Under a fee f and a price p type θ takes x = (θ/2p)², which leaves
 * θ²/4p − f and earns f + (p − c)x. Who has u(θ) outside takes what leaves more than that. A rival who sells tokens at the price r leaves θ²/4r.
 */
import {
  createRegistry,
  filesBeside,
  type MenuOutcome,
  type ParameterSensitivity,
  parseStudy,
  renderSvg,
  type SensitivityOptions,
  type SensitivityResult,
  sensitivityOf,
  sensitivityTable,
  solveStudy,
  standardPlugin,
  tornadoPicture,
} from '@menusmith/app';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sensitivityReport } from '../../packages/cli/src/sensitivity-report.ts';

const registry = createRegistry([standardPlugin]);
const sensitivity = (document: object, options: SensitivityOptions): SensitivityResult =>
  sensitivityOf(
    { text: JSON.stringify(document), file: 'study.json', registry, ...filesBeside('study.json') },
    options,
  );
const given = (document: object, menu: object): SensitivityResult =>
  sensitivity(document, { count: 1, menu: { text: JSON.stringify(menu), file: 'menu.json' } });
const named = ({ parameters }: SensitivityResult, name: string): ParameterSensitivity => {
  const found = parameters.find((parameter) => parameter.name === name);
  expect(found, name).toBeDefined();
  return found!;
};

const root = (cost = 1) => ({
  production: { use: 'cobb-douglas', exponents: { tokens: 0.5 } },
  inputs: { tokens: { scope: 'task', cost } },
});

/** What an item leaves to a type, earns and uses. */
type Item = (type: number) => { readonly utility: number; readonly margin: number; readonly use: number };
const bundle =
  (tokens: number, transfer: number, cost = 1): Item =>
  (type) => ({ utility: type * Math.sqrt(tokens) - transfer, margin: transfer - cost * tokens, use: tokens });
const tariff =
  (fee: number, price: number, cost = 1): Item =>
  (type) => {
    const use = (type / (2 * price)) ** 2;
    return { utility: type ** 2 / (4 * price) - fee, margin: fee + (price - cost) * use, use };
  };

interface Sold {
  readonly profit: number;
  readonly surplus: number;
  readonly use: number;
  readonly served: number;
}

/** Every buyer takes what leaves her most; ties within 1e-10 go to the seller. */
const sold = (
  types: readonly (readonly [number, number])[],
  items: readonly Item[],
  outside: (type: number, n: number) => number,
): Sold => {
  const sum = { profit: 0, surplus: 0, use: 0, served: 0 };
  types.forEach(([type, mass], n) => {
    let best = { utility: outside(type, n), margin: 0, use: 0, isServed: false };
    for (const item of items) {
      const own = item(type);
      const lead = own.utility - best.utility;
      if (lead > 1e-10 || (lead > -1e-10 && own.margin > best.margin)) best = { ...own, isServed: true };
    }
    sum.profit += mass * best.margin;
    sum.surplus += mass * best.utility;
    sum.use += mass * best.use;
    if (best.isServed) sum.served += mass;
  });
  return sum;
};

const midpoints = (max: number, n = 100_000): readonly (readonly [number, number])[] =>
  Array.from({ length: n }, (_, i) => [((i + 0.5) / n) * max, 1 / n] as const);

/** Weights 1 and 0.4 in the studies below. */
const objective = { profit: 1, consumerSurplus: 0.4 };
const agrees = (own: MenuOutcome, { profit, surplus, use, served }: Sold, digits: number): void => {
  expect(own.profit).toBeCloseTo(profit, digits);
  expect(own.objective).toBeCloseTo(profit + 0.4 * surplus, digits);
  expect(own.used!.tokens).toBeCloseTo(use, digits);
  expect(own.served).toBeCloseTo(served, digits);
};

describe('along a continuous line', () => {
  const study = (utility: string) => ({
    ...root(),
    buyers: { kind: 'representative', type: { use: 'uniform', max: 1 } },
    objective,
    outside: { utility },
    capacity: { tokens: 0.05 },
  });
  const u = (type: number): number => 0.01 + 0.05 * type ** 2;
  const formula = '0.01 + 0.05*theta^2';
  const bundles = [
    { inputs: { tokens: 0.05 }, transfer: 0.1 },
    { inputs: { tokens: 0.2 }, transfer: 0.3 },
  ];
  const asItems = (cost: number): Item[] =>
    bundles.map(({ inputs, transfer }) => bundle(inputs.tokens, transfer, cost));

  it('bundles are taken by those to whom they leave more than they have outside', () => {
    const result = given(study(formula), { tiers: bundles });
    agrees(result, sold(midpoints(1), asItems(1), u), 4);
    agrees(named(result, 'cost of tokens').up!, sold(midpoints(1), asItems(1.1), u), 4);
    agrees(named(result, 'type.max').up!, sold(midpoints(1.1), asItems(1), u), 4);
    agrees(named(result, 'all values').down!, sold(midpoints(0.9), asItems(1), u), 4);
    agrees(
      named(result, 'exponents.tokens').down!,
      sold(
        midpoints(1),
        bundles.map(({ inputs: { tokens }, transfer }) => (type) => ({
          utility: type * tokens ** 0.45 - transfer,
          margin: transfer - tokens,
          use: tokens,
        })),
        u,
      ),
      4,
    );
  });

  const plans = [
    { name: 'a', fee: 0.03, prices: { tokens: 1.5 } },
    { name: 'b', fee: 0.07, prices: { tokens: 1.1 } },
  ];
  it.each([
    ['plans', { plans }],
    ['tariffs', { tiers: plans.map(({ fee, prices }) => ({ tariff: { upfront: fee, prices } })) }],
  ])('so are %s', (_, own) => {
    const items = (cost: number): Item[] => [tariff(0.03, 1.5, cost), tariff(0.07, 1.1, cost)];
    const result = given(study(formula), own);
    agrees(result, sold(midpoints(1), items(1), u), 5);
    agrees(named(result, 'cost of tokens').down!, sold(midpoints(1), items(0.9), u), 5);
    agrees(named(result, 'type.max').up!, sold(midpoints(1.1), items(1), u), 5);
  });

  it('a rival’s prices and his production are numbers that can be off', () => {
    const rival = (price: number, exponent = 0.5) => ({
      production: { use: 'cobb-douglas', exponents: { tokens: exponent } },
      inputs: { tokens: { scope: 'task', price } },
    });
    const result = given({ ...study('0'), outside: { rival: rival(4) } }, { tiers: bundles });
    agrees(
      result,
      sold(midpoints(1), asItems(1), (type) => type ** 2 / 16),
      4,
    );
    const price = named(result, 'rival: price of tokens');
    expect(price.field).toBe('outside.rival.inputs.tokens.price');
    agrees(
      price.down!,
      sold(midpoints(1), asItems(1), (type) => type ** 2 / 14.4),
      4,
    );
    expect(named(result, 'rival: exponents.tokens').group).toBe('outside');
  });

  it('tariffs beside it are searched for, and make what free choice does', () => {
    const rival = {
      production: { use: 'cobb-douglas', exponents: { tokens: 0.5 } },
      inputs: { tokens: { scope: 'task', price: 4 } },
    };
    const { tiers, profit, parameters } = sensitivity(
      { ...study('0'), objective: { profit: 1 }, outside: { rival } },
      { count: 1, kind: 'two-part-tariff' },
    );
    expect(tiers).toHaveLength(1);
    const [{ plan, share, margin }] = tiers as [(typeof tiers & object)[0]];
    expect(profit).toBeCloseTo(share * margin, 9);
    expect(plan!.prices.tokens).toBeGreaterThan(1);
    for (const { largestRegret } of parameters) expect(largestRegret).toBeGreaterThanOrEqual(0);
  });

  it('with --scale a formula in value and scale is of that scale', () => {
    const { profit, consumerSurplus } = objective;
    const result = sensitivity(
      {
        ...root(),
        buyers: { kind: 'value-scale', value: { use: 'uniform' }, scale: { use: 'uniform' } },
        contract: 'allocations',
        objective: { profit, consumerSurplus },
        outside: { utility: '0.02*scale + 0.1*value^2*scale' },
      },
      {
        count: 1,
        scale: 0.5,
        menu: {
          text: JSON.stringify({ tiers: [{ inputs: { tokens: 0.1 }, transfer: 0.1 }] }),
          file: 'menu.json',
        },
      },
    );
    // 0.1 tokens on half of the tasks are 0.2 a task: ½√0.2.
    const item: Item = (type) => ({ utility: type * 0.5 * Math.sqrt(0.2) - 0.1, margin: 0, use: 0.1 });
    const all = sold(midpoints(1), [item], (value) => 0.01 + 0.05 * value ** 2);
    expect(result.served).toBeCloseTo(all.served, 4);
    expect(result.objective! - result.profit).toBeCloseTo(0.4 * all.surplus, 5);
  });
});

describe('listed types', () => {
  const masses = [3, 2, 2, 1];
  const numbers = [0.6, 1, 1.5, 2.2];
  const study = (outside: object, cost = 1) => ({
    ...root(cost),
    buyers: { kind: 'representative', types: numbers.map((value, n) => ({ value, mass: masses[n]! })) },
    objective,
    outside,
    capacity: { tokens: 0.3 },
  });
  const types = (factor = 1): readonly (readonly [number, number])[] =>
    numbers.map((value, n) => [factor * value, masses[n]! / 8] as const);

  it('along a line any menu makes what enumeration says it does, whatever each has outside', () => {
    const amount = fc.double({ min: 0.01, max: 1.2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, amount), { minLength: 1, maxLength: 3 }),
        fc.array(fc.double({ min: -0.1, max: 0.5, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        (menu, utility, isTariff) => {
          const tiers = menu.map(([a, b]) =>
            isTariff
              ? { tariff: { upfront: a / 4, prices: { tokens: 0.5 + b } } }
              : { inputs: { tokens: a }, transfer: b },
          );
          const items = (cost: number): Item[] =>
            menu.map(([a, b]) => (isTariff ? tariff(a / 4, 0.5 + b, cost) : bundle(a, b, cost)));
          const result = given(study({ utility }), { tiers });
          const outside = (_: number, n: number): number => utility[n]!;
          agrees(result, sold(types(), items(1), outside), 9);
          agrees(named(result, 'cost of tokens').up!, sold(types(), items(1.1), outside), 9);
          agrees(named(result, 'all values').up!, sold(types(1.1), items(1), outside), 9);
          if (utility[1] === 0) return;
          const moved = (_: number, n: number): number => (n === 1 ? 1.1 : 1) * utility[n]!;
          agrees(named(result, 'outside of type 2').up!, sold(types(), items(1), moved), 9);
        },
      ),
      { numRuns: 25, seed: 7 },
    );
  });

  it('is told by input what is used of how much there is, and that it is too much', async () => {
    // All four take 0.3 tokens at 0.2: just as many as there are; of a tenth fewer there are 0.27, and at values a tenth lower the first stays away.
    const menu = { tiers: [{ inputs: { tokens: 0.3 }, transfer: 0.3 }] };
    const result = given(study({ utility: 0 }), menu);
    expect([result.used!.tokens, result.exceeded]).toEqual([expect.closeTo(0.3, 12), []]);
    const { down, up } = named(result, 'capacity of tokens');
    expect([down!.capacity, down!.used!.tokens, down!.exceeded]).toEqual([
      { tokens: expect.closeTo(0.27, 12) },
      expect.closeTo(0.3, 12),
      ['tokens'],
    ]);
    expect([down!.change, up!.change]).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12)]);
    // What cannot be had is no profit to compare with the best that can.
    expect(down!.regret).toBeNull();
    expect(down!.reoptimized).toBeGreaterThan(0);
    expect(up!.regret).toBeGreaterThanOrEqual(0);
    expect(named(result, 'all values').down!.used!.tokens).toBeCloseTo(0.3 * (5 / 8), 12);

    const text = sensitivityReport(result);
    expect(text).toMatch(/use of tokens +−10 % +\+10 %/);
    expect(text).toMatch(/all numbers right +0\.3 of 0\.3/);
    expect(text).toMatch(/capacity of tokens +!0\.3 of 0\.27 +0\.3 of 0\.33/);
    expect(text).toMatch(/capacity of tokens +0\.3 +!\+0\.00 % +\+0\.00 % +!0/);
    expect(text).toMatch(/is not \(!\), its numbers\s+are what it would make if there were enough/);
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    const table = sensitivityTable(result);
    const row = table.rows.find(([name]) => name === 'capacity of tokens')!;
    expect(row[table.columns.indexOf('down use of tokens')]).toBeCloseTo(0.3, 12);
    expect(row[table.columns.indexOf('down capacity of tokens')]).toBeCloseTo(0.27, 12);
    for (const { length } of table.rows) expect(length).toBe(table.columns.length);
    const more = given(study({ utility: 0 }), { tiers: [{ inputs: { tokens: 0.31 }, transfer: 0.3 }] });
    expect(sensitivityReport(more)).toMatch(/right: objective !\S+, profit !\S+,\n/);
    const { specification, caption } = tornadoPicture(more);
    expect(caption).toMatch(/“over capacity” marks/);
    expect(await renderSvg(specification)).toContain('over capacity');
  });
});

describe('types of any kind', () => {
  const values = [
    [1, 0.2],
    [0.3, 0.9],
    [0.8, 0.8],
  ];
  const utility = [0.02, 0.05, 0.1];
  const profiles = (cost: number) => ({
    ...root(cost),
    buyers: {
      kind: 'profiles',
      tasks: { weights: [0.5, 0.5] },
      types: values.map((own) => ({ mass: 1, values: own })),
    },
    objective,
    capacity: { tokens: 0.06 },
  });
  const enumerated = (
    tiers: NonNullable<SensitivityResult['tiers']>,
    outside: readonly number[],
    cost: number,
    factor = 1,
  ): Sold => {
    const items = tiers.map(({ perTask, transfer }): Item => {
      const tokens = perTask!.tokens!;
      const use = 0.5 * tokens[0]! + 0.5 * tokens[1]!;
      return (n) => ({
        utility:
          0.5 * factor * tokens.reduce((sum, x, m) => sum + values[n]![m]! * Math.sqrt(x), 0) - transfer,
        margin: transfer - cost * use,
        use,
      });
    });
    return sold(
      values.map((_, n) => [n, 1 / 3] as const),
      items,
      (n) => outside[n]!,
    );
  };

  it('choose between the items and what each has outside', () => {
    const result = sensitivity({ ...profiles(1), outside: { utility } }, { count: 2 });
    agrees(result, enumerated(result.tiers!, utility, 1), 7);
    agrees(named(result, 'cost of tokens').up!, enumerated(result.tiers!, utility, 1.1), 7);
    agrees(named(result, 'all values').up!, enumerated(result.tiers!, utility, 1, 1.1), 7);
    const moved = utility.map((u, n) => (n === 2 ? 1.1 * u : u));
    agrees(named(result, 'outside of type 3').up!, enumerated(result.tiers!, moved, 1), 7);
  });

  it('and what a rival leaves them', () => {
    // Σ ω w²/(4r)
    const left = (price: number): number[] =>
      values.map((own) => own.reduce((sum, w) => sum + (0.5 * w * w) / (4 * price), 0));
    const rival = (price: number) => ({
      production: { use: 'cobb-douglas', exponents: { tokens: 0.5 } },
      inputs: { tokens: { scope: 'task', price } },
    });
    const result = sensitivity({ ...profiles(1), outside: { rival: rival(3) } }, { count: 2 });
    agrees(result, enumerated(result.tiers!, left(3), 1), 7);
    agrees(named(result, 'rival: price of tokens').down!, enumerated(result.tiers!, left(2.7), 1), 7);
    agrees(
      named(result, 'all values').up!,
      enumerated(
        result.tiers!,
        left(3).map((u) => 1.21 * u),
        1,
        1.1,
      ),
      7,
    );
  });
});

describe('no menu within capacity makes more than the bound under the belief in which it is sold', () => {
  const line = { kind: 'representative', type: { use: 'beta', a: 2, b: 2, min: 0.2, max: 1.4 } };
  const list = {
    kind: 'representative',
    types: [
      { value: 0.7, mass: 2 },
      { value: 1.1, mass: 2 },
      { value: 1.8, mass: 1 },
    ],
  };
  const grid = {
    kind: 'value-scale-grid',
    values: [0.5, 1, 1.6],
    scales: [0.4, 1],
    mass: [
      [2, 1],
      [1, 2],
      [1, 1],
    ],
  };
  it.each([
    ['a line with the same for all outside', { buyers: line, objective, outside: { utility: 0.03 } }],
    ['a line within capacity', { buyers: line, objective, capacity: { tokens: 0.05 } }],
    [
      'a list with the same outside, within capacity',
      { buyers: list, outside: { utility: 0.05 }, capacity: { tokens: 0.1 } },
    ],
    [
      'values and scales beside something outside',
      { buyers: grid, contract: 'allocations', objective, outside: { utility: '0.02 + 0.05*value*scale' } },
    ],
    [
      'values and scales within capacity',
      {
        buyers: grid,
        contract: 'allocations',
        objective,
        outside: { utility: 0.02 },
        capacity: { tokens: 0.1 },
      },
    ],
  ] as const)('%s', (_, terms) => {
    const study = (cost: number) => ({ ...root(cost), ...terms });
    const result = sensitivity(study(1), { count: 2, by: 0.2 });
    const { down, up } = named(result, 'cost of tokens');
    for (const [cost, own] of [
      [1, result],
      [0.8, down!],
      [1.2, up!],
    ] as const) {
      if ((own.exceeded ?? []).length > 0) continue;
      const moved = parseStudy(JSON.stringify({ name: 'moved', ...study(cost) }), {
        file: 'study.json',
        registry,
      });
      const bound = solveStudy(moved).result.certificate.upperBound!;
      expect(own.objective ?? own.profit).toBeLessThanOrEqual(bound + 1e-9);
      expect(own.objective ?? own.profit).toBeGreaterThan(0.5 * bound);
    }
    for (const parameter of result.parameters)
      for (const own of [parameter.down, parameter.up])
        if (own !== null && own.regret !== null) expect(own.regret).toBeGreaterThanOrEqual(-1e-9);
  });
});

it('capacity is for all buyers together, and not for those of one scale', () => {
  const study = {
    ...root(),
    buyers: { kind: 'value-scale', value: { use: 'uniform' }, scale: { use: 'uniform' } },
    contract: 'allocations',
    capacity: { tokens: 0.1 },
  };
  expect(() => sensitivity(study, { count: 1, scale: 0.5 })).toThrow(
    /sensitivity: capacity is for all buyers together/,
  );
});
