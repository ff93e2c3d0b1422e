/*
 * Few tiers for continuous buyers who are solved on a grid: every number is of these buyers, and of the grid speak only those that say so.
 *
 * Two goods, values uniform on [0, 1] and independent, no cost. A bundle at p ≤ 1 is taken by 1 − p²/2, so that p = √(2/3) is best and earns (2/3)^{3/2}. The best menu of all
 * has each good at 2/3 and both at (4 − √2)/3, and earns 0.549201 (Manelli and Vincent 2006).
 *
 * A tariff of markup m and fee f on C = ½|q|²: who values goods at w takes q = w/m, is left |w|²/(2m) − f, and brings f + (m − 1)|w|²/(2m²): r = |w| from √(2mf) on. On the
 * unit square P(|w| ≤ r) = πr²/4 up to r = 1, and beyond it is integrated.
 *
 * Values and scales uniform, of an FGM copula: P(W > w | S = s) = (1 − w)(1 − θ(1 − 2s)w). An item of quality q on blocks of tasks is worth w Q(s), Q(s) = ∫₀ˢ q, so that who
 * values tasks at T/Q(s) or more takes it.
 */
import {
  bestTiers,
  createRegistry,
  filesBeside,
  parseStudy,
  prepareStudy,
  type SensitivityResult,
  sensitivityOf,
  solve,
  standardPlugin,
  type TiersResult,
} from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const study = (text: string) => parseStudy(`name: s\n${text}`, { file: 'study.yaml', registry });
const tiersOf = async (text: string, options: Parameters<typeof bestTiers>[1]): Promise<TiersResult> => {
  const own = study(text);
  await prepareStudy(own);
  return bestTiers(own, options);
};
const goods = (cost: string, more = '') => `
cost: ${cost}
buyers:
  kind: goods
  values: [ { use: uniform, min: 0, max: 1 }, { use: uniform, min: 0, max: 1 } ]
  grid: [ 6, 6 ]
${more}`;
const linear = goods('{ use: linear, rate: 0, max: 1 }');
const correlated = (more = '') => `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }
inputs:
  input: { scope: task, cost: 0.125 }
  output: { scope: task, cost: 0.125 }
  fineTuning: { scope: shared, cost: 0.125 }
buyers:
  kind: value-scale
  value: { use: uniform }
  scale: { use: uniform }
  dependence: { use: fgm, theta: 0.9 }
  grid: { values: 12, scales: 6 }
contract: allocations
${more}`;

describe('few bundles of two goods', () => {
  it('earn what continuous buyers pay for them, which the grid puts above what any menu earns', async () => {
    const { full, grid, menus } = await tiersOf(linear, { counts: [1, 3] });
    const [one, three] = menus;
    expect(one!.profit).toBeCloseTo((2 / 3) ** 1.5, 6);
    expect(one!.tiers).toMatchObject([{ share: expect.closeTo(2 / 3, 3), profile: [1, 1] }]);
    expect(one!.tiers[0]!.transfer).toBeCloseTo(Math.sqrt(2 / 3), 3);
    expect(three!.profit).toBeCloseTo(0.549201, 5);
    for (const { profit, error, upperBound, status, relativeGap } of menus) {
      expect(error).toBeLessThan(1e-5);
      expect(upperBound).toBe(full.upperBound);
      expect(upperBound).toBeGreaterThan(0.5492);
      expect(relativeGap).toBeCloseTo((upperBound - profit + error!) / upperBound, 9);
      expect(status).toBe('feasible');
    }
    // No menu earns so much from the continuous buyers.
    expect(grid!.types).toBe(36);
    expect(grid!.profit).toBeGreaterThan(full.upperBound);
  });

  it('are held against what solve says of the same buyers', async () => {
    const { result } = await solve(study(linear));
    const { full, grid } = await tiersOf(linear, { counts: [1] });
    expect(full.profit).toBeCloseTo(result.profit!, 12);
    expect(full.upperBound).toBeCloseTo(result.certificate.upperBound!, 12);
    expect(grid!.profit).toBeCloseTo(result.grid!.profit!, 12);
  });

  it('count what capacity leaves of the continuous buyers’ use', async () => {
    const produced = `
production: { use: cobb-douglas, exponents: { input: 0.5 } }
inputs: { input: { scope: task, cost: 0.25 } }
buyers: { kind: goods, values: [ { use: uniform }, { use: uniform } ], grid: [ 4, 4 ] }
contract: allocations
capacity: { input: 0.2 }`;
    const { full, grid, menus, notes } = await tiersOf(produced, { counts: [1] });
    const [menu] = menus;
    const [tier] = menu!.tiers;
    expect(menu!.used!.input).toBeCloseTo(tier!.share * tier!.inputs.input!, 9);
    expect(menu!.used!.input).toBeLessThanOrEqual(0.2);
    expect(menu!.profit).toBeCloseTo(tier!.share * (tier!.transfer - 0.25 * tier!.inputs.input!), 6);
    expect(menu!.upperBound).toBe(full.upperBound);
    expect(grid!.profit).not.toBe(full.profit);
    expect(notes.join(' ')).not.toContain('All numbers are of a grid');
  });
});

describe('tariffs on two goods', () => {
  it('earn what continuous buyers pay who use as much as they like', async () => {
    const { menus } = await tiersOf(goods('{ use: quadratic }'), { counts: [1], kind: 'two-part-tariff' });
    const [{ profit, error, tiers }] = menus as [(typeof menus)[number]];
    const { upfront: fee, markup } = tiers[0]!.tariff!;
    const least = Math.sqrt(2 * markup * fee);
    let [sum, share] = [0, 0];
    const steps = 2000;
    for (let i = 0; i < steps; i++) {
      const r = least + ((Math.SQRT2 - least) * (i + 0.5)) / steps;
      // The angle of the arc of radius r within the unit square.
      const angle = r <= 1 ? Math.PI / 2 : Math.PI / 2 - 2 * Math.acos(1 / r);
      const mass = (angle * r * (Math.SQRT2 - least)) / steps;
      share += mass;
      sum += mass * (fee + ((markup - 1) * r * r) / (2 * markup * markup));
    }
    expect(Math.abs(profit - sum)).toBeLessThan(2 * error! + 1e-6);
    expect(error).toBeLessThan(0.01 * profit);
    expect(tiers[0]!.share).toBeCloseTo(share, 2);
  });
});

describe('few bundles for dependent values and scales', () => {
  it('earn what all of them pay who value an item at its price or more', async () => {
    const { full, grid, menus } = await tiersOf(correlated(), { counts: [1] });
    const [{ profit, error, tiers, upperBound, status }] = menus as [(typeof menus)[number]];
    const [tier] = tiers;
    const ends = [0, ...Array.from({ length: 6 }, (_, l) => (l + 0.5) / 6)];
    const within = (s: number): number =>
      tier!.profile!.reduce((sum, q, m) => sum + q * Math.max(0, Math.min(s, ends[m + 1]!) - ends[m]!), 0);
    let share = 0;
    const steps = 20_000;
    for (let i = 0; i < steps; i++) {
      const s = (i + 0.5) / steps;
      const w = tier!.transfer / within(s);
      if (w < 1) share += ((1 - w) * (1 - 0.9 * (1 - 2 * s) * w)) / steps;
    }
    expect(tier!.share).toBeCloseTo(share, 6);
    expect(Math.abs(profit - share * (tier!.transfer - tier!.cost))).toBeLessThan(error! + 1e-8);
    expect(error).toBeLessThan(1e-4 * profit);
    const { value, scale } = tier!.buyers!.range!;
    expect(value[0]).toBeCloseTo(tier!.transfer / within(1), 3);
    expect(value[1]).toBe(1);
    expect(within(scale[0])).toBeGreaterThan(tier!.transfer - 0.02);
    expect(scale[1]).toBe(1);
    expect(upperBound).toBe(full.upperBound);
    expect(status).toBe('feasible');
    // The best menu for all of them makes more than the optimum of the grid, which bounds nothing.
    expect(full.profit).toBeGreaterThan(grid!.upperBound);
  });

  it('as tariffs earn what plans of the same prices do', async () => {
    const { full, menus } = await tiersOf(correlated(), { counts: [1], kind: 'two-part-tariff' });
    const [{ profit, tiers, upperBound }] = menus as [(typeof menus)[number]];
    const { upfront: fee, markup, taskCap } = tiers[0]!.tariff!;
    // Under prices m·c a buyer of w on s tasks is left m S(w/m, s), S(w, s) the efficient surplus; by small steps of both.
    let sum = 0;
    const steps = 400;
    for (let j = 0; j < steps; j++) {
      const s = (j + 0.5) / steps;
      const reach = Math.min(s, taskCap!);
      for (let i = 0; i < steps; i++) {
        const w = (i + 0.5) / steps;
        const { worth, cost } = bought(w / markup, reach);
        const rent = markup * worth - markup * cost - fee;
        const density = 1 + 0.9 * (1 - 2 * w) * (1 - 2 * s);
        if (rent >= 0) sum += (density * (fee + (markup - 1) * cost)) / steps ** 2;
      }
    }
    expect(profit).toBeCloseTo(sum, 3);
    expect(upperBound).toBe(full.upperBound);
  });
});

/**
 * φ on s tasks with v = (x y)^¼ (1 + z)^¼, all inputs at ⅛: x = y = 4φ²(1 + z)^½, of which a task makes 2φ(1 + z)^½ and costs φ²(1 + z)^½; what it leaves is sφ²(1 + z)^½ − z/8,
 * best at 1 + z = (4sφ²)², or z = 0.
 */
const bought = (φ: number, s: number): { readonly worth: number; readonly cost: number } => {
  const z = Math.max(0, (4 * s * φ * φ) ** 2 - 1);
  const rooted = Math.sqrt(1 + z);
  return { worth: 2 * s * φ * φ * rooted, cost: s * φ * φ * rooted + z / 8 };
};

describe('a fixed menu for continuous buyers on a grid', () => {
  const sensitivity = async (text: string, by = 0.1): Promise<SensitivityResult> => {
    await prepareStudy(study(text));
    return sensitivityOf(
      { text: `name: s\n${text}`, file: 'study.yaml', registry, ...filesBeside('study.yaml') },
      { count: 1, by },
    );
  };

  it('loses those whose values are lower, and not all of a cell at once', async () => {
    const { profit, parameters } = await sensitivity(linear);
    const p = Math.sqrt(2 / 3);
    expect(profit).toBeCloseTo((2 / 3) ** 1.5, 6);
    const { down, up, largestRegret } = parameters.find(({ name }) => name === 'all values')!;
    // Of values k times as high P(w₁ + w₂ ≥ p) = 1 − (p/k)²/2.
    for (const [k, outcome] of [
      [0.9, down!],
      [1.1, up!],
    ] as const)
      expect(outcome.profit).toBeCloseTo(p * (1 - (p / k) ** 2 / 2), 3);
    expect(largestRegret).toBeLessThan(0.02);
    const one = parameters.find(({ name }) => name === 'max of good 1')!;
    expect(one.down!.profit).toBeCloseTo(p * (1 - p ** 2 / 2 / 0.9), 3);
  });
});
