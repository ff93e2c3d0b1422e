import type { Distribution } from '../distributions/distribution.ts';
import { type ProfilePoint, type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';
import { type CellJumps, jumpsByCell } from './cell-jumps.ts';
import type { ContinuousFlow } from './continuous-flow.ts';
import { MIDDLE, OTHER_WEIGHTS, PLACES, ruleError, WEIGHTS } from './embedded-rule.ts';
import type { ValueScalePopulation } from './observable-scale.ts';

const NODES = PLACES.length;
const MOST_HALVINGS = 8;

/**
 * The virtual values of a flow, and the surplus that they are served with, at one rank of scales after the other. With T(w | v) = P(W > w | v), the field a of values is what buyers above bring and
 * jumps carry,
 *
 *     a(w, v) = (1 − κ) T(w | v) + ∫ over values above w of (∂b/∂v + what jumps bring − what they take),
 *     φ(i) = w − (a + ∂c/∂w)/f + Σ over imitators of: rate · w where they do not have task i, − rate · (w_x − w) where they have it,
 *
 * for the tasks i ≤ s that the buyer has.
 */
export class FlowColumns {
  /** Whether all that was asked for could be supplied. */
  isSolved = true;
  readonly #population: ValueScalePopulation;
  readonly #flow: ContinuousFlow;
  readonly #supply: ProfileSupply;
  /** 1 − κ. */
  readonly #own: number;
  readonly #tolerance: number;
  readonly #jumps: CellJumps;
  /** F, 1 − F and f at the edges of cells of values, and at the places of each. */
  readonly #edges: ValueTable;
  readonly #places: ValueTable;
  readonly #edgeTails: Float64Array;
  readonly #placeTails: Float64Array;
  readonly #densities: Float64Array;
  /** What jumps out, by the values from whom it does: of whole cells, and of values above a place. */
  readonly #outMass: Float64Array;
  readonly #outAbove: Float64Array;
  readonly #otherEdges: Float64Array;
  readonly #otherPlaces: Float64Array;
  /** The scales at this place of the cells of ranks, as far as somebody imitates another from there. */
  readonly #scaleAt: Float64Array;
  readonly #isImitator: Uint8Array;
  readonly #phi: Float64Array;
  readonly #weights: Float64Array;
  readonly #point: ProfilePoint;
  /** The cell of ranks at hand, the place in it, the rank and its distance from 1, and the step of b in which it lies. */
  #j = 0;
  #t = 0;
  #v = 0;
  #vRest = 0;
  #step = 0;
  /** The cell of values at hand, and a at its upper edge, ∂b/∂v summed over it, and ∂c/∂w. */
  #i = 0;
  #above = 0;
  #gain = 0;
  #bend = 0;
  #off = 0;

  /** `tolerance` is what a cell may be off by before it is halved, in money per unit of rank. */
  constructor(
    population: ValueScalePopulation,
    flow: ContinuousFlow,
    supply: ProfileSupply,
    surplusWeight: number,
    tolerance: number,
  ) {
    this.#population = population;
    this.#flow = flow;
    this.#supply = supply;
    this.#own = 1 - surplusWeight;
    this.#tolerance = tolerance;
    this.#jumps = jumpsByCell(flow);
    const w = flow.values;
    const [n, m] = [w.length - 1, flow.ranks.length - 1];
    this.#edges = valueTable(population.values, w);
    this.#places = valueTable(
      population.values,
      Float64Array.from({ length: n * NODES }, (_, p) => {
        const i = Math.floor(p / NODES);
        return w[i]! + PLACES[p % NODES]! * (w[i + 1]! - w[i]!);
      }),
    );
    this.#edgeTails = new Float64Array(n + 1);
    this.#placeTails = new Float64Array(n * NODES);
    this.#densities = new Float64Array(n * NODES);
    this.#outMass = new Float64Array(n);
    this.#outAbove = new Float64Array(n * NODES);
    this.#otherEdges = new Float64Array(n + 1);
    this.#otherPlaces = new Float64Array(n * NODES);
    this.#scaleAt = new Float64Array(m);
    this.#isImitator = new Uint8Array(m);
    for (const l of this.#jumps.by) this.#isImitator[l] = 1;
    this.#phi = new Float64Array(supply.tasks + 1);
    this.#weights = new Float64Array(supply.tasks + 1);
    this.#point = profilePoint(supply);
  }

  /**
   * Writes ∫ f S(φ) dw over the cells of values, at the place t ∈ (0, 1) of the j-th cell of ranks, per unit of rank, with or without the multipliers of convexity; answers with what all of them
   * may be off by together.
   */
  write(j: number, t: number, isBent: boolean, out: Float64Array): number {
    const { values, ranks, steps, down, convexity } = this.#flow;
    const [n, m, count] = [values.length - 1, ranks.length - 1, steps.length];
    this.#moveTo(j, t);
    const width = ranks[j + 1]! - ranks[j]!;
    const stepWidth = steps[this.#step + 1]! - steps[this.#step]!;
    const { intoOffsets, rate } = this.#jumps;
    this.#above = 0;
    this.#off = 0;
    for (let i = n - 1; i >= 0; i--) {
      this.#i = i;
      const at = i * count + this.#step;
      this.#gain = (down[at + 1]! - down[at]!) / stepWidth;
      const bend = convexity[(i + 1) * m + j]! - convexity[i * m + j]!;
      this.#bend = isBent ? bend / (width * (values[i + 1]! - values[i]!)) : 0;
      out[i] = this.#sum(0, 1, 0);
      let whole = this.#own;
      for (let e = intoOffsets[i * m + j]!; e < intoOffsets[i * m + j + 1]!; e++) whole += rate[e]!;
      const mass = this.#edgeTails[i]! - this.#edgeTails[i + 1]!;
      this.#above += whole * mass + this.#gain - this.#outMass[i]!;
    }
    return this.#off;
  }

  #moveTo(j: number, t: number): void {
    const { steps } = this.#flow;
    const { copula, scales } = this.#population;
    const { u, rest, density } = this.#places;
    this.#j = j;
    this.#t = t;
    const v = this.#rankOf(j);
    const vRest = this.#restOf(j);
    this.#v = v;
    this.#vRest = vRest;
    while (this.#step + 2 < steps.length && steps[this.#step + 1]! <= v) this.#step++;
    while (this.#step > 0 && steps[this.#step]! > v) this.#step--;
    for (let l = 0; l <= j; l++)
      if (l === j || this.#isImitator[l]! > 0) this.#scaleAt[l] = scales.quantile(this.#rankOf(l));
    this.#writeTails(this.#edges, v, vRest, this.#edgeTails);
    for (let p = 0; p < u.length; p++) {
      this.#placeTails[p] = this.#tail(u[p]!, rest[p]!, v, vRest);
      this.#densities[p] = density[p] === 0 ? 0 : density[p]! * copula.density(u[p]!, v, rest[p]!, vRest);
    }
    this.#writeOut();
  }

  #rankOf(cell: number): number {
    const { ranks } = this.#flow;
    return ranks[cell]! + this.#t * (ranks[cell + 1]! - ranks[cell]!);
  }

  #restOf(cell: number): number {
    const { ranks } = this.#flow;
    return 1 - ranks[cell + 1]! + (1 - this.#t) * (ranks[cell + 1]! - ranks[cell]!);
  }

  #tail(u: number, rest: number, v: number, vRest: number): number {
    return u <= 0 ? 1 : rest <= 0 ? 0 : this.#population.copula.conditionalSurvival(u, v, rest, vRest);
  }

  #writeTails({ u, rest }: ValueTable, v: number, vRest: number, out: Float64Array): void {
    for (let p = 0; p < u.length; p++) out[p] = this.#tail(u[p]!, rest[p]!, v, vRest);
  }

  /** How many jump out, for one whom they jump to, per unit of rank here and there. */
  #outRate(e: number): number {
    const { ranks } = this.#flow;
    const to = this.#jumps.outTo[e]! % (ranks.length - 1);
    return (
      (this.#jumps.outRate[e]! * (ranks[to + 1]! - ranks[to]!)) / (ranks[this.#j + 1]! - ranks[this.#j]!)
    );
  }

  #writeOut(): void {
    const m = this.#flow.ranks.length - 1;
    const { outOffsets, outFrom, outTo } = this.#jumps;
    const [others, above] = [this.#otherPlaces, this.#outAbove];
    this.#outMass.fill(0);
    above.fill(0);
    let known = -1;
    for (let e = outOffsets[this.#j]!; e < outOffsets[this.#j + 1]!; e++) {
      const i1 = Math.floor(outFrom[e]! / m);
      const i0 = Math.floor(outTo[e]! / m);
      const j0 = outTo[e]! % m;
      if (j0 !== known) {
        known = j0;
        this.#writeTails(this.#edges, this.#rankOf(j0), this.#restOf(j0), this.#otherEdges);
        this.#writeTails(this.#places, this.#rankOf(j0), this.#restOf(j0), others);
      }
      const rate = this.#outRate(e);
      const beyond = this.#otherEdges[i0 + 1]!;
      this.#outMass[i1]! += rate * (this.#otherEdges[i0]! - beyond);
      for (let k = 0; k < NODES; k++) above[i1 * NODES + k]! += rate * (others[i0 * NODES + k]! - beyond);
    }
  }

  /** What jumps out of the cell at hand from above its place y. */
  #outAt(y: number): number {
    const { values: w, ranks } = this.#flow;
    const { values } = this.#population;
    const m = ranks.length - 1;
    const cell = this.#i * m + this.#j;
    const { ownOffsets, ownOut, outTo } = this.#jumps;
    let sum = 0;
    for (let o = ownOffsets[cell]!; o < ownOffsets[cell + 1]!; o++) {
      const to = outTo[ownOut[o]!]!;
      const i0 = Math.floor(to / m);
      const value = w[i0]! + y * (w[i0 + 1]! - w[i0]!);
      const [v, rest] = [this.#rankOf(to % m), this.#restOf(to % m)];
      const beyond = this.#tail(this.#edges.u[i0 + 1]!, this.#edges.rest[i0 + 1]!, v, rest);
      sum +=
        this.#outRate(ownOut[o]!) * (this.#tail(values.cdf(value), values.survival(value), v, rest) - beyond);
    }
    return sum;
  }

  /** ∫ f S(φ) over a part of the cell, halved until it is known well enough. */
  #sum(from: number, to: number, halvings: number): number {
    const { values } = this.#flow;
    const isWhole = halvings === 0;
    let [three, two, one] = [0, 0, 0];
    for (let k = 0; k < NODES; k++) {
      const p = this.#i * NODES + k;
      const found = isWhole
        ? this.#served(
            PLACES[k]!,
            this.#places.at[p]!,
            this.#placeTails[p]!,
            this.#densities[p]!,
            this.#outAbove[p]!,
          )
        : this.#servedAt(from + PLACES[k]! * (to - from));
      three += WEIGHTS[k]! * found;
      two += OTHER_WEIGHTS[k]! * found;
      if (k === MIDDLE) one = found;
    }
    // Service may begin beyond the last place, or end before the first.
    const missed = three === 0 ? Math.max(this.#servedAt(from), this.#servedAt(to)) : 0;
    const scale = (values[this.#i + 1]! - values[this.#i]!) * (to - from);
    const wrong = scale * Math.max(missed, ruleError(three, two, one));
    if (wrong > this.#tolerance && halvings < MOST_HALVINGS) {
      const half = (from + to) / 2;
      return this.#sum(from, half, halvings + 1) + this.#sum(half, to, halvings + 1);
    }
    this.#off += wrong;
    return three * scale;
  }

  /** f S(φ) at a place of the cell at hand that no table has; 0 at the ends of the values, where there may be no density. */
  #servedAt(y: number): number {
    const { values: w } = this.#flow;
    const { values, copula } = this.#population;
    const value = w[this.#i]! + y * (w[this.#i + 1]! - w[this.#i]!);
    const [u, rest] = [values.cdf(value), values.survival(value)];
    if (!(u > 0 && rest > 0)) return 0;
    const density = values.density(value) * copula.density(u, this.#v, rest, this.#vRest);
    return this.#served(y, value, this.#tail(u, rest, this.#v, this.#vRest), density, this.#outAt(y));
  }

  #served(y: number, value: number, tail: number, density: number, out: number): number {
    if (!(density > 0)) return density === 0 ? 0 : Number.NaN;
    const { intoOffsets, by, rate, rise, tilt } = this.#jumps;
    const cell = this.#i * (this.#flow.ranks.length - 1) + this.#j;
    const [first, end] = [intoOffsets[cell]!, intoOffsets[cell + 1]!];
    let [whole, moved] = [this.#own, 0];
    for (let e = first; e < end; e++) {
      whole += rate[e]!;
      moved += rise[e]! + y * tilt[e]!;
    }
    const a = this.#above + whole * (tail - this.#edgeTails[this.#i + 1]!) + (1 - y) * this.#gain - out;
    // From the tasks that all imitators have to those that none has.
    let virtual = value - (a + this.#bend) / density - moved;
    if (Number.isNaN(virtual)) return Number.NaN;
    let [largest, start, blocks] = [virtual, 0, 0];
    for (let e = first; e <= end; e++) {
      const to = this.#scaleAt[e < end ? by[e]! : this.#j]!;
      this.#phi[blocks] = virtual > 0 ? virtual : 0;
      this.#weights[blocks] = to > start ? to - start : 0;
      blocks++;
      start = to;
      if (e === end) break;
      virtual += rate[e]! * value + rise[e]! + y * tilt[e]!;
      if (virtual > largest) largest = virtual;
    }
    if (largest <= 0) return 0;
    this.#supply.supply(this.#phi, this.#weights, blocks, this.#point);
    if (!this.#point.solved) this.isSolved = false;
    return density * this.#point.surplus;
  }
}

interface ValueTable {
  readonly at: Float64Array;
  readonly u: Float64Array;
  readonly rest: Float64Array;
  readonly density: Float64Array;
}

const valueTable = (values: Distribution, at: Float64Array): ValueTable => ({
  at,
  u: at.map((value) => values.cdf(value)),
  rest: at.map((value) => values.survival(value)),
  density: at.map((value) => values.density(value)),
});
