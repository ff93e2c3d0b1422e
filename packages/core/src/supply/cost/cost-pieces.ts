import { type ConvexCost, type CostStretch, costStretches } from './convex-cost.ts';
import type { CostForm, CostPiece } from './cost-form.ts';

/** Relative differences of slopes that are rounding, and so many places a stretch at which they are compared. */
const SAME = 1e-12;
const PLACES = 16;
/** A stretch that bends otherwise is so many parabolas, of which the optimum is off by the square of what they miss. */
const PARABOLAS = 128;
/** Where it has no end, or ends upright: slopes that rise by this factor, up to so many times the first. */
const FINE = 1.02;
const FARTHEST_SLOPE = 64;
/** Halvings after which numbers are not told apart. */
const HALVINGS = 200;

/** A convex cost in linear and quadratic pieces; undefined where it is anything else. */
export const costPieces = (given: ConvexCost): readonly CostPiece[] | undefined => {
  const pieces = stretchesOf(given).map((stretch) => pieceOf(given, stretch));
  return pieces.every((piece) => piece !== undefined) ? pieces : undefined;
};

/**
 * A convex cost as solvers write it down: in linear and quadratic pieces, or, where some of it is straight and some bends like no parabola, in pieces near
 * it, with what it is beside them. Undefined where all of it is curved, so that quality does not jump, and for what goes straight on without end.
 */
export const costForm = (given: ConvexCost): CostForm | undefined => {
  const pieces = costPieces(given);
  if (pieces !== undefined) return { tasks: [pieces] };
  const hasJump = stretchesOf(given).some((stretch) => pieceOf(given, stretch)?.curvature === 0);
  return hasJump ? nearForm(given) : undefined;
};

/** Pieces near a convex cost, with what it is; undefined for what goes straight on without end. */
export const nearForm = (given: ConvexCost): CostForm | undefined => {
  const pieces = stretchesOf(given).map((stretch) => {
    const one = pieceOf(given, stretch);
    return one === undefined ? parabolas(given, stretch) : [one];
  });
  return pieces.some((own) => own === undefined)
    ? undefined
    : { tasks: [pieces.flatMap((own) => own!)], exact: [exactCost(given)] };
};

/** Stretches between kinks, without those between kinks that rounding alone keeps apart. */
const stretchesOf = (given: ConvexCost): readonly CostStretch[] =>
  costStretches(given).filter(({ from, to }) => !Number.isFinite(to) || to - from > SAME * to);

const qualityOf = ({ quality = (amount: number) => amount }: ConvexCost, amount: number): number =>
  quality(amount);

/** A stretch that is one linear or quadratic piece. */
const pieceOf = (given: ConvexCost, { from, to, first, last }: CostStretch): CostPiece | undefined => {
  const isEnd = !Number.isFinite(to);
  const at = (share: number): number => (isEnd ? from + share / (1 - share) : from + share * (to - from));
  const curvature = given.curvature(at(0.5));
  const start = qualityOf(given, from);
  for (let n = 1; n < PLACES; n++) {
    const amount = at(n / PLACES);
    const slope = given.slope(amount);
    const risen = curvature * (qualityOf(given, amount) - start);
    if (!(Math.abs(slope - first - risen) <= SAME * slope)) return undefined;
  }
  // Straight without an end, or bent into infinity: no program has that.
  if (!(isEnd ? curvature > 0 : Number.isFinite(last))) return undefined;
  return { rate: first, curvature: Math.max(0, curvature), length: qualityOf(given, to) - start };
};

/** A stretch in parabolas that have its slope where they meet. */
const parabolas = (given: ConvexCost, stretch: CostStretch): readonly CostPiece[] | undefined => {
  const { from, to, first, last } = stretch;
  const isUpright = !(Number.isFinite(to) && Number.isFinite(last));
  if (isUpright && !(first > 0)) return undefined;
  const amounts = isUpright
    ? slopesApart(given, stretch)
    : Array.from({ length: PARABOLAS }, (_, n) => from + ((to - from) * (n + 1)) / PARABOLAS);
  const pieces: CostPiece[] = [];
  let [quality, slope] = [qualityOf(given, from), first];
  for (const amount of amounts) {
    const next = qualityOf(given, amount);
    const rise = amount === to && Number.isFinite(last) ? last : given.slope(amount);
    if (!(next > quality)) continue;
    pieces.push({
      rate: slope,
      curvature: Math.max(0, rise - slope) / (next - quality),
      length: next - quality,
    });
    [quality, slope] = [next, Math.max(slope, rise)];
  }
  return pieces.every(({ curvature, length }) => Number.isFinite(curvature + length)) ? pieces : undefined;
};

/** The amounts at which the slope has risen from the first by ever the same factor, as far as it does. */
const slopesApart = (given: ConvexCost, { from, to, first }: CostStretch): readonly number[] => {
  const amounts: number[] = [];
  for (let slope = FINE * first; slope <= FARTHEST_SLOPE * first; slope *= FINE) {
    const amount = leastFrom(amounts.at(-1) ?? from, to, (own) => given.slope(own) >= slope);
    if (amount === undefined) break;
    amounts.push(amount);
  }
  return amounts;
};

/** The least amount of which something holds, which goes on holding; undefined where it never does. */
const leastFrom = (from: number, to: number, holds: (amount: number) => boolean): number | undefined => {
  let [low, high] = [from, Number.isFinite(to) ? to : 2 * from + 1];
  for (let n = 0; !holds(high); n++) {
    if (high >= to || n >= HALVINGS) return undefined;
    [low, high] = [high, Math.min(to, 2 * high)];
  }
  for (let n = 0; n < HALVINGS; n++) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) break;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
};

/** C(q), by the amount that makes q; ∞ where none does. */
const exactCost =
  (given: ConvexCost) =>
  (quality: number): number => {
    if (!(quality > 0)) return quality === 0 ? 0 : Number.POSITIVE_INFINITY;
    const most = qualityOf(given, given.max);
    const wanted = quality > most && quality <= most * (1 + SAME) ? most : quality;
    const amount = leastFrom(0, given.max, (own) => qualityOf(given, own) >= wanted);
    return amount === undefined ? Number.POSITIVE_INFINITY : given.cost(amount);
  };
