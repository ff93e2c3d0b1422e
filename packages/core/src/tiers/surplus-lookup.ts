import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';

/** S(φ) at one scale, looked up: dynamic programs ask for it a million times. */
export interface SurplusLookup {
  /** S(φ) for φ up to the table's end, money. */
  surplus(value: number): number;
  /** C at q = S′(φ), from S and q = S′ as looked up: φ S′(φ) − S(φ). */
  cost(value: number): number;
  /** The same less its jumps at or below φ. */
  continuousCost(value: number): number;
  /** Where C jumps up, as the best quality does, and by how much. */
  readonly jumps: readonly { readonly value: number; readonly cost: number }[];
  /** The largest difference from S that was met midway between knots. */
  readonly error: number;
}

/** Differences from S, relative to S at the table's end, beyond which knots are doubled; and the most of them between two kinks. */
const ACCURACY = 1e-12;
const FEWEST = 128;
const MOST = 8192;
/** How far inside a piece its ends are taken, relative to its length. */
const INSIDE = 1e-12;
/** Relative steps of quality below this are no jumps. */
const JUMP = 1e-6;

interface Piece {
  readonly from: number;
  readonly length: number;
  readonly intervals: number;
  /** Knots, S and q at them. */
  readonly x: Float64Array;
  readonly s: Float64Array;
  readonly q: Float64Array;
}

/**
 * Table of S(φ, s) on [0, upTo]: cubic Hermite between knots that crowd like t⁴ at the start of every piece between kinks, since supply starts like a
 * fractional power. Knots are doubled until the table is within 1e-12 of S (relative to its end) midway between them, where a cubic is
 * worst; each midpoint is then a knot. At a kink q is taken from either side, as it may jump.
 */
export const surplusLookup = (supply: EfficientSupply, scale: number, upTo: number): SurplusLookup => {
  const point = supplyPoint(supply.inputs.length);
  const top = Math.max(upTo, Number.MIN_VALUE);
  supply.supply(top, scale, point);
  const allowed = ACCURACY * Math.abs(point.surplus);
  const ends = [0, ...supply.kinks(scale, top), top];
  let error = 0;
  const pieces: Piece[] = [];
  for (let e = 0; e + 1 < ends.length; e++) {
    const [from, to] = [ends[e]!, ends[e + 1]!];
    if (!(to > from)) continue;
    const length = to - from;
    const measure = (x: number): readonly [number, number] => {
      supply.supply(x, scale, point);
      const surplus = point.surplus;
      const inside = Math.min(to - INSIDE * length, Math.max(from + INSIDE * length, x));
      if (inside !== x) supply.supply(inside, scale, point);
      return [surplus, point.quality];
    };
    let piece = sampled(from, length, FEWEST, undefined, measure);
    for (;;) {
      const finer = sampled(from, length, 2 * piece.intervals, piece, measure);
      let worst = 0;
      for (let i = 1; i < finer.x.length; i += 2)
        worst = Math.max(worst, Math.abs(hermite(piece, (i - 1) / 2, finer.x[i]!) - finer.s[i]!));
      piece = finer;
      if (worst <= allowed || piece.intervals >= MOST) {
        error = Math.max(error, worst);
        break;
      }
    }
    pieces.push(piece);
  }
  const rows = pieces.map(cubics);
  const last = pieces.length - 1;
  let at = 0;
  /** The row of the interval in which the value is, whose piece is then `at`. */
  const rowOf = (value: number): number => {
    at = 0;
    while (at < last && value >= pieces[at + 1]!.from) at++;
    const { from, length, intervals, x } = pieces[at]!;
    let i = Math.floor(intervals * Math.sqrt(Math.sqrt((value - from) / length)));
    if (i > intervals - 1) i = intervals - 1;
    // Rounding may have put it next to where it belongs.
    if (i > 0 && value < x[i]!) i--;
    return ROW * i;
  };
  // S is continuous, so that C jumps by φ Δq; what the ends taken inside leave is rounding.
  const steps = pieces.map(({ from, q }, p) => {
    const below = pieces[p - 1];
    const [low, high] = [below?.q[below.intervals] ?? 0, q[0]!];
    return from > 0 && high - low > JUMP * high ? from * (high - low) : 0;
  });
  const jumps = pieces
    .map(({ from }, p) => ({ value: from, cost: steps[p]! }))
    .filter(({ cost }) => cost > 0);
  let sum = 0;
  const stepped = steps.map((step) => {
    sum += step;
    return sum;
  });
  const cost = (value: number): number => {
    const i = rowOf(value);
    const row = rows[at]!;
    const d = value - row[i]!;
    const [c0, c1, c2, c3] = [row[i + 1]!, row[i + 2]!, row[i + 3]!, row[i + 4]!];
    return value * (c1 + d * (2 * c2 + 3 * d * c3)) - (c0 + d * (c1 + d * (c2 + d * c3)));
  };
  return {
    error,
    jumps,
    surplus: (value) => {
      if (!(value > 0)) return 0;
      const i = rowOf(value);
      const row = rows[at]!;
      const d = value - row[i]!;
      return row[i + 1]! + d * (row[i + 2]! + d * (row[i + 3]! + d * row[i + 4]!));
    },
    cost: (value) => (value > 0 ? cost(value) : 0),
    continuousCost: (value) => (value > 0 ? cost(value) - stepped[at]! : 0),
  };
};

/** Numbers an interval: its start, and the coefficients of S in powers of the distance from there. */
const ROW = 5;

const cubics = ({ intervals, x, s, q }: Piece): Float64Array => {
  const rows = new Float64Array(ROW * intervals);
  for (let i = 0; i < intervals; i++) {
    const h = x[i + 1]! - x[i]!;
    const slope = h > 0 ? (s[i + 1]! - s[i]!) / h : 0;
    rows[ROW * i] = x[i]!;
    rows[ROW * i + 1] = s[i]!;
    rows[ROW * i + 2] = q[i]!;
    // Knots may fall together next to a start above 0.
    if (!(h > 0)) continue;
    rows[ROW * i + 3] = (3 * slope - 2 * q[i]! - q[i + 1]!) / h;
    rows[ROW * i + 4] = (q[i]! + q[i + 1]! - 2 * slope) / (h * h);
  }
  return rows;
};

/** S and q at t⁴-spaced knots; those of `coarser`, with half as many, are not asked for again. */
const sampled = (
  from: number,
  length: number,
  intervals: number,
  coarser: Piece | undefined,
  measure: (x: number) => readonly [number, number],
): Piece => {
  const piece: Piece = {
    from,
    length,
    intervals,
    x: new Float64Array(intervals + 1),
    s: new Float64Array(intervals + 1),
    q: new Float64Array(intervals + 1),
  };
  for (let i = 0; i <= intervals; i++) {
    if (coarser !== undefined && i % 2 === 0) {
      piece.x[i] = coarser.x[i / 2]!;
      piece.s[i] = coarser.s[i / 2]!;
      piece.q[i] = coarser.q[i / 2]!;
      continue;
    }
    const t = i / intervals;
    piece.x[i] = i === intervals ? from + length : from + length * t * t * t * t;
    [piece.s[i], piece.q[i]] = measure(piece.x[i]!) as [number, number];
  }
  return piece;
};

const hermite = ({ x, s, q }: Piece, i: number, value: number): number => {
  const h = x[i + 1]! - x[i]!;
  const t = (value - x[i]!) / h;
  const u = 1 - t;
  return (
    u * u * (1 + 2 * t) * s[i]! + t * t * (3 - 2 * t) * s[i + 1]! + h * t * u * (u * q[i]! - t * q[i + 1]!)
  );
};
