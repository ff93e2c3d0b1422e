import type { WorkingSet } from '../finite/working-set.ts';
import type { ServedSupply, Withheld } from './served-supply.ts';
import { valueWithholding } from './value-withholding.ts';

/** Shared inputs make a served value depend on those of other tasks; rounds in which these are taken in. */
const COUPLED_PASSES = 4;

/** The part of Newton's step that moves what is withheld, r with f ω r p = π·barrier; see `Withheld`. */
export interface WithheldStep {
  /** Δr. */
  readonly step: Float64Array;
  /** By how much less is to be withheld, ω r, were p to stay. */
  readonly released: Float64Array;
  /** Remembers where a step starts. */
  begin(at: Withheld): void;
  /** Writes `released`, towards products that all equal `target` times their weights, less `correction`. */
  release(
    at: Withheld,
    served: Float64Array,
    target: number,
    weights: Float64Array,
    correction: Float64Array,
  ): void;
  /**
   * The step of what is withheld, as ω q moves by `response`, of which `shifted` were p to stay; and, where p is small beside its floor, of p by it: there its
   * step is a difference of numbers that nearly cancel.
   */
  direct(
    at: Withheld,
    served: Float64Array,
    floors: Float64Array,
    response: Float64Array,
    shifted: Float64Array,
    servedSteps: Float64Array,
  ): void;
  /** Σ f ω (r + t·Δr)(p + t·Δp). */
  gapAfter(at: Withheld, served: Float64Array, servedSteps: Float64Array, t: number): number;
  /** f ω Δr Δp, the second-order terms. */
  writeProducts(servedSteps: Float64Array, out: Float64Array): void;
  /** The length at which r, or p, which moves by shares `relative`, reaches 0; at most `most`. */
  reach(at: Withheld, relative: Float64Array, most: number): number;
  /** Moves p and r from where the step started, of a block whose quality moves by a share and is `more` for other reasons than p; answers with p. */
  move(
    b: number,
    length: number,
    served: number,
    relative: number,
    qualityShare: number,
    more: number,
    out: Withheld,
  ): number;
}

export const withheldStep = (set: WorkingSet, mass: Float64Array, supply: ServedSupply): WithheldStep => {
  const { count, blockOffsets, blockWeights } = set;
  const blocks = blockWeights.length;
  const step = new Float64Array(blocks);
  const released = new Float64Array(blocks);
  const coupled = new Float64Array(blocks);
  const start = { withheld: new Float64Array(blocks), aimed: new Float64Array(blocks) };
  /** The elasticity of Q(p), before quality is withheld. */
  const elasticity = new Float64Array(blocks);
  const forEachBlock = (visit: (b: number, f: number) => void): void => {
    for (let k = 0; k < count; k++) {
      for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
        if (supply.free[b] === 0) visit(b, mass[k]!);
    }
  };

  const direct: WithheldStep['direct'] = ({ withheld }, p, floors, response, shifted, servedSteps) => {
    for (let pass = 0; pass < COUPLED_PASSES; pass++) {
      supply.couple(servedSteps, coupled);
      for (let b = 0; b < blocks; b++) {
        if (!(p[b]! < floors[b]! && supply.quality[b]! < withheld[b]!)) continue;
        const own = (supply.elasticity[b]! * blockWeights[b]! * supply.quality[b]!) / p[b]!;
        if (own > 0) servedSteps[b] = (response[b]! - shifted[b]! - coupled[b]!) / own;
      }
    }
    for (let b = 0; b < blocks; b++) {
      const weight = blockWeights[b]!;
      step[b] =
        weight > 0 && supply.free[b] === 0
          ? -released[b]! / weight - (withheld[b]! / p[b]!) * servedSteps[b]!
          : 0;
    }
  };

  const move: WithheldStep['move'] = (b, length, p, relative, qualityShare, more, out) => {
    const r = start.withheld[b]!;
    const aimed = start.aimed[b]! * (1 + length * qualityShare);
    const product = p * (1 + length * relative) * (r + length * step[b]!);
    const most = start.aimed[b]! + r + length * more;
    // Up a supply of which little is withheld p is linear: quality hardly moves, and p would go too far.
    const isLinear = relative > 0 && r < elasticity[b]! * most;
    const moved = isLinear
      ? p * (1 + length * relative)
      : valueWithholding(p, most, elasticity[b]!, aimed, product);
    out.withheld[b] = product / moved;
    out.aimed[b] = isLinear ? Number.NaN : aimed;
    return moved;
  };

  return {
    step,
    released,
    begin: ({ withheld, aimed }) => {
      start.withheld.set(withheld);
      start.aimed.set(aimed);
      for (let b = 0; b < blocks; b++) {
        const [q, r] = [aimed[b]!, withheld[b]!];
        elasticity[b] = Math.max(0, supply.elasticity[b]! * q - r) / (q + r);
      }
    },
    release: ({ withheld }, served, target, weights, correction) =>
      forEachBlock((b, f) => {
        const aim = (target * weights[b]! - correction[b]!) / (f * served[b]!);
        released[b] = blockWeights[b]! * withheld[b]! - aim;
      }),
    direct,
    gapAfter: ({ withheld }, served, servedSteps, t) => {
      let sum = 0;
      forEachBlock((b, f) => {
        sum += f * blockWeights[b]! * (withheld[b]! + t * step[b]!) * (served[b]! + t * servedSteps[b]!);
      });
      return sum;
    },
    writeProducts: (servedSteps, out) =>
      forEachBlock((b, f) => {
        out[b] = f * blockWeights[b]! * step[b]! * servedSteps[b]!;
      }),
    reach: ({ withheld }, relative, most) => {
      let length = most;
      for (let b = 0; b < blocks; b++) {
        if (relative[b]! < 0) length = Math.min(length, -1 / relative[b]!);
        if (step[b]! < 0) length = Math.min(length, -withheld[b]! / step[b]!);
      }
      return length;
    },
    move,
  };
};
