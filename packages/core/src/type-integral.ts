import type { Distribution } from './distribution.ts';
import { type Integral, integrate, type Piece } from './quadrature.ts';

/**
 * Integrand over types: writes its components at type x, where `mass` stands for dF and `length` for dx. In the coordinate x itself they are the
 * density and 1; in the quantile they are 1 and 1/density.
 */
export type TypeIntegrand = (x: number, mass: number, length: number, out: Float64Array) => void;

interface Part {
  readonly pieces: readonly Piece[];
  /** The type at coordinate t. */
  at(t: number): number;
  readonly isQuantile: boolean;
}

/**
 * Where the density is infinite at an end of the support, types are too close together there to be told apart: the half of the piece next to
 * it is integrated in the quantile, from the end inwards.
 */
const partsOf = (types: Distribution, pieces: readonly Piece[]): Part[] => {
  const isInfiniteAt = (end: number): boolean => types.density(end) === Number.POSITIVE_INFINITY;
  const isInfiniteBelow = isInfiniteAt(types.min);
  const isInfiniteAbove = isInfiniteAt(types.max);
  const plain: Piece[] = [];
  const parts: Part[] = [{ pieces: plain, at: (x) => x, isQuantile: false }];
  for (const piece of pieces) {
    const middle = piece.from + (piece.to - piece.from) / 2;
    const isBottom = isInfiniteBelow && piece.from === types.min;
    const isTop = isInfiniteAbove && piece.to === types.max;
    const third = (piece.to - piece.from) / 3;
    const from = isBottom ? (isTop ? piece.from + third : middle) : piece.from;
    const to = isTop ? (isBottom ? piece.to - third : middle) : piece.to;
    plain.push({
      from,
      to,
      singular: isBottom || isTop ? keepSingular(piece, isBottom, isTop) : piece.singular,
    });
    if (isBottom) {
      parts.push({
        pieces: [{ from: 0, to: types.cdf(from), singular: 'from' }],
        at: (u) => types.quantile(u),
        isQuantile: true,
      });
    }
    if (isTop) {
      parts.push({
        pieces: [{ from: 0, to: types.survival(to), singular: 'from' }],
        at: (v) => types.quantile(1 - v),
        isQuantile: true,
      });
    }
  }
  return parts;
};

/** What is singular of a piece whose ends were cut off. */
const keepSingular = ({ singular }: Piece, isBottom: boolean, isTop: boolean): Piece['singular'] => {
  const isFrom = !isBottom && (singular === 'from' || singular === 'both');
  const isTo = !isTop && (singular === 'to' || singular === 'both');
  return isFrom ? (isTo ? 'both' : 'from') : isTo ? 'to' : 'none';
};

/** ∫ over types in the pieces, of a vector-valued integrand of mass and length. */
export const integrateTypes = (
  types: Distribution,
  integrand: TypeIntegrand,
  components: number,
  pieces: readonly Piece[],
): Integral => {
  const values = new Float64Array(components);
  let error = 0;
  for (const { pieces: own, at, isQuantile } of partsOf(types, pieces)) {
    const part = integrate(
      (t, out) => {
        const x = at(t);
        const density = types.density(x);
        if (isQuantile) integrand(x, 1, 1 / density, out);
        else integrand(x, density, 1, out);
      },
      components,
      own,
    );
    error = Math.max(error, part.error);
    for (let c = 0; c < components; c++) values[c]! += part.values[c]!;
  }
  return { values, error };
};
