import { createRegistry, fewTiers, parseStudy, standardPlugin, tierKindOf } from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const study = (text: string) => parseStudy(`name: s\n${text}`, { file: 'study.yaml', registry });
const produced = `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }
inputs:
  input: { scope: task, cost: 0.125 }
  output: { scope: task, cost: 0.125 }
  fineTuning: { scope: shared, cost: 0.125 }
buyers: { kind: value-scale, value: { use: uniform, min: 0, max: 1 }, scale: { use: uniform, min: 0, max: 1 } }
`;
const types = (list: string) =>
  `cost: { use: quadratic }\nbuyers: { kind: representative, types: [${list}] }\n`;

describe('a menu of few tiers, at once', () => {
  it('is the best of all where buyers differ in one number', () => {
    const found = fewTiers(
      study(
        'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: uniform, min: 0, max: 1 } }\n',
      ),
      2,
    );
    // K bundles keep 1 − 1/(2K + 1)² of the full profit of 1/12 (Wilson's K-class service).
    expect(found).toMatchObject({
      coordinate: 'value',
      notes: [],
      menu: { profit: expect.closeTo(0.08, 9) },
    });
  });

  it('is found on a grid of its own for values and scales, which it says', () => {
    const found = fewTiers(study(`${produced}contract: allocations\n`), 3);
    if ('complaint' in found) throw new Error(found.complaint);
    expect(found.coordinate).toBeNull();
    expect(found.menu.tiers).toHaveLength(3);
    expect(found.menu.share).toBeGreaterThan(0.65);
    expect(found.menu.share).toBeLessThan(1);
    expect(found.full.profit).toBeCloseTo(97 / 960, 2);
    expect(found.notes[0]).toContain(
      'grid of 288 types, and sold, as the full menu is, to the continuous buyers',
    );
  });

  it('has fewer items than there are types, as with as many it is the full menu', () => {
    const found = fewTiers(study(types('{ value: 1, mass: 2 }, { value: 2, mass: 1 }')), 3);
    if ('complaint' in found) throw new Error(found.complaint);
    expect(found.menu.tiers).toHaveLength(1);
  });

  it('is given up where it takes too long by the clock', () => {
    let seconds = 0;
    const slow = () => (seconds += 3);
    expect(fewTiers(study(`${produced}contract: allocations\n`), 3, slow)).toEqual({
      complaint: expect.stringContaining('takes too long'),
    });
  });

  it.each([
    ['one type', types('{ value: 1, mass: 1 }'), /one type of buyer only/],
    ['the efficient allocation', `${produced}contract: efficient\n`, /nothing is sold/],
    [
      'very many types',
      `cost: { use: quadratic }\nbuyers: { kind: profiles, tasks: { weights: [1, 1] }, types: [${Array.from({ length: 700 }, (_, n) => `{ mass: 1, values: [${1 + n / 700}, ${2 - n / 700}] }`).join(', ')}] }\n`,
      /takes too long/,
    ],
  ])('is not offered for %s, and says why', (_, text, reason) => {
    expect(fewTiers(study(text), 3)).toEqual({ complaint: expect.stringMatching(reason) });
  });

  it('is of two-part tariffs where the study sells them, of types without an order too', () => {
    const tariffs = 'implementation: two-part-tariff\n';
    for (const contract of ['packages', 'allocations']) {
      const sold = study(`${produced}contract: ${contract}\n${tariffs}`);
      expect(tierKindOf(sold)).toBe('two-part-tariff');
      const found = fewTiers(sold, 2, undefined, tierKindOf(sold));
      if ('complaint' in found) throw new Error(found.complaint);
      expect(found.menu.tiers).toHaveLength(2);
      expect(found.menu.tiers.every(({ tariff }) => tariff !== undefined)).toBe(true);
      expect(found.menu.profit).toBeLessThan(found.full.upperBound);
    }
  });
});
