import type { Distribution } from '../distributions/distribution.ts';
import {
  type Integral,
  integrate,
  isSingularAtEnd,
  isSingularAtStart,
  type Piece,
  worstError,
} from '../integration/quadrature.ts';
import { massBetween, plainPart, splitAtMass } from './mass-splits.ts';

/**
 * Integrand over types: writes its components at type x, where `mass` stands for dF and `length` for dx. In the coordinate x itself they are the
 * density and 1; where one of them is integrated apart, the other is 0. It is linear in the two.
 */
export type TypeIntegrand = (x: number, mass: number, length: number, out: Float64Array) => void;

interface Part {
  readonly pieces: readonly Piece[];
  /** The type at coordinate t. */
  at(t: number): number;
  /** What the coordinate measures: the type, with its density; mass alone; or length alone. */
  readonly measures: 'both' | 'mass' | 'length';
}

/**
 * Where the density is infinite, at an end of the support or at a breakpoint, types are too close together to be told apart: that part of the
 * piece is integrated in the mass between it and the type, from there on. What is integrated over length is not crowded there, and is in the type itself.
 */
const partsOf = (types: Distribution, pieces: readonly Piece[], hasLength: boolean): Part[] => {
  const plain: Piece[] = [];
  const parts: Part[] = [{ pieces: plain, at: (x) => x, measures: 'both' }];
  const lengths: Piece[] = [];
  for (const piece of pieces) {
    const isBottom = types.density(piece.from) === Number.POSITIVE_INFINITY;
    const isTop = types.density(piece.to) === Number.POSITIVE_INFINITY;
    const [from, to] = plainPart(piece.from, piece.to, isBottom, isTop);
    plain.push({
      from,
      to,
      singular: isBottom || isTop ? keepSingular(piece, isBottom, isTop) : piece.singular,
    });
    if (isBottom) lengths.push({ from: piece.from, to: from, singular: 'from' });
    if (isTop) lengths.push({ from: to, to: piece.to, singular: 'to' });
    if (isBottom) {
      const [below, above] = [types.cdf(piece.from), types.survival(piece.from)];
      parts.push({
        pieces: [{ from: 0, to: massBetween(types, piece.from, from), singular: 'from' }],
        // Rounding must not lead out of the piece, where other types may be served otherwise.
        at: (m) => Math.max(piece.from, types.quantile(below < 0.5 ? below + m : 1 - (above - m))),
        measures: 'mass',
      });
    }
    if (isTop) {
      const [below, above] = [types.cdf(piece.to), types.survival(piece.to)];
      parts.push({
        pieces: [{ from: 0, to: massBetween(types, to, piece.to), singular: 'from' }],
        at: (m) => Math.min(piece.to, types.quantile(below < 0.5 ? below - m : 1 - (above + m))),
        measures: 'mass',
      });
    }
  }
  if (hasLength && lengths.length > 0) parts.push({ pieces: lengths, at: (x) => x, measures: 'length' });
  return parts;
};

/** What is singular of a piece whose ends were cut off. */
const keepSingular = (piece: Piece, isBottom: boolean, isTop: boolean): Piece['singular'] => {
  const isFrom = !isBottom && isSingularAtStart(piece);
  const isTo = !isTop && isSingularAtEnd(piece);
  return isFrom ? (isTo ? 'both' : 'from') : isTo ? 'to' : 'none';
};

/**
 * ∫ over types in the pieces, of a vector-valued integrand of mass and length, or, as an expectation is, of mass alone. The pieces need not know where the
 * types are: `massSplits` does. `tolerance` and `maxSegments` are those of `integrate`.
 */
export const integrateTypes = (
  types: Distribution,
  integrand: TypeIntegrand,
  components: number,
  pieces: readonly Piece[],
  of: 'mass and length' | 'mass' = 'mass and length',
  { tolerance, maxSegments }: { readonly tolerance?: number; readonly maxSegments?: number } = {},
): Integral => {
  const values = new Float64Array(components);
  const wrong = new Float64Array(components);
  const size = new Float64Array(components);
  for (const { pieces: own, at, measures } of partsOf(types, splitAtMass(types, pieces), of !== 'mass')) {
    const part = integrate(
      (t, out) => {
        const x = at(t);
        const mass = measures === 'both' ? types.density(x) : measures === 'mass' ? 1 : 0;
        integrand(x, mass, measures === 'mass' ? 0 : 1, out);
      },
      components,
      own,
      tolerance,
      maxSegments,
    );
    for (let c = 0; c < components; c++) {
      values[c]! += part.values[c]!;
      wrong[c]! += part.wrong[c]!;
      size[c]! += part.size[c]!;
    }
  }
  return { values, wrong, size, error: worstError(wrong, size) };
};
