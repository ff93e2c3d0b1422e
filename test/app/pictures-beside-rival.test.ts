import { readFileSync } from 'node:fs';
import { createRegistry, parseStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { menuCurves } from '../../packages/app/src/pictures/menu-curves.ts';

/*
 * q costs the seller q²/10, and buyers pay a rival 0.03q⁴: they keep u(θ) = ¾θ(θ/0.12)^⅓ there. Both surpluses, φ²·2.5 and u(φ), are
 * equal at φ₀ with 2.5φ₀² = ¾φ₀(φ₀/0.12)^⅓, so φ₀^⅔ = 0.3·0.12^(−⅓): types served for φ₀ are in a lottery between the two.
 */
const text = readFileSync('packages/explorer/presets/rival.yaml', 'utf8');
const study = parseStudy(text, { file: 'rival.yaml', registry: createRegistry([standardPlugin]) });
const solution = solveStudy(study);
const virtual = (0.3 * 0.12 ** (-1 / 3)) ** 1.5;

describe('beside a rival', () => {
  it('curves are drawn along θ, from where buyers go to him on point by point', () => {
    const curves = menuCurves(study, solution)!;
    expect(curves.axis).toBe('type');
    expect(curves.isStepped).toBeUndefined();
    const { points } = curves.curves[0]!;
    const first = points.findIndex(({ quality }) => quality > 0);
    // Types up to φ₀ have γ = F, and are left to the rival whole.
    expect(points[first]!.type).toBeCloseTo(virtual, 5);
    expect(points[first]!.type - points[first - 1]!.type).toBeLessThan(1e-7);
    for (const { type, rent, firstBest } of points) {
      const elsewhere = 0.75 * type * (type / 0.12) ** (1 / 3);
      expect(rent).toBeGreaterThan(elsewhere - 1e-9);
      if (type < virtual) expect(rent).toBeCloseTo(elsewhere, 9);
      expect(firstBest).toBeNull();
    }
  });

  it('says the chances of a lottery, of which quality and inputs are the means', () => {
    const { lottery = [], quality, inputs, tariff, takes } = solution.quote({ value: 0.6 });
    expect(lottery.map(({ model }) => model)).toEqual(['seller', 'outside']);
    const [own, other] = lottery.map(({ share }) => share) as [number, number];
    expect(own + other).toBeCloseTo(1, 12);
    // For φ₀ she makes 5φ*, of tokens in its square.
    expect(quality).toBeCloseTo(own * 5 * virtual, 8);
    expect(inputs.input).toBeCloseTo(own * (5 * virtual) ** 2, 8);
    expect([tariff, takes]).toEqual([null, 'menu']);
    expect(solution.quote({ value: 0.2 }).lottery).toBeUndefined();
    expect(solution.quote({ value: 0.9 }).lottery).toBeUndefined();
  });

  it('on a grid, who goes elsewhere keeps what she has there: rents rise without a gap', () => {
    const grid = {
      production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
      inputs: { input: { scope: 'task', cost: 0.5 } },
      buyers: {
        kind: 'value-scale',
        value: { use: 'uniform', min: 0, max: 1 },
        scale: { use: 'uniform', min: 0.5, max: 1 },
        dependence: { use: 'gaussian', rho: 0.4 },
        grid: { values: 6, scales: 3 },
      },
      outside: { utility: '0.03 + 0.02*value' },
    };
    const coarse = parseStudy(JSON.stringify(grid), {
      file: 'grid.json',
      registry: createRegistry([standardPlugin]),
    });
    const { curves } = menuCurves(coarse, solveStudy(coarse))!;
    for (const { points } of curves) {
      expect(points.some(({ quality }) => quality === 0)).toBe(true);
      for (const { type, rent } of points) expect(rent!).toBeGreaterThan(0.03 + 0.02 * type - 1e-9);
    }
  });
});
