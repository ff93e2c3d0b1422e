import { gaussLegendre, type Piece } from '@menusmith/core';

/** A quadrature rule over pieces: nodes and weights, in the coordinate itself. */
export interface FixedRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss–Legendre with n nodes a piece. Pieces with a singular end are graded as core's adaptive quadrature grades them, x = end ± L t⁴, unless
 * told not to.
 */
export const fixedRule = (pieces: readonly Piece[], n: number, isGraded = true): FixedRule => {
  const rule = gaussLegendre(n);
  const halves = pieces.flatMap(({ from, to, singular }): Piece[] =>
    singular === 'both' && isGraded
      ? [
          { from, to: (from + to) / 2, singular: 'from' },
          { from: (from + to) / 2, to, singular: 'to' },
        ]
      : [{ from, to, singular: isGraded ? singular : 'none' }],
  );
  const nodes = new Float64Array(halves.length * n);
  const weights = new Float64Array(halves.length * n);
  halves.forEach(({ from, to, singular }, p) => {
    const length = to - from;
    for (let i = 0; i < n; i++) {
      const t = rule.nodes[i]!;
      const at = p * n + i;
      if (singular === 'from') {
        nodes[at] = from + length * t ** 4;
        weights[at] = rule.weights[i]! * length * 4 * t ** 3;
      } else if (singular === 'to') {
        nodes[at] = to - length * (1 - t) ** 4;
        weights[at] = rule.weights[i]! * length * 4 * (1 - t) ** 3;
      } else {
        nodes[at] = from + length * t;
        weights[at] = rule.weights[i]! * length;
      }
    }
  });
  return { nodes, weights };
};
