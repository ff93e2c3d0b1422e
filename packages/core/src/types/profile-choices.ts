import { type ItemProfiles, writeProfile } from './item-profiles.ts';

/** ω q of an item, which every type weighs by her values. */
const weigh = (items: ItemProfiles, k: number, weights: Float64Array, out: Float64Array): void => {
  writeProfile(items, k, out);
  for (let m = 0; m < out.length; m++) out[m]! *= weights[m]!;
};

/** Free choice item by item: the largest utility that each type has from any of them, in O(N² M). */
export const chooseAmongAll = (
  values: Float64Array,
  weights: Float64Array,
  items: ItemProfiles,
  transfers: Float64Array,
  utilities: Float64Array,
  choices: Int32Array,
): void => {
  const tasks = weights.length;
  const count = values.length / tasks;
  const offered = transfers.length;
  const weighted = new Float64Array(tasks);
  utilities.fill(Number.NEGATIVE_INFINITY, 0, count);
  for (let k = 0; k < offered; k++) {
    weigh(items, k, weights, weighted);
    const transfer = transfers[k]!;
    let at = 0;
    for (let n = 0; n < count; n++) {
      let utility = -transfer;
      for (let m = 0; m < tasks; m++) utility += values[at++]! * weighted[m]!;
      if (!(utility <= utilities[n]!)) {
        utilities[n] = utility;
        choices[n] = k;
      }
    }
  }
};

/** Visits every pair n → k with ⟨w_n, q_k⟩ − T_k > U_n + least. */
export const visitTempted = (
  values: Float64Array,
  weights: Float64Array,
  items: ItemProfiles,
  transfers: Float64Array,
  rents: Float64Array,
  least: number,
  visit: (n: number, k: number, gain: number) => void,
): void => {
  const tasks = weights.length;
  const count = rents.length;
  const weighted = new Float64Array(tasks);
  for (let k = 0; k < transfers.length; k++) {
    weigh(items, k, weights, weighted);
    const enough = transfers[k]! + least;
    let at = 0;
    for (let n = 0; n < count; n++) {
      let worth = 0;
      for (let m = 0; m < tasks; m++) worth += values[at++]! * weighted[m]!;
      if (worth - rents[n]! > enough && n !== k) visit(n, k, worth - transfers[k]! - rents[n]!);
    }
  }
};
