import { isSingularAt } from '../distributions/distribution.ts';
import { massSplits } from '../distributions/mass-splits.ts';
import { integrate, type Piece, piecesBetween, singularAtStart } from '../integration/quadrature.ts';
import { root } from '../integration/root.ts';
import { supplyPoint } from '../supply/efficient-supply.ts';
import type { ChainGrid } from './chain-grid.ts';
import { type Chain, chainVirtualValue, type Stretch } from './chain-problem.ts';
import type { Draw } from './chain-service.ts';
import { type IronedVirtualValue, ironWith } from './ironing.ts';

/** The first step away from a level, relative to the highest, and how much longer each next one is. */
const FIRST_STEP = 1e-6;
const GROWTH = 8;
/** How one type is served. */
export interface Served {
  /** φ̄, or the slope of the least cost. */
  readonly value: number;
  /** U′. */
  readonly quality: number;
  /** Of all that she is given, whoever makes it. */
  readonly cost: number;
  /** S(φ̄). */
  readonly surplus: number;
  readonly draws: readonly Draw[];
  readonly solved: boolean;
}

/** A stretch, how its types are served, and the pieces of types between which that is smooth. */
export interface ServedStretch {
  readonly stretch: Stretch;
  readonly at: (type: number) => Served;
  readonly pieces: readonly Piece[];
  /** Of a level, where it was ironed. */
  readonly ironed?: IronedVirtualValue;
}

const SAMPLES = 48;
/** Virtual values nearer than this to a kink of supply, relative to the types, are at it. */
const AT_KINK = 1e-12;
/** Cells about the end of a stretch of the grid in which the end is looked for. */
const NEAR = 4;
const FAR = 64;

const largest = ({ types }: Chain): number => Math.max(Math.abs(types.min), Math.abs(types.max));

/** How types are served along a stretch. */
const serviceAlong = (chain: Chain, stretch: Stretch, ironed?: IronedVirtualValue) => {
  const { service, participation } = chain;
  const point = supplyPoint(service.inputs);
  if (stretch.kind !== 'level') {
    const qualityAt = stretch.kind === 'fixed' ? () => stretch.quality : participation.slope;
    // All types of one quality are served alike, but where they are left to options of their own.
    let known: { readonly quality: number; readonly served: Served } | undefined;
    return (type: number): Served => {
      const quality = qualityAt(type);
      if (service.use !== 'own' && known?.quality === quality) return known.served;
      const { value, cost, draws, solved } = service.deliver(type, quality);
      const surplus = quality === 0 ? -cost : value * quality - cost;
      const served = { value, quality, cost, surplus, draws, solved };
      known = { quality, served };
      return served;
    };
  }
  return (type: number): Served => {
    const value = ironed?.at(type) ?? chainVirtualValue(chain, type, stretch.level);
    service.serve(type, value, point);
    const { quality, cost, surplus, solved, model, regime } = point;
    const isOutside = model === service.outsideModel;
    const inputs = Float64Array.from(point.inputs);
    return {
      value,
      quality,
      cost,
      surplus,
      draws: [{ share: 1, isOutside, quality, cost, inputs, model, regime }],
      solved,
    };
  };
};

/** What changes where supply has a kink: who serves, with which inputs, and which kinks the virtual value has passed. */
const signatureOf = (chain: Chain, { value, draws }: Served, kinks: readonly number[]): string => {
  const near = AT_KINK * largest(chain);
  const passed = kinks.filter((kink) => kink < value - near).length;
  const reached = kinks.filter((kink) => kink <= value + near).length;
  const made = draws.map(({ model, regime, quality }) => `${model}.${quality > 0 ? regime : -1}`);
  return `${passed} ${reached} ${made.join(' ')}`;
};

/** Types in (from, to) at which a signature changes, to rounding. */
const changes = (signature: (type: number) => string, from: number, to: number): number[] => {
  const found: number[] = [];
  const search = (low: number, atLow: string, high: number, atHigh: string): void => {
    if (atLow === atHigh) return;
    const middle = low + (high - low) / 2;
    if (
      !(middle > low && middle < high) ||
      high - low <= 2 ** -50 * Math.max(Math.abs(low), Math.abs(high))
    ) {
      found.push(high);
      return;
    }
    const atMiddle = signature(middle);
    search(low, atLow, middle, atMiddle);
    search(middle, atMiddle, high, atHigh);
  };
  const inside = 1e-9 * (to - from);
  let low = from + inside;
  let atLow = signature(low);
  for (let i = 1; i <= SAMPLES; i++) {
    const high = i === SAMPLES ? to - inside : from + ((to - from) * i) / SAMPLES;
    const atHigh = signature(high);
    search(low, atLow, high, atHigh);
    [low, atLow] = [high, atHigh];
  }
  return found;
};

/** A stretch cut wherever supply, density or u has a kink. */
export const servedStretch = (chain: Chain, stretch: Stretch, isIroned = false): ServedStretch => {
  const { types, participation, surplusWeight, service } = chain;
  const { from, to } = stretch;
  const ironed =
    isIroned && stretch.kind === 'level'
      ? ironWith(types, { surplusWeight, above: 1 - surplusWeight - stretch.level })
      : undefined;
  const at = serviceAlong(chain, stretch, ironed);
  const known = { stretch, at, ...(ironed ? { ironed } : {}) };
  if (stretch.kind === 'fixed') return { ...known, pieces: piecesBetween([from, to], () => false) };
  const breaks = [
    ...types.breakpoints,
    ...massSplits(types),
    ...participation.breakpoints,
    ...(ironed?.breakpoints ?? []),
  ];
  const ends = [...new Set([from, ...breaks.filter((x) => x > from && x < to), to])].sort((a, b) => a - b);
  const kinks = service.kinks(Math.max(at(from).value, at(to).value, types.max));
  const signature = (type: number): string => signatureOf(chain, at(type), kinks);
  const turns = new Set(ends.slice(1).flatMap((end, i) => changes(signature, ends[i]!, end)));
  const all = [...new Set([...ends, ...turns])].sort((a, b) => a - b);
  const isSingular = (end: number): boolean =>
    turns.has(end)
      ? false
      : end === types.min ||
        ((end === types.max || types.breakpoints.includes(end)) && isSingularAt(types, end));
  const startsHere = (piece: Piece): boolean =>
    turns.has(piece.from) && !(at(piece.from - (piece.to - piece.from) * 1e-9).quality > 0);
  // Supply starts like a fractional power of the value.
  const pieces = piecesBetween(all, isSingular).map((piece) =>
    startsHere(piece) ? singularAtStart(piece) : piece,
  );
  return { ...known, pieces };
};

/** ∫ q over pieces of a stretch. */
export const qualityIntegral = ({ at }: Pick<ServedStretch, 'at'>, pieces: readonly Piece[]): number => {
  const quality = (type: number, out: Float64Array): void => {
    out[0] = at(type).quality;
  };
  return integrate(quality, 1, pieces).values[0]!;
};

/** The place between `low`, where a condition holds, and `high`, where it does not. */
const lastWith = (holds: (type: number) => boolean, low: number, high: number): number => {
  let [yes, no] = [low, high];
  for (;;) {
    const middle = yes + (no - yes) / 2;
    if (!(middle > Math.min(yes, no) && middle < Math.max(yes, no))) return middle;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
};

/** Levels of a grid from cell to cell. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly level: number;
}

/** Shorter stretches, relative to the support, are none. */
const NOWHERE = 1e-13;
/** Blocks of no more cells than this are places where U = u, and the level rises. */
const FEW = 3;
/** Qualities this near to u′, relative to the highest, are u′ where they have been ironed. */
const ALONG = 1e-5;
const blocksOf = ({ level, quality, slope, isIroned }: ChainGrid, most: number): Block[] => {
  const blocks: Block[] = [];
  for (let i = 0; i < level.length; i++) {
    const last = blocks.at(-1);
    if (last !== undefined && last.level === level[i]) blocks[blocks.length - 1] = { ...last, last: i };
    else blocks.push({ first: i, last: i, level: level[i]! });
  }
  const near = ALONG * (quality.at(-1) ?? 0);
  const isAlong = ({ first, last }: Block): boolean =>
    isIroned && slope.slice(first, last + 1).every((own, i) => Math.abs(own - quality[first + i]!) <= near);
  return blocks.filter(
    (block) =>
      (block.last - block.first >= FEW ||
        ((block.level === 0 || block.level === most) && block.last > block.first)) &&
      !isAlong(block),
  );
};

/** The end of a block: where, served for its level, quality passes u′. */
const blockEnd = (
  chain: Chain,
  { edges }: ChainGrid,
  at: (type: number) => Served,
  cell: number,
  side: 'from' | 'to',
): number => {
  const last = edges.length - 1;
  const { slope } = chain.participation;
  // Quality is no less than u′ after a block's start, and less before its end; the level is the greatest of those that are best.
  // Who is left to an option of her own has u′ at any of many levels.
  const isOwn = chain.service.use === 'own';
  const isInside = (type: number): boolean => {
    const above = at(type).quality - slope(type);
    return side === 'from' ? above >= 0 : above < 0 || (isOwn && above === 0);
  };
  for (const reach of [NEAR, FAR]) {
    const inner = edges[side === 'from' ? Math.min(last, cell + reach) : Math.max(0, cell - reach)]!;
    const outer = edges[side === 'from' ? Math.max(0, cell - reach) : Math.min(last, cell + reach)]!;
    if (isInside(inner) && !isInside(outer)) return lastWith(isInside, inner, outer);
    // Service may begin before the grid says: those left to their own options there are on the stretch as well.
    if (isOwn && side === 'from' && at(outer).quality === slope(outer)) return outer;
  }
  return edges[cell]!;
};

/** A block's stretch, its ends and level solved for to rounding. */
const refineBlock = (chain: Chain, grid: ChainGrid, block: Block): Stretch => {
  const { surplusWeight } = chain;
  const most = 1 - surplusWeight;
  const cells = grid.edges.length - 1;
  const at = (level: number): Stretch => {
    const whole = { kind: 'level' as const, from: chain.types.min, to: chain.types.max, level };
    const ironed = grid.isIroned ? ironWith(chain.types, { surplusWeight, above: most - level }) : undefined;
    const along = serviceAlong(chain, whole, ironed);
    const from = block.first === 0 ? whole.from : blockEnd(chain, grid, along, block.first, 'from');
    const to = block.last === cells - 1 ? whole.to : blockEnd(chain, grid, along, block.last + 1, 'to');
    return { ...whole, from, to };
  };
  const isEnd =
    (block.level === 0 && block.first === 0) || (block.level === most && block.last === cells - 1);
  if (isEnd) return at(block.level);
  const { utility } = chain.participation;
  /** How much U − u rises along the stretch: it falls in the level. */
  const rise = (level: number): number => {
    const stretch = at(level);
    const served = servedStretch(chain, stretch, grid.isIroned);
    return qualityIntegral(served, served.pieces) - (utility(stretch.to) - utility(stretch.from));
  };
  let width = FIRST_STEP * most;
  let [low, high] = [block.level, block.level];
  while (low > 0 && !(rise(low) >= 0)) {
    low = Math.max(0, low - width);
    width *= GROWTH;
  }
  width = FIRST_STEP * most;
  while (high < most && !(rise(high) <= 0)) {
    high = Math.min(most, high + width);
    width *= GROWTH;
  }
  return at(root(rise, low, high));
};

/** Stretches of one level where the grid has them, their ends solved for, and u′ between them. */
export const chainStretches = (chain: Chain, grid: ChainGrid): Stretch[] => {
  const { min, max } = chain.types;
  const stretches: Stretch[] = [];
  let reached = min;
  for (const block of blocksOf(grid, 1 - chain.surplusWeight)) {
    const stretch = refineBlock(chain, grid, block);
    const from = Math.max(reached, stretch.from);
    if (stretch.to - from <= NOWHERE * (max - min)) continue;
    if (from > reached) stretches.push({ kind: 'slope', from: reached, to: from });
    stretches.push({ ...stretch, from });
    reached = Math.max(from, stretch.to);
  }
  if (max - reached > NOWHERE * (max - min)) stretches.push({ kind: 'slope', from: reached, to: max });
  return stretches;
};

/** The grid's own menu: a quality a cell, u′ where its level rises. */
export const gridStretches = ({ participation }: Chain, { edges, quality, level }: ChainGrid): Stretch[] => {
  const stretches: Stretch[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i]!, edges[i + 1]!];
    const mean = (participation.utility(to) - participation.utility(from)) / (to - from);
    const rises = level[i] !== level[i - 1] && level[i] !== level[i + 1];
    if (rises && quality[i] === mean) {
      const last = stretches.at(-1);
      if (last?.kind === 'slope') stretches[stretches.length - 1] = { ...last, to };
      else stretches.push({ kind: 'slope', from, to });
    } else stretches.push({ kind: 'fixed', from, to, quality: quality[i]! });
  }
  return stretches;
};
