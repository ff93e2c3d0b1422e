import { gaussLegendre, legendre } from './gauss-legendre.ts';

/** An interval of integration with the ends at which the integrand may behave like a fractional power. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly singular: 'none' | 'from' | 'to' | 'both';
}

/** Whether the integrand may behave like a fractional power where the piece starts, or ends. */
export const isSingularAtStart = ({ singular }: Pick<Piece, 'singular'>): boolean =>
  singular === 'from' || singular === 'both';
export const isSingularAtEnd = ({ singular }: Pick<Piece, 'singular'>): boolean =>
  singular === 'to' || singular === 'both';

/** The piece, singular at its start as well. */
export const singularAtStart = (piece: Piece): Piece => ({
  ...piece,
  singular: isSingularAtEnd(piece) ? 'both' : 'from',
});

/** The part of a piece below `end`, which is no end of its own. */
export const pieceBelow = (piece: Piece, end: number): Piece => ({
  from: piece.from,
  to: end,
  singular: isSingularAtStart(piece) ? 'from' : 'none',
});

/** Writes the integrand's components at x into `out`. */
export type Integrand = (x: number, out: Float64Array) => void;

export interface Integral {
  readonly values: Float64Array;
  /** Estimated errors, and ∫|integrand|, of the components. */
  readonly wrong: Float64Array;
  readonly size: Float64Array;
  /** Estimated error, relative to ∫|integrand| of the worst component. */
  readonly error: number;
}

/** The largest error relative to the size; NaN stays NaN. */
export const worstError = (wrong: Float64Array, size: Float64Array): number =>
  wrong.reduce((worst, each, c) => (size[c] === 0 ? worst : Math.max(worst, each / size[c]!)), 0);

/** Nodes of a segment's rule. */
const NODES = 20;
/** So many Legendre coefficients are looked at, of the highest degrees and of those about the middle. */
const TAIL = 4;
/** The power of the substitution at a singular end. */
const GRADE = 4;
const ULP = 2 ** -53;

/** Rows that turn values at the nodes into Legendre coefficients a_k, k in `degrees`. */
const coefficientRows = (degrees: readonly number[]): Float64Array[] => {
  const { nodes, weights } = gaussLegendre(NODES);
  return degrees.map((k) =>
    Float64Array.from(nodes, (x, i) => (2 * k + 1) * weights[i]! * legendre(k, 2 * x - 1).value),
  );
};

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);
let rows: { high: Float64Array[]; middle: Float64Array[] } | undefined;

const strongest = (
  kind: readonly Float64Array[],
  values: Float64Array,
  offset: number,
  stride: number,
): number => {
  let worst = 0;
  for (const row of kind) {
    let a = 0;
    for (let i = 0; i < NODES; i++) a += row[i]! * values[i * stride + offset]!;
    worst = Math.max(worst, Math.abs(a));
  }
  return worst;
};

interface Segment {
  readonly piece: Piece;
  /** Position inside the piece's own coordinate t in [0, 1]. */
  readonly from: number;
  readonly to: number;
  readonly values: Float64Array;
  readonly absolute: Float64Array;
  readonly errors: Float64Array;
  /** Halving no longer helps: what is left is rounding in the integrand. */
  isNoise: boolean;
}

/** An error this small, relative to the integral, that two halves share as their parent had it, is rounding. */
const NOISE = 1e-5;
/** As their parent had it: at least this share of it each. */
const KEPT = 0.1;
/** Segments of this share of a piece are not halved. */
const SHORTEST = 1e-9;

const halves = (piece: Piece): readonly Piece[] => {
  if (piece.singular !== 'both') return [piece];
  const middle = piece.from + (piece.to - piece.from) / 2;
  return [
    { from: piece.from, to: middle, singular: 'from' },
    { from: middle, to: piece.to, singular: 'to' },
  ];
};

/** The rule of one segment: its integral, and what the Legendre coefficients of the integrand say is left out. */
const segmentRule = (
  integrand: Integrand,
  components: number,
): ((piece: Piece, from: number, to: number) => Segment) => {
  rows ??= {
    high: coefficientRows(range(NODES - TAIL, TAIL)),
    middle: coefficientRows(range(NODES / 2 - TAIL, TAIL)),
  };
  const { high, middle } = rows;
  const rule = gaussLegendre(NODES);
  const samples = new Float64Array(NODES * components);
  const point = new Float64Array(components);

  return (piece, from, to) => {
    const length = piece.to - piece.from;
    const values = new Float64Array(components);
    const absolute = new Float64Array(components);
    const errors = new Float64Array(components);
    for (let i = 0; i < NODES; i++) {
      const t = from + (to - from) * rule.nodes[i]!;
      let x: number;
      let jacobian: number;
      if (piece.singular === 'from') {
        x = piece.from + length * t * t * t * t;
        if (x === piece.from) x += Number.EPSILON * Math.abs(x);
        jacobian = GRADE * length * t * t * t;
      } else if (piece.singular === 'to') {
        const r = 1 - t;
        x = piece.to - length * r * r * r * r;
        if (x === piece.to) x -= Number.EPSILON * Math.abs(x);
        jacobian = GRADE * length * r * r * r;
      } else {
        x = piece.from + length * t;
        jacobian = length;
      }
      // Rounding may land on an end, where a singular integrand has no value.
      const nudge = ULP * Math.max(Math.abs(piece.from), Math.abs(piece.to));
      if (x >= piece.to) x = piece.to - nudge;
      else if (x <= piece.from) x = piece.from + nudge;
      integrand(x, point);
      for (let c = 0; c < components; c++) {
        const value = point[c]! * jacobian * (to - from);
        samples[i * components + c] = value;
        values[c]! += rule.weights[i]! * value;
        absolute[c]! += rule.weights[i]! * Math.abs(value);
      }
    }
    for (let c = 0; c < components; c++) {
      const last = strongest(high, samples, c, components);
      const half = strongest(middle, samples, c, components);
      // Coefficients that shrink from degree n/2 to n by a factor r go on shrinking: the rule's error is about last·r.
      errors[c] = last * (half > 0 ? Math.min(1, last / half) : 1);
    }
    return { piece, from, to, values, absolute, errors, isNoise: false };
  };
};

/**
 * ∫ over the union of the pieces, of a vector-valued integrand.
 *
 * Gauss–Legendre with 20 nodes a segment, segments halved until the Legendre coefficients of the integrand show
 * that what is left out is below `tolerance` relative to ∫|integrand|. At a singular end the substitution
 * x = from + L·t⁴ turns (x − from)^p into t^{4p+3}, so that fractional powers converge fast; the end itself, where the integrand may be
 * infinite, is never asked for. `maxSegments` bounds the work; where it is reached the returned `error` says so.
 */
export const integrate = (
  integrand: Integrand,
  components: number,
  pieces: readonly Piece[],
  tolerance = 1e-13,
  maxSegments = 400,
): Integral => {
  const evaluate = segmentRule(integrand, components);
  let segments: Segment[] = [];
  for (const piece of pieces) {
    if (!(piece.to > piece.from)) continue;
    for (const half of halves(piece)) segments.push(evaluate(half, 0, 1));
  }
  const scale = new Float64Array(components);
  for (;;) {
    scale.fill(0);
    for (const segment of segments) for (let c = 0; c < components; c++) scale[c]! += segment.absolute[c]!;
    const isAccurate = (segment: Segment): boolean => {
      if (segment.isNoise) return true;
      for (let c = 0; c < components; c++) if (segment.errors[c]! > tolerance * scale[c]!) return false;
      return true;
    };
    const rough = segments.filter((segment) => !isAccurate(segment) && segment.to - segment.from > SHORTEST);
    if (rough.length === 0 || segments.length + rough.length > maxSegments) break;
    segments = segments.filter((segment) => !rough.includes(segment));
    for (const parent of rough) {
      const centre = parent.from + (parent.to - parent.from) / 2;
      const left = evaluate(parent.piece, parent.from, centre);
      const right = evaluate(parent.piece, centre, parent.to);
      const isNoise = isOnlyNoise(parent, left, right, scale, tolerance);
      left.isNoise = isNoise;
      right.isNoise = isNoise;
      segments.push(left, right);
    }
  }

  const values = new Float64Array(components);
  const wrong = new Float64Array(components);
  for (let c = 0; c < components; c++) {
    for (const segment of segments) {
      values[c]! += segment.values[c]!;
      wrong[c]! += segment.errors[c]!;
    }
  }
  return { values, wrong, size: scale, error: worstError(wrong, scale) };
};

/** Smooth or singular integrands lose most of their error in at least one half; noise keeps half of it in each. */
const isOnlyNoise = (
  parent: Segment,
  left: Segment,
  right: Segment,
  scale: Float64Array,
  tolerance: number,
): boolean => {
  for (let c = 0; c < scale.length; c++) {
    const error = parent.errors[c]!;
    if (error <= tolerance * scale[c]!) continue;
    const isKept = Math.min(left.errors[c]!, right.errors[c]!) >= KEPT * error;
    if (!(error <= NOISE * scale[c]! && isKept)) return false;
  }
  return true;
};

/** Consecutive pieces between ascending `ends`, singular where `isSingular` says so. Empty pieces are left out. */
export const piecesBetween = (ends: readonly number[], isSingular: (end: number) => boolean): Piece[] => {
  const pieces: Piece[] = [];
  for (let i = 0; i + 1 < ends.length; i++) {
    const from = ends[i]!;
    const to = ends[i + 1]!;
    if (!(to > from)) continue;
    const left = isSingular(from);
    const right = isSingular(to);
    pieces.push({ from, to, singular: left ? (right ? 'both' : 'from') : right ? 'to' : 'none' });
  }
  return pieces;
};
