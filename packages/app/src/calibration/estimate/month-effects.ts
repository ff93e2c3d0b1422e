import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Panel } from './panel.ts';

/** Where cells stand in series and months. */
export type Layout = Pick<Panel, 'offsets' | 'month' | 'months'>;

/**
 * γ by month with x_it ≈ a_i + γ_t for series i by least squares, given for any x: series are concentrated out, which leaves one equation a month.
 *
 * Σ_t n_t γ_t = 0. Where series fall apart into groups that share no month, γ is that of least size.
 */
export const monthEffects = ({ offsets, month, months }: Layout) => {
  const matrix = new Float64Array(months * months);
  const sizes = new Float64Array(months);
  for (let s = 0; s + 1 < offsets.length; s++) {
    const [from, to] = [offsets[s]!, offsets[s + 1]!];
    const share = 1 / (to - from);
    for (let i = from; i < to; i++) {
      const t = month[i]!;
      sizes[t]!++;
      matrix[t * months + t]!++;
      for (let j = from; j < to; j++) matrix[t * months + month[j]!]! -= share;
    }
  }
  const total = sizes.reduce((a, b) => a + b, 0);
  // Rows sum to 0; the outer product fixes the level, and as little as rounding a group that shares no month with others, or a month without cells.
  for (let t = 0; t < months; t++)
    for (let u = 0; u < months; u++)
      matrix[t * months + u]! += (sizes[t]! * sizes[u]!) / total + (t === u ? 1e-9 * (sizes[t]! + 1) : 0);
  const factor = new CholeskyDecomposition(Matrix.from1DArray(months, months, [...matrix]));
  return (value: (cell: number, series: number) => number): Float64Array => {
    const right = new Float64Array(months);
    for (let s = 0; s + 1 < offsets.length; s++) {
      const [from, to] = [offsets[s]!, offsets[s + 1]!];
      let mean = 0;
      for (let i = from; i < to; i++) mean += value(i, s);
      mean /= to - from;
      for (let i = from; i < to; i++) right[month[i]!]! += value(i, s) - mean;
    }
    return Float64Array.from(factor.solve(Matrix.columnVector([...right])).to1DArray());
  };
};
