import type { WorkingSet } from '../finite/working-set.ts';
import { type CliqueCholesky, cliqueCholesky } from '../linear-algebra/clique-cholesky.ts';
import type { ServedSupply } from './served-supply.ts';

/**
 * The linear system of a Newton step, with everything eliminated but the rents U:
 *
 *     (M_k = G_k + diag(s/λ))  M_k Δλ + B_k ΔU = ρ          one small dense block an item
 *     (diag(y/U) + Σ_k B_kᵀ M_k⁻¹ B_k) ΔU = η + Σ_k B_kᵀ M_k⁻¹ ρ_k
 *
 * B_k ΔU = ΔU_n − ΔU_k for the constraints n → k. The matrix in U is positive definite, and sparse: items meet only where a type would
 * take both.
 */
export interface RentSystem {
  /** False where the matrix is not positive definite in floating point. */
  factor(supply: ServedSupply, slacks: Float64Array, flows: Float64Array, diagonal: Float64Array): boolean;
  /** Solves for ΔU and Δλ. `rentSide` is η and is overwritten. */
  solve(flowSide: Float64Array, rentSide: Float64Array, rentStep: Float64Array, flowStep: Float64Array): void;
}

export const rentSystem = (set: WorkingSet, coordinates: readonly Float64Array[]): RentSystem => {
  const { count, offsets, from } = set;
  // Clique of item k: k herself, then the types of her constraints.
  const cliqueOffsets = new Int32Array(count + 1);
  const blockOffsets = new Float64Array(count + 1);
  for (let k = 0; k < count; k++) {
    const size = offsets[k + 1]! - offsets[k]! + 1;
    cliqueOffsets[k + 1] = cliqueOffsets[k]! + size;
    blockOffsets[k + 1] = blockOffsets[k]! + size * size;
  }
  const members = new Int32Array(cliqueOffsets[count]!);
  for (let k = 0; k < count; k++) {
    members[cliqueOffsets[k]!] = k;
    for (let e = offsets[k]!; e < offsets[k + 1]!; e++)
      members[cliqueOffsets[k]! + 1 + e - offsets[k]!] = from[e]!;
  }
  const cholesky: CliqueCholesky = cliqueCholesky(count, { offsets: cliqueOffsets, members }, coordinates);
  const blocks = new Float64Array(blockOffsets[count]!);
  const work = new Float64Array(set.mostInto * set.mostInto);

  const factor: RentSystem['factor'] = (supply, slacks, flows, diagonal) => {
    const { curvature, curvatureOffsets } = supply;
    for (let k = 0; k < count; k++) {
      const first = offsets[k]!;
      const d = offsets[k + 1]! - first;
      const base = curvatureOffsets[k]!;
      for (let i = 0; i < d * d; i++) work[i] = curvature[base + i]!;
      for (let e = 0; e < d; e++) work[e * d + e]! += slacks[first + e]! / flows[first + e]!;
      if (!invert(work, d)) return false;
      // Bᵀ M⁻¹ B on (k, n₁, …): with −1 in the column of k.
      const at = blockOffsets[k]!;
      const size = d + 1;
      let all = 0;
      for (let e = 0; e < d; e++) {
        let sum = 0;
        for (let i = 0; i < d; i++) {
          const p = work[i + e * d]!;
          blocks[at + 1 + i + (1 + e) * size] = p;
          sum += p;
        }
        blocks[at + 1 + e] = -sum;
        all += sum;
      }
      blocks[at] = all;
    }
    return cholesky.factor(diagonal, blocks);
  };

  const solve: RentSystem['solve'] = (flowSide, rentSide, rentStep, flowStep) => {
    for (let k = 0; k < count; k++) {
      const first = offsets[k]!;
      const d = offsets[k + 1]! - first;
      const at = blockOffsets[k]!;
      const size = d + 1;
      for (let e = 0; e < d; e++) {
        let sum = 0;
        const column = at + 1 + (1 + e) * size;
        for (let i = 0; i < d; i++) sum += blocks[column + i]! * flowSide[first + i]!;
        rentSide[from[first + e]!]! += sum;
        rentSide[k]! -= sum;
      }
    }
    rentStep.set(rentSide);
    cholesky.solve(rentStep);
    for (let k = 0; k < count; k++) {
      const first = offsets[k]!;
      const d = offsets[k + 1]! - first;
      const at = blockOffsets[k]!;
      const size = d + 1;
      for (let e = 0; e < d; e++) work[e] = flowSide[first + e]! - rentStep[from[first + e]!]! + rentStep[k]!;
      for (let e = 0; e < d; e++) {
        let sum = 0;
        const column = at + 1 + (1 + e) * size;
        for (let i = 0; i < d; i++) sum += blocks[column + i]! * work[i]!;
        flowStep[first + e] = sum;
      }
    }
  };
  return { factor, solve };
};

/** Of a pivot, in floating point. */
const ROUNDING = 2 ** -50;

/** Inverts a symmetric positive definite d × d matrix in place, by its Cholesky factor; false where a pivot is not positive. */
const invert = (a: Float64Array, d: number): boolean => {
  for (let j = 0; j < d; j++) {
    const diagonal = a[j + j * d]!;
    let pivot = diagonal;
    for (let p = 0; p < j; p++) pivot -= a[j + p * d]! * a[j + p * d]!;
    // What rounding leaves of constraints that depend on one another.
    const least = ROUNDING * diagonal;
    if (!(pivot > least)) pivot = least;
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    a[j + j * d] = root;
    for (let i = j + 1; i < d; i++) {
      let sum = a[i + j * d]!;
      for (let p = 0; p < j; p++) sum -= a[i + p * d]! * a[j + p * d]!;
      a[i + j * d] = sum / root;
    }
  }
  // L⁻¹ in the lower triangle.
  for (let j = 0; j < d; j++) {
    a[j + j * d] = 1 / a[j + j * d]!;
    for (let i = j + 1; i < d; i++) {
      let sum = 0;
      for (let p = j; p < i; p++) sum -= a[i + p * d]! * a[p + j * d]!;
      a[i + j * d] = sum / a[i + i * d]!;
    }
  }
  // L⁻ᵀ L⁻¹.
  for (let j = 0; j < d; j++) {
    for (let i = j; i < d; i++) {
      let sum = 0;
      for (let p = i; p < d; p++) sum += a[p + i * d]! * a[p + j * d]!;
      a[j + i * d] = sum;
    }
  }
  for (let j = 0; j < d; j++) for (let i = j + 1; i < d; i++) a[i + j * d] = a[j + i * d]!;
  return true;
};
