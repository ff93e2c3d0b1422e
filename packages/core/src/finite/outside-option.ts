import { bestProfileSupply } from '../supply/best-profile-supply.ts';
import { hasJumps, withExclusiveTask } from '../supply/cost/cost-form.ts';
import { type ProfileSupply, supplyNothing } from '../supply/profile-supply.ts';
import type { ItemProfiles } from '../types/item-profiles.ts';
import { type TypeSpace, worthOf } from '../types/type-space.ts';
import type { FiniteProblem } from './finite-problem.ts';

/** What the model is called that makes what types have outside. */
export const OUTSIDE = 'outside';

/**
 * The problem of types who have something else: worth[n], of any sign, to type n, who takes nothing from the seller, and nothing to the seller.
 *
 * What they have is one more task, the last, of weight 1 and worth worth[n]. A model of its own serves it, at quality 0 or 1 and free of cost, and it alone:
 * S̃(φ) = max{S(φ), φ of the last task}. Constraints on it say that anybody may have what she has; in everything else the problem is one of several
 * models, and items can be lotteries between the seller's and it. A linear cost is one with it as well, that of a linear program.
 */
export const withOutsideOption = (problem: FiniteProblem, worth: Float64Array): FiniteProblem => {
  const { types, supply, cost, ...rest } = problem;
  const outsideTask = types.weights.length;
  return {
    ...rest,
    types: typesWithOption(types, worth),
    supply: supplyWithOption(supply),
    ...(cost !== undefined && hasJumps(cost) ? { cost: withExclusiveTask(cost, outsideTask) } : {}),
    outsideTask,
  };
};

/** The supply to the blocks before the last by each of the seller's models, and to the last by none of them. */
const supplyWithOption = (supply: ProfileSupply): ProfileSupply => {
  const { tasks, starts } = supply;
  const own = supply.models ?? [{ name: 'seller', supply }];
  const best = bestProfileSupply([
    ...own.map(({ name, supply: model }) => ({ name, supply: toFirstTasks(model) })),
    { name: OUTSIDE, supply: toLastTask(tasks + 1) },
  ]);
  if (starts === undefined) return best;
  // What types have outside starts at 0, wherever the seller's supply does.
  const startOf = (m: number): number => (m === tasks ? 0 : starts[starts.length === 1 ? 0 : m]!);
  return { ...best, starts: Float64Array.from({ length: tasks + 1 }, (_, m) => startOf(m)) };
};

const toFirstTasks = (supply: ProfileSupply): ProfileSupply => ({
  inputs: supply.inputs,
  tasks: supply.tasks + 1,
  mostRank: supply.mostRank,
  supply: (values, weights, count, out) => {
    const own = count - 1;
    supply.supply(values, weights, own, out);
    out.quality[own] = 0;
    if (!out.curvature) return;
    const { curvature } = out;
    curvature.diagonal[own] = 0;
    // Terms stand one after another, with an entry more each: from the last on, as they move up.
    for (let r = curvature.rank - 1; r >= 0; r--) {
      curvature.factors[r * count + own] = 0;
      for (let b = own - 1; b >= 0; b--) curvature.factors[r * count + b] = curvature.factors[r * own + b]!;
    }
  },
});

const toLastTask = (tasks: number): ProfileSupply => ({
  inputs: [],
  tasks,
  mostRank: 0,
  supply: (values, weights, count, out) => {
    supplyNothing(count, out);
    out.solved = true;
    out.quality[count - 1] = 1;
    out.surplus = weights[count - 1]! * values[count - 1]!;
  },
});

/** Types with one more task, which always is a block of its own and the last. */
const typesWithOption = (types: TypeSpace, worth: Float64Array): TypeSpace => {
  const tasks = types.weights.length;
  const weights = Float64Array.from([...types.weights, 1]);
  const worst = worth.reduce((least, own) => Math.min(least, own), 0);
  const space: TypeSpace = {
    count: types.count,
    weights,
    valueAt: (n, m) => (m < tasks ? types.valueAt(n, m) : worth[n]!),
    coordinates: types.coordinates,
    neighbours: () => types.neighbours(),
    blockEnds: (k, others, from, to, out) => {
      let blocks = types.blockEnds(k, others, from, to, out);
      if ((blocks === 0 ? 0 : out[blocks - 1]!) < tasks) out[blocks++] = tasks;
      out[blocks++] = tasks + 1;
      return blocks;
    },
    subset: (members) =>
      typesWithOption(
        types.subset(members),
        Float64Array.from(members, (n) => worth[n]!),
      ),
    key: (n) => `${types.key(n)} ${worth[n]}`,
    tempted: (items, transfers, rents, least, visit) => {
      const { own, mixed } = split(items, tasks);
      types.tempted(own, transfers, rents, least, (n, k, gain) => {
        if (!mixed[k]) visit(n, k, gain);
      });
      forEachMixed(mixed, (k) => {
        for (let n = 0; n < types.count; n++) {
          const gain = worthOf(space, n, items, k) - transfers[k]! - rents[n]!;
          if (gain > least && n !== k) visit(n, k, gain);
        }
      });
    },
    bestChoices: (items, transfers, utilities, choices) => {
      const { own, mixed, chances } = split(items, tasks);
      // Without the last task an item is worth more to whoever has less than nothing there: nobody is to take it for that.
      const asked = worst < 0 ? transfers.map((transfer, k) => transfer - worst * chances[k]!) : transfers;
      types.bestChoices(own, asked, utilities, choices);
      forEachMixed(mixed, (k) => {
        for (let n = 0; n < types.count; n++) {
          const utility = worthOf(space, n, items, k) - transfers[k]!;
          if (utility <= utilities[n]!) continue;
          utilities[n] = utility;
          choices[n] = k;
        }
      });
    },
  };
  return space;
};

/** What items have of the first tasks, and which have something of the last, and how much: to its worth items are no lines in a type's value. */
const split = (
  { offsets, ends, quality }: ItemProfiles,
  tasks: number,
): { readonly own: ItemProfiles; readonly mixed: Uint8Array; readonly chances: Float64Array } => {
  const count = offsets.length - 1;
  const mixed = new Uint8Array(count);
  const chances = new Float64Array(count);
  const kept: number[] = [];
  const starts = new Int32Array(count + 1);
  for (let k = 0; k < count; k++) {
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++) {
      if (ends[b]! <= tasks) kept.push(b);
      else if (quality[b] !== 0) {
        mixed[k] = 1;
        chances[k]! += quality[b]!;
      }
    }
    starts[k + 1] = kept.length;
  }
  return {
    own: {
      offsets: starts,
      ends: Int32Array.from(kept, (b) => ends[b]!),
      quality: Float64Array.from(kept, (b) => quality[b]!),
    },
    mixed,
    chances,
  };
};

const forEachMixed = (mixed: Uint8Array, visit: (k: number) => void): void => {
  mixed.forEach((isMixed, k) => {
    if (isMixed) visit(k);
  });
};
