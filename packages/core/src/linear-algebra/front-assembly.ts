import type { Cliques } from './cliques.ts';
import type { FrontalLayout } from './frontal-layout.ts';
import type { SymbolicFactorization } from './symbolic-factorization.ts';

/** Sums up what makes a front before it is factored: diagonal, cliques, and what its children leave for it. */
export interface FrontAssembly {
  /** Front s, with nothing in it but the diagonal and the cliques that end there; the blocks of all cliques stand one after another. */
  begin(s: number, diagonal: Float64Array, blocks: Float64Array): void;
  /** Extend-add: the rows of a child are some of the front's, in the same order. */
  addUpdate(s: number, child: number): void;
}

/** Assembles fronts in `panels` and `updates`, as the layout has them; allocates nothing afterwards. */
export const frontAssembly = (
  { offsets }: Cliques,
  { first, rowOffsets, order, cliqueOffsets, cliqueList }: SymbolicFactorization,
  { pivotCount, updateSize, panelAt, updateAt, parentRow, memberRow }: FrontalLayout,
  panels: Float64Array,
  updates: Float64Array,
): FrontAssembly => {
  const blockAt = new Int32Array(offsets.length);
  for (let c = 0; c + 1 < offsets.length; c++) {
    const d = offsets[c + 1]! - offsets[c]!;
    blockAt[c + 1] = blockAt[c]! + d * d;
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

  const begin = (s: number, diagonal: Float64Array, blocks: Float64Array): void => {
    clear(s);
    addDiagonal(s, diagonal);
    addCliques(s, blocks);
  };
  return { begin, addUpdate };
};
