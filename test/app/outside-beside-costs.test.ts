import { createRegistry, parseStudy, type Result, solve, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const solved = async (document: object): Promise<Result> =>
  (await solve(parseStudy(JSON.stringify(document), { file: 'study.json', registry }))).result;

const values = [
  [0.618, 0.179],
  [0.679, 0.704],
  [1, 0.925],
  [1, 0.617],
];
const mass = [0.202, 0.42, 0.48, 0.182];
const profiles = {
  kind: 'profiles',
  tasks: { weights: [0.915, 0.458] },
  types: values.map((own, n) => ({ mass: mass[n], values: own })),
};
const line = {
  kind: 'representative',
  types: values.map(([value], n) => ({ mass: mass[n], value: value! + 0.05 * n })),
};

// Nothing is made for values below 0.435, where many of the types' virtual values are.
describe.each([
  ['smooth', { formula: '0.435*q + 0.528*q^2/2' }],
  ['with a kink', { formula: '0.435*q + 0.528*q^2/2 + max(0, 0.575*(q - 0.2))' }],
  ['up to a most', { formula: '0.435*q + 0.528*q^2/2', max: 0.4 }],
])('outside options beside a cost with a slope at 0, %s', (_, form) => {
  const study = (buyers: object, utility?: number) => ({
    cost: { use: 'expression', ...form },
    buyers,
    ...(utility === undefined ? {} : { outside: { utility } }),
  });

  test.each([
    ['profiles', profiles],
    ['types along a line', line],
  ])('%s: one worth nothing changes nothing, and more is certified too', async (__, buyers) => {
    const plain = await solved(study(buyers));
    const none = await solved(study(buyers, 0));
    expect(none.status).toBe('optimal');
    expect(none.profit!).toBeCloseTo(plain.profit!, 7);
    let last = none.profit!;
    for (const utility of [0.01, 0.05, 0.1]) {
      const result = await solved(study(buyers, utility));
      expect(result.status).toBe('optimal');
      // What all could be given costs the seller that much, and no less is left to anybody.
      expect(result.profit!).toBeLessThan(last);
      expect(result.profit!).toBeGreaterThan(none.profit! - utility - 1e-7);
      for (const { rent } of result.types) expect(rent!).toBeGreaterThan(utility - 1e-9);
      last = result.profit!;
    }
  });
});
