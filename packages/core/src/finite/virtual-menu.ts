import { type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';
import type { WorkingSet } from './working-set.ts';

/** What the virtual values that flows make are served: the columns stand block by block, or item by item. */
export interface VirtualMenu {
  /** φ_k = w_k − (1/f_k) Σ λ_nk (w_n − w_k). */
  readonly values: Float64Array;
  readonly quality: Float64Array;
  readonly costs: Float64Array;
  /** The model that serves each item, where there is a choice of models; else 0. */
  readonly models: Int32Array;
  /** D(λ) = Σ f_k S(φ_k). */
  readonly surplus: number;
  readonly solved: boolean;
}

/** The efficient supply to virtual values; `flows` are in the order of the working set. */
export const virtualMenu = (
  set: WorkingSet,
  mass: Float64Array,
  supply: ProfileSupply,
  flows: Float64Array,
): VirtualMenu => {
  const { count, blockOffsets, blockWeights } = set;
  const values = new Float64Array(blockWeights.length);
  writeVirtualValues(set, mass, flows, values);
  const quality = new Float64Array(blockWeights.length);
  const costs = new Float64Array(count);
  const models = new Int32Array(count);
  const point = profilePoint(supply);
  let surplus = 0;
  let solved = true;
  for (let k = 0; k < count; k++) {
    const [from, to] = [blockOffsets[k]!, blockOffsets[k + 1]!];
    supply.supply(values.subarray(from, to), blockWeights.subarray(from, to), to - from, point);
    for (let b = from; b < to; b++) quality[b] = point.quality[b - from]!;
    costs[k] = point.cost;
    models[k] = point.model;
    surplus += mass[k]! * point.surplus;
    solved &&= point.solved;
  }
  return { values, quality, costs, models, surplus, solved };
};

/** Writes φ, block by block. */
export const writeVirtualValues = (
  { count, offsets, blockOffsets, ownValues, differenceOffsets, differences }: WorkingSet,
  mass: Float64Array,
  flows: Float64Array,
  out: Float64Array,
): void => {
  for (let k = 0; k < count; k++) {
    const [from, to] = [blockOffsets[k]!, blockOffsets[k + 1]!];
    for (let b = from; b < to; b++) out[b] = 0;
    let at = differenceOffsets[k]!;
    for (let e = offsets[k]!; e < offsets[k + 1]!; e++) {
      const flow = flows[e]!;
      for (let b = from; b < to; b++) out[b]! += flow * differences[at++]!;
    }
    const perMass = 1 / mass[k]!;
    for (let b = from; b < to; b++) out[b] = ownValues[b]! - perMass * out[b]!;
  }
};
