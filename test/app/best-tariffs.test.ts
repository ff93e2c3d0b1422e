import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../packages/app/src/composition-root.ts';
import { solveStudy } from '../../packages/app/src/solve/solve-study.ts';
import { parseStudy } from '../../packages/app/src/study/parse-study.ts';
import { bestTiers } from '../../packages/app/src/tiers/best-tiers.ts';
import { standardPlugin } from '../../plugins/src/index.ts';

const registry = createRegistry([standardPlugin]);
const parse = (study: object) =>
  parseStudy(JSON.stringify({ contract: 'packages', implementation: 'two-part-tariff', ...study }), {
    file: 'test.json',
    registry,
  });
const solve = (study: object) => solveStudy(parse(study)).result;

const input = (cost: number): object => ({ inputs: { x: { scope: 'task', cost } } });
const formula = (text: string): object => ({ production: { use: 'expression', formula: text }, ...input(1) });
const families: Readonly<Record<string, object>> = {
  'Cobb–Douglas': { production: { use: 'cobb-douglas', exponents: { x: 0.6 } }, ...input(0.3) },
  CES: {
    production: { use: 'ces', shares: { x: 1, y: 2 }, substitution: 0.5, degree: 0.5 },
    inputs: { x: { scope: 'task', cost: 0.3 }, y: { scope: 'task', cost: 0.5 } },
  },
  logarithm: formula('3*log(1 + 2*x)'),
  saturating: formula('4*x/(1 + x)'),
  'two logarithms': formula('log(1 + 9*x) + 2*log(1 + x/4)'),
};
const typesOf = (rows: readonly (readonly [value: number, mass: number])[]): object => ({
  buyers: { kind: 'representative', types: rows.map(([value, mass]) => ({ value, mass })) },
});

describe('the best menu of two-part tariffs', () => {
  /*
   * v = 3 log(1 + 2x) at cost 1, price m: x = 3w/m − ½ where that is positive, and V(w, m) = 3w log(6w/m) − 3w + m/2. With values 1 and 2 of masses
   * ¾ and ¼ the low type's fee takes V(1, m), the high type keeps V(2, m) − V(1, m), and is sold at cost: profit is
   *
   *     V(1, m) − ¼ V(2, m) + ¾ (m − 1)(3/m − ½) + ¼ V(2, 1).
   *
   * Its slope −3/(2m) + 9/(4m²) is 0 at m = 3/2, a peak, and negative up to m = 6, beyond which the low type takes nothing and profit rises to ¼ V(2, 1)
   * again at m = 12: a search for one peak ends there.
   */
  test('in a logarithm is found beyond the valley between two peaks: by hand', () => {
    const v = (w: number, m: number): number => 3 * w * Math.log((6 * w) / m) - 3 * w + m / 2;
    const m = 3 / 2;
    const expected = v(1, m) - v(2, m) / 4 + 0.75 * (m - 1) * (3 / m - 0.5) + v(2, 1) / 4;
    const { implementation } = solve({
      ...families.logarithm!,
      ...typesOf([
        [1, 0.75],
        [2, 0.25],
      ]),
    });
    expect(Math.abs(implementation!.best!.attainedProfit! - expected)).toBeLessThan(1e-7);
    expect(implementation!.best!.isBest).toBe(true);
  });

  /*
   * v = 4x/(1 + x) at price m: x = √(4w/m) − 1, V(w, m) = 4w − m x² − … = (√(4w) − √m)². The low type's term V(1, m) − ¼ V(2, m) + ¾ (m − 1) x is maximised
   * on a fine grid of m up to 4, where she takes nothing.
   */
  test('in a saturating production is that of a search over the low type’s price', () => {
    const v = (w: number, m: number): number => Math.max(0, 2 * Math.sqrt(w) - Math.sqrt(m)) ** 2;
    let expected = 0;
    for (let m = 1; m < 4; m += 1e-4) {
      const earned = v(1, m) - v(2, m) / 4 + 0.75 * (m - 1) * (Math.sqrt(4 / m) - 1) + v(2, 1) / 4;
      expected = Math.max(expected, earned);
    }
    const { implementation } = solve({
      ...families.saturating!,
      ...typesOf([
        [1, 0.75],
        [2, 0.25],
      ]),
    });
    expect(Math.abs(implementation!.best!.attainedProfit! - expected)).toBeLessThan(1e-6);
  });

  const rows = fc
    .array(fc.tuple(fc.integer({ min: 10, max: 60 }), fc.integer({ min: 1, max: 20 })), {
      minLength: 2,
      maxLength: 4,
    })
    .map((pairs) =>
      [...new Map(pairs).entries()]
        .sort(([a], [b]) => a - b)
        .map(([value, mass]): readonly [number, number] => [value / 20, mass]),
    )
    .filter((pairs) => pairs.length > 1);

  test.each(Object.entries(families))('in %s is not beaten by a number beside it', (_, production) => {
    fc.assert(
      fc.property(rows, (pairs) => {
        const study = { ...production, ...typesOf(pairs) };
        const { implementation, profit } = solve(study);
        const { best, attainedProfit } = implementation!;
        const earned = best?.attainedProfit ?? attainedProfit!;
        expect(earned).toBeGreaterThanOrEqual(attainedProfit!);
        expect(earned).toBeLessThanOrEqual(profit! * (1 + 1e-9));
        const counts = pairs.map((_, k) => k + 1);
        for (const few of bestTiers(parse(study), { counts, kind: 'two-part-tariff' }).menus)
          expect(few.profit).toBeLessThanOrEqual(earned * (1 + 1e-7));
      }),
      { numRuns: 6, seed: 14, endOnFailure: true },
    );
  });

  test.each([
    ['logarithm', families.logarithm!],
    ['saturating', families.saturating!],
  ])('of a bimodal population in %s is no less than that of few', (_, production) => {
    const uniform = (min: number, max: number): object => ({ use: 'uniform', min, max });
    const type = {
      use: 'mixture',
      parts: [
        { weight: 0.7, of: uniform(0.6, 1.2) },
        { weight: 0.3, of: uniform(1.9, 2.4) },
      ],
    };
    const study = { ...production, buyers: { kind: 'representative', type } };
    const { implementation, profit } = solve(study);
    const { best, attainedProfit } = implementation!;
    const earned = best?.attainedProfit ?? attainedProfit!;
    expect(earned).toBeGreaterThanOrEqual(attainedProfit!);
    expect(earned).toBeLessThanOrEqual(profit!);
    const [few] = bestTiers(parse(study), { counts: [3], kind: 'two-part-tariff' }).menus;
    // Cells stand for the continuum in what the best earns.
    expect(few!.profit).toBeLessThanOrEqual(earned * (1 + 1e-4));
  });

  // Cells of equal width have nearly all buyers of this tail in the first few.
  test('of a population that crowds at one end of a long support is no less than that of few', () => {
    const pareto = { use: 'pareto', shape: 2.6, min: 0.56, max: 500 };
    const bump = { use: 'uniform', min: 0.6, max: 0.62 };
    const type = {
      use: 'mixture',
      parts: [
        { weight: 0.6, of: pareto },
        { weight: 0.4, of: bump },
      ],
    };
    const production = { production: { use: 'cobb-douglas', exponents: { x: 0.3 } }, ...input(0.3) };
    const study = { ...production, buyers: { kind: 'representative', type } };
    const { best, attainedProfit } = solve(study).implementation!;
    const [few] = bestTiers(parse(study), { counts: [2], kind: 'two-part-tariff' }).menus;
    expect(few!.profit).toBeLessThanOrEqual((best?.attainedProfit ?? attainedProfit!) * (1 + 1e-4));
  });
});
