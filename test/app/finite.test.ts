import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../packages/app/src/composition-root.ts';
import type { Result } from '../../packages/app/src/result.ts';
import { solveStudy } from '../../packages/app/src/solve/solve-study.ts';
import { parseStudy } from '../../packages/app/src/study/parse-study.ts';
import { standardPlugin } from '../../plugins/src/index.ts';
import references from '../reference/refs-public.json' with { type: 'json' };

const registry = createRegistry([standardPlugin]);
const solve = (study: unknown, file = 'test.json'): Result =>
  solveStudy(parseStudy(typeof study === 'string' ? study : JSON.stringify(study), { file, registry }))
    .result;

/** α, β, γ, c_x, c_y, c_z, b of the references. */
const production = ([alpha, beta, gamma, cx, cy, cz, base]: readonly number[]) => ({
  production: {
    use: 'cobb-douglas',
    exponents: { input: alpha, output: beta, fineTuning: gamma },
    base: { fineTuning: base },
  },
  inputs: {
    input: { scope: 'task', cost: cx },
    output: { scope: 'task', cost: cy },
    fineTuning: { scope: 'shared', cost: cz },
  },
});
const example1 = production([0.25, 0.25, 0.25, 0.125, 0.125, 0.125, 1]);

/** Gains below this are the rounding of transfers: those of some of these technologies are near a hundred. */
const rounding = (types: Result['types']): number =>
  1e-12 * Math.max(1, ...types.map(({ transfer }) => transfer ?? 0));

/** Free choice from what the result lists, without any of the program: the largest gain from another's item or from none. */
const largestGain = (
  types: Result['types'],
  values: readonly (readonly number[])[],
  weights: readonly number[],
): number => {
  let most = 0;
  const utility = (n: number, k: number): number =>
    weights.reduce((sum, weight, m) => sum + weight * values[n]![m]! * types[k]!.profile![m]!, 0) -
    types[k]!.transfer!;
  types.forEach((_, n) => {
    const own = utility(n, n);
    most = Math.max(most, -own);
    types.forEach((_, k) => {
      most = Math.max(most, utility(n, k) - own);
    });
  });
  return most;
};

describe('finite types agree with certified references', () => {
  test.each(references.f_finite_types.rows)('$name', (row) => {
    const result = solve({
      ...production(row.tech_params),
      buyers: {
        kind: 'profiles',
        tasks: { weights: row.mu },
        types: row.w.map((values, n) => ({ name: `${n}`, mass: row.f[n], values })),
      },
    });
    expect(result.status).toBe('optimal');
    expect(result.certificate.relativeGap!).toBeLessThan(1e-8);
    expect(Math.abs(result.profit! / Number(row.profit_upper) - 1)).toBeLessThan(2e-8);
    expect(Math.abs(result.efficientWelfare! / Number(row.first_best) - 1)).toBeLessThan(1e-9);
    expect(largestGain(result.types, row.w, row.mu)).toBeLessThan(rounding(result.types));
    // Items are unique, as cost is strictly convex; the gap leaves them to its root.
    row.q.forEach((profile, n) => {
      profile.forEach((q, m) => {
        expect(Math.abs(result.types[n]!.profile![m]! - q)).toBeLessThan(1e-3);
      });
    });
  });
});

describe('correlated value and scale agree with certified references', () => {
  const rows = references.g_correlated.rows;
  test.each(rows)('$n × $n, $copula $par, $tech', (row) => {
    const result = solve({
      ...production(row.tech_params),
      buyers: { kind: 'value-scale-grid', values: row.w, scales: row.s, mass: row.pmf },
    });
    expect(result.method).toBe('finite');
    expect(result.status).toBe('optimal');
    expect(Math.abs(result.profit! / Number(row.profit_upper) - 1)).toBeLessThan(2e-8);
    const { comparison, uniformity } = result.finite!;
    expect(Math.abs(comparison!.observableScale / Number(row.observable_scale_bound) - 1)).toBeLessThan(
      1e-10,
    );
    expect(result.certificate.upperBound!).toBeLessThan(comparison!.observableScale * (1 + 1e-8));
    expect(
      Math.abs(
        comparison!.scaleByScale.attainedProfit / Number(row.free_choice_from_scale_by_scale_menu_profit) - 1,
      ),
    ).toBeLessThan(1e-8);
    // With negative dependence the optimum treats identical tasks differently.
    if (row.max_nonuniformity_of_q_within_own_bins > 1e-3) expect(uniformity!.isUniform).toBe(false);
    if (row.max_nonuniformity_of_q_within_own_bins < 1e-8) expect(uniformity!.isUniform).toBe(true);
    const values = result.types.map(({ value, scale }) => row.s.map((s) => (s <= scale! ? value! : 0)));
    const weights = row.s.map((s, l) => s - (row.s[l - 1] ?? 0));
    expect(largestGain(result.types, values, weights)).toBeLessThan(rounding(result.types));
  });
});

describe('any technology', () => {
  const types = [
    { name: 'writer', mass: 1, values: [1, 0.6, 0.2, 0.1] },
    { name: 'coder', mass: 1, values: [0.2, 0.4, 0.9, 1] },
    { name: 'both', mass: 0.5, values: [0.8, 0.7, 0.8, 0.8] },
    { name: 'little', mass: 2, values: [0.3, 0.2, 0.3, 0.3] },
  ];
  const buyers = { kind: 'profiles', tasks: { weights: [0.25, 0.25, 0.25, 0.25] }, types };
  const expected = (study: object) => solve({ ...example1, buyers, ...study });

  test('an expression is solved as the closed form that it equals', () => {
    const closed = expected({});
    const formula = expected({
      production: { use: 'expression', formula: '(input * output * (1 + fineTuning))^0.25' },
    });
    expect(closed.status).toBe('optimal');
    expect(formula.status).toBe('optimal');
    expect(Math.abs(formula.profit! / closed.profit! - 1)).toBeLessThan(2e-8);
    expect(formula.types[0]!.inputs.fineTuning).toBeCloseTo(closed.types[0]!.inputs.fineTuning!, 3);
  });

  test('a production function that is not homogeneous goes by the conditions of all tasks at once', () => {
    const result = expected({
      production: {
        use: 'expression',
        formula: '(1 - exp(-input))^0.4 * (1 - exp(-output))^0.3 * (0.5 + fineTuning)^0.2',
      },
      inputs: {
        input: { scope: 'task', cost: 0.1 },
        output: { scope: 'task', cost: 0.15 },
        fineTuning: { scope: 'shared', cost: 0.2 },
      },
    });
    expect(result.status).toBe('optimal');
    expect(result.supply).toBe('numeric');
  });

  test('quadratic cost, and its binding constraints are named', () => {
    const result = solve({ cost: { use: 'quadratic' }, buyers });
    expect(result.status).toBe('optimal');
    expect(result.finite!.binding.count).toBeGreaterThan(0);
    expect(result.finite!.binding.largest[0]!.flow).toBeGreaterThan(0);
  });

  test('the tokens of an item make its quality', () => {
    const { types: listed } = expected({});
    for (const { profile, perTask, inputs } of listed) {
      profile!.forEach((q, m) => {
        const x = (perTask.input as number[])[m]!;
        const y = (perTask.output as number[])[m]!;
        expect(Math.abs((x * y * (1 + inputs.fineTuning!)) ** 0.25 - q)).toBeLessThan(1e-10);
      });
    }
  });

  test('a model that is best for all is used for all', () => {
    const model = (name: string, cost: number, base: number) => ({
      name,
      production: {
        use: 'cobb-douglas',
        exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 },
        base: { fineTuning: base },
      },
      inputs: {
        input: { scope: 'task', cost },
        output: { scope: 'task', cost },
        fineTuning: { scope: 'shared', cost: 0.125 },
      },
    });
    const same = solve({ models: [model('dear', 0.2, 1), model('cheap', 0.125, 1)], buyers });
    expect(same.profit!).toBeCloseTo(expected({}).profit!, 8);
    expect(same.models).toMatchObject([{ share: 0 }, { share: 1 - same.excludedShare! }]);
  });
});

describe('types that do not matter', () => {
  const solved = (types: readonly object[]) =>
    solve({
      cost: { use: 'quadratic' },
      buyers: { kind: 'profiles', tasks: { weights: [0.5, 0.5] }, types },
    });
  const plain = [
    { mass: 1, values: [1, 0.2] },
    { mass: 1, values: [0.3, 0.5] },
    { mass: 1, values: [0.6, 0.6] },
  ];

  test('two of the same kind are one of their mass', () => {
    const [first, ...rest] = plain;
    const split = solved([{ ...first, mass: 0.4 }, ...rest, { ...first, mass: 0.6 }]);
    expect(split.status).toBe('optimal');
    expect(split.profit!).toBeCloseTo(solved(plain).profit!, 10);
    expect(split.types[3]!.profile).toEqual(split.types[0]!.profile);
  });

  test('no mass, no value: they change nothing, and choose freely', () => {
    const more = solved([...plain, { mass: 0, values: [0.9, 0.9] }, { mass: 1e-30, values: [5, 5] }]);
    expect(more.profit!).toBeCloseTo(solved(plain).profit!, 10);
    expect(more.types[3]!.rent!).toBeGreaterThan(0);
    const worthless = solved([...plain, { mass: 3, values: [0, 0] }]);
    expect(worthless.profit!).toBeCloseTo(solved(plain).profit! / 2, 9);
    expect(worthless.types[3]).toMatchObject({ excluded: true, transfer: 0, rent: 0 });
  });

  test('masses from 1e-12 to 1', () => {
    const result = solved([
      ...plain,
      { mass: 1e-12, values: [0.7, 0.1] },
      { mass: 1e-9, values: [0.2, 0.9] },
      { mass: 1e-6, values: [0.8, 0.8] },
    ]);
    expect(result.status).toBe('optimal');
  });

  test('a single type pays her whole value', () => {
    const result = solve({
      cost: { use: 'quadratic' },
      buyers: { kind: 'value-scale-grid', values: [0.5], scales: [0.5], mass: [[1]] },
    });
    expect(result.status).toBe('optimal');
    expect(result.profit!).toBeCloseTo(0.0625, 8);
  });

  test('costs that force everyone out leave an empty menu, certified', () => {
    const result = solve({
      cost: { use: 'linear', rate: 2, max: 1 },
      buyers: { kind: 'profiles', tasks: { weights: [0.5, 0.5] }, types: plain },
    });
    expect(result.status).toBe('optimal');
    expect(result).toMatchObject({ profit: 0, excludedShare: 1 });
  });

  test('a cap on fine-tuning that binds', () => {
    const { inputs } = example1;
    const result = solve({
      ...example1,
      inputs: { ...inputs, fineTuning: { ...inputs.fineTuning, max: 0.3 } },
      buyers: {
        kind: 'profiles',
        tasks: { weights: [0.5, 0.5] },
        types: plain.map((type) => ({ ...type, values: type.values.map((w) => 2 * w) })),
      },
    });
    expect(result.status).toBe('optimal');
    expect(Math.max(...result.types.map((type) => type.inputs.fineTuning!))).toBeCloseTo(0.3, 9);
  });
});
