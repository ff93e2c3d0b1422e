import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { servedSupply } from '../../../packages/core/src/interior-point/served-supply.ts';
import { anyNewtonCase, denseItem, type NewtonCase, supplies } from '../finite/newton-cases.ts';

const evaluated = (at: NewtonCase) => {
  const supply = servedSupply(at.set, at.problem);
  supply.evaluate(at.served, at.floors);
  return supply;
};

/** Matrices up to 4 × 4 whose entries span a few decades. */
const TOLERANCE = 1e-11;

describe.each(supplies)('where the Hessian of S has %i terms of low rank', (rank, make) => {
  const check = (property: (at: NewtonCase) => void): void =>
    fc.assert(fc.property(anyNewtonCase(make), property), { numRuns: 50, seed: 20261125 });

  test('qualities respond by (H⁻¹ + D)⁻¹', () => {
    check((at) => {
      const { respond } = evaluated(at);
      for (let k = 0; k < at.set.count; k++) {
        const { from, size, response, point } = denseItem(at, k);
        if (size > 0) expect(point.curvature.rank).toBe(rank);
        for (let b = 0; b < size; b++) {
          const change = new Float64Array(at.served.length);
          const out = new Float64Array(at.served.length);
          change[from + b] = 1;
          respond(change, out);
          for (let a = 0; a < at.served.length; a++) {
            const isOwn = a >= from && a < from + size;
            const expected = isOwn ? response.get(a - from, b) : 0;
            expect(Math.abs(out[a]! - expected)).toBeLessThanOrEqual(TOLERANCE * response.max());
          }
        }
      }
    });
  });

  test('without floors they respond by H alone', () => {
    check((drawn) => {
      const at = { ...drawn, floors: new Float64Array(drawn.floors.length) };
      const { respond } = evaluated(at);
      const out = new Float64Array(at.served.length);
      const change = at.served.map((_, b) => Math.cos(b));
      respond(change, out);
      for (let k = 0; k < at.set.count; k++) {
        const { from, size, hessian } = denseItem(at, k);
        if (size === 0) continue;
        const expected = hessian.mmul(Matrix.columnVector([...change.subarray(from, from + size)]));
        for (let b = 0; b < size; b++) {
          expect(Math.abs(out[from + b]! - expected.get(b, 0))).toBeLessThanOrEqual(
            size * TOLERANCE * hessian.max(),
          );
        }
      }
    });
  });

  test('G is (w_n − w_k)ᵀ (H⁻¹ + D)⁻¹ (w_n′ − w_k)/f_k, symmetric and positive semidefinite', () => {
    check((at) => {
      const { curvature, curvatureOffsets } = evaluated(at);
      for (let k = 0; k < at.set.count; k++) {
        const { response, differences, size } = denseItem(at, k);
        const into = differences.rows;
        if (into === 0 || size === 0) continue;
        const start = curvatureOffsets[k]!;
        expect(curvatureOffsets[k + 1]! - start).toBe(into * into);
        const rows = Array.from({ length: into }, (_, e) => [
          ...curvature.subarray(start + e * into, start + (e + 1) * into),
        ]);
        const G = new Matrix(rows);
        expect(G.isSymmetric()).toBe(true);
        const expected = differences
          .mmul(response)
          .mmul(differences.transpose())
          .mul(1 / at.problem.mass[k]!);
        const largest = expected.max();
        const apart = Matrix.sub(G, expected).abs().max();
        // Differences are at most 1: largest may be 0 where types are alike.
        expect(apart).toBeLessThanOrEqual(TOLERANCE * (largest + response.max() / at.problem.mass[k]!));
        const { realEigenvalues } = new EigenvalueDecomposition(G, { assumeSymmetric: true });
        expect(Math.min(...realEigenvalues)).toBeGreaterThanOrEqual(-1e-13 * into * largest);
      }
    });
  });

  test('quality, what is delivered of it, its elasticity and the advantages are those of the supply', () => {
    check((at) => {
      const { quality, delivered, elasticity, advantage } = evaluated(at);
      for (let k = 0; k < at.set.count; k++) {
        const { from, size, first, point, amounts, differences } = denseItem(at, k);
        amounts.forEach((amount, b) => {
          expect(quality[from + b]! / point.quality[b]!).toBeCloseTo(1, 13);
          expect(delivered[from + b]! / (at.problem.mass[k]! * amount)).toBeCloseTo(1, 13);
          const own = (point.curvature.diagonal[b]! * at.served[from + b]!) / point.quality[b]!;
          expect(elasticity[from + b]! / own).toBeCloseTo(1, 11);
        });
        if (size === 0) continue;
        const expected = differences.mmul(Matrix.columnVector(amounts));
        for (let e = 0; e < differences.rows; e++)
          expect(Math.abs(advantage[first + e]! - expected.get(e, 0))).toBeLessThanOrEqual(
            1e-13 * Math.max(...amounts),
          );
      }
    });
  });
});

test('a quality that has vanished does not respond', () => {
  // Quadratic cost: q = p, so that a served value of 0 makes no quality.
  fc.assert(
    fc.property(anyNewtonCase(supplies[0]![1]), (drawn) => {
      const at = { ...drawn, served: drawn.served.map((p, b) => (b % 2 === 0 ? 0 : p)) };
      const out = new Float64Array(at.served.length);
      evaluated(at).respond(new Float64Array(at.served.length).fill(1), out);
      out.forEach((change, b) => {
        expect(Number.isFinite(change)).toBe(true);
        if (b % 2 === 0) expect(change).toBe(0);
        else expect(change).toBeGreaterThan(0);
      });
    }),
    { numRuns: 30, seed: 20261125 },
  );
});
