import type { FrontalLayout } from './frontal-layout.ts';
import type { SymbolicFactorization } from './symbolic-factorization.ts';

/**
 * Solves LLᵀy = y in place, y in elimination order with one entry more: the padded rows', which is 0 and stays so.
 *
 * The panels are those of factorFront: reciprocals on the diagonal, four rows at a time below the pivots.
 */
export const triangularSolve = (
  { count, first, rowOffsets, rows }: SymbolicFactorization,
  { pivotCount, panelAt }: FrontalLayout,
  panels: Float64Array,
  y: Float64Array,
): void => {
  const dummy = y.length - 1;
  for (let s = 0; s < count; s++) {
    const begin = first[s]!;
    const end = first[s + 1]!;
    const stride = pivotCount[s]!;
    let at = panelAt[s]!;
    for (let j = begin; j < end; j++) {
      let sum = y[j]!;
      for (let k = begin; k < j; k++) sum -= panels[at + k - begin]! * y[k]!;
      y[j] = sum * panels[at + j - begin]!;
      at += stride;
    }
    at = panelAt[s]! + stride * stride - begin;
    const rowEnd = rowOffsets[s + 1]!;
    for (let i = rowOffsets[s]!; i < rowEnd; i += 4) {
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      const at1 = at + stride;
      const at2 = at1 + stride;
      const at3 = at2 + stride;
      for (let k = begin; k < end; k++) {
        const yk = y[k]!;
        sum0 += panels[at + k]! * yk;
        sum1 += panels[at1 + k]! * yk;
        sum2 += panels[at2 + k]! * yk;
        sum3 += panels[at3 + k]! * yk;
      }
      y[rows[i]!]! -= sum0;
      y[i + 1 < rowEnd ? rows[i + 1]! : dummy]! -= sum1;
      y[i + 2 < rowEnd ? rows[i + 2]! : dummy]! -= sum2;
      y[i + 3 < rowEnd ? rows[i + 3]! : dummy]! -= sum3;
      at = at3 + stride;
    }
  }
  for (let s = count - 1; s >= 0; s--) {
    const begin = first[s]!;
    const end = first[s + 1]!;
    const stride = pivotCount[s]!;
    let at = panelAt[s]! + stride * stride - begin;
    const rowEnd = rowOffsets[s + 1]!;
    for (let i = rowOffsets[s]!; i < rowEnd; i += 4) {
      const y0 = y[rows[i]!]!;
      const y1 = y[i + 1 < rowEnd ? rows[i + 1]! : dummy]!;
      const y2 = y[i + 2 < rowEnd ? rows[i + 2]! : dummy]!;
      const y3 = y[i + 3 < rowEnd ? rows[i + 3]! : dummy]!;
      const at1 = at + stride;
      const at2 = at1 + stride;
      const at3 = at2 + stride;
      for (let k = begin; k < end; k++)
        y[k]! -= panels[at + k]! * y0 + panels[at1 + k]! * y1 + panels[at2 + k]! * y2 + panels[at3 + k]! * y3;
      at = at3 + stride;
    }
    for (let j = end - 1; j >= begin; j--) {
      at = panelAt[s]! + (j - begin) * stride - begin;
      const yj = y[j]! * panels[at + j]!;
      y[j] = yj;
      for (let k = begin; k < j; k++) y[k]! -= panels[at + k]! * yj;
    }
  }
};
