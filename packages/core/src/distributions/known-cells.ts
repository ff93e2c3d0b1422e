import { gaussLegendre } from '../integration/gauss-legendre.ts';
import type { Distribution } from './distribution.ts';
import { massBetween } from './mass-splits.ts';

/** What cells of types have of a distribution, one number a cell. */
export interface CellMoments {
  readonly mass: Float64Array;
  /** ∫ x dF. */
  readonly moment: Float64Array;
  /** Mean F over the cell's length. */
  readonly below: Float64Array;
}

const NODES = 4;

/** Chains of many scales, or at many costs, have one distribution of types: its ranks and the cells last asked for are remembered with it. */
const known = new WeakMap<
  Distribution,
  {
    readonly ranks: Map<number, Float64Array>;
    cells?: { readonly edges: Float64Array; readonly moments: CellMoments };
  }
>();

const knownOf = (types: Distribution) => {
  let own = known.get(types);
  if (own === undefined) {
    own = { ranks: new Map() };
    known.set(types, own);
  }
  return own;
};

/** The types of ranks i/count, i from 0 to count. */
export const evenRanks = (types: Distribution, count: number): Float64Array => {
  const { ranks } = knownOf(types);
  let found = ranks.get(count);
  if (found === undefined) {
    found = Float64Array.from({ length: count + 1 }, (_, i) => types.quantile(i / count));
    ranks.set(count, found);
  }
  return found;
};

/** Mass and moments of the cells between ascending edges; mean F to the degree 2·4 − 1. */
export const cellMoments = (types: Distribution, edges: Float64Array): CellMoments => {
  const own = knownOf(types);
  const { cells } = own;
  const isSame = cells?.edges.length === edges.length && cells.edges.every((edge, i) => edge === edges[i]);
  if (cells && isSame) return cells.moments;
  const moments = momentsOf(types, edges);
  own.cells = { edges, moments };
  return moments;
};

const momentsOf = (types: Distribution, edges: Float64Array): CellMoments => {
  const rule = gaussLegendre(NODES);
  const column = (of: (from: number, to: number) => number): Float64Array =>
    Float64Array.from({ length: edges.length - 1 }, (_, i) => of(edges[i]!, edges[i + 1]!));
  const meanOf = (of: (type: number) => number, from: number, to: number): number =>
    rule.nodes.reduce((sum, node, k) => sum + rule.weights[k]! * of(from + (to - from) * node), 0);
  return {
    mass: column((from, to) => massBetween(types, from, to)),
    moment: column(
      (from, to) =>
        from * types.survival(from) -
        to * types.survival(to) +
        meanOf(types.survival, from, to) * (to - from),
    ),
    below: column((from, to) => meanOf(types.cdf, from, to)),
  };
};
