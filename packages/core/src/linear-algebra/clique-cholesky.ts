import type { Cliques } from './cliques.ts';
import { factorFront } from './dense-cholesky.ts';
import { frontAssembly } from './front-assembly.ts';
import { frontalLayout } from './frontal-layout.ts';
import { symbolicFactorization } from './symbolic-factorization.ts';
import { triangularSolve } from './triangular-solve.ts';

export type { Cliques } from './cliques.ts';

/** Sparse Cholesky factorisation LLᵀ of a sum of small dense blocks: factored and solved often, analysed once. */
export interface CliqueCholesky {
  /**
   * Factors diag(diagonal) + Σ_c Eᵀ_c B_c E_c, where E_c picks the members of clique c.
   *
   * The B_c stand one after another in `blocks`, all d² entries of each; only row ≥ column, column-major, is read.
   * False where a pivot is not positive or not finite: then there is nothing to solve with.
   */
  factor(diagonal: Float64Array, blocks: Float64Array): boolean;
  /** Solves in place. */
  solve(rightHandSide: Float64Array): void;
  /** Entries of L, zeros that amalgamation lets in included. */
  readonly nonzeros: number;
  /** Multiply-adds of a factorisation, padding left out. */
  readonly operations: number;
}

/**
 * Multifrontal Cholesky factorisation for the graph of `cliques` on vertices 0 … size − 1.
 *
 * Coordinates of the vertices steer the elimination order alone (nested dissection). The result owns its memory: one
 * factorisation at a time, `factor` and `solve` allocate nothing.
 */
export const cliqueCholesky = (
  size: number,
  cliques: Cliques,
  coordinates: readonly Float64Array[],
): CliqueCholesky => {
  const symbolic = symbolicFactorization(size, cliques, coordinates);
  const layout = frontalLayout(size, cliques, symbolic);
  const { count, first, rowOffsets, order } = symbolic;
  const { pivotCount, updateSize, panelAt, updateAt, firstChild, nextSibling } = layout;
  const panels = new Float64Array(layout.panelLength);
  const updates = new Float64Array(layout.updateLength);
  const assembly = frontAssembly(cliques, symbolic, layout, panels, updates);
  const permuted = new Float64Array(size + 1);

  let nonzeros = 0;
  let operations = 0;
  for (let s = 0; s < count; s++) {
    const p = first[s + 1]! - first[s]!;
    const u = rowOffsets[s + 1]! - rowOffsets[s]!;
    nonzeros += (p * (p + 1)) / 2 + p * u;
    for (let below = u; below < u + p; below++) operations += ((below + 1) * (below + 2)) / 2;
  }

  const factor = (diagonal: Float64Array, blocks: Float64Array): boolean => {
    for (let s = 0; s < count; s++) {
      assembly.begin(s, diagonal, blocks);
      for (let child = firstChild[s]!; child >= 0; child = nextSibling[child]!) assembly.addUpdate(s, child);
      const rowCount = pivotCount[s]! + updateSize[s]!;
      if (!factorFront(panels, panelAt[s]!, pivotCount[s]!, rowCount, updates, updateAt[s]!)) return false;
    }
    return true;
  };

  const solve = (rightHandSide: Float64Array): void => {
    for (let i = 0; i < size; i++) permuted[i] = rightHandSide[order[i]!]!;
    permuted[size] = 0;
    triangularSolve(symbolic, layout, panels, permuted);
    for (let i = 0; i < size; i++) rightHandSide[order[i]!] = permuted[i]!;
  };

  return { factor, solve, nonzeros, operations };
};
