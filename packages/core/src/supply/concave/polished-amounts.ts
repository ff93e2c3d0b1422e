import { Matrix, solve } from 'ml-matrix';
import type { Technology } from '../technology.ts';

/** How far around the amounts v's pieces are looked at, as a share of each amount, and by how much slopes are then differenced. */
const AROUND = 1e-5;
const DIFFERENCE = 1e-6;
/** Slopes that differ by more, beside their size, are of different pieces. */
const ALIKE = 1e-3;
/** A piece that is further above v at the amounts, as a share of v, is not at work there. */
const TOUCHING = 1e-8;
const MOST_STEPS = 6;
/** Further than this the amounts were not nearly right. */
const FURTHEST = 1e-5;

/** A piece of v near the amounts, by its value, slopes and curvature at a point of its own. */
interface Piece {
  readonly at: Float64Array;
  readonly value: number;
  readonly slopes: Float64Array;
  readonly curvature: Matrix;
}

/**
 * Amounts that lie on kinks of v, made exact along them. With v = min_i v_i nearby they solve
 *
 *     Σ_i λ_i ∂v_i/∂u = r,   Σ_i λ_i = 1,   v_i(u) the same for all pieces i at work,
 *
 * by Newton's method on the quadratic models of the pieces. By the surplus alone they are known to the root of rounding only, as it is flat
 * along a kink. `undefined` where there is no kink, or no better amounts come of it. Amounts of 0 and those at caps stay.
 */
export const polishedAmounts = (
  { taskCount, sharedCount, max, gradient, value }: Technology,
  amounts: Float64Array,
  r: Float64Array,
): Float64Array | undefined => {
  const n = taskCount + sharedCount;
  const free = Array.from(amounts.keys()).filter(
    (i) => amounts[i]! > 0 && (i < taskCount || amounts[i]! < max[i]!),
  );
  const slope = new Float64Array(n);
  /** v, and its slopes in shares of the free amounts. */
  const slopesAt = (u: Float64Array): { v: number; slopes: Float64Array } => {
    const v = gradient(u.subarray(0, taskCount), u.subarray(taskCount), slope);
    return { v, slopes: Float64Array.from(free, (i) => slope[i]! * amounts[i]!) };
  };
  const moved = (from: Float64Array, shares: ArrayLike<number>): Float64Array => {
    const to = from.slice();
    free.forEach((i, f) => {
      to[i]! += shares[f]! * amounts[i]!;
    });
    return to;
  };
  const distance = (a: Float64Array, b: Float64Array): number =>
    a.reduce((most, own, f) => Math.max(most, Math.abs(own - b[f]!)), 0);

  const v = value(amounts.subarray(0, taskCount), amounts.subarray(taskCount));
  const pieces: Piece[] = [];
  const look = (shares: readonly number[]): void => {
    const at = moved(amounts, shares);
    const { v: there, slopes } = slopesAt(at);
    const size = slopes.reduce((sum, own) => sum + Math.abs(own), 0);
    if (!slopes.every(Number.isFinite)) return;
    if (pieces.some((piece) => distance(piece.slopes, slopes) <= ALIKE * size)) return;
    const curvature = Matrix.zeros(free.length, free.length);
    for (let b = 0; b < free.length; b++) {
      const step = free.map((_, f) => (f === b ? DIFFERENCE * (shares[b]! < 0 ? -1 : 1) : 0));
      const beside = slopesAt(moved(at, step)).slopes;
      if (!(distance(beside, slopes) <= ALIKE * size)) return;
      for (let a = 0; a < free.length; a++) curvature.set(a, b, (beside[a]! - slopes[a]!) / step[b]!);
    }
    const piece = { at, value: there, slopes, curvature };
    if (model(piece, amounts).value - v <= TOUCHING * Math.abs(v)) pieces.push(piece);
  };
  /** The quadratic model of a piece, and its slopes. */
  const model = (piece: Piece, u: Float64Array): { value: number; slopes: number[] } => {
    const shares = free.map((i) => (u[i]! - piece.at[i]!) / amounts[i]!);
    const bend = free.map((_, a) => shares.reduce((sum, own, b) => sum + own * piece.curvature.get(a, b), 0));
    const rise = shares.reduce((sum, own, a) => sum + own * (piece.slopes[a]! + bend[a]! / 2), 0);
    return { value: piece.value + rise, slopes: free.map((_, a) => piece.slopes[a]! + bend[a]!) };
  };

  // Generic directions, so that none runs along a kink.
  for (let f = 0; f < free.length; f++)
    for (const sign of [1, -1])
      look(free.map((_, g) => sign * AROUND * (g === f ? 1 : 0.1 * Math.sin(1 + 2.4 * g + f))));
  const [p, m] = [pieces.length, free.length];
  if (p < 2 || p > m) return undefined;

  // Unknowns: shares by which amounts change, λ, and the common value of the pieces.
  const shares = new Float64Array(m);
  const lambda = new Float64Array(p).fill(1 / p);
  let common = v;
  for (let step = 0; step < MOST_STEPS; step++) {
    const here = moved(amounts, shares);
    const models = pieces.map((piece) => model(piece, here));
    const system = Matrix.zeros(m + p + 1, m + p + 1);
    const wrong = new Float64Array(m + p + 1);
    for (let a = 0; a < m; a++) {
      wrong[a] = r[free[a]!]! * amounts[free[a]!]!;
      for (let i = 0; i < p; i++) {
        wrong[a]! -= lambda[i]! * models[i]!.slopes[a]!;
        system.set(a, m + i, models[i]!.slopes[a]!);
        system.set(m + i, a, models[i]!.slopes[a]!);
        for (let b = 0; b < m; b++)
          system.set(a, b, system.get(a, b) + lambda[i]! * pieces[i]!.curvature.get(a, b));
      }
    }
    for (let i = 0; i < p; i++) {
      wrong[m + i] = common - models[i]!.value;
      system.set(m + i, m + p, -1);
      system.set(m + p, m + i, 1);
    }
    wrong[m + p] = 1 - lambda.reduce((sum, own) => sum + own, 0);
    let change: number[];
    try {
      change = solve(system, Matrix.columnVector([...wrong])).to1DArray();
    } catch {
      return undefined;
    }
    for (let a = 0; a < m; a++) shares[a]! += change[a]!;
    for (let i = 0; i < p; i++) lambda[i]! += change[m + i]!;
    common += change[m + p]!;
  }
  return shares.every((share) => Math.abs(share) <= FURTHEST) ? moved(amounts, shares) : undefined;
};
