import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../packages/app/src/composition-root.ts';
import { solveStudy } from '../../packages/app/src/solve/solve-study.ts';
import { parseStudy } from '../../packages/app/src/study/parse-study.ts';
import { standardPlugin } from '../../plugins/src/index.ts';

const registry = createRegistry([standardPlugin]);
const weights = [0.3, 0.25, 0.25, 0.2];
const solved = (formula: string) => {
  const study = {
    production: { use: 'expression', formula, parameters: {} },
    inputs: {
      x: { scope: 'task', cost: 0.2 },
      y: { scope: 'task', cost: 0.2 },
      z: { scope: 'shared', cost: 0.2 },
    },
    buyers: {
      kind: 'profiles',
      tasks: { weights },
      types: [
        { name: 'L', mass: 0.4, values: [0.8, 0.6, 0.5, 0.4] },
        { name: 'M', mass: 0.3, values: [0.5, 0.5, 0.5, 0.5] },
        { name: 'H', mass: 0.3, values: [0.4, 0.6, 0.8, 1] },
      ],
    },
    contract: 'allocations',
  };
  return solveStudy(parseStudy(JSON.stringify(study), { file: 'test.json', registry })).result;
};

describe('three profiles and a formula of which task inputs are separate', () => {
  test('√x + √y + √z is certified: √z = Σ ω √x and q = 2√x + √z, as each φ/2c is √x', () => {
    const { status, types, profit, revenue, cost } = solved('x^.5 + y^.5 + z^.5');
    expect(status).toBe('optimal');
    expect(Math.abs(revenue! - cost! - profit!)).toBeLessThan(1e-9);
    for (const { profile, perTask, inputs } of types) {
      const x = perTask!.x as readonly number[];
      const roots = x.map(Math.sqrt);
      const mean = roots.reduce((total, root, m) => total + weights[m]! * root, 0);
      expect(Math.abs(Math.sqrt(inputs.z!) - mean)).toBeLessThan(1e-9);
      profile!.forEach((q, m) => {
        expect(Math.abs(q - 2 * roots[m]! - mean)).toBeLessThan(1e-9);
      });
    }
  });

  test('(log(1 + x) + log(1 + y)) (1 + z)^.2 is certified: 1 + z = .4 Σ ω (1 + x) log(1 + x), as φ = c (1 + x) (1 + z)^−.2', () => {
    const { status, types } = solved('(log(1+x) + log(1+y)) * (1+z)^.2');
    expect(status).toBe('optimal');
    const tuned = types.filter(({ inputs }) => inputs.z! > 0);
    expect(tuned.length).toBeGreaterThan(0);
    for (const { perTask, inputs } of tuned) {
      const logs = (perTask!.x as readonly number[]).map(Math.log1p);
      const mean = logs.reduce((total, log, m) => total + weights[m]! * log * Math.exp(log), 0);
      expect(Math.abs(1 + inputs.z! - 0.4 * mean)).toBeLessThan(1e-9);
    }
  });
});
