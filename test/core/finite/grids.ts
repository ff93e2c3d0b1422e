import {
  type Copula,
  type EfficientSupply,
  type FiniteProblem,
  profileTypes,
  supplyByIndex,
  valueScaleTypes,
} from '@menusmith/core';
import { halfSquares } from './examples.ts';

/** n × n types at the midpoints of even cells on [1, 2]², two tasks of weight 1, C = |q|²/2 (Rochet and Choné 1998). */
export const rochetChone = (n: number): FiniteProblem => {
  const place = (i: number): number => 1 + (i + 0.5) / n;
  return {
    types: profileTypes(
      Float64Array.from({ length: 2 * n * n }, (_, at) => {
        const type = at >> 1;
        return place(at % 2 === 0 ? Math.floor(type / n) : type % n);
      }),
      Float64Array.of(1, 1),
    ),
    mass: new Float64Array(n * n).fill(1 / (n * n)),
    supply: halfSquares(2),
  };
};

/** Values and scales on [0, 1], n × n even cells: lowest value and middle scale of each, with the mass that the copula has there. */
export const valueScaleGrid = (
  n: number,
  copula: Copula,
  { supply, degree }: { readonly supply: EfficientSupply; readonly degree: number },
) => {
  const scales = Float64Array.from({ length: n }, (_, j) => (j + 0.5) / n);
  const weights = scales.map((s, j) => s - (scales[j - 1] ?? 0));
  const cells = Array.from({ length: n * n }, (_, at) => [Math.floor(at / n), at % n] as const);
  const below = (i: number, j: number): number => copula.cdf(i / n, j / n);
  const types = valueScaleTypes(
    Float64Array.from(cells, ([i]) => i / n),
    Int32Array.from(cells, ([, j]) => j + 1),
    weights,
  );
  const mass = Float64Array.from(
    cells,
    ([i, j]) => below(i + 1, j + 1) - below(i, j + 1) - below(i + 1, j) + below(i, j),
  );
  return { types, mass, supply: supplyByIndex(supply, degree, n), scales };
};
