import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../packages/app/src/composition-root.ts';
import { lossPercent } from '../../packages/app/src/report/loss.ts';
import { notesOn } from '../../packages/app/src/solve/notes.ts';
import { solveStudy } from '../../packages/app/src/solve/solve-study.ts';
import { parseStudy } from '../../packages/app/src/study/parse-study.ts';
import { bestTiers } from '../../packages/app/src/tiers/best-tiers.ts';
import { standardPlugin } from '../../plugins/src/index.ts';

const registry = createRegistry([standardPlugin]);
const parse = (study: object) => parseStudy(JSON.stringify(study), { file: 'test.json', registry });

describe('a loss', () => {
  test.each([
    [0.9, 1, '10 %'],
    [0.95614, 1, '4.386 %'],
    [1, 1, '0 %'],
    [1 + 1e-13, 1, '0 %'],
    [1.00005, 1, 'less than 0.005 %'],
    [1.0000001, 1, 'less than 0.00001 %'],
    [-0.5, 1, '150 %'],
    [0.5, 0, '–'],
    [-2, -1, '–'],
    [null, 1, '–'],
    [Number.NaN, 1, '–'],
  ])('that keeps %s of %s is %s', (kept, whole, words) => expect(lossPercent(kept, whole)).toBe(words));
});

const profiles = {
  cost: { use: 'quadratic' },
  buyers: {
    kind: 'value-scale-grid',
    values: [0.4, 0.7, 1],
    scales: [0.5, 1],
    mass: [
      [3, 1],
      [2, 2],
      [1, 3],
    ],
  },
};

test('notes compare the optimum of a grid with its own bounds, and never say that something loses less than nothing', () => {
  const study = parse(profiles);
  const { result } = solveStudy(study);
  const { comparison } = result.finite!;
  expect(comparison).toBeDefined();
  const { observableScale, scaleByScale } = comparison!;
  const said = (changes: object): string =>
    notesOn(
      { ...result, finite: { ...result.finite!, comparison: { ...comparison!, ...changes } } },
      study,
    ).join('\n');
  expect(said({})).not.toMatch(/[−-]\d[\d.]* %/);
  const above = { scaleByScale: { ...scaleByScale, attainedProfit: observableScale * 1.00005 } };
  expect(said(above)).toMatch(/would cost less than 0\.005 %/);
  // The profit that a result speaks of may be that of another population.
  const elsewhere = notesOn({ ...result, profit: 2 * result.profit! }, study).join('\n');
  expect(elsewhere).toBe(notesOn(result, study).join('\n'));
});

describe('shares of the full menu’s profit', () => {
  /*
   * A task of weight 5e-324 beside one of 2³¹ leaves the finite solver short of the one item for buyer 2: value ½ on the heavy task, quality ½, surplus 2³¹/8
   * with half of the buyers.
   */
  test('are at most 1 where few items are better than what was solved', () => {
    const study = parse({
      cost: { use: 'quadratic' },
      buyers: {
        kind: 'profiles',
        tasks: { weights: [5e-324, 2147483648] },
        types: [
          { mass: 1, values: [1, 0.2] },
          { mass: 1, values: [0.3, 0.5] },
        ],
      },
    });
    const { full, menus } = bestTiers(study, { counts: [1, 2] });
    expect(menus[0]!.profit).toBeCloseTo(2 ** 31 / 16, 0);
    for (const { profit, share } of menus) {
      expect(full.profit).toBeGreaterThanOrEqual(profit);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  });

  test('are none where there is no profit', () => {
    const study = parse({
      cost: { use: 'linear', rate: 2, max: 1 },
      buyers: {
        kind: 'representative',
        types: [
          { value: 0.5, mass: 1 },
          { value: 1, mass: 1 },
        ],
      },
    });
    const { full, menus } = bestTiers(study, { counts: [1, 2] });
    expect(full.profit).toBe(0);
    expect(menus.map(({ share }) => share)).toEqual([null, null]);
  });
});
