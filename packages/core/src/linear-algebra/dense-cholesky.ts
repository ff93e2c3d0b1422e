/** Rows and columns of a front come in blocks of four, padded: the kernels have no other case. */
export const padded = (count: number): number => (count + 3) & ~3;

/**
 * target[r, c] −= Σ_k values[j + r, k]·values[j + c, k] for r = 0 … rowCount − 1, c = 0 … 3 and k < width.
 *
 * `at` is the index of values[j, 0], `targetAt` that of target[0, 0]; both are row-major; rowCount and width are
 * multiples of four. Tiles of 4×2 are what the registers of a processor hold without spilling.
 */
const subtractProducts = (
  values: Float64Array,
  at: number,
  stride: number,
  width: number,
  rowCount: number,
  target: Float64Array,
  targetAt: number,
  targetStride: number,
): void => {
  for (let c = 0; c < 4; c += 2) {
    const c0 = at + c * stride;
    const c1 = c0 + stride;
    for (let r = 0; r < rowCount; r += 4) {
      const r0 = at + r * stride;
      const r1 = r0 + stride;
      const r2 = r1 + stride;
      const r3 = r2 + stride;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let k = 0; k < width; k += 2) {
        const a0 = values[c0 + k]!;
        const a1 = values[c1 + k]!;
        const x0 = values[r0 + k]!;
        s00 += x0 * a0;
        s01 += x0 * a1;
        const x1 = values[r1 + k]!;
        s10 += x1 * a0;
        s11 += x1 * a1;
        const x2 = values[r2 + k]!;
        s20 += x2 * a0;
        s21 += x2 * a1;
        const x3 = values[r3 + k]!;
        s30 += x3 * a0;
        s31 += x3 * a1;
        const b0 = values[c0 + k + 1]!;
        const b1 = values[c1 + k + 1]!;
        const z0 = values[r0 + k + 1]!;
        s00 += z0 * b0;
        s01 += z0 * b1;
        const z1 = values[r1 + k + 1]!;
        s10 += z1 * b0;
        s11 += z1 * b1;
        const z2 = values[r2 + k + 1]!;
        s20 += z2 * b0;
        s21 += z2 * b1;
        const z3 = values[r3 + k + 1]!;
        s30 += z3 * b0;
        s31 += z3 * b1;
      }
      let t = targetAt + r * targetStride + c;
      target[t]! -= s00;
      target[t + 1]! -= s01;
      t += targetStride;
      target[t]! -= s10;
      target[t + 1]! -= s11;
      t += targetStride;
      target[t]! -= s20;
      target[t + 1]! -= s21;
      t += targetStride;
      target[t]! -= s30;
      target[t + 1]! -= s31;
    }
  }
};

/** A pivot that Cholesky can take the root of. */
const isPivot = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;

/**
 * Cholesky factorisation of four columns that are up to date, and of the rows below. `at` is the index of the first
 * pivot, rowCount counts from its row. The diagonal receives the reciprocals.
 */
const factorFour = (values: Float64Array, at: number, stride: number, rowCount: number): boolean => {
  const r1 = at + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  const d0 = values[at]!;
  if (!isPivot(d0)) return false;
  const i0 = 1 / Math.sqrt(d0);
  const l10 = values[r1]! * i0;
  const l20 = values[r2]! * i0;
  const l30 = values[r3]! * i0;
  const d1 = values[r1 + 1]! - l10 * l10;
  if (!isPivot(d1)) return false;
  const i1 = 1 / Math.sqrt(d1);
  const l21 = (values[r2 + 1]! - l20 * l10) * i1;
  const l31 = (values[r3 + 1]! - l30 * l10) * i1;
  const d2 = values[r2 + 2]! - l20 * l20 - l21 * l21;
  if (!isPivot(d2)) return false;
  const i2 = 1 / Math.sqrt(d2);
  const l32 = (values[r3 + 2]! - l30 * l20 - l31 * l21) * i2;
  const d3 = values[r3 + 3]! - l30 * l30 - l31 * l31 - l32 * l32;
  if (!isPivot(d3)) return false;
  const i3 = 1 / Math.sqrt(d3);
  values[at] = i0;
  values[r1] = l10;
  values[r1 + 1] = i1;
  values[r2] = l20;
  values[r2 + 1] = l21;
  values[r2 + 2] = i2;
  values[r3] = l30;
  values[r3 + 1] = l31;
  values[r3 + 2] = l32;
  values[r3 + 3] = i3;
  const end = at + rowCount * stride;
  for (let r = r3 + stride; r < end; r += stride) {
    const x0 = values[r]! * i0;
    const x1 = (values[r + 1]! - x0 * l10) * i1;
    const x2 = (values[r + 2]! - x0 * l20 - x1 * l21) * i2;
    values[r] = x0;
    values[r + 1] = x1;
    values[r + 2] = x2;
    values[r + 3] = (values[r + 3]! - x0 * l30 - x1 * l31 - x2 * l32) * i3;
  }
  return true;
};

/**
 * Partial Cholesky factorisation of a front [A B ; Bᵀ C] with A = LLᵀ: [A ; Bᵀ] becomes [L ; BᵀL⁻ᵀ], and C becomes
 * C − BᵀA⁻¹B. False where a pivot is not positive, or not finite.
 *
 * Both are row-major: `panel` holds pivotCount columns from panelAt on, `update` the square C from updateAt on. Only lower
 * triangles are read; what stands above the diagonal is overwritten. L has its diagonal's reciprocals on the
 * diagonal. pivotCount and rowCount (pivots included) are multiples of four.
 */
export const factorFront = (
  panel: Float64Array,
  panelAt: number,
  pivotCount: number,
  rowCount: number,
  update: Float64Array,
  updateAt: number,
): boolean => {
  for (let c = 0; c < pivotCount; c += 4) {
    const row = panelAt + c * pivotCount;
    if (c > 0) subtractProducts(panel, row, pivotCount, c, rowCount - c, panel, row + c, pivotCount);
    if (!factorFour(panel, row + c, pivotCount, rowCount - c)) return false;
  }
  const updateSize = rowCount - pivotCount;
  for (let c = 0; c < updateSize; c += 4) {
    const row = panelAt + (pivotCount + c) * pivotCount;
    const target = updateAt + c * updateSize + c;
    subtractProducts(panel, row, pivotCount, pivotCount, updateSize - c, update, target, updateSize);
  }
  return true;
};
