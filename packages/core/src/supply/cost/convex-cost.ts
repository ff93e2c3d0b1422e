import { InputError } from '../../input-error.ts';
import { maximizer } from '../../integration/root.ts';
import { numberWords } from '../../plain-text.ts';

/**
 * A cost C(q) of one task's quality, smooth between its kinks, along an amount u that rises with quality: quality itself, or an input that it is made
 * from. Nothing costs nothing.
 */
export interface ConvexCost {
  /** The largest amount there is; ∞ where there is no end. */
  readonly max: number;
  /** Amounts in (0, max) where C′ may jump or bend, ascending. */
  readonly kinks: readonly number[];
  /** q of an amount; the amount itself where this is left out. */
  quality?(amount: number): number;
  /** C of an amount's quality. */
  cost(amount: number): number;
  /** C′ = dC/dq there, money a unit of quality. At a kink it may be that of either side. */
  slope(amount: number): number;
  /** C″ = d²C/dq² there, at least 0. */
  curvature(amount: number): number;
}

/** A stretch of amounts between kinks: marginal costs at its ends, just inside. */
export interface CostStretch {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/** Relative distance from a kink at which a slope is that of one side: more than the kink's own rounding. */
export const BESIDE = 2 ** -49;
/** Slopes that differ by less than this share are one. */
export const SAME = 1e-12;
/** And next to a place beyond which C′ is infinite, where it comes to that by a jump. */
const JUMP = 1e-3;
/** Qualities a decade at which convexity is tried, and at how many equal steps up to the most. */
const A_DECADE = 24;
const STEPS = 256;
/** Without a most, qualities are tried between these. */
const LEAST = 1e-9;
const MOST = 1e9;
/** A marginal cost that falls by less than this share has fallen by rounding. */
const ROUNDING = 1e-10;
/** Beyond this quality nothing is looked for, and a cost of so much has no end. */
export const FARTHEST = 1e100;

/** Qualities at which a cost is tried, ascending: by decades, and by equal steps where there is a most. */
export const triedQualities = (max: number): readonly number[] => {
  const top = Number.isFinite(max) ? max : MOST;
  const decades = Math.log10((Number.isFinite(max) ? 1 : MOST) / LEAST);
  const count = Math.ceil(A_DECADE * decades);
  const byDecade = Array.from({ length: count }, (_, n) => top * 10 ** (-decades * (1 - n / count)));
  const bySteps = Number.isFinite(max)
    ? Array.from({ length: STEPS }, (_, n) => (max * (n + 1)) / STEPS)
    : [];
  return [...new Set([...byDecade, ...bySteps])].sort((a, b) => a - b);
};

/** The stretches between kinks, from 0 to the most there is. */
export const costStretches = ({ max, kinks, slope }: ConvexCost): readonly CostStretch[] => {
  const ends = [0, ...kinks.filter((kink) => kink > 0 && kink < max), max];
  return ends.slice(1).map((to, n): CostStretch => {
    const from = ends[n]!;
    return {
      from,
      to,
      first: from === 0 ? slopeAtZero(slope) : slopeBeside(slope, from, 1),
      last: Number.isFinite(to) ? slopeBeside(slope, to, -1) : limitOf(slope),
    };
  });
};

/** C′ just above or just below a place: its own where that is the same, or where C′ grows into it without bound. */
const slopeBeside = (slope: ConvexCost['slope'], at: number, side: 1 | -1): number => {
  const [own, beside, further] = [0, 1, 2].map((steps) => slope(at * (1 + steps * side * BESIDE))) as [
    number,
    number,
    number,
  ];
  const isSame = Number.isFinite(own)
    ? Math.abs(own - beside) <= SAME * Math.abs(own)
    : Math.abs(further - beside) > JUMP * beside;
  return isSame ? own : beside;
};

/** C′(0), as a limit where the formula has none of its own, as at 0·log 0. */
const slopeAtZero = (slope: ConvexCost['slope']): number => {
  const own = slope(0);
  return Number.isFinite(own) ? own : slope(1 / FARTHEST);
};

/** The limit of C′ as quality grows; what overflows is without a limit. */
const limitOf = (slope: ConvexCost['slope']): number => {
  const last = slope(FARTHEST);
  if (Number.isNaN(last)) return Number.POSITIVE_INFINITY;
  // What has grown by half over the last 50 powers of ten has no end.
  return last > 1.5 * slope(Math.sqrt(FARTHEST)) ? Number.POSITIVE_INFINITY : last;
};

/**
 * Throws InputError where the cost is no convex function from 0 on: not 0 at 0, falling at 0, without a finite value, or where its slope falls; the
 * message says at which quality.
 */
export const requireConvex = (given: ConvexCost): void => {
  const fault = convexityFault(given);
  if (fault !== undefined) throw fault;
};

/** What `requireConvex` throws; undefined where the cost is convex. */
export const convexityFault = (given: ConvexCost): InputError | undefined => {
  const atZero = given.cost(0);
  if (atZero !== 0)
    return wrong(
      `expected a cost of 0 at q = 0, got ${said(atZero)}; no quality is what a buyer has who takes nothing`,
    );
  const start = slopeAtZero(given.slope);
  if (Number.isNaN(start)) return wrong('expected a cost with a slope at q = 0, got one without');
  if (!(start >= 0)) {
    return wrong(
      `expected a cost that does not fall at q = 0, got a slope of ${said(start)} there; ${said(-start)}*q added to the cost, and as much to every ` +
        'value, is the same problem',
    );
  }
  let [before, slopeBefore] = [0, start];
  const all = triedQualities(given.max);
  for (const q of [...new Set([...all, ...given.kinks.flatMap(besides)])].sort((a, b) => a - b)) {
    const [cost, slope] = [given.cost(q), given.slope(q)];
    if (!Number.isFinite(cost + slope)) {
      // A cost that rises without bound towards the most is a limit like a most; and numbers end somewhere.
      if (q >= given.max * (1 - BESIDE) || given.cost(before) > FARTHEST || slopeBefore > FARTHEST) break;
      return wrong(
        `expected a finite cost at every quality, got ${said(cost)} at q = ${said(q)}; a max below would do`,
      );
    }
    if (slopeBefore - slope > ROUNDING * (Math.abs(slope) + Math.abs(slopeBefore)))
      return notConvex(before, slopeBefore, q, slope);
    [before, slopeBefore] = [q, slope];
  }
  for (const [from, to] of dipsOf(given, all)) {
    const q = maximizer((x) => -given.curvature(x), from, to);
    const least = given.curvature(q);
    if (!(least < -ROUNDING * (Math.abs(given.slope(q)) / q))) continue;
    return wrong(
      `expected a convex cost, got one whose slope falls at q = ${said(q)}, where its second derivative is ${said(least)}`,
    );
  }
  return undefined;
};

const besides = (kink: number): readonly number[] => [kink * (1 - BESIDE), kink * (1 + BESIDE)];

const notConvex = (from: number, before: number, to: number, after: number): InputError =>
  wrong(
    said(before) === said(after)
      ? `expected a convex cost, got one whose slope falls by ${said(before - after)} between q = ${said(from)} and q = ${said(to)}`
      : `expected a convex cost, got one whose slope falls from ${said(before)} at q = ${said(from)} to ${said(after)} at q = ${said(to)}`,
  );

const wrong = (message: string): InputError => new InputError('not-convex', message);

const said = (x: number): string => numberWords(x, 6);

/** Neighbourhoods in which curvature is least, between the kinks. */
export const dipsOf = (
  { kinks, curvature }: ConvexCost,
  tried: readonly number[],
): (readonly [number, number])[] => {
  const found: (readonly [number, number])[] = [];
  for (let n = 1; n + 1 < tried.length; n++) {
    const [a, b, c] = [tried[n - 1]!, tried[n]!, tried[n + 1]!];
    const middle = curvature(b);
    const isDip =
      middle <= curvature(a) && middle <= curvature(c) && curvature(a) + curvature(c) > 2 * middle;
    if (isDip && !kinks.some((kink) => kink >= a && kink <= c)) found.push([a, c]);
  }
  return found;
};
