import { type Distribution, isSingularAt } from '../distributions/distribution.ts';
import { integrateTypes } from '../distributions/type-integral.ts';
import { gaussLegendre } from '../integration/gauss-legendre.ts';
import { piecesBetween } from '../integration/quadrature.ts';
import { numberWords } from '../plain-text.ts';
import { rankCells } from './rank-cells.ts';

const CELLS = 200;
const TAIL = 20;
/** F, 1 − F and the quantiles must agree to this, in mass. */
const SAME_RANK = 1e-6;
/** The density's integral over a cell is taken as it stands where it is so close to the cell's mass, else on both halves of the cell. */
const SAME_MASS = 1e-4;
/** What the quadrature of a solve may lose of all types: between two infinite densities, types that are one number are 1e-6 of them. */
const LOST = 3e-6;
/** Halvings of a cell, by mass: what is next to an infinite density is a small part of it by then. */
const HALVINGS = 10;
/** Cells that are cut in halves at most: where the density is wrong everywhere, cutting does not help. */
const MOST_CUT = 2000;
/** Mass that density and quantiles may place differently in all, for what is next to infinite densities and jumps. */
const MISPLACED = 2e-3;
const NODES = 8;
/** Types this close, relative to their size, are one number to F. */
const SAME_TYPE = 2 ** -48;
/** Next to an infinite density at 0 most of the mass may be at numbers as small as this. */
const NEXT_TO_NOTHING = 1e-300;

const text = (x: number): string => numberWords(x, 4);

/**
 * What is wrong with a distribution, in words; undefined where nothing is.
 *
 * Its four functions are four accounts of the same types, and all numbers of a solve rest on some of them. Quantiles must rise within the support, F and
 * 1 − F must give the ranks back, the density must integrate to the mass between neighbouring quantiles, wherever that is, and the quadrature by which
 * a solve integrates over types must find all of them.
 */
export const distributionFault = (distribution: Distribution): string | undefined => {
  if (!known.has(distribution))
    known.set(
      distribution,
      ranksFault(distribution) ?? densityFault(distribution) ?? quadratureFault(distribution),
    );
  return known.get(distribution);
};

const quadratureFault = (of: Distribution): string | undefined => {
  const ends = [of.min, ...of.breakpoints.filter((x) => x > of.min && x < of.max), of.max];
  const pieces = piecesBetween(ends, (end) => isSingularAt(of, end));
  const count = (_x: number, mass: number, _length: number, out: Float64Array): void => {
    out[0] = mass;
  };
  const found = integrateTypes(of, count, 1, pieces, 'mass').values[0]!;
  return Math.abs(found - 1) <= LOST
    ? undefined
    : `quadrature over its support finds ${Number.isFinite(found) ? found : 'no number'} of the types, which must be 1`;
};

const known = new WeakMap<Distribution, string | undefined>();

const ranksFault = (of: Distribution): string | undefined => {
  const { ranks, low, high } = rankCells(of, CELLS, TAIL);
  const last = ranks.length - 1;
  for (let k = 0; k <= last; k++) {
    const x = k === last ? high[last - 1]! : low[k]!;
    const isInside = x >= of.min && x <= of.max && (k === 0 || x >= low[k - 1]!);
    if (!isInside)
      return `the quantile of rank ${text(ranks[k]!)} is ${text(x)}, which is not between the quantile before it and the end of the support`;
    if (k === 0 || k === last) continue;
    const ulp = Math.max(SAME_TYPE * Math.abs(x), NEXT_TO_NOTHING);
    const u = ranks[k]!;
    const [below, above] = [of.cdf(x - ulp), of.cdf(x + ulp)];
    if (!(below <= u + SAME_RANK && above >= u - SAME_RANK))
      return `F is ${text(of.cdf(x))} at the quantile of rank ${text(u)}`;
    const [beyond, before] = [of.survival(x + ulp), of.survival(x - ulp)];
    if (!(beyond <= 1 - u + SAME_RANK && before >= 1 - u - SAME_RANK))
      return `1 − F is ${text(of.survival(x))} at the quantile of rank ${text(u)}`;
  }
  return undefined;
};

const densityFault = (of: Distribution): string | undefined => {
  const { nodes, weights } = gaussLegendre(NODES);
  let worst = { misplaced: 0, from: 0, to: 0 };
  let isNumber = true;
  let cut = 0;
  const integral = (from: number, to: number): number => {
    let sum = 0;
    for (let i = 0; i < NODES; i++) sum += weights[i]! * of.density(from + (to - from) * nodes[i]!);
    return sum * (to - from);
  };
  /** Mass between ranks u and v, at x and y, that the density does not confirm. */
  const misplaced = (u: number, x: number, v: number, y: number, halvings: number): number => {
    if (!(y - x > Math.max(SAME_TYPE * Math.abs(x), SAME_TYPE * Math.abs(y), NEXT_TO_NOTHING))) return 0;
    const found = integral(x, y);
    if (!(found >= 0)) isNumber = false;
    const missing = Math.abs(found - (v - u));
    if (missing <= SAME_MASS * (v - u)) return missing;
    const rank = u + (v - u) / 2;
    if (halvings === 0 || cut >= MOST_CUT || !isNumber || !(rank > u && rank < v))
      return Math.min(missing, v - u);
    cut++;
    const middle = of.quantile(rank);
    return misplaced(u, x, rank, middle, halvings - 1) + misplaced(rank, middle, v, y, halvings - 1);
  };
  const { ranks, low, high } = rankCells(of, CELLS, TAIL);
  let total = 0;
  for (let k = 0; k < low.length && isNumber; k++) {
    if (high[k] === Number.POSITIVE_INFINITY) continue;
    const own = misplaced(ranks[k]!, low[k]!, ranks[k + 1]!, high[k]!, HALVINGS);
    total += own;
    if (own > worst.misplaced) worst = { misplaced: own, from: low[k]!, to: high[k]! };
  }
  if (!isNumber) return 'the density is not a number of at least 0 everywhere';
  if (total <= MISPLACED) return undefined;
  return (
    `the density and the quantiles place ${text(total)} of the types differently, ${text(worst.misplaced)} of them between ` +
    `${text(worst.from)} and ${text(worst.to)}`
  );
};
