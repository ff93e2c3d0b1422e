/** Shares of the highest value between which quality is looked at; below the lowest nothing is earned. */
const LOWEST = 1e-4;
const CELLS = 12;
/** Points of a cell through which a polynomial is laid, and those at which it must agree with quality to this share. */
const NODES = 9;
const PROBES = [0.031, 0.97, 0.44] as const;
const AGREEMENT = 1e-7;
/** A kink need be known only to this share of the value, a jump to rounding. */
const KINK = 1e-8;
const JUMP = 1e-6;
/** What is closed in on is tried for being a kink at this width, by so many halvings of the steps. */
const TESTED = 1e-4;
const HALVINGS = 5;
const MOST_BREAKS = 40;

const nodes = Array.from({ length: NODES }, (_, i) => (1 - Math.cos((Math.PI * i) / (NODES - 1))) / 2);
/** Barycentric weights of these nodes: alternating, and half as large at the ends. */
const weights = nodes.map((_, i) => (i % 2 === 0 ? 1 : -1) * (i === 0 || i === NODES - 1 ? 0.5 : 1));

const interpolated = (values: readonly number[], at: number): number => {
  let above = 0;
  let below = 0;
  for (let i = 0; i < NODES; i++) {
    const weight = weights[i]! / (at - nodes[i]!);
    above += weight * values[i]!;
    below += weight;
  }
  return above / below;
};

/**
 * The φ in (0, upTo) at which q(φ) has a jump or a kink, ascending, q being nondecreasing: cells of φ in which q is no polynomial are closed in on,
 * towards where its second differences are largest. A jump is found to rounding, a kink to 1e-8, which is enough for quadrature: what a kink
 * a distance h off does to an integral is of order h².
 */
export const supplyBreaks = (quality: (value: number) => number, upTo: number): readonly number[] => {
  const found: number[] = [];
  const isSmooth = (from: number, to: number): boolean => {
    const values = nodes.map((node) => quality(from + node * (to - from)));
    const most = Math.max(...values.map(Math.abs));
    return PROBES.every((probe) => {
      const there = quality(from + probe * (to - from));
      return Math.abs(interpolated(values, probe) - there) <= AGREEMENT * most;
    });
  };

  /** The middle of the largest second difference, closed in on; undefined where that falls as of a smooth function. */
  const closeIn = (from: number, to: number): number | undefined => {
    let [low, high] = [from, to];
    const at = (i: number): number => low + (i / 4) * (high - low);
    let q = [0, 1, 2, 3, 4].map((i) => quality(at(i)));
    const bends: number[] = [];
    let isTested = false;
    while (high - low > KINK * high) {
      let where = 1;
      let most = -1;
      for (let i = 1; i <= 3; i++) {
        const bend = Math.abs(q[i + 1]! - 2 * q[i]! + q[i - 1]!);
        if (bend > most) [most, where] = [bend, i];
      }
      bends.push(most);
      if (!isTested && high - low < TESTED * high && bends.length > HALVINGS) {
        // Halving the steps halves the second difference at a kink, and quarters it elsewhere.
        isTested = true;
        if (most < bends[bends.length - 1 - HALVINGS]! * 2.83 ** -HALVINGS) return undefined;
      }
      const next = [at(where - 1), at(where + 1)] as const;
      const kept = q.slice(where - 1, where + 2);
      [low, high] = next;
      q = [kept[0]!, quality(at(1)), kept[1]!, quality(at(3)), kept[2]!];
    }
    if (!(q[4]! - q[0]! > JUMP * q[4]!)) return low + (high - low) / 2;
    let [below, above] = [q[0]!, q[4]!];
    for (;;) {
      const middle = low + (high - low) / 2;
      if (!(middle > low && middle < high)) return high;
      const there = quality(middle);
      if (there - below > above - there) [high, above] = [middle, there];
      else [low, below] = [middle, there];
    }
  };

  const search = (from: number, to: number): void => {
    if (found.length >= MOST_BREAKS || to - from <= 4 * KINK * to || isSmooth(from, to)) return;
    const place = closeIn(from, to);
    const middle = place ?? from + (to - from) / 2;
    const beside = place === undefined ? 0 : 2 * KINK * place;
    if (place !== undefined) found.push(place);
    search(from, middle - beside);
    search(middle + beside, to);
  };

  if (!(upTo > 0 && quality(upTo) > 0)) return [];
  // Where supply starts, if it does so at a value above zero.
  let [none, some] = [LOWEST * upTo, upTo];
  if (quality(none) > 0) some = none;
  else
    for (;;) {
      const middle = none + (some - none) / 2;
      if (!(middle > none && middle < some)) break;
      if (quality(middle) > 0) some = middle;
      else none = middle;
    }
  if (some > LOWEST * upTo) found.push(some);
  const ratio = (upTo / some) ** (1 / CELLS);
  for (let cell = 0; cell < CELLS; cell++) {
    const [from, to] = [some * ratio ** cell, cell === CELLS - 1 ? upTo : some * ratio ** (cell + 1)];
    search(cell === 0 ? from * (1 + 2 * KINK) : from, to * (1 - 4 * Number.EPSILON));
  }
  return found.sort((a, b) => a - b);
};
