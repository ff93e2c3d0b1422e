/**
 * Weight κ on consumer surplus. Mussa and Rosen, U[0, 1], C = q²/2:
 *
 *   φ = w − (1 − κ)(1 − w) = (2 − κ)(w − c), c = (1 − κ)/(2 − κ), 1 − c = 1/(2 − κ), q = φ above c;
 *   profit + κ·surplus = E[φ²/2] = (2 − κ)²(1 − c)³/6 = 1/(6(2 − κ));
 *   surplus = ∫ q(1 − w) dw = (2 − κ)(1 − c)³/6 = 1/(6(2 − κ)²);
 *   profit = 1/(6(2 − κ)) − κ/(6(2 − κ)²) = (1 − κ)/(3(2 − κ)²): 1/12 at κ = 0, and 0 at κ = 1, where welfare is ½E[w²] = 1/6.
 */
import {
  type Distribution,
  type EfficientSupply,
  increasingVirtualValue,
  iron,
  nonincreasingMarkup,
  scaleMenu,
  trueValue,
  valueScaleTotals,
} from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betaOf,
  distributionNamed,
  expectClose,
  mixture,
  technologyNamed,
  uniformOn,
  unit,
} from '../reference-cases.ts';

const halfSquare = quadratic.create({});
const example1 = technologyNamed('EX1').closedForm;
const totalsOf = (types: Distribution, supply: EfficientSupply, surplusWeight: number) =>
  scaleMenu({ types, served: iron(types, surplusWeight), supply, scale: 1 }).totals();
const weight = fc.double({ min: 0, max: 1, noNaN: true });

const steps = mixture([0.75, uniformOn(0, 0.5)], [0.25, uniformOn(0.5, 1)]);
const cases: [string, Distribution][] = [
  ['U[1, 2]', uniformOn(1, 2)],
  ['Beta(2, 3)', betaOf(2, 3)],
  ['two humps', distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)')],
  ['steps', steps],
];

describe('a weight κ on consumer surplus', () => {
  test('U[0, 1], C = q²/2: profit (1 − κ)/(3(2 − κ)²), surplus 1/(6(2 − κ)²)', () => {
    fc.assert(
      fc.property(weight, (κ) => {
        const { grossValue, rent, cost, servedSurplus, excluded } = totalsOf(unit, halfSquare, κ);
        const profit = grossValue - rent - cost;
        expectClose(profit, (1 - κ) / (3 * (2 - κ) ** 2), 1e-13, 'profit', 1);
        expectClose(rent, 1 / (6 * (2 - κ) ** 2), 1e-13, 'surplus');
        expectClose(servedSurplus, 1 / (6 * (2 - κ)), 1e-13, 'bound');
        expectClose(excluded, (1 - κ) / (2 - κ), 1e-14, 'excluded', 1);
      }),
      { numRuns: 25 },
    );
  });

  test('κ = 1 is the efficient allocation, and there is nothing to iron', () => {
    for (const [, types] of cases) {
      const ironed = iron(types, 1);
      expect(ironed.pools).toEqual([]);
      const efficient = scaleMenu({ types, served: trueValue(types), supply: example1, scale: 1 }).totals();
      const { grossValue, cost, rent } = totalsOf(types, example1, 1);
      expectClose(grossValue, efficient.grossValue, 1e-12, 'value');
      expectClose(cost, efficient.cost, 1e-12, 'cost');
      expectClose(rent, efficient.rent, 1e-12, 'rent');
      expect(increasingVirtualValue(ironed)).toMatchObject({ holds: true });
      expect(increasingVirtualValue(ironed).margin).toBeCloseTo(1, 6);
      expect(nonincreasingMarkup(ironed).holds).toBe(true);
    }
  });

  test.each(cases)(
    '%s: profit + κ·surplus is E[S(φ̄)], and nothing made for another weight has more',
    (_, types) => {
      fc.assert(
        fc.property(weight, weight, (κ, other) => {
          const objective = (made: number): number => {
            const { grossValue, cost, rent } = totalsOf(types, example1, made);
            return grossValue - cost - (1 - κ) * rent;
          };
          const { servedSurplus } = totalsOf(types, example1, κ);
          const best = objective(κ);
          expectClose(best, servedSurplus, 1e-11, 'bound');
          expect(objective(other)).toBeLessThanOrEqual(best * (1 + 1e-12));
        }),
        { numRuns: 8 },
      );
    },
  );

  test.each(cases)(
    '%s: φ̄ is the best nondecreasing fit to φ, as adjacent violators pooled on a fine grid find it',
    (_, types) => {
      const n = 4000;
      for (const κ of [0, 0.3, 0.6, 0.9]) {
        const ironed = iron(types, κ);
        // Cells of equal mass; the mean of φ over a cell is n(R(from) − R(to)), R(x) = x(1 − F) + κ∫(1 − F), here by trapezoids.
        const ends = Float64Array.from({ length: n + 1 }, (_, i) => types.quantile(i / n));
        const blocks: { sum: number; count: number }[] = [];
        for (let i = 0; i < n; i++) {
          const [from, to] = [ends[i]!, ends[i + 1]!];
          const [above, below] = [1 - i / n, 1 - (i + 1) / n];
          const sum = n * (from * above - to * below + (κ * (to - from) * (above + below)) / 2);
          blocks.push({ sum, count: 1 });
          for (;;) {
            const [low, high] = [blocks[blocks.length - 2], blocks[blocks.length - 1]];
            if (low === undefined || !(low.sum / low.count > high!.sum / high!.count)) break;
            blocks.length -= 2;
            blocks.push({ sum: low.sum + high!.sum, count: low.count + high!.count });
          }
        }
        let at = 0;
        let worst = 0;
        for (const { sum, count } of blocks) {
          const middle = types.quantile((at + count / 2) / n);
          if (count > 20) worst = Math.max(worst, Math.abs(ironed.at(middle) - sum / count));
          at += count;
        }
        const pooled = blocks.filter(({ count }) => count > 20).length;
        expect(pooled, `pools at κ = ${κ}`).toBe(
          ironed.pools.filter(({ from, to }) => types.cdf(to) - types.cdf(from) > 21 / n).length,
        );
        expect(worst, `κ = ${κ}`).toBeLessThan(2e-3);
        for (const { from, to, ironedVirtualValue: level } of ironed.pools) {
          // On a pool φ̄ is the mean of φ: midpoints, split where the density jumps.
          const inner = [from, ...types.breakpoints.filter((x) => x > from && x < to), to];
          let sum = 0;
          inner.slice(1).forEach((end, e) => {
            const width = (end - inner[e]!) / 4000;
            for (let k = 0; k < 4000; k++) {
              const x = inner[e]! + (k + 0.5) * width;
              sum += width * ((x - level) * types.density(x) - (1 - κ) * types.survival(x));
            }
          });
          expect(Math.abs(sum)).toBeLessThan(1e-7);
        }
      }
    },
  );

  test('values and scales: the objective over all scales is the bound as well', () => {
    const [values, scales] = [betaOf(2, 3), unit];
    for (const κ of [0, 0.4, 1]) {
      const totals = valueScaleTotals({ values, scales, served: iron(values, κ), supply: example1 });
      expectClose(totals.grossValue - totals.cost - (1 - κ) * totals.rent, totals.servedSurplus, 1e-11);
    }
  });
});
