/*
 * Capacity beside today's plans: v = √x, an input that costs ½, and a plan with fee F and price p, under which a type θ takes x = (θ/2p)² and has u = θ²/4p − F.
 */
import { createRegistry, parseStudy, solve, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../core/reference-cases.ts';

const registry = createRegistry([standardPlugin]);
const parse = (study: object) => parseStudy(JSON.stringify(study), { file: 'study.json', registry });
const solution = (study: object) => solveStudy(parse(study));
const uniform = (min: number, max: number) => ({ use: 'uniform', min, max });
const [COST, PRICE, FEE] = [0.5, 0.9, 0.01];
const plans = [{ name: 'list', fee: FEE, prices: { input: PRICE } }];
const study = (buyers: object, terms: object) => ({
  production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
  inputs: { input: { scope: 'task', cost: COST } },
  buyers,
  ...terms,
});
const promise = (theta: number): number => Math.max(0, (theta * theta) / (4 * PRICE) - FEE);

describe('two types', () => {
  const [low, high] = [0.8, 1.5];
  const [many, few] = [0.6, 0.4];
  const types = [
    { value: low, mass: many },
    { value: high, mass: few },
  ];

  /** The most profit with qualities q ≤ Q that use no more than there is: the least rents that keep both promises and both from the other's item. */
  const byHand = (most: number, share: number): number => {
    const profitOf = (q: number, top: number): number => {
      const rentHigh = Math.max(share * promise(high), share * promise(low) + (high - low) * q);
      const rentLow = Math.max(share * promise(low), rentHigh - (high - low) * top);
      return many * (low * q - rentLow - COST * q * q) + few * (high * top - rentHigh - COST * top * top);
    };
    const largest = (of: (x: number) => number, from: number, to: number): number => {
      let [best, at, width] = [Number.NEGATIVE_INFINITY, (from + to) / 2, (to - from) / 2];
      for (let round = 0; round < 12; round++) {
        const middle = at;
        for (let i = -20; i <= 20; i++) {
          const x = Math.min(to, Math.max(from, middle + (width * i) / 20));
          if (of(x) > best) [best, at] = [of(x), x];
        }
        width /= 4;
      }
      return best;
    };
    const atLow = (q: number): number =>
      largest((top) => profitOf(q, top), q, Math.max(q, Math.sqrt((most - many * q * q) / few)));
    // As much for both is the most that the low type can have.
    return largest(atLow, 0, Math.min(3, Math.sqrt(most)));
  };

  test.each([
    [9, 1],
    [0.3, 1],
    [0.1, 1],
    [0.02, 1],
    [0.2, 0.7],
  ])(
    'with %d of the input and a share of %d: profit by hand, both promises, and no more in use',
    (most, share) => {
      const { result } = solution(
        study(
          { kind: 'representative', types },
          { contract: 'packages', keep: { menu: { plans }, share }, capacity: { input: most } },
        ),
      );
      expect(result.status).toBe('optimal');
      expectClose(result.profit!, byHand(most, share), 2e-6);
      expect(result.used!.input!).toBeLessThanOrEqual(most);
      result.types.forEach(({ rent, value }) => {
        expect(rent!).toBeGreaterThanOrEqual(share * promise(value!) - 1e-9);
      });
      // Where little can be used, the promise is kept in money.
      if (most === 0.02) for (const { transfer } of result.types) expect(transfer!).toBeLessThan(0);
    },
  );
});

test('a continuous line: capacity that is not used up changes nothing, and of less, keepers use their part', () => {
  const at = (capacity?: number) =>
    solution(
      study(
        { kind: 'representative', type: uniform(0, 1) },
        {
          contract: 'packages',
          keep: { menu: { plans }, share: 1 },
          ...(capacity === undefined ? {} : { capacity: { input: capacity } }),
        },
      ),
    );
  const free = at();
  const slack = at(1).result;
  expectClose(slack.profit!, free.result.profit!, 1e-12);
  expect(slack.shadowPrices!.input).toBe(0);
  const { result, quote } = at(0.12);
  expect(result.status).toBe('optimal');
  expect(result.shadowPrices!.input!).toBeGreaterThan(0.1);
  expect(result.profit!).toBeLessThan(free.result.profit!);
  // The sum over quoted buyers, those with a plan by what they use under it.
  let [used, kept, profit] = [0, 0, 0];
  const n = 4000;
  for (let i = 0; i < n; i++) {
    const value = (i + 0.5) / n;
    const { inputs, takes, rent, transfer } = quote({ value });
    expect(rent!).toBeGreaterThanOrEqual(promise(value) - 1e-12);
    const x = takes === 'kept' ? (value / (2 * PRICE)) ** 2 : inputs.input!;
    used += x / n;
    profit += (transfer! - COST * x) / n;
    if (takes === 'kept') kept += 1 / n;
  }
  expect(kept).toBeGreaterThan(0.5);
  expectClose(used, 0.12, 1e-4);
  expectClose(profit, result.profit!, 1e-4);
  expectClose(kept, result.keptShare!, 2e-3);
});

test('continuous, dependent values and scales on a grid: promises, capacity and bound hold', () => {
  const { result, quote } = solution(
    study(
      {
        kind: 'value-scale',
        value: uniform(0, 1),
        scale: uniform(0.5, 1),
        dependence: { use: 'gaussian', rho: 0.4 },
        grid: { values: 12, scales: 6 },
      },
      { contract: 'allocations', keep: { menu: { plans }, share: 1 }, capacity: { input: 0.1 } },
    ),
  );
  expect(result.certificate.doubts).toBeUndefined();
  expect(result.used!.input!).toBeLessThanOrEqual(0.1);
  expect(result.used!.input!).toBeGreaterThan(0.099);
  expect(result.certificate.attainedProfit!).toBeLessThanOrEqual(result.certificate.upperBound!);
  expect(result.certificate.relativeGap!).toBeLessThan(1e-2);
  expect(result.keptShare!).toBeGreaterThan(0.1);
  for (const scale of [0.52, 0.71, 0.97])
    for (let i = 1; i <= 30; i++) {
      const value = i / 30;
      const promised = Math.max(0, (scale * value * value) / (4 * PRICE) - FEE);
      expect(quote({ value, scale }).rent!).toBeGreaterThanOrEqual(promised - 1e-12);
    }
}, 240_000);

test('where use jumps, some are paid for doing without: one unit of a capped input earns what it saves', async () => {
  // v = min(x, 1): all or nothing. Values 0.9 are promised 0.31 by the bundle; paid to everybody it keeps all promises with nothing used.
  const at = async (capacity: number) => {
    const asked = parse({
      production: { use: 'expression', formula: 'min(x, 1)' },
      inputs: { x: { scope: 'task', cost: 0.2 } },
      buyers: {
        kind: 'value-scale-grid',
        values: [0.4, 0.9],
        scales: [0.5, 1],
        mass: [
          [1, 1],
          [1, 2],
        ],
      },
      contract: 'allocations',
      keep: { menu: { plans: [{ name: 'bundle', included: { x: 0.4 }, fee: 0.05 }] }, share: 1 },
      capacity: { x: capacity },
    });
    return (await solve(asked)).result;
  };
  const [less, more] = [await at(0.01), await at(0.02)];
  for (const result of [less, more]) {
    expect(result.status).toBe('optimal');
    for (const { value, rent } of result.types)
      expect(rent!).toBeGreaterThanOrEqual(0.4 * value! - 0.05 - 1e-9);
    expect(result.profit! + result.consumerSurplus!).toBeCloseTo(result.welfare!, 12);
  }
  expect(less.used!.x!).toBeCloseTo(0.01, 9);
  // Profit is linear from −0.31, the money that keeps all promises.
  expect(less.profit! + 0.31).toBeCloseTo(0.01 * less.shadowPrices!.x!, 9);
  expect(more.profit! + 0.31).toBeCloseTo(0.02 * less.shadowPrices!.x!, 9);
});

test('who goes elsewhere and is paid for it is counted with what she is paid', () => {
  // At a cost at which nothing is worth making, whoever is promised more than she has elsewhere gets the difference in money; the other takes it as well.
  const { result } = solution({
    ...study(
      {
        kind: 'representative',
        types: [
          { value: 0.8, mass: 0.6 },
          { value: 1.5, mass: 0.4 },
        ],
      },
      { contract: 'packages', keep: { menu: { plans }, share: 1 }, outside: { utility: [0.3, 0.4] } },
    ),
    inputs: { input: { scope: 'task', cost: 30 } },
  });
  expect(result.certificate.doubts).toBeUndefined();
  expect(result.profit!).toBeCloseTo(-(promise(1.5) - 0.4), 2);
  expect(result.certificate.attainedProfit!).toBeCloseTo(result.profit!, 6);
  for (const { rent, value } of result.types) expect(rent!).toBeGreaterThanOrEqual(promise(value!) - 1e-9);
});

test('continuous buyers with something elsewhere are paid for doing without, where plans would use more than there is', () => {
  const { result, quote } = solution(
    study(
      {
        kind: 'value-scale',
        value: uniform(0, 1),
        scale: uniform(0.5, 1),
        dependence: { use: 'gaussian', rho: 0.4 },
        grid: { values: 8, scales: 4 },
      },
      {
        contract: 'allocations',
        keep: { menu: { plans }, share: 1 },
        outside: { utility: '0.01 + 0.05*value' },
        capacity: { input: 0.03 },
        solver: { tolerance: 0.05 },
      },
    ),
  );
  expect(result.certificate.doubts).toBeUndefined();
  expect(result.used!.input!).toBeLessThanOrEqual(0.03 * (1 + 1e-12));
  expect(result.certificate.attainedProfit!).toBeLessThanOrEqual(result.certificate.upperBound!);
  // The grid's buyers use other amounts than those for whom they stand: what they earn is below their own bound all the same.
  expect(result.grid!.profit!).toBeLessThanOrEqual(result.grid!.upperBound! + 1e-9);
  expectClose(result.grid!.profit!, result.grid!.revenue! - result.grid!.cost!, 1e-9);
  for (const scale of [0.52, 0.77, 0.97])
    for (let i = 1; i <= 20; i++) {
      const value = i / 20;
      const promised = (scale * value * value) / (4 * PRICE) - FEE;
      expect(quote({ value, scale }).rent!).toBeGreaterThanOrEqual(
        Math.max(promised, 0.01 + 0.05 * value) - 1e-12,
      );
    }
}, 240_000);
