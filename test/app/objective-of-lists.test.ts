import { createRegistry, parseStudy, type Result, solve, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const solved = async (document: object): Promise<Result> =>
  (await solve(parseStudy(JSON.stringify(document), { file: 'study.json', registry }))).result;

const squares = { cost: { use: 'quadratic' }, contract: 'allocations' };
const one = { tasks: { weights: [1] } };

/** θ = (1, 2), f = (2/3, 1/3), C = q²/2 with a weight of 2·0.4 beside one of 2 on profit: φ = (1 − 0.6/2, 2), so that q = (0.7, 2). */
describe('two types, with a weight on consumer surplus', () => {
  const masses = [2 / 3, 1 / 3];
  const lists: Readonly<Record<string, object>> = {
    'as representative types': {
      kind: 'representative',
      types: [1, 2].map((value, k) => ({ value, mass: masses[k] })),
    },
    'as two profiles of one task': {
      kind: 'profiles',
      ...one,
      types: [1, 2].map((value, k) => ({ name: `${k}`, mass: masses[k], values: [value] })),
    },
    'as profiles of two alike tasks, by Prop. 2': {
      kind: 'profiles',
      tasks: { weights: [0.5, 0.5] },
      types: [1, 2].map((value, k) => ({ name: `${k}`, mass: masses[k], values: [value, value] })),
    },
    'as three profiles, by a finite solver': {
      kind: 'profiles',
      tasks: { weights: [0.5, 0.5] },
      types: [
        { name: 'a', mass: 1 / 3, values: [1, 1] },
        { name: 'b', mass: 1 / 3, values: [1, 1] },
        { name: 'c', mass: 1 / 3, values: [2, 2] },
      ],
    },
    'as values at one scale': {
      kind: 'value-scale-grid',
      values: [1, 2],
      scales: [1],
      mass: [[2 / 3], [1 / 3]],
    },
  };
  test.each(Object.keys(lists))('%s', async (name) => {
    const result = await solved({
      ...squares,
      name: 'weighted',
      buyers: lists[name],
      objective: { profit: 2, consumerSurplus: 0.8 },
    });
    const profit = (2 / 3) * (0.7 - 0.245) + (1 / 3) * (4 - 2 - 0.7);
    const surplus = 0.7 / 3;
    expect(result.status).toBe('optimal');
    expect(result.profit).toBeCloseTo(profit, 5);
    expect(result.consumerSurplus).toBeCloseTo(surplus, 5);
    expect(result.certificate.attainedObjective).toBeCloseTo(2 * profit + 0.8 * surplus, 8);
    expect(result.certificate.upperBound).toBeCloseTo(2 * profit + 0.8 * surplus, 7);
    // The chain's flow, (1 − κ) f_H, or Prop. 2's, or the solver's.
    const { largest } = (result.binding ?? result.finite!.binding)!;
    expect(largest).toHaveLength(1);
    expect(largest[0]!.flow).toBeCloseTo(0.6 / 3, 5);
  });

  test.each(Object.keys(lists))(
    '%s: as much as on profit makes the most profitable efficient menu',
    async (name) => {
      const result = await solved({
        ...squares,
        name: 'efficient',
        buyers: lists[name],
        objective: { profit: 1, consumerSurplus: 1 },
      });
      expect(result.status).toBe('optimal');
      expect(result.welfare).toBeCloseTo(1, 9);
      expect(result.consumerSurplus).toBeCloseTo(1 / 3, 9);
    },
  );
});

test('a grid in the place of continuous buyers brackets the objective', async () => {
  const study = (consumerSurplus: number) => ({
    ...squares,
    name: 'dependent',
    buyers: {
      kind: 'value-scale',
      value: { use: 'uniform', min: 0, max: 1 },
      scale: { use: 'uniform', min: 0, max: 1 },
      dependence: { use: 'fgm', theta: 0.5 },
      grid: { values: 12, scales: 8 },
    },
    objective: { profit: 1, consumerSurplus },
  });
  const [plain, weighted] = [await solved(study(0)), await solved(study(0.5))];
  for (const { certificate, status } of [plain, weighted]) {
    expect(certificate.doubts).toBeUndefined();
    expect(status).not.toBe('uncertified');
    expect(certificate.upperBound! - certificate.attainedObjective!).toBeGreaterThan(0);
    expect(certificate.relativeGap).toBeLessThan(0.05);
  }
  expect(weighted.profit!).toBeLessThan(plain.profit!);
  expect(weighted.consumerSurplus!).toBeGreaterThan(plain.consumerSurplus!);
  expect(weighted.profit! + 0.5 * weighted.consumerSurplus!).toBeGreaterThan(
    plain.profit! + 0.5 * plain.consumerSurplus!,
  );
});
