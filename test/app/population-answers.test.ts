/*
 * What is said of continuous buyers with dependent values and scales must hold together: v = x^½ at a cost of 1 is C = q², and what is used of x is its cost. Beside terms that bind nobody all is what it
 * was.
 */
import { createRegistry, parseStudy, type Result, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const unit = { use: 'uniform', min: 0, max: 1 };
const buyers = (dependence: object, count = 8) => ({
  kind: 'value-scale',
  value: unit,
  scale: unit,
  dependence,
  grid: { values: count, scales: count },
});
const solved = (study: object): Result =>
  solveStudy(
    parseStudy(
      JSON.stringify({
        production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
        inputs: { x: { scope: 'task', cost: 1 } },
        contract: 'allocations',
        buyers: buyers({ use: 'fgm', theta: 0.9 }),
        ...study,
      }),
      { file: 'study.json', registry },
    ),
  ).result;
const ample = { capacity: { x: 10 } };

describe('with profit alone', () => {
  const result = solved({});
  const { profit, revenue, cost, consumerSurplus, welfare, population, grid, certificate } = result;

  test('what is attained lies below the profit by the error of its integral, and below the bound', () => {
    const { attainedProfit, upperBound, observableScale, boundBy } = population!;
    expect(profit).toBeCloseTo(revenue! - cost!, 14);
    expect(welfare).toBeCloseTo(profit! + consumerSurplus!, 14);
    expect(certificate).toMatchObject({
      of: 'population',
      attainedProfit,
      attainedObjective: attainedProfit,
      upperBound,
    });
    expect(attainedProfit).toBeLessThan(profit!);
    expect(attainedProfit).toBeGreaterThan((1 - 1e-4) * profit!);
    expect(upperBound).toBeGreaterThan(profit!);
    expect(upperBound).toBeLessThanOrEqual(observableScale!);
    expect(boundBy).toBe(upperBound === observableScale ? 'observable-scale' : 'flow');
  });

  test('the grid’s own numbers stand apart; two grids say where they tend, within the bracket', () => {
    expect(population!.grid).toEqual({ values: 8, scales: 8 });
    expect(grid).toMatchObject({ values: 8, scales: 8 });
    // Twice as fine, as 8 × 8 and its half would tend beyond the bound, which is not said.
    expect(population!.extrapolatedProfit).toBeNull();
    const fine = solved({ buyers: buyers({ use: 'fgm', theta: 0.9 }, 16) });
    const { extrapolatedProfit, attainedProfit, upperBound } = fine.population!;
    expect(extrapolatedProfit).toBeCloseTo((4 * fine.grid!.profit! - grid!.profit!) / 3, 9);
    expect(extrapolatedProfit).toBeGreaterThan(attainedProfit!);
    expect(extrapolatedProfit).toBeLessThan(upperBound!);
  });

  test('a grid that does not halve says nothing of where it tends', () => {
    const odd = { ...buyers({ use: 'fgm', theta: 0.9 }), grid: { values: 9, scales: 8 } };
    expect(solved({ buyers: odd }).population!.extrapolatedProfit).toBeNull();
  });

  test('capacity that does not bind changes nothing, and what is used of the input is its cost', () => {
    const within = solved(ample);
    expect(within.profit).toBeCloseTo(profit!, 10);
    expect(within.used!.x).toBeCloseTo(cost!, 12);
    expect(within.grid!.relativeGap).toBeCloseTo(grid!.relativeGap!, 9);
  });
});

test('strong dependence is bounded by the flow of the grid, closer than by scales that are seen', () => {
  const { population, profit } = solved({ buyers: buyers({ use: 'clayton', theta: 2 }) });
  const { boundBy, upperBound, observableScale } = population!;
  expect(boundBy).toBe('flow');
  expect(upperBound).toBeLessThan(0.995 * observableScale!);
  expect(upperBound).toBeGreaterThan(profit!);
});

describe('with a weight on consumer surplus', () => {
  const objective = { profit: 2, consumerSurplus: 1 };
  const { certificate, population, profit, consumerSurplus, grid } = solved({ objective });

  test('what is attained is of profit and surplus, less the error of their integral', () => {
    const value = 2 * profit! + consumerSurplus!;
    expect(certificate.attainedObjective).toBeLessThan(value);
    expect(certificate.attainedObjective).toBeGreaterThan((1 - 1e-4) * value);
    expect(certificate.attainedProfit).toBeCloseTo(
      (certificate.attainedObjective! - consumerSurplus!) / 2,
      12,
    );
    expect(population!.attainedProfit).toBeCloseTo(certificate.attainedProfit!, 12);
    expect(certificate.upperBound).toBeGreaterThan(value);
    expect(population!.extrapolatedProfit).toBeNull();
  });

  test('the gap of the grid is of the objective, within ample capacity as without', () => {
    expect(grid!.relativeGap).toBeLessThan(1e-7);
    const within = solved({ objective, ...ample }).grid!;
    expect(within.upperBound).toBeCloseTo(grid!.upperBound!, 9);
    expect(Math.abs(within.relativeGap!)).toBeLessThan(1e-7);
  });
});

describe('beside something outside', () => {
  test('who has it is lost to the seller: its share, and what everybody has at least', () => {
    const { outsideShare, excludedShare, consumerSurplus, profit, population, status } = solved({
      outside: { utility: 0.01 },
      solver: { tolerance: 2e-3 },
    });
    expect(status).toBe('optimal');
    expect(outsideShare).toBe(excludedShare);
    expect(outsideShare).toBeGreaterThan(0.5);
    expect(consumerSurplus).toBeGreaterThan(0.01);
    expect(profit).toBeLessThan(population!.upperBound!);
    expect(population).toMatchObject({ boundBy: 'observable-scale', extrapolatedProfit: null });
  });
});

test('beside a plan that is kept some keep it, and all have what it gives', () => {
  const plain = solved({});
  const { keptShare, consumerSurplus, profit, population } = solved({
    keep: { menu: { plans: [{ name: 'old', fee: 0.02, included: { x: 0.01 } }] } },
  });
  expect(keptShare).toBeGreaterThan(0.1);
  expect(consumerSurplus).toBeGreaterThan(plain.consumerSurplus!);
  expect(profit).toBeLessThan(plain.profit!);
  expect(profit).toBeLessThan(population!.upperBound!);
  expect(profit).toBeGreaterThan(0.99 * population!.upperBound!);
  expect(population!.extrapolatedProfit).toBeNull();
});
