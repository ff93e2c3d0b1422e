import { root } from '../integration/root.ts';
import { type EfficientSupply, type SupplyPoint, supplyPoint } from '../supply/efficient-supply.ts';
import type { ChainParticipation } from './chain-participation.ts';

/** The first step away from a value is this share of it, or of the least size that is told from 0, and each next one is longer. */
const FIRST_STEP = 1 / 8;
const LEAST_SIZE = 1e-6;
const GROWTH = 4;
/** So far above what she is served for no value makes this quality. */
const TOO_HIGH = 1e9;
/** So far below, nothing is what she gets. */
const TOO_LOW = -1e30;

/**
 * How types can be served. 'none': by the seller alone. 'resold': he can also buy the outside product at its price and give it in his items, whole or in
 * lotteries with his own. 'own': a type can be left to her own outside option, and nobody to another's.
 */
export type OutsideUse = 'none' | 'resold' | 'own';

/** One of the outcomes of an item; an item with several is a lottery. */
export interface Draw {
  readonly share: number;
  /** Served by the outside product. */
  readonly isOutside: boolean;
  readonly quality: number;
  readonly cost: number;
  /** The seller's; all 0 for the outside product. */
  readonly inputs: Float64Array;
  /** The seller's model; the number of his models for the outside product. */
  readonly model: number;
  readonly regime: number;
}

/** A quality at its least cost C̃, lotteries included. */
export interface Delivery {
  /** A φ of which this quality is a best choice: a slope of C̃. */
  readonly value: number;
  /** C̃(q). */
  readonly cost: number;
  readonly draws: readonly Draw[];
  /** False where no lottery has this quality, or supply could not be solved. */
  readonly solved: boolean;
}

/** What serves a chain of types: own supply and the outside product, whichever has the larger surplus at a virtual value. */
export interface ChainService {
  readonly use: OutsideUse;
  readonly inputs: number;
  /** The model of the outside product in a point. */
  readonly outsideModel: number;
  /** The best choice for a type of virtual value φ. */
  serve(type: number, value: number, out: SupplyPoint): void;
  /** The φ up to a highest one at which the best choice has a kink, of types not left to their own outside option. */
  kinks(upTo: number): readonly number[];
  deliver(type: number, quality: number): Delivery;
}

/** φ so low that nobody is served for it. */
const NOTHING = -1e100;
/** Sides of a φ at which quality may jump, relative to it. */
const BESIDE = 2 ** -48;
/** Qualities on both sides that differ by less, relative to them or to the best type's, do not jump. */
const JUMP = 1e-7;
const SLIGHT = 1e-10;

const drawOf = (point: SupplyPoint, share: number, outsideModel: number): Draw => ({
  share,
  isOutside: point.model === outsideModel,
  quality: point.quality,
  cost: point.cost,
  inputs: Float64Array.from(point.inputs),
  model: point.model,
  regime: point.regime,
});

interface LeastCostAt {
  /** Where φ is first looked for, and a high one. */
  readonly near: number;
  readonly top: number;
  readonly outsideModel: number;
  readonly point: SupplyPoint;
}

/** The least cost of a quality by lotteries between best choices: C̃(q) = sup φq − S(φ), found at the φ where the best choice passes q. */
const leastCost = (
  at: (value: number, out: SupplyPoint) => void,
  quality: number,
  { near, top, outsideModel, point }: LeastCostAt,
): Delivery => {
  const unsolved: Delivery = { value: Number.NaN, cost: Number.NaN, draws: [], solved: false };
  const excess = (value: number): number => {
    at(value, point);
    return point.quality - quality;
  };
  const pure = (value: number): Delivery => {
    at(value, point);
    const cost = value <= NOTHING ? point.cost : value * quality - point.surplus;
    const draw = { ...drawOf(point, 1, outsideModel), quality, cost };
    return { value, cost, draws: [draw], solved: point.solved && Number.isFinite(cost) };
  };
  if (!(excess(NOTHING) <= 0)) return unsolved;
  if (excess(near) === 0) return pure(near);
  let [low, high] = [near, near];
  let step = FIRST_STEP * Math.max(Math.abs(near), LEAST_SIZE);
  while (!(excess(low) < 0)) {
    // The least that there is may be best for every φ below one.
    if (excess(low) === 0) return pure(low);
    if (low < TOO_LOW) return pure(NOTHING);
    low -= step;
    step *= GROWTH;
  }
  step = FIRST_STEP * Math.max(Math.abs(near), LEAST_SIZE);
  while (!(excess(high) > 0)) {
    if (excess(high) === 0) return pure(high);
    if (high > TOO_HIGH * Math.max(Math.abs(near), 1)) return unsolved;
    high += step;
    step *= GROWTH;
  }
  const value = root(excess, low, high);
  const beside = BESIDE * Math.max(Math.abs(value), 1e-3 * (high - low));
  const [below, above] = [value - beside, value + beside].map((x) => {
    at(x, point);
    return { draw: drawOf(point, 1, outsideModel), solved: point.solved };
  });
  const [least, most] = [below!.draw.quality, above!.draw.quality];
  at(top, point);
  if (!(most - least > Math.max(JUMP * most, SLIGHT * point.quality)) || !(quality > least && quality < most))
    return pure(value);
  const share = (quality - least) / (most - least);
  return {
    value,
    cost: (1 - share) * below!.draw.cost + share * above!.draw.cost,
    draws: [
      { ...below!.draw, share: 1 - share },
      { ...above!.draw, share },
    ],
    solved: below!.solved && above!.solved,
  };
};

/** Surpluses that differ by less, relative to them, are a tie, which the seller's own product wins: products can be alike at all values. */
const TIE = 1e-12;

const leadOf = (own: SupplyPoint, other: SupplyPoint): number => own.surplus * (1 + TIE) - other.surplus;

/** Places between 0 and the highest value where one product may pass the other. */
const SCAN = 256;

/** Where the better of two supplies changes, below `upTo`: also below 0, where an outside product may still be worth something. */
const crossings = (
  lead: (value: number) => number,
  lowest: number,
  upTo: number,
  own: readonly number[],
): number[] => {
  const even = Array.from({ length: SCAN + 1 }, (_, i) => lowest + ((upTo - lowest) * i) / SCAN);
  const small = [1e-6, 1e-5, 1e-4, 1e-3].map((share) => share * upTo);
  const places = [...even, ...small, ...own].filter((x) => x <= upTo).sort((a, b) => a - b);
  const found: number[] = [];
  let below = lead(places[0]!);
  for (let i = 1; i < places.length; i++) {
    const above = lead(places[i]!);
    if (below > 0 !== above > 0) found.push(root(lead, places[i - 1]!, places[i]!));
    below = above;
  }
  return found;
};

/** The supply of the outside product: S(φ) = u(φ), continued by its tangents at the ends of the support; nothing where that is below 0. */
export const outsideSupply = (
  { utility, slope, breakpoints }: ChainParticipation,
  { min, max }: { readonly min: number; readonly max: number },
): EfficientSupply => {
  // Beyond the support u is asked for at its ends, over and over.
  let known = { at: Number.NaN, quality: 0, worth: 0 };
  const supply: EfficientSupply['supply'] = (value, _, out) => {
    const at = Math.min(max, Math.max(min, value));
    if (known.at !== at) known = { at, quality: slope(at), worth: utility(at) };
    const { quality, worth } = known;
    out.quality = quality;
    // At −∞ a constant is still worth itself.
    out.surplus = worth + (out.quality === 0 ? 0 : (value - at) * out.quality);
    out.cost = at * out.quality - worth;
    out.regime = 0;
    out.model = 0;
    out.solved = Number.isFinite(out.quality) && !Number.isNaN(out.surplus);
    if (out.surplus < 0) {
      out.quality = 0;
      out.cost = 0;
      out.surplus = 0;
    }
  };
  return {
    inputs: [],
    supply,
    slopes: (value, scale, out) => {
      const h = 1e-6 * (max - min);
      supply(value - h, scale, out);
      const below = out.quality;
      supply(value + h, scale, out);
      out.qualityByValue = (out.quality - below) / (2 * h);
      out.qualityByScale = 0;
      supply(value, scale, out);
    },
    kinks: (_, upTo) => [...breakpoints, min, max].filter((x) => x < upTo).sort((a, b) => a - b),
  };
};

export interface ChainServiceInput {
  readonly own: EfficientSupply;
  readonly scale: number;
  readonly use: OutsideUse;
  readonly participation: ChainParticipation;
  /** The outside product, where it is a rival's: otherwise u stands for it. */
  readonly rival?: EfficientSupply;
  readonly support: { readonly min: number; readonly max: number };
}

export const chainService = (input: ChainServiceInput): ChainService => {
  const { own, scale, use, participation, support } = input;
  const inputs = own.inputs.length;
  const outsideModel = own.models?.length ?? 1;
  const outside = input.rival ?? outsideSupply(participation, support);
  const other = supplyPoint(outside.inputs.length);
  const point = supplyPoint(inputs);
  const serveOwn = (value: number, out: SupplyPoint): void => {
    // A supply of one model leaves it as it is.
    out.model = 0;
    own.supply(Math.max(value, -Number.MAX_VALUE), scale, out);
  };
  const leave = (out: SupplyPoint, quality: number, cost: number, surplus: number): void => {
    out.quality = quality;
    out.cost = cost;
    out.surplus = surplus;
    out.inputs.fill(0);
    out.regime = 0;
    out.model = outsideModel;
  };
  const serve = (type: number, value: number, out: SupplyPoint): void => {
    serveOwn(value, out);
    if (use === 'resold') {
      outside.supply(Math.max(value, -Number.MAX_VALUE), scale, other);
      out.solved &&= other.solved;
      // Who is served by nobody takes what she has outside, but for who has less than nothing there: she pays for an item without quality.
      const isNothing = out.quality === 0 && !(participation.utility(type) < 0);
      if (leadOf(out, other) < 0 || (isNothing && other.surplus === out.surplus))
        leave(out, other.quality, other.cost, other.surplus);
    } else if (use === 'own') {
      const [utility, slope] = [participation.utility(type), participation.slope(type)];
      const surplus = utility + (slope === 0 ? 0 : (value - type) * slope);
      if (surplus > out.surplus || (out.quality === 0 && surplus === out.surplus))
        leave(out, slope, type * slope - utility, surplus);
    }
  };
  const findKinks = (upTo: number): readonly number[] => {
    const kinks = own.kinks(scale, upTo);
    if (use !== 'resold') return kinks;
    const others = outside.kinks(scale, upTo);
    const lead = (value: number): number => {
      serveOwn(value, point);
      outside.supply(value, scale, other);
      return leadOf(point, other);
    };
    const reach = Math.max(Math.abs(support.min), Math.abs(support.max));
    const lowest = Math.min(support.min, 0) - reach;
    return [...kinks, ...others, ...crossings(lead, lowest, upTo, [...kinks, ...others])];
  };
  let known: { readonly upTo: number; readonly kinks: readonly number[] } | undefined;
  const deliver = (type: number, quality: number): Delivery => {
    const near = { near: type, top: support.max, point };
    if (use !== 'own')
      return leastCost((value, out) => serve(type, value, out), quality, { ...near, outsideModel });
    const made = leastCost(serveOwn, quality, { ...near, outsideModel: -1 });
    const cost = type * quality - participation.utility(type);
    if (quality !== participation.slope(type) || (made.solved && made.cost < cost)) return made;
    const draw: Draw = {
      share: 1,
      isOutside: true,
      quality,
      cost,
      inputs: new Float64Array(inputs),
      model: outsideModel,
      regime: 0,
    };
    return { value: type, cost, draws: [draw], solved: true };
  };
  return {
    use,
    inputs,
    outsideModel,
    serve,
    kinks: (upTo) => {
      if (known?.upTo !== upTo) known = { upTo, kinks: findKinks(upTo) };
      return known.kinks;
    },
    deliver,
  };
};
