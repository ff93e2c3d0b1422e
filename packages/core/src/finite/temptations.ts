import type { FiniteProblem } from './finite-problem.ts';
import type { Iterate } from './newton-step.ts';
import type { ServedSupply } from './served-supply.ts';
import { type TypePairs, worthOf } from './type-space.ts';
import type { WorkingSet } from './working-set.ts';

/** Of two items that tempt a type about as much, the closer one is put to work: this share of the best gain is enough. */
const ENOUGH = 0.5;
/** So many steps from type to type along the working set is close; beyond it, it is the favourite that counts. */
const MOST_STEPS = Number((globalThis as any).process?.env.MS ?? 1000);

/**
 * Constraints beyond the working set that the iterate breaks, one a type: of the items that give her more than `least` above her rent, the
 * closest one that is nearly the best. Far favourites are many where types are bunched, and follow from close ones; the sparsity of the
 * rent system lives on closeness.
 */
export const temptations = (
  { types }: FiniteProblem,
  set: WorkingSet,
  supply: ServedSupply,
  { participation }: Iterate,
  least: number,
): TypePairs & { worst: number; gains: number[] } => {
  const { count, offsets, blockOffsets, blockEnds, blockWeights, ownValues } = set;
  const { primal: rents } = participation;
  const transfers = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    let worth = 0;
    for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
      worth += blockWeights[b]! * ownValues[b]! * supply.quality[b]!;
    transfers[k] = worth - rents[k]!;
  }
  const utilities = new Float64Array(count);
  const choices = new Int32Array(count);
  const items = { offsets: blockOffsets, ends: blockEnds, quality: supply.quality };
  types.bestChoices(items, transfers, utilities, choices);

  const isAtWork = (n: number, k: number): boolean => {
    for (let e = offsets[k]!; e < offsets[k + 1]!; e++) if (set.from[e] === n) return true;
    return false;
  };
  const found = new Int32Array(count).fill(-1);
  const queue = new Int32Array(count);
  const closest = (n: number, enough: number): number => {
    found[n] = n;
    queue[0] = n;
    let [head, end] = [0, 1];
    for (let step = 0; step < MOST_STEPS; step++) {
      for (const ring = end; head < ring; head++) {
        const via = queue[head]!;
        for (let e = offsets[via]!; e < offsets[via + 1]!; e++) {
          const k = set.from[e]!;
          if (found[k] === n) continue;
          found[k] = n;
          queue[end++] = k;
          if (worthOf(types, n, items, k) - transfers[k]! >= enough && !isAtWork(n, k)) return k;
        }
      }
    }
    return -1;
  };
  const from: number[] = [];
  const to: number[] = [];
  let worst = 0;
  const gains: number[] = [];
  for (let n = 0; n < count; n++) {
    const gain = utilities[n]! - rents[n]!;
    if (!(gain > least)) continue;
    let k = closest(n, rents[n]! + ENOUGH * gain);
    if (k < 0) k = choices[n]!;
    if (k === n || isAtWork(n, k)) continue;
    worst = Math.max(worst, gain);
    gains.push(worthOf(types, n, items, k) - transfers[k]! - rents[n]!);
    from.push(n);
    to.push(k);
  }
  (globalThis as any).dbg?.(
    'look',
    'least',
    least,
    'added',
    from.length,
    'violated',
    utilities.reduce((c: number, u: number, n: number) => c + (u - rents[n]! > least ? 1 : 0), 0),
    'max',
    utilities.reduce((c: number, u: number, n: number) => Math.max(c, u - rents[n]!), 0),
    from
      .slice(0, 400)
      .map((n, i) => {
        const k = to[i]!;
        const s = Math.sqrt(count) | 0;
        return `${((n / s) | 0) - ((k / s) | 0)},${(n % s) - (k % s)}:${(worthOf(types, n, items, k) - transfers[k]! - rents[n]!).toExponential(0)}/${(utilities[n]! - rents[n]!).toExponential(0)}`;
      })
      .filter((_: string, i: number) => i % 20 === 0)
      .join(' '),
  );
  return { from: Int32Array.from(from), to: Int32Array.from(to), worst, gains };
};
