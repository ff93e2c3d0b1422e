import { freeChoice, TIE } from '../screening/free-choice.ts';
import { type ConvexAlternative, isAbove } from './convex-choice.ts';
import { type PlanOffer, planUse } from './plan-offer.ts';

interface At {
  readonly type: number;
  readonly options: readonly ConvexAlternative[];
  readonly best: number;
  /** What may differ by rounding; money. */
  readonly tie: number;
}

/**
 * Which of several offers each of many types likes best, were she to take one: its place, −1 where there are none. Of offers that she likes equally well it is
 * the one that brings the seller most, as in `freeChoice`.
 *
 * Between two types that like one offer best, all do if its tangents lie above the chords of all other offers; then nobody between them is asked. As a type is
 * asked about every offer wherever that is not proved, the answer is that of asking each.
 */
export const choicesAmongTypes = (offers: readonly PlanOffer[], types: Float64Array): Int32Array => {
  const chosen = new Int32Array(types.length).fill(-1);
  if (offers.length < 2 || types.length === 0) return chosen.fill(offers.length - 1);
  const sorted = types.slice().sort();
  const best = new Int32Array(types.length);
  const optionsAt = asked(offers);
  const at = (place: number): At => {
    const found = optionsAt(sorted[place]!);
    best[place] = found.best;
    return found;
  };
  const settle = (from: number, a: At, to: number, b: At): void => {
    if (to - from < 2) return;
    if (isSettled(a, b)) {
      best.fill(a.best, from + 1, to);
      return;
    }
    const middle = (from + to) >> 1;
    const m = at(middle);
    settle(from, a, middle, m);
    settle(middle, m, to, b);
  };
  const last = types.length - 1;
  settle(0, at(0), last, at(last));
  const starts: number[] = [];
  for (let place = 0; place <= last; place++) if (best[place] !== best[place - 1]) starts.push(place);
  return chosen.map((_, n) => best[runOf(starts, sorted, types[n]!)]!);
};

/** The start of the run in which a type stands, of runs that each start at a place of the types sorted. */
const runOf = (starts: readonly number[], sorted: Float64Array, type: number): number => {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[starts[middle]!]! <= type) low = middle;
    else high = middle - 1;
  }
  return starts[low]!;
};

/** What offers are to a type, and which she likes best. */
const asked = (offers: readonly PlanOffer[]): ((type: number) => At) => {
  const uses = offers.map(({ inputs }) => planUse(inputs.length));
  return (type) => {
    let worth = 0;
    const options = offers.map((offer, k) => {
      const use = uses[k]!;
      offer.use(type, use);
      worth = Math.max(worth, type * use.quality);
      return { utility: use.utility, slope: use.quality };
    });
    const tie = TIE * worth;
    const best = freeChoice(
      options.map(({ utility }) => utility),
      uses.map(({ payment, cost }) => payment - cost),
      tie,
      Number.NEGATIVE_INFINITY,
    );
    return { type, options, best, tie };
  };
};

/** Whether all between two types like best what both do, by more than rounding. */
const isSettled = (a: At, b: At): boolean => {
  if (a.best !== b.best || a.best < 0) return false;
  if (a.type === b.type) return true;
  const [highA, highB] = [a.options[a.best]!, b.options[a.best]!];
  const above = ({ utility, slope }: ConvexAlternative): ConvexAlternative => ({
    utility: utility + 2 * Math.max(a.tie, b.tie),
    slope,
  });
  return a.options.every(
    (option, k) =>
      k === a.best || isAbove(highA, highB, above(option), above(b.options[k]!), b.type - a.type),
  );
};
