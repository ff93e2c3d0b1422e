import {
  type ContinuousFlow,
  type Copula,
  type Distribution,
  feasibleFlow,
  finished,
  flowBound,
  independence,
  liftedFlow,
  observableScale,
  type ProfileSupply,
  populationMenus,
  populationTotals,
} from '@menusmith/core';
import { beta, clayton, fgm, gaussian, mixture, uniform } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curvedExample1, example1, solved } from '../finite/examples.ts';
import { valueScaleGrid } from '../finite/grids.ts';

const unit = uniform.create({ min: 0, max: 1 });
const even = (n: number): Float64Array => Float64Array.from({ length: n + 1 }, (_, i) => i / n);
const noJumps = { from: new Int32Array(0), to: new Int32Array(0), rate: new Float64Array(0) };

/** Nothing across scales. */
const silent = (n: number): ContinuousFlow => ({
  values: even(n),
  ranks: even(n),
  steps: even(n),
  down: new Float64Array(n * (n + 1)),
  jumps: noJumps,
  convexity: new Float64Array((n + 1) * n),
});

/** The flow of the optimum of an n × n grid of uniform values and scales, and the profit that its menu then brings. */
const onGrid = (n: number, copula: Copula) => {
  const grid = valueScaleGrid(n, copula, example1);
  const { menu, essential } = solved(grid);
  const isServed = (t: number): boolean => {
    const k = menu.choices[t]!;
    return (
      k >= 0 &&
      menu.items.quality.subarray(menu.items.offsets[k]!, menu.items.offsets[k + 1]!).some((q) => q > 1e-7)
    );
  };
  const population = { values: unit, scales: unit, copula };
  const { representative } = essential;
  const flow = liftedFlow(
    { types: grid.types, flows: menu.flows, representative, mass: grid.mass, surplusWeight: 0, isServed },
    { values: even(n), ranks: even(n) },
    population,
  );
  const attained = (): number =>
    Math.max(
      ...populationMenus(
        { types: grid.types, scales: grid.scales, menu },
        { supply: curvedExample1(n + 2) },
        { values: unit, scales: unit },
        { least: 192, perCell: 12 },
      ).map((each) => populationTotals(population, each).profit),
    );
  const bound = finished(flowBound(population, flow, curvedExample1(n), menu.certificate.upperBound));
  return { flow, population, bound, attained, money: menu.certificate.upperBound };
};

const boundBy = (
  copula: Copula,
  flow: ContinuousFlow,
  supply: ProfileSupply = curvedExample1(flow.ranks.length),
  values: Distribution = unit,
  money = 0.05,
) => finished(flowBound({ values, scales: unit, copula }, flow, supply, money));

test('without flows across scales it is what seen scales bring: 1/24 for independent buyers, S = sφ²/2', () => {
  const { profit, error, cut } = boundBy(independence, silent(8));
  // Costs of ¼: ½·∫_{½}^1 (2w − 1)²/2 dw.
  expect(profit * 24 - 1).toBeGreaterThan(0);
  expect(profit * 24 - 1).toBeLessThan(1e-5);
  expect(error).toBeLessThan(1e-5 * profit);
  expect(cut).toBe(0);
});

test.each([
  ['fgm', fgm.create({ theta: -0.9 })],
  ['gaussian', gaussian.create({ rho: 0.6 })],
])('without flows across scales it is what seen scales bring, %s', (_, copula) => {
  const seen = observableScale({ values: unit, scales: unit, copula }, example1.supply).profit;
  expect(Math.abs(boundBy(copula, silent(16)).profit / seen - 1)).toBeLessThan(5e-5);
});

describe.each([
  ['fgm .9', fgm.create({ theta: 0.9 })],
  ['gaussian .6', gaussian.create({ rho: 0.6 })],
  ['gaussian −.6', gaussian.create({ rho: -0.6 })],
  ['clayton 2', clayton.create({ theta: 2 })],
])('the lifted flow of a grid, %s', (_, copula) => {
  const [coarse, fine] = [8, 16].map((n) => onGrid(n, copula));

  test('bounds what the grid’s menu brings, at order 2', () => {
    const attained = fine!.attained();
    const [first, second] = [coarse!, fine!].map(({ bound }) => bound.profit / attained - 1);
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThan(0.0025);
    expect(first! / second!).toBeGreaterThan(2.5);
    expect(fine!.bound.solved).toBe(true);
  });

  test('is feasible as it is', () => {
    expect(fine!.bound.cut).toBeLessThan(1e-12);
  });
});

describe('any flow', () => {
  // Assumption 1 holds where dependence is negative and weak: what seen scales bring is then the optimum, and every flow bounds it.
  const copula = fgm.create({ theta: -0.9 });
  const optimum =
    observableScale({ values: unit, scales: unit, copula }, example1.supply).profit * (1 - 1e-8);
  const n = 4;
  const any = (size: number) =>
    fc.oneof(
      { weight: 8, arbitrary: fc.double({ min: -size, max: size, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY, 30 * size) },
    );
  const numbers = (length: number, size: number) =>
    fc.array(any(size), { minLength: length, maxLength: length }).map((each) => Float64Array.from(each));
  const cells = fc.array(fc.integer({ min: -1, max: n * n }), { minLength: 6, maxLength: 6 });
  const flows = fc
    .record({
      down: numbers(n * (n + 1), 0.05),
      convexity: numbers((n + 1) * n, 0.004),
      rate: numbers(6, 0.5),
      from: cells,
      to: cells,
    })
    .map(
      ({ down, convexity, rate, from, to }): ContinuousFlow => ({
        ...silent(n),
        down,
        convexity,
        jumps: { from: Int32Array.from(from), to: Int32Array.from(to), rate },
      }),
    );

  test('bounds the optimum, however wrong it is', () => {
    fc.assert(
      fc.property(flows, (flow) => {
        // What quadrature may be off by is part of the bound, however coarse it is.
        const { profit, solved: isSolved } = boundBy(copula, flow, undefined, unit, 5);
        expect(isSolved).toBe(true);
        expect(profit).toBeGreaterThan(optimum);
      }),
      { numRuns: 60, seed: 20261201 },
    );
  });

  test.each([
    [
      'upward',
      (flow: ContinuousFlow) => ({
        ...flow,
        down: flow.down.map((_, p) => (p % (n + 1) === 2 ? -0.004 : 0)),
      }),
    ],
    [
      'out of nobody, through the highest scale',
      (flow: ContinuousFlow) => ({ ...flow, down: flow.down.map((_, p) => (p % (n + 1) === n ? 0.2 : 0)) }),
    ],
    [
      'from fewer buyers than bring it',
      (flow: ContinuousFlow) => ({ ...flow, down: flow.down.map((_, p) => 5 * (p % (n + 1))) }),
    ],
    [
      'against convexity',
      (flow: ContinuousFlow) => ({
        ...flow,
        convexity: flow.convexity.map((_, p) => (p >= 3 * n && p < 4 * n ? -0.001 : 0)),
      }),
    ],
    [
      'of convexity at the highest value',
      (flow: ContinuousFlow) => ({
        ...flow,
        convexity: flow.convexity.map((_, p) => (p >= n * n ? 0.02 : 0)),
      }),
    ],
    [
      'of a negative rate',
      (flow: ContinuousFlow) => ({
        ...flow,
        jumps: { from: Int32Array.of(3 * n), to: Int32Array.of(3 * n + 3), rate: Float64Array.of(-0.2) },
      }),
    ],
    [
      'to a smaller scale, by a jump',
      (flow: ContinuousFlow) => ({
        ...flow,
        jumps: { from: Int32Array.of(2 * n + 3), to: Int32Array.of(3 * n), rate: Float64Array.of(3) },
      }),
    ],
  ])('bounds the optimum where it goes %s', (__, broken) => {
    expect(boundBy(copula, broken(silent(n))).profit).toBeGreaterThan(optimum);
  });

  test('bounds what a menu attains where it is a lifted one, swapped or scaled', () => {
    const { flow, attained, population, money } = onGrid(8, gaussian.create({ rho: -0.6 }));
    const earned = attained();
    const by = (changed: Partial<ContinuousFlow>): number =>
      finished(flowBound(population, { ...flow, ...changed }, curvedExample1(9), money)).profit;
    const { jumps } = flow;
    expect(jumps.rate.length).toBeGreaterThan(0);
    for (const profit of [
      by({ jumps: { ...jumps, from: jumps.to, to: jumps.from } }),
      by({ jumps: { ...jumps, rate: jumps.rate.map((rate) => 3 * rate) } }),
      by({ down: flow.down.map((b) => 20 * b) }),
      by({ down: flow.down.toReversed() }),
    ])
      expect(profit).toBeGreaterThan(earned);
  });
});

test('no more flows down than there are buyers above, at every step and between', () => {
  const { flow, cut } = feasibleFlow({
    ...silent(2),
    steps: Float64Array.of(0, 0.5, 0.75, 1),
    down: Float64Array.of(0, 1, 0.1, 1, 0, 1, 0.1, 1),
  });
  expect([...flow.down]).toEqual([0, 0.25, 0.1, 0, 0, 0.25, 0.1, 0]);
  // 4.2 was to flow, 0.7 does.
  expect(cut).toBeCloseTo(1 - 0.7 / 4.2, 12);
});

test('half the weight on consumer surplus halves what may flow', () => {
  const { flow } = feasibleFlow(
    { ...silent(1), steps: Float64Array.of(0, 0.5, 1), down: Float64Array.of(0, 1, 0) },
    0.5,
  );
  expect([...flow.down]).toEqual([0, 0.25, 0]);
});

test('multipliers of convexity iron virtual values that fall', () => {
  const values = mixture.create({
    parts: [
      { weight: 0.85, of: beta.create({ a: 4, b: 10, min: 0, max: 1 }) },
      { weight: 0.15, of: beta.create({ a: 8, b: 2, min: 0, max: 1 }) },
    ],
  });
  const seen = observableScale({ values, scales: unit, copula: independence }, example1.supply).profit;
  const plain = boundBy(independence, silent(16), undefined, values).profit;
  expect(plain).toBeGreaterThan(1.003 * seen);
});

test('who jumps has fewer tasks than whom she imitates', () => {
  const jumps = {
    from: Int32Array.of(0, 1, 2, 9),
    to: Int32Array.of(1, 0, 2, 1),
    rate: Float64Array.of(1, 2, 3, 4),
  };
  const { flow } = feasibleFlow({ ...silent(2), jumps });
  expect([...flow.jumps.from]).toEqual([0]);
  expect([...flow.jumps.rate]).toEqual([1]);
});
