import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Gauss–Legendre rule on [0, 1]: nodes ascending, weights summing to 1. Exact to degree 2n − 1. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** P_n(x) and P_n'(x) on [−1, 1] by the three-term recurrence. */
export const legendre = (n: number, x: number): { value: number; derivative: number } => {
  let previous = 0;
  let value = 1;
  for (let k = 1; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
    previous = value;
    value = next;
  }
  return { value, derivative: (n * (x * value - previous)) / (x * x - 1) };
};

/**
 * Gauss–Legendre rule with n nodes on [0, 1].
 *
 * Golub–Welsch: the nodes are the eigenvalues of the Jacobi matrix of the Legendre polynomials. One Newton step
 * on P_n takes them from the eigensolver's accuracy to the last bit; weights are 2/((1 − x²)P_n'(x)²).
 */
const computeRule = (n: number): QuadratureRule => {
  const jacobi = Matrix.zeros(n, n);
  for (let k = 1; k < n; k++) {
    const b = k / Math.sqrt(4 * k * k - 1);
    jacobi.set(k - 1, k, b);
    jacobi.set(k, k - 1, b);
  }
  const eigenvalues = new EigenvalueDecomposition(jacobi, { assumeSymmetric: true }).realEigenvalues;
  const sorted = Float64Array.from(eigenvalues).sort();
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = sorted[i]!;
    for (let step = 0; step < 2; step++) {
      const p = legendre(n, x);
      x -= p.value / p.derivative;
    }
    const { derivative } = legendre(n, x);
    nodes[i] = (1 + x) / 2;
    weights[i] = 1 / ((1 - x * x) * derivative * derivative);
  }
  return { nodes, weights };
};

const rules = new Map<number, QuadratureRule>();

/** Gauss–Legendre rule with n nodes on [0, 1]; computed once for each n. Do not write into it. */
export const gaussLegendre = (n: number): QuadratureRule => {
  let rule = rules.get(n);
  if (rule === undefined) {
    rule = computeRule(n);
    rules.set(n, rule);
  }
  return rule;
};
