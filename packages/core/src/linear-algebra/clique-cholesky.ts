import type { Cliques } from './cliques.ts';
import { factorFront } from './dense-cholesky.ts';
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
  const { offsets } = cliques;
  const symbolic = symbolicFactorization(size, cliques, coordinates);
  const layout = frontalLayout(size, cliques, symbolic);
  const { count, first, rowOffsets, order, cliqueOffsets, cliqueList } = symbolic;
  const { pivotCount, updateSize, panelAt, updateAt, parentRow, memberRow, firstChild, nextSibling } = layout;
  const panels = new Float64Array(layout.panelLength);
  const updates = new Float64Array(layout.updateLength);
  const permuted = new Float64Array(size + 1);

  const blockAt = new Int32Array(offsets.length);
  for (let c = 0; c + 1 < offsets.length; c++) {
    const d = offsets[c + 1]! - offsets[c]!;
    blockAt[c + 1] = blockAt[c]! + d * d;
  }

  let nonzeros = 0;
  let operations = 0;
  for (let s = 0; s < count; s++) {
    const p = first[s + 1]! - first[s]!;
    const u = rowOffsets[s + 1]! - rowOffsets[s]!;
    nonzeros += (p * (p + 1)) / 2 + p * u;
    for (let below = u; below < u + p; below++) operations += ((below + 1) * (below + 2)) / 2;
  }

  const clear = (s: number): void => {
    const p = pivotCount[s]!;
    const u = updateSize[s]!;
    panels.fill(0, panelAt[s]!, panelAt[s]! + p * (p + u));
    updates.fill(0, updateAt[s]!, updateAt[s]! + u * u);
  };

  /** Padded pivots are 1. */
  const addDiagonal = (s: number, diagonal: Float64Array): void => {
    const p = pivotCount[s]!;
    let at = panelAt[s]!;
    for (let j = first[s]!; j < first[s + 1]!; j++) {
      panels[at] = diagonal[order[j]!]!;
      at += p + 1;
    }
    for (let k = first[s + 1]! - first[s]!; k < p; k++) {
      panels[at] = 1;
      at += p + 1;
    }
  };

  const addCliques = (s: number, blocks: Float64Array): void => {
    const p = pivotCount[s]!;
    const u = updateSize[s]!;
    const panel = panelAt[s]!;
    const update = updateAt[s]! - p * u - p;
    for (let l = cliqueOffsets[s]!; l < cliqueOffsets[s + 1]!; l++) {
      const c = cliqueList[l]!;
      const begin = offsets[c]!;
      const end = offsets[c + 1]!;
      let block = blockAt[c]!;
      for (let b = begin; b < end; b++) {
        const column = memberRow[b]!;
        block += b - begin;
        for (let a = b; a < end; a++) {
          const row = memberRow[a]!;
          const low = row > column ? row : column;
          const high = row > column ? column : row;
          const value = blocks[block++]!;
          if (high < p) panels[panel + low * p + high]! += value;
          else updates[update + low * u + high]! += value;
        }
      }
    }
  };

  /** Extend-add: the rows of a child are some of the front's, in the same order. */
  const addUpdate = (s: number, child: number): void => {
    const p = pivotCount[s]!;
    const u = updateSize[s]!;
    const begin = rowOffsets[child]!;
    const rowCount = rowOffsets[child + 1]! - begin;
    let pivots = 0;
    while (pivots < rowCount && parentRow[begin + pivots]! < p) pivots++;
    let at = updateAt[child]!;
    for (let i = 0; i < rowCount; i++) {
      const row = parentRow[begin + i]!;
      const panel = panelAt[s]! + row * p;
      const split = i < pivots ? i + 1 : pivots;
      for (let j = 0; j < split; j++) panels[panel + parentRow[begin + j]!]! += updates[at + j]!;
      const update = updateAt[s]! + (row - p) * u - p;
      for (let j = split; j <= i; j++) updates[update + parentRow[begin + j]!]! += updates[at + j]!;
      at += updateSize[child]!;
    }
  };

  const factor = (diagonal: Float64Array, blocks: Float64Array): boolean => {
    for (let s = 0; s < count; s++) {
      clear(s);
      addDiagonal(s, diagonal);
      addCliques(s, blocks);
      for (let child = firstChild[s]!; child >= 0; child = nextSibling[child]!) addUpdate(s, child);
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
