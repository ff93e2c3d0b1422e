import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';

/** S(φ, s) at one scale as a function of φ, tabulated for simulations in which buyers try thousands of tariffs. */
export interface SurplusTable {
  /** S(φ) and S′(φ) = q(φ), for φ up to the table's end. */
  surplus(value: number): number;
  quality(value: number): number;
}

/** How far inside a piece its ends are taken, relative to its length. */
const INSIDE = 1e-12;
/** Qualities at a kink and so far inside that differ by more, relative to them, jump. */
const JUMP = 1e-3;

/**
 * Cubic Hermite table of S between kinks, from S and its exact derivative q: error of order h⁴ in S and h³ in q.
 * Knots crowd towards the first kink like t⁴, since supply starts like a fractional power.
 */
export const surplusTable = (
  supply: EfficientSupply,
  scale: number,
  upTo: number,
  knotsPerPiece = 256,
): SurplusTable => {
  const point = supplyPoint(supply.inputs.length);
  const ends = [0, ...supply.kinks(scale, upTo), upTo];
  const knots: number[] = [];
  const places: number[] = [];
  for (let e = 0; e + 1 < ends.length; e++) {
    const [from, to] = [ends[e]!, ends[e + 1]!];
    for (let i = 0; i <= knotsPerPiece; i++) {
      const t = i / knotsPerPiece;
      const knot = i === knotsPerPiece ? to : from + (to - from) * (e === 0 ? t * t * t * t : t);
      knots.push(knot);
      // At a kink quality can jump, as where a cost is straight or the best of several models changes: each piece takes it from its own side.
      const inside = INSIDE * (to - from);
      places.push(Math.min(to - inside, Math.max(e === 0 ? 0 : from + inside, knot)));
    }
  }
  const x = Float64Array.from(knots);
  const n = x.length;
  const s = new Float64Array(n);
  const q = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    supply.supply(x[i]!, scale, point);
    s[i] = point.surplus;
    q[i] = point.quality;
    if (places[i] === x[i]) continue;
    supply.supply(places[i]!, scale, point);
    if (Math.abs(point.quality - q[i]!) > JUMP * Math.max(point.quality, q[i]!)) q[i] = point.quality;
  }
  const find = (value: number): number => {
    let low = 0;
    let high = n - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x[middle]! <= value) low = middle;
      else high = middle;
    }
    return low;
  };
  return {
    surplus: (value) => {
      if (!(value > 0)) return 0;
      const i = find(value);
      const h = x[i + 1]! - x[i]!;
      const t = (value - x[i]!) / h;
      const u = 1 - t;
      return (
        u * u * (1 + 2 * t) * s[i]! +
        t * t * (3 - 2 * t) * s[i + 1]! +
        h * t * u * (u * q[i]! - t * q[i + 1]!)
      );
    },
    quality: (value) => {
      if (!(value > 0)) return 0;
      const i = find(value);
      const h = x[i + 1]! - x[i]!;
      const t = (value - x[i]!) / h;
      const u = 1 - t;
      return (6 * t * u * (s[i + 1]! - s[i]!)) / h + u * (1 - 3 * t) * q[i]! + t * (3 * t - 2) * q[i + 1]!;
    },
  };
};
