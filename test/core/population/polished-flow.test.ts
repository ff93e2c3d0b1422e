import {
  type ContinuousFlow,
  type Copula,
  descent,
  finished,
  flowBound,
  observableScale,
  polishedFlow,
  populationMenus,
  populationTotals,
  type ValueScalePopulation,
} from '@menusmith/core';
import { clayton, gaussian, uniform } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyNumbers, curvedExample1, example1, solved } from '../finite/examples.ts';
import { valueScaleGrid } from '../finite/grids.ts';

const unit = uniform.create({ min: 0, max: 1 });
const N = 8;
const even = Float64Array.from({ length: N + 1 }, (_, i) => i / N);

/** b from the buyers, and nothing else. */
const downBy = (down: Float64Array): ContinuousFlow => ({
  values: even,
  ranks: even,
  steps: even,
  down,
  jumps: { from: new Int32Array(0), to: new Int32Array(0), rate: new Float64Array(0) },
  convexity: new Float64Array((N + 1) * N),
});

const supply = curvedExample1(N);

const boundsIn = (population: ValueScalePopulation) => {
  const seen = observableScale(population, example1.supply).profit;
  const boundBy = (flow: ContinuousFlow): number => {
    const { profit, solved } = finished(flowBound(population, flow, supply, seen));
    expect(solved).toBe(true);
    return profit;
  };
  return { seen, boundBy };
};

const attainedIn = (population: ValueScalePopulation): number => {
  const grid = valueScaleGrid(2 * N, population.copula, example1);
  const menus = populationMenus(
    { types: grid.types, scales: grid.scales, menu: solved(grid).menu },
    { supply: curvedExample1(2 * N + 2) },
    { values: unit, scales: unit },
    { least: 192, perCell: 12 },
  );
  return Math.max(...menus.map((each) => populationTotals(population, each).profit));
};

describe.each([
  ['gaussian .6', gaussian.create({ rho: 0.6 })],
  ['clayton 2', clayton.create({ theta: 2 })],
])('a flow that goes down the gradient of the bound, %s', (_, copula: Copula) => {
  const population = { values: unit, scales: unit, copula };
  const { seen, boundBy } = boundsIn(population);
  const attained = attainedIn(population);

  test('comes from nothing more than half way to what a menu attains', () => {
    const nothing = downBy(new Float64Array(N * (N + 1)));
    const bound = boundBy(finished(polishedFlow(population, nothing, supply)));
    expect(seen / attained - 1).toBeGreaterThan(0.008);
    expect(bound / attained - 1).toBeGreaterThan(0);
    expect(bound - attained).toBeLessThan((seen - attained) / 2);
  });
});

test('bounds the menu, and better than what it comes from, wherever it starts', () => {
  const population = { values: unit, scales: unit, copula: gaussian.create({ rho: 0.6 }) };
  const { boundBy } = boundsIn(population);
  const attained = attainedIn(population);
  fc.assert(
    fc.property(anyNumbers(N * (N + 1), 1), (down) => {
      const flow = downBy(Float64Array.from(down, (b) => b / 40));
      const bound = boundBy(finished(polishedFlow(population, flow, supply)));
      expect(bound).toBeGreaterThan(attained);
      expect(bound).toBeLessThan(boundBy(flow));
    }),
    { numRuns: 3, seed: 20261201 },
  );
});

test('descent finds the least of Σ c (x − t)²/2 over x ≥ 0, and leaves what is not to move', () => {
  const targets = [0.3, -0.4, 2, 0, 1.5, -3, 0.01, 0.7];
  const curves = [1, 5, 0.3, 20, 2, 1, 8, 0.5];
  const reach = Float64Array.from(targets, (_, p) => (p === 7 ? 0 : 1));
  const look = (x: Float64Array, gradient: Float64Array): number =>
    x.reduce((sum, each, p) => {
      gradient[p] = curves[p]! * (each - targets[p]!);
      return sum + (curves[p]! * (each - targets[p]!) ** 2) / 2;
    }, 0);
  const found = finished(descent(new Float64Array(8).fill(1), reach, look));
  targets.slice(0, 7).forEach((target, p) => {
    expect(found[p]).toBeCloseTo(Math.max(0, target), 7);
  });
  expect(found[7]).toBe(1);
});
