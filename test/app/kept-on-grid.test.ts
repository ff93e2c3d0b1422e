/*
 * Today's plans beside a menu for continuous, dependent values and scales. v = √x on every task and an input that costs ½: under a plan with fee F and price p a buyer of
 * value w and s tasks takes x = (w/2p)² on each, and has u = s w²/4p − F, or nothing.
 */
import {
  createRegistry,
  parseStudy,
  screeningProblem,
  solve,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../core/reference-cases.ts';

const registry = createRegistry([standardPlugin]);
const parse = (study: object) => parseStudy(JSON.stringify(study), { file: 'study.json', registry });
const solution = (study: object) => solveStudy(parse(study));
type Solved = ReturnType<typeof solution>;
const uniform = (min: number, max: number) => ({ use: 'uniform', min, max });
const COST = 0.5;
const grid = { values: 12, scales: 6 };
const dependent = { grid, dependence: { use: 'gaussian', rho: 0.4 } };
const plan = (price: number, fee = 0) => ({ name: `at ${price}`, fee, prices: { input: price } });
const study = (buyers: object, keep?: object, terms: object = {}) => ({
  contract: 'allocations',
  production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
  inputs: { input: { scope: 'task', cost: COST } },
  buyers: { kind: 'value-scale', value: uniform(0, 1), scale: uniform(0.5, 1), ...buyers },
  ...(keep ? { keep } : {}),
  ...terms,
});
const keeping = (plans: object[], share = 1) => ({ menu: { plans }, share });
const utility = (price: number, fee: number, w: number, s: number): number =>
  Math.max(0, (s * w * w) / (4 * price) - fee);

const buyers = Array.from({ length: 12 }, (_, j) =>
  Array.from({ length: 40 }, (_, i) => ({ value: (i + 0.5) / 40, scale: 0.5 + (j + 0.5) / 24 })),
).flat();

/** ∫ q over the first tasks of what somebody is quoted, from the tokens of each of her tasks. */
const usedBy = (scale: number, { perTask, taskEnds, excluded }: ReturnType<Solved['quote']>): number => {
  if (excluded) return 0;
  const tokens = perTask.input as readonly number[];
  let [sum, past] = [0, 0];
  taskEnds!.forEach((end, m) => {
    sum += Math.max(0, Math.min(end, scale) - past) * Math.sqrt(tokens[m]!);
    past = Math.max(past, Math.min(end, scale));
  });
  return sum;
};

describe.each([1, 0.6])(
  'plans of which a share of %d is promised',
  (share) => {
    const [price, fee] = [1.1, 0.01];
    const solved = solution(study(dependent, keeping([plan(price, fee)], share)));
    const { result, quote } = solved;
    const quotes = buyers.map((buyer) => quote(buyer));

    test('every buyer has what she is promised, and what is earned is below the bound', () => {
      buyers.forEach(({ value, scale }, n) => {
        expect(quotes[n]!.rent!).toBeGreaterThanOrEqual(share * utility(price, fee, value, scale) - 1e-12);
      });
      expect(result.certificate.doubts).toBeUndefined();
      expect(result.certificate.of).toBe('population');
      expect(result.certificate.attainedProfit!).toBeLessThanOrEqual(result.certificate.upperBound!);
      expect(result.certificate.relativeGap!).toBeLessThan(8e-3);
    });

    test('nobody prefers what somebody else is quoted, or the plan, to her own', () => {
      for (const [n, { value, scale }] of buyers.entries()) {
        if (n % 7 !== 0) continue;
        const { rent } = quotes[n]!;
        for (const other of quotes)
          expect(value * usedBy(scale, other) - other.transfer!).toBeLessThanOrEqual(rent! + 1e-9);
        if (share === 1) expect(utility(price, fee, value, scale)).toBeLessThanOrEqual(rent! + 1e-12);
      }
    });

    test('quoted buyers drawn from the population bring its profit, surplus and share of keepers', () => {
      // As many of each quantile of scales, and of values given the scale: w = Φ(ρ z + √(1 − ρ²) y).
      const [ranks, rho] = [40, 0.4];
      let [profit, rent, kept] = [0, 0, 0];
      for (let j = 0; j < ranks; j++)
        for (let i = 0; i < ranks; i++) {
          const [v, u] = [(j + 0.5) / ranks, (i + 0.5) / ranks];
          const z = normalQuantile(v);
          const value = normal(rho * z + Math.sqrt(1 - rho * rho) * normalQuantile(u));
          const own = quote({ value, scale: 0.5 + v / 2 });
          profit += (own.transfer! - COST * (own.inputs.input ?? 0)) / ranks ** 2;
          rent += own.rent! / ranks ** 2;
          if (own.takes === 'kept') kept += 1 / ranks ** 2;
        }
      expect(Math.abs(profit / result.profit! - 1)).toBeLessThan(5e-3);
      expect(Math.abs(rent / result.consumerSurplus! - 1)).toBeLessThan(5e-3);
      expect(Math.abs(kept - result.keptShare!)).toBeLessThan(0.02);
      if (share === 1) expect(kept).toBeGreaterThan(0.1);
      else expect(kept).toBe(0);
    });
  },
  120_000,
);

const normal = (x: number): number => {
  let sum = 0;
  const [n, from] = [400, -8];
  const h = (x - from) / n;
  for (let i = 0; i < n; i++) sum += h * Math.exp(-((from + (i + 0.5) * h) ** 2) / 2);
  return sum / Math.sqrt(2 * Math.PI);
};
const normalQuantile = (p: number): number => {
  let [low, high] = [-8, 8];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (normal(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

test('independent values and scales: the bound is what scale by scale attains, and the grid’s menu comes near', () => {
  const keep = keeping([plan(1.1, 0.01)]);
  const exact = solution(study({}, keep)).result;
  expect(exact.status).toBe('optimal');
  const { result } = solution(study({ grid: { values: 24, scales: 12 } }, keep));
  expectClose(result.certificate.upperBound!, exact.profit!, 1e-5, 'bound');
  expectClose(result.efficientWelfare!, exact.efficientWelfare!, 1e-6, 'first best');
  expect(result.certificate.attainedProfit!).toBeLessThan(exact.profit! * (1 + 1e-9));
  expect(result.certificate.relativeGap!).toBeLessThan(3e-4);
  expect(Math.abs(result.keptShare! - exact.keptShare!)).toBeLessThan(0.02);
}, 120_000);

test('no share, and a plan that nobody wants, change nothing', () => {
  const alone = solution(study(dependent)).result;
  for (const keep of [keeping([plan(1.1)], 0), keeping([plan(1.1, 1000)])]) {
    const { result } = solution(study(dependent, keep));
    expectClose(result.profit!, alone.profit!, 1e-9);
    expectClose(result.consumerSurplus!, alone.consumerSurplus!, 1e-9);
    expectClose(result.certificate.upperBound!, alone.certificate.upperBound!, 1e-5);
    expect(result.keptShare).toBe(0);
  }
}, 120_000);

test('beside plans that stay on sale at least their own profit is made, and less than without them', () => {
  const alone = solution(study(dependent)).result;
  for (const price of [0.7, 1, 1.5]) {
    const { result } = solution(study(dependent, keeping([plan(price)])));
    // E[s w²] (p − c)/4p², and E[s w²] from the profit of a plan that everybody is sold at p: welfare of the first best is E[s w²]/4c.
    const own = ((alone.efficientWelfare! * 4 * COST) / (4 * price * price)) * (price - COST);
    expect(result.profit!).toBeGreaterThan(own * (1 - 1e-6));
    expect(result.profit!).toBeLessThan(alone.certificate.upperBound!);
  }
}, 120_000);

test('with something elsewhere as well everybody has the better of the two', () => {
  const { result, quote } = solution(study(dependent, keeping([plan(1.1)]), { outside: { utility: 0.02 } }));
  const taken = new Set<string>();
  for (const buyer of buyers) {
    const { rent, takes, transfer } = quote(buyer);
    taken.add(takes!);
    const promised = utility(1.1, 0, buyer.value, buyer.scale);
    expect(rent!).toBeGreaterThanOrEqual(Math.max(0.02, promised) - 1e-12);
    if (takes === 'outside') expect(transfer).toBe(0);
  }
  expect([...taken].sort()).toEqual(['kept', 'menu', 'outside']);
  expect(result.certificate.attainedProfit!).toBeLessThan(result.certificate.upperBound!);
  expect(result.certificate.relativeGap!).toBeLessThan(2e-2);
}, 120_000);

test('where less is used than under a plan for the same quality, buyers have that: at prices apart from costs nobody keeps it', () => {
  const two = {
    production: { use: 'cobb-douglas', exponents: { input: 0.25, output: 0.25 } },
    inputs: { input: { scope: 'task', cost: 0.2 }, output: { scope: 'task', cost: 0.2 } },
  };
  const at = (input: number, output: number) =>
    solution({
      ...study(dependent, keeping([{ name: 'list', prices: { input, output } }])),
      ...two,
    }).result;
  expect(at(0.4, 0.4).keptShare!).toBeGreaterThan(0.1);
  expect(at(0.8, 0.2).keptShare!).toBeLessThan(0.01);
}, 120_000);

test('the grid’s own problem is that of its types listed one by one, each with her plan', () => {
  const keep = keeping([plan(1.1, 0.01)]);
  const whole = parse(study(dependent, keep));
  const problem = screeningProblem(whole);
  if (problem.kind !== 'space') throw new Error(problem.kind);
  const { grid: own } = solveStudy(whole).result;
  const [values, scales] = (['value', 'scale'] as const).map((of) =>
    [...new Set(problem.listed.map((type) => type[of]!))].sort((a, b) => a - b),
  ) as [number[], number[]];
  const mass = values.map((value) =>
    scales.map(
      (scale) => problem.listed.find((type) => type.value === value && type.scale === scale)?.mass ?? 0,
    ),
  );
  const listed = solution({
    ...study({}, keep),
    buyers: { kind: 'value-scale-grid', values, scales, mass },
  }).result;
  expectClose(own!.profit!, listed.profit!, 1e-7);
  for (const { value, scale, rent } of listed.types)
    expect(rent!).toBeGreaterThanOrEqual(utility(1.1, 0.01, value!, scale!) - 1e-9);
}, 120_000);

describe('where inputs are dear, rents are held up by what high values are promised, and flows go up', () => {
  test.each([
    // What stayed between attained profit and bound, as a share of the bound, when φ was that of flows downwards: .025, .10, .12, .18.
    ['independent, at 2', 2, 'independent', 1, {}, 0.022],
    ['independent, at 3', 3, 'independent', 1, {}, 0.05],
    ['beside something elsewhere', 1.2, 'gaussian', 1, { outside: { utility: 0.02 } }, 0.01],
    ['a share of .9', 1.2, 'frank', 0.9, {}, 0.02],
  ])(
    '%s: the menu comes near the bound on a coarse grid',
    (_, cost, use, share, terms, most) => {
      const dependence = { gaussian: { use, rho: 0.4 }, frank: { use, theta: -4 }, independent: { use } }[
        use
      ]!;
      const [price, fee] = use === 'gaussian' ? [1.1, 0] : [0.9, 0.01];
      const { result, quote } = solution({
        ...study({ grid, dependence }, keeping([plan(price, fee)], share), terms),
        inputs: { input: { scope: 'task', cost } },
      });
      const { attainedProfit, upperBound, doubts } = result.certificate;
      expect(doubts).toBeUndefined();
      expect(attainedProfit!).toBeLessThanOrEqual(upperBound!);
      expect(result.certificate.relativeGap!).toBeLessThan(most);
      for (const { value, scale } of buyers)
        expect(quote({ value, scale }).rent!).toBeGreaterThanOrEqual(
          share * utility(price, fee, value, scale) - 1e-12,
        );
    },
    120_000,
  );
});

test('what is used under plans counts beside something elsewhere too, where an input is worth all or nothing', async () => {
  // v = min(x, 1): who keeps the plan buys one unit a task at .6, and pays a fee of .02; the input costs .35, so that cost is .35 times use.
  const asked = parse({
    ...study(dependent, keeping([{ name: 'list', fee: 0.02, prices: { input: 0.6 } }])),
    production: { use: 'expression', formula: 'min(input, 1)' },
    inputs: { input: { scope: 'task', cost: 0.35 } },
    outside: { utility: 0.03 },
    capacity: { input: 10 },
  });
  const { result } = await solve(asked);
  expect(result.keptShare!).toBeGreaterThan(0.2);
  expectClose(0.35 * result.used!.input!, result.cost!, 1e-9);
}, 120_000);
