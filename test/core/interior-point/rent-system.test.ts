import fc from 'fast-check';
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { newtonStep } from '../../../packages/core/src/interior-point/newton-step.ts';
import { rentSystem } from '../../../packages/core/src/interior-point/rent-system.ts';
import { servedSupply } from '../../../packages/core/src/interior-point/served-supply.ts';
import { anyNewtonCase, denseItem, type NewtonCase, supplies } from '../finite/newton-cases.ts';

/** ΔU_n − ΔU_k, a row a constraint n → k. */
const rentDifferences = ({ set }: NewtonCase): Matrix => {
  const B = Matrix.zeros(set.from.length, set.count);
  for (let e = 0; e < set.from.length; e++) {
    B.set(e, set.from[e]!, 1);
    B.set(e, set.to[e]!, -1);
  }
  return B;
};

/** G of all items, in one matrix. */
const curvatureOf = (at: NewtonCase): Matrix => {
  const G = Matrix.zeros(at.set.from.length, at.set.from.length);
  for (let k = 0; k < at.set.count; k++) {
    const { response, differences, first, size } = denseItem(at, k);
    if (size === 0 || differences.rows === 0) continue;
    const own = differences.mmul(response).mmul(differences.transpose());
    G.setSubMatrix(own.mul(1 / at.problem.mass[k]!), first, first);
  }
  return G;
};

const columnOf = (of: Iterable<number>): Matrix => Matrix.columnVector([...of]);

/** Conditions of the matrices are below 10⁵ here. */
const TOLERANCE = 1e-9;

describe.each(supplies)('where the Hessian of S has %i terms of low rank', (_, make) => {
  test('eliminating all but the rents solves the system in rents and flows', () => {
    //  (G + diag(s/λ)) Δλ + B ΔU = ρ,   diag(y/U) ΔU − Bᵀ Δλ = η
    fc.assert(
      fc.property(anyNewtonCase(make), (at) => {
        const { set, problem, slacks, flows, rents, rest } = at;
        const [m, n] = [set.from.length, set.count];
        const supply = servedSupply(set, problem);
        supply.evaluate(at.served, at.floors);
        const system = rentSystem(set, problem.types.coordinates);
        const ratio = rest.map((y, k) => y / rents[k]!);
        expect(system.factor(supply, slacks, flows, ratio)).toBe(true);
        const rho = Float64Array.from({ length: m }, (_, e) => Math.sin(1 + e));
        const eta = Float64Array.from({ length: n }, (_, k) => Math.cos(1 + k));

        const whole = Matrix.zeros(m + n, m + n);
        const B = rentDifferences(at);
        if (m > 0) {
          const M = curvatureOf(at).add(Matrix.diag(Array.from(slacks, (s, e) => s / flows[e]!)));
          whole.setSubMatrix(M, 0, 0);
          whole.setSubMatrix(B, 0, m);
          whole.setSubMatrix(B.transpose().mul(-1), m, 0);
        }
        whole.setSubMatrix(Matrix.diag([...ratio]), m, m);
        const expected = solve(whole, columnOf([...rho, ...eta])).to1DArray();
        const size = 1 + Math.max(...expected.map(Math.abs));

        const rentStep = new Float64Array(n);
        const flowStep = new Float64Array(m);
        system.solve(rho, eta.slice(), rentStep, flowStep);
        [...flowStep, ...rentStep].forEach((got, i) => {
          expect(Math.abs(got - expected[i]!)).toBeLessThanOrEqual(TOLERANCE * size);
        });
      }),
      { numRuns: 30, seed: 20261125 },
    );
  });

  test('a step solves the whole Newton system, with products that aim at one target times masses', () => {
    // Unknowns Δs, Δλ, ΔU, Δy, Δp, Δν; the predictor aims at products of 0, the corrector at τπ less the predictor's second-order terms.
    // π is the mass of a type, the lesser mass of a constraint's two, a block's even share of its item's. τ is the method's to choose, and
    // whether to correct: the solution is affine in τ, and one entry tells which it was.
    fc.assert(
      fc.property(anyNewtonCase(make), (at) => {
        const { set, problem, slacks, flows, rents, rest, served, floors } = at;
        const { mass } = problem;
        const [m, n, blocks] = [set.from.length, set.count, set.blockWeights.length];
        const items = Array.from({ length: n }, (_, k) => denseItem(at, k));
        const H = Matrix.zeros(blocks, blocks); // f ω ∂q/∂p
        const P = Matrix.zeros(blocks, m); // −∂φ/∂λ
        const delivered = new Float64Array(blocks);
        const virtual = new Float64Array(blocks);
        items.forEach(({ from, size, first, hessian, differences, amounts }, k) => {
          if (size === 0) return;
          H.setSubMatrix(Matrix.mul(hessian, mass[k]!), from, from);
          if (differences.rows > 0) P.setSubMatrix(differences.transpose().mul(1 / mass[k]!), from, first);
          for (let b = 0; b < size; b++) {
            delivered[from + b] = mass[k]! * amounts[b]!;
            virtual[from + b] = problem.types.valueAt(k, set.blockEnds[from + b]! - 1);
          }
        });
        const B = rentDifferences(at);
        if (blocks > 0) {
          const fall = P.mmul(columnOf(flows));
          for (let b = 0; b < blocks; b++) virtual[b]! -= fall.get(b, 0);
        }
        // ⟨w_n − w_k, q_k⟩ in terms of what is delivered is Σ P f ω q: the same matrix.
        const advantage =
          blocks > 0 ? P.transpose().mmul(columnOf(delivered)).to1DArray() : new Array<number>(m).fill(0);
        const [s, l, u, y, p, v] = [0, m, 2 * m, 2 * m + n, 2 * m + 2 * n, 2 * m + 2 * n + blocks];
        const unknowns = v + blocks;
        const whole = Matrix.zeros(unknowns, unknowns);
        const right = new Float64Array(unknowns);
        const put = (of: Matrix, row: number, column: number): void => {
          if (of.rows > 0 && of.columns > 0) whole.setSubMatrix(of, row, column);
        };
        const diagonal = (of: Iterable<number>): Matrix => Matrix.diag([...of]);
        // ΔU_n − ΔU_k − PᵀH Δp − Δs = −(U_n − U_k − ⟨w_n − w_k, q_k⟩ − s)
        put(diagonal(new Array(m).fill(-1)), 0, s);
        put(B, 0, u);
        if (blocks > 0) put(P.transpose().mmul(H).mul(-1), 0, p);
        const gaps = B.mmul(columnOf(rents)).to1DArray();
        for (let e = 0; e < m; e++) right[e] = -(gaps[e]! - advantage[e]! - slacks[e]!);
        // −BᵀΔλ − Δy = −(f − out + in − y)
        put(B.transpose().mul(-1), m, l);
        put(diagonal(new Array(n).fill(-1)), m, y);
        const net = B.transpose().mmul(columnOf(flows)).to1DArray();
        for (let k = 0; k < n; k++) right[m + k] = -(mass[k]! - net[k]! - rest[k]!);
        // −PΔλ + Δν − Δp = −(φ + ν − p)
        put(Matrix.mul(P, -1), m + n, l);
        put(diagonal(new Array(blocks).fill(1)), m + n, v);
        put(diagonal(new Array(blocks).fill(-1)), m + n, p);
        for (let b = 0; b < blocks; b++) right[m + n + b] = -(virtual[b]! + floors[b]! - served[b]!);
        // Products.
        const first = m + n + blocks;
        put(diagonal(flows), first, s);
        put(diagonal(slacks), first, l);
        put(diagonal(rest), first + m, u);
        put(diagonal(rents), first + m, y);
        if (blocks > 0) put(diagonal(floors).mmul(H), first + m + n, p);
        put(diagonal(delivered), first + m + n, v);
        const products = [
          ...slacks.map((each, e) => each * flows[e]!),
          ...rents.map((each, k) => each * rest[k]!),
          ...delivered.map((each, b) => each * floors[b]!),
        ];
        const towards = [
          ...Array.from(set.from, (each, e) => Math.min(mass[each]!, mass[set.to[e]!]!)),
          ...mass,
          ...items.flatMap(({ size }, k) => new Array<number>(size).fill(mass[k]! / size)),
        ];
        const aimedAt = (target: number, secondOrder: readonly number[]): number[] => {
          const side = right.slice();
          products.forEach((product, i) => {
            side[first + i] = target * towards[i]! - secondOrder[i]! - product;
          });
          return solve(whole, columnOf(side)).to1DArray();
        };
        const predictor = aimedAt(0, new Array(products.length).fill(0));
        const stepOf = (from: number, length: number): number[] => predictor.slice(from, from + length);
        const deliveredStep = blocks > 0 ? H.mmul(columnOf(stepOf(p, blocks))).to1DArray() : [];
        const secondOrder = [
          ...stepOf(s, m).map((each, e) => each * predictor[l + e]!),
          ...stepOf(u, n).map((each, k) => each * predictor[y + k]!),
          ...deliveredStep.map((each, b) => each * predictor[v + b]!),
        ];

        const iterate = {
          incentive: { primal: slacks.slice(), dual: flows.slice() },
          participation: { primal: rents.slice(), dual: rest.slice() },
          service: { primal: served.slice(), dual: floors.slice() },
        };
        const supply = servedSupply(set, { ...problem, mass });
        const newton = newtonStep(problem, set, supply);
        newton.evaluate(iterate);
        expect(newton.gap(iterate)).toBeCloseTo(
          products.reduce((all, each) => all + each, 0),
          12,
        );
        expect(newton.direct(iterate, 0)).toBeGreaterThan(0);
        newton.move(iterate, 1);
        const taken = [
          ...iterate.incentive.primal.map((each, e) => each - slacks[e]!),
          ...iterate.incentive.dual.map((each, e) => each - flows[e]!),
          ...iterate.participation.primal.map((each, k) => each - rents[k]!),
          ...iterate.participation.dual.map((each, k) => each - rest[k]!),
          ...iterate.service.dual.map((each, b) => each - floors[b]!),
        ];

        /** How far the step is from the solution that agrees with it in the entry that the target moves most. */
        const apart = (corrections: readonly number[]): number => {
          const without = aimedAt(0, corrections);
          const slope = aimedAt(1, corrections).map((each, i) => each - without[i]!);
          const compared = taken.map((_, i) => (i < p ? i : i - p + v));
          const most = compared.reduce((best, i) =>
            Math.abs(slope[i]!) > Math.abs(slope[best]!) ? i : best,
          );
          const target = (taken[compared.indexOf(most)]! - without[most]!) / slope[most]!;
          const size = 1 + Math.max(...compared.map((i) => Math.abs(without[i]! + target * slope[i]!)));
          return target > 0
            ? Math.max(
                ...taken.map((got, i) =>
                  Math.abs(got - without[compared[i]!]! - target * slope[compared[i]!]!),
                ),
              ) / size
            : Number.POSITIVE_INFINITY;
        };
        expect(Math.min(apart(secondOrder), apart(products.map(() => 0)))).toBeLessThanOrEqual(TOLERANCE);
      }),
      { numRuns: 30, seed: 20261125 },
    );
  });
});
