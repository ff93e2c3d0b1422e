import { type ItemProfiles, type TypePairs, type TypeSpace, worthOf } from '@menusmith/core';

/**
 * Pairs (n, k) beyond `known` of which n has more than `least` above her rent from the item of k: for every type the favourite of each of
 * `shelves` parts of the menu. `worst` is the largest gain.
 */
export const temptedPairs = (
  types: TypeSpace,
  items: ItemProfiles,
  rents: Float64Array,
  known: TypePairs,
  least: number,
  shelves: number,
): { readonly tempted: TypePairs; readonly worst: number } => {
  const { count } = types;
  const transfers = rents.map((rent, k) => worthOf(types, k, items, k) - rent);
  const isKnown = new Set<number>();
  known.from.forEach((n, e) => {
    isKnown.add(n * count + known.to[e]!);
  });
  const utilities = new Float64Array(count);
  const choices = new Int32Array(count);
  const from: number[] = [];
  const to: number[] = [];
  let worst = 0;
  for (let shelf = 0; shelf < shelves; shelf++) {
    const { part, members } = everyNth(items, shelf, shelves);
    types.bestChoices(
      part,
      transfers.filter((_, k) => k % shelves === shelf),
      utilities,
      choices,
    );
    for (let n = 0; n < count; n++) {
      const gain = utilities[n]! - rents[n]!;
      const k = members[choices[n]!]!;
      if (gain > worst) worst = gain;
      if (!(gain > least) || n === k || isKnown.has(n * count + k)) continue;
      from.push(n);
      to.push(k);
    }
  }
  return { tempted: { from: Int32Array.from(from), to: Int32Array.from(to) }, worst };
};

/** The items first, first + step, first + 2·step, … */
const everyNth = (
  { offsets, ends, quality }: ItemProfiles,
  first: number,
  step: number,
): { readonly part: ItemProfiles; readonly members: readonly number[] } => {
  const members: number[] = [];
  const blocks: number[] = [];
  const starts: number[] = [0];
  for (let k = first; k < offsets.length - 1; k += step) {
    members.push(k);
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++) blocks.push(b);
    starts.push(blocks.length);
  }
  const part = {
    offsets: Int32Array.from(starts),
    ends: Int32Array.from(blocks, (b) => ends[b]!),
    quality: Float64Array.from(blocks, (b) => quality[b]!),
  };
  return { part, members };
};
