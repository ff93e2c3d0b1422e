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
 * Where the density is infinite, at an end of the support or at a breakpoint, types are too close together to be told apart: that part of the
 * piece is integrated in the mass between it and the type, from there on.
 */
const partsOf = (types: Distribution, pieces: readonly Piece[]): Part[] => {
  const plain: Piece[] = [];
  const parts: Part[] = [{ pieces: plain, at: (x) => x, isQuantile: false }];
  for (const piece of pieces) {
    const isBottom = types.density(piece.from) === Number.POSITIVE_INFINITY;
    const isTop = types.density(piece.to) === Number.POSITIVE_INFINITY;
    const middle = piece.from + (piece.to - piece.from) / 2;
    const third = (piece.to - piece.from) / 3;
    const from = isBottom ? (isTop ? piece.from + third : middle) : piece.from;
    const to = isTop ? (isBottom ? piece.to - third : middle) : piece.to;
    plain.push({
      from,
      to,
      singular: isBottom || isTop ? keepSingular(piece, isBottom, isTop) : piece.singular,
    });
    if (isBottom) {
      const [below, above] = [types.cdf(piece.from), types.survival(piece.from)];
      parts.push({
        pieces: [{ from: 0, to: massBetween(types, piece.from, from), singular: 'from' }],
        at: (m) => types.quantile(below < 0.5 ? below + m : 1 - (above - m)),
        isQuantile: true,
      });
    }
    if (isTop) {
      const [below, above] = [types.cdf(piece.to), types.survival(piece.to)];
      parts.push({
        pieces: [{ from: 0, to: massBetween(types, to, piece.to), singular: 'from' }],
        at: (m) => types.quantile(below < 0.5 ? below - m : 1 - (above + m)),
        isQuantile: true,
      });
    }
  }
  return parts;
};

/** F(to) − F(from), as a difference of small numbers in either tail. */
const massBetween = (types: Distribution, from: number, to: number): number =>
  types.cdf(from) < 0.5 ? types.cdf(to) - types.cdf(from) : types.survival(from) - types.survival(to);

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
