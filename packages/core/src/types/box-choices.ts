import { type ItemProfiles, writeProfile } from './item-profiles.ts';

/** So few types are asked one by one. */
const FEW = 8;

/** Whether boxes are worth their while: types are many enough to be split several times along every task. */
export const areBoxed = (count: number, tasks: number): boolean => count >= 32 * 2 ** tasks;

/** Items as functions of values w: item k is worth ⟨w, slopes_k⟩ − T_k. */
interface Items {
  /** ω q, task by task, item after item. */
  readonly slopes: Float64Array;
  readonly transfers: Float64Array;
}

const itemsOf = (items: ItemProfiles, transfers: Float64Array, weights: Float64Array): Items => {
  const tasks = weights.length;
  const slopes = new Float64Array(transfers.length * tasks);
  const profile = new Float64Array(tasks);
  for (let k = 0; k < transfers.length; k++) {
    writeProfile(items, k, profile);
    for (let m = 0; m < tasks; m++) slopes[k * tasks + m] = weights[m]! * profile[m]!;
  }
  return { slopes, transfers };
};

const areNumbers = ({ slopes, transfers }: Items): boolean =>
  slopes.every(Number.isFinite) && transfers.every(Number.isFinite);

/** Utility of a type with item k. */
type Utility = (n: number, k: number) => number;

/**
 * Boxes of types that become smaller and smaller: from a box on, an item is left out that gives no type in it more than `enough` above what the item does that the box's middle likes best.
 * That is seen at one corner of the box, as the difference of two items is linear in values. Where items are about as far apart as the types that they are meant for, a box asks of
 * some few times as many items as it has types, so that all takes O(N log N).
 *
 * @param enough - what is asked of items in the box of types `order` from `from` to `to`, where `best` is liked best in the middle
 * @param visit - is given every type with the first `size` items of `list`: those that are left
 */
const visitBoxes = (
  values: Float64Array,
  tasks: number,
  { slopes, transfers }: Items,
  enough: (order: Int32Array, from: number, to: number, best: number, utility: Utility) => number,
  visit: (n: number, list: Int32Array, size: number, utility: Utility) => void,
): void => {
  const order = Int32Array.from({ length: values.length / tasks }, (_, n) => n);
  const middle = new Float64Array(tasks);
  const half = new Float64Array(tasks);
  const worth = new Float64Array(transfers.length);
  /** The items that boxes of each depth still ask of. */
  const lists: Int32Array[] = [Int32Array.from(transfers, (_, k) => k)];

  const utility: Utility = (n, k) => {
    let sum = -transfers[k]!;
    for (let m = 0; m < tasks; m++) sum += values[n * tasks + m]! * slopes[k * tasks + m]!;
    return sum;
  };

  /** Sets `middle` and `half` to the box around types from `from` to `to`; answers with the task on which it is widest. */
  const enclose = (from: number, to: number): number => {
    let widest = 0;
    for (let m = 0; m < tasks; m++) {
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      for (let i = from; i < to; i++) {
        const value = values[order[i]! * tasks + m]!;
        if (value < least) least = value;
        if (value > most) most = value;
      }
      middle[m] = (least + most) / 2;
      half[m] = (most - least) / 2;
      if (half[m]! > half[widest]!) widest = m;
    }
    return widest;
  };

  /** Of the first `size` items in `list` those that somebody in the box may want, and what its middle likes best, into `kept`; answers with their number. */
  const sift = (from: number, to: number, list: Int32Array, size: number, kept: Int32Array): number => {
    let best = list[0]!;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < size; i++) {
      const k = list[i]!;
      let sum = -transfers[k]!;
      for (let m = 0; m < tasks; m++) sum += middle[m]! * slopes[k * tasks + m]!;
      worth[i] = sum;
      if (sum > most) {
        most = sum;
        best = k;
      }
    }
    const least = most + enough(order, from, to, best, utility);
    let number = 0;
    for (let i = 0; i < size; i++) {
      const k = list[i]!;
      let highest = worth[i]!;
      for (let m = 0; m < tasks; m++)
        highest += half[m]! * Math.abs(slopes[k * tasks + m]! - slopes[best * tasks + m]!);
      if (highest > least || k === best) kept[number++] = k;
    }
    return number;
  };

  /** Puts the types below the middle of the box on a task before the others; answers with where those begin. */
  const part = (from: number, to: number, task: number): number => {
    let low = from;
    let high = to - 1;
    while (low <= high) {
      const n = order[low]!;
      if (values[n * tasks + task]! < middle[task]!) low++;
      else {
        order[low] = order[high]!;
        order[high--] = n;
      }
    }
    return low;
  };

  const enter = (from: number, to: number, depth: number, size: number): void => {
    const widest = enclose(from, to);
    if ((lists[depth + 1]?.length ?? 0) < size) lists[depth + 1] = new Int32Array(size);
    const kept = lists[depth + 1]!;
    const number = sift(from, to, lists[depth]!, size, kept);
    const border = to - from > FEW && number > 1 ? part(from, to, widest) : from;
    if (border === from || border === to) {
      for (let i = from; i < to; i++) visit(order[i]!, kept, number, utility);
      return;
    }
    enter(from, border, depth + 1, number);
    enter(border, to, depth + 1, number);
  };
  if (order.length > 0 && transfers.length > 0) enter(0, order.length, 0, transfers.length);
};

/** Free choice, exact over all pairs; see `visitBoxes`. False, with nothing done, where an item is no number. */
export const chooseByBoxes = (
  values: Float64Array,
  weights: Float64Array,
  profiles: ItemProfiles,
  transfers: Float64Array,
  utilities: Float64Array,
  choices: Int32Array,
): boolean => {
  const items = itemsOf(profiles, transfers, weights);
  if (transfers.length === 0 || !areNumbers(items)) return false;
  visitBoxes(
    values,
    weights.length,
    items,
    () => 0,
    (n, list, size, utilityOf) => {
      let most = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < size; i++) {
        const utility = utilityOf(n, list[i]!);
        if (!(utility > most)) continue;
        most = utility;
        choices[n] = list[i]!;
      }
      utilities[n] = most;
    },
  );
  return true;
};

/** Visits every pair n → k with ⟨w_n, q_k⟩ − T_k > U_n + least; see `visitBoxes`. False, with nothing done, where an item is no number. */
export const visitTemptedByBoxes = (
  values: Float64Array,
  weights: Float64Array,
  profiles: ItemProfiles,
  transfers: Float64Array,
  rents: Float64Array,
  least: number,
  visit: (n: number, k: number, gain: number) => void,
): boolean => {
  const items = itemsOf(profiles, transfers, weights);
  if (!areNumbers(items) || !rents.every(Number.isFinite)) return false;
  visitBoxes(
    values,
    weights.length,
    items,
    (order, from, to, best, utilityOf) => {
      let slack = Number.POSITIVE_INFINITY;
      for (let i = from; i < to; i++) {
        const n = order[i]!;
        slack = Math.min(slack, rents[n]! - utilityOf(n, best));
      }
      return slack + least;
    },
    (n, list, size, utilityOf) => {
      for (let i = 0; i < size; i++) {
        const k = list[i]!;
        const gain = utilityOf(n, k) - rents[n]!;
        if (gain > least && n !== k) visit(n, k, gain);
      }
    },
  );
  return true;
};
