import { createRegistry, parseStudy, type Result, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import references from '../reference/refs-public.json' with { type: 'json' };

const registry = createRegistry([standardPlugin]);
const solve = (text: string): Result => solveStudy(parseStudy(text, { file: 'test.yaml', registry })).result;

type TechnologyName = keyof typeof references.meta.techs;
const productionText = (name: string): string => {
  const t = references.meta.techs[name as TechnologyName];
  return `
production:
  use: cobb-douglas
  exponents: { input: ${Number(t.alpha)}, output: ${Number(t.beta)}, fineTuning: ${Number(t.gamma)} }
  base: { fineTuning: ${Number(t.b)} }
inputs:
  input: { scope: task, cost: ${Number(t.cx)} }
  output: { scope: task, cost: ${Number(t.cy)} }
  fineTuning: { scope: shared, cost: ${Number(t.cz)} }
`;
};

const expectClose = (
  value: number | null | undefined,
  reference: number | string,
  tolerance: number,
): void => {
  const right = Number(reference);
  expect(Math.abs(value! - right) / Math.max(1, Math.abs(right))).toBeLessThan(tolerance);
};

/** The reference's names of the regimes. */
const regimes = {
  full_surplus: 'full-surplus',
  prop2_ii: 'high-incentive',
  IR_H_binds: 'high-participation',
} as const;

/** The reference's profiles as a study has them. */
const profileTexts: Record<string, readonly [string, string]> = {
  'nested: wH=1-0.5i, wL=0.7-0.5i': ['"1 - 0.5*i"', '"0.7 - 0.5*i"'],
  'nested proportional: wH=1-i^2, wL=0.6(1-i^2)': ['"1 - i^2"', '"0.6*(1 - i^2)"'],
  'crossing mild: wH=1-0.3i, wL=0.5+0.4i': ['"1 - 0.3*i"', '"0.5 + 0.4*i"'],
  'crossing strong: wH=1.1(1-i), wL=i': ['"1.1*(1 - i)"', '"i"'],
  'crossing: wH=exp(-i), wL=0.2+0.6i': ['"exp(-i)"', '"0.2 + 0.6*i"'],
  'value-scale: (w,s)=(0.9,0.8) vs (0.7,0.5)': [
    '[{ from: 0, to: 0.8, value: 0.9 }]',
    '[{ from: 0, to: 0.5, value: 0.7 }]',
  ],
  'value-scale crossing: (0.95,0.4) vs (0.6,0.9)': [
    '[{ from: 0, to: 0.4, value: 0.95 }]',
    '[{ from: 0, to: 0.9, value: 0.6 }]',
  ],
};

describe('two types', () => {
  for (const supply of ['auto', 'numeric']) {
    it(`match the step profiles of table e in all three regimes, by ${supply} supply, to 1e-9`, () => {
      const seen = new Set<string>();
      for (const row of references.e_binary.cobb_douglas_step) {
        const fH = Number(row.f_H);
        const result = solve(`${productionText(row.tech)}
buyers:
  kind: profiles
  tasks: { weights: [${row.mu.map(Number)}] }
  types:
    - { name: L, mass: ${1 - fH}, values: [${row.w_L.map(Number)}] }
    - { name: H, mass: ${fH}, values: [${row.w_H.map(Number)}] }
contract: allocations
solver: { supply: ${supply} }`);
        expect(result.status).toBe('optimal');
        expect(result.method).toBe('two-types');
        expect(result.twoTypes?.regime).toBe(regimes[row.regime as keyof typeof regimes]);
        seen.add(row.regime);
        const [low, high] = result.types;
        expect(result.twoTypes?.highName).toBe('H');
        expectClose(result.profit, row.profit, 1e-9);
        expectClose(result.revenue, row.revenue, 1e-9);
        expectClose(result.twoTypes?.lambda, row.lam, 1e-9);
        expectClose(low!.transfer, row.T_L, 1e-9);
        expectClose(high!.transfer, row.T_H, 1e-9);
        expectClose(high!.rent, row.rent_H, 1e-9);
        expectClose(high!.inputs.fineTuning, row.z_H, 1e-9);
        for (const m of [0, 1, 2, 3] as const) {
          const [qL, qH] = [row.q_L, row.q_H].map((q) => (q as Record<string, string | undefined>)[m]);
          if (qL !== undefined) expectClose(low!.profile![m], qL, 1e-9);
          if (qH !== undefined) expectClose(high!.profile![m], qH, 1e-9);
        }
      }
      expect(seen.size).toBe(3);
    });
  }

  it('match the profiles in i of table e to 1e-9, also where the low type’s virtual values change sign', () => {
    for (const row of references.e_binary.cobb_douglas_continuum) {
      const [high, low] = profileTexts[row.pair]!;
      const fH = Number(row.f_H);
      const result = solve(`${productionText(row.tech)}
buyers:
  kind: profiles
  types:
    - { name: H, mass: ${fH}, values: ${high} }
    - { name: L, mass: ${1 - fH}, values: ${low} }
contract: allocations`);
      expect(result.twoTypes?.regime).toBe(regimes[row.regime as keyof typeof regimes]);
      expectClose(result.profit, row.profit, 1e-9);
      expectClose(result.revenue, row.revenue, 1e-9);
      expectClose(result.twoTypes?.lambda, row.lam, 1e-9);
    }
  });

  it('say that Prop. 2 as printed would leave the high type a negative rent, in its example of ERRATA E', () => {
    const result = solve(`${productionText('EX1')}
buyers:
  kind: profiles
  tasks: { weights: [0.5, 0.5] }
  types: [{ name: H, mass: 0.5, values: [1, 0.2] }, { name: L, mass: 0.5, values: [0.3, 0.5] }]
contract: allocations`);
    expectClose(result.profit, 0.4163482758621, 1e-12);
    expectClose(result.twoTypes?.lambda, 3 / 29, 1e-12);
    expect(result.notes.join()).toContain('leaves out');
  });
});

describe('the efficient allocation of value profiles', () => {
  const texts: Record<string, string> = {
    'i^2': '"i^2"',
    '1-i': '"1 - i"',
    'exp(-3i)': '"exp(-3*i)"',
    '0.3*(i<0.4)+1.2*(i>=0.4)': '[{ from: 0, to: 0.4, value: 0.3 }, { from: 0.4, to: 1, value: 1.2 }]',
  };
  for (const supply of ['auto', 'numeric']) {
    it(`matches table b by ${supply} supply to 1e-9`, () => {
      for (const row of references.b_asymmetric_cd.efficient) {
        const text = texts[row.profile];
        if (text === undefined) continue;
        const result = solve(`${productionText(row.tech)}
buyers: { kind: profiles, types: [{ mass: 1, values: ${text} }] }
contract: efficient
solver: { supply: ${supply} }`);
        const [type] = result.types;
        expect(result.status).toBe('optimal');
        expectClose(result.welfare, row.net_surplus, 1e-9);
        expectClose(type!.index?.theta, row.theta, 1e-9);
        expectClose(type!.inputs.input, row.X, 1e-9);
        expectClose(type!.inputs.output, row.Y, 1e-9);
        expectClose(type!.inputs.fineTuning, row.z, 1e-9);
      }
    });
  }
});

describe('a choice of models (Section 8)', () => {
  const model = (name: string, tokens: number, tuning: number): string => `
  - name: ${name}
    production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }
    inputs:
      input: { scope: task, cost: ${tokens} }
      output: { scope: task, cost: ${tokens} }
      fineTuning: { scope: shared, cost: ${tuning} }`;
  const buyers = `
buyers: { kind: value-scale, value: { use: uniform, min: 0, max: 1 }, scale: { use: uniform, min: 0, max: 1 } }`;

  it('earns at least what either model earns alone, and half the efficient welfare from uniform values', () => {
    for (const contract of ['allocations', 'packages']) {
      const study = (...models: string[]): Result =>
        solve(`models: ${models.join('')}${buyers}\ncontract: ${contract}`);
      const [small, large] = [model('small', 0.125, 0.125), model('large', 0.16, 0.04)];
      const both = study(small, large);
      expect(both.status).toBe('optimal');
      expect(both.profit!).toBeGreaterThan(study(small).profit!);
      expect(both.profit!).toBeGreaterThan(study(large).profit!);
      expectClose(study(small, small.replace('small', 'again')).profit, study(small).profit!, 1e-12);
      if (contract === 'allocations') expectClose(both.profit, both.efficientWelfare! / 2, 1e-11);
    }
  });

  it('names the model of each item: the one with the larger surplus at the buyer’s virtual value', () => {
    const text = `models: ${model('small', 0.125, 0.125)}${model('large', 0.16, 0.04)}${buyers}\ncontract: allocations`;
    const { quote } = solveStudy(parseStudy(text, { file: 'test.yaml', registry }));
    // Without fine-tuning S = s φ²/(8c): small; at (1, 1) S = φ⁴/(256 c² c_z) + c_z: large.
    expect(quote({ value: 0.6, scale: 0.5 }).model).toBe('small');
    const top = quote({ value: 1, scale: 1 });
    expect(top.model).toBe('large');
    expect(top.inputs.fineTuning).toBeCloseTo(1 / (256 * 0.16 ** 2 * 0.04 ** 2) - 1, 8);
    expect(top.tariff?.prices.fineTuning).toBeCloseTo(0.04, 12);
  });
});

describe('two-part tariffs with a choice of models', () => {
  it('implement the optimum where the markup falls, though quality jumps where the best model changes', () => {
    const model = (name: string, tokens: number, tuning: number): string => `
  - name: ${name}
    production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }
    inputs:
      input: { scope: task, cost: ${tokens} }
      output: { scope: task, cost: ${tokens} }
      fineTuning: { scope: shared, cost: ${tuning} }`;
    for (const contract of ['allocations', 'packages']) {
      const result = solve(`models: ${model('small', 0.125, 0.125)}${model('large', 0.16, 0.04)}
buyers: { kind: value-scale, value: { use: uniform, min: 0, max: 1 }, scale: { use: uniform, min: 0, max: 1 } }
contract: ${contract}
implementation: two-part-tariff`);
      expect(result.implementation!.deviatingShare).toBe(0);
      expectClose(result.implementation!.attainedProfit, result.profit!, 1e-9);
      expect(result.notes).toEqual([
        expect.stringMatching(/^Every buyer has the model that is best for her/),
      ]);
    }
  });
});
