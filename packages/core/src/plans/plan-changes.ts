import type { Distribution } from '../distributions/distribution.ts';
import { type ChainParticipation, noParticipation } from '../screening/chain-participation.ts';
import { type ConvexAlternative, isAbove } from './convex-choice.ts';
import { type PlanOffer, planUse } from './plan-offer.ts';
import { planIntervals, shareBetween } from './plan-sales.ts';

/** The share of the buyers who go from one plan to another; −1 stands for none. Plans by their places in the two menus. */
export interface PlanMove {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** What buyers do and have where one menu takes another's place, all of them choosing freely under both. */
export interface PlanChanges {
  /** Share of the buyers whose surplus rises. */
  readonly betterOff: number;
  /** Share of the buyers whose surplus falls. */
  readonly worseOff: number;
  readonly moves: readonly PlanMove[];
}

/** What a buyer has under a menu: the worth of her tokens, and that less what she pays. */
export interface PlanStanding {
  readonly worth: number;
  readonly utility: number;
}

/** Surpluses that differ by less than this share of what the tokens are worth differ by rounding. */
const SAME = 1e-9;

/** 1 where she is better off after than before, −1 where she is worse off, 0 where it is the same to her. */
export const changeFor = (before: PlanStanding, after: PlanStanding): -1 | 0 | 1 => {
  const change = after.utility - before.utility;
  if (Math.abs(change) <= SAME * Math.max(before.worth, after.worth)) return 0;
  return change > 0 ? 1 : -1;
};

/** Shares below are nobody, in any number of buyers. */
const NOBODY = 1e-12;

/** Changes as they add up. */
export interface ChangeSums {
  add(from: number, to: number, change: number, share: number): void;
  changes(): PlanChanges;
}

export const changeSums = (): ChangeSums => {
  const moves = new Map<string, PlanMove>();
  let [betterOff, worseOff] = [0, 0];
  return {
    add(from, to, change, share) {
      if (!(share > 0)) return;
      if (change > 0) betterOff += share;
      if (change < 0) worseOff += share;
      const key = `${from} ${to}`;
      moves.set(key, { from, to, share: share + (moves.get(key)?.share ?? 0) });
    },
    changes: () => ({
      betterOff: Math.min(1, betterOff),
      worseOff: Math.min(1, worseOff),
      moves: [...moves.values()]
        .filter(({ share }) => share > NOBODY)
        .sort((a, b) => a.from - b.from || a.to - b.to),
    }),
  };
};

/** Below this share of a piece a change that is the same at its ends and in its middle is taken to be that of all between. */
const FINEST = 2 ** -7;
const MOST_HALVINGS = 60;

interface At {
  readonly type: number;
  readonly before: ConvexAlternative;
  readonly after: ConvexAlternative;
  readonly change: -1 | 0 | 1;
}

/** What a continuous population, who have u outside, does and has where `after` takes the place of `before`. */
export const planChangesInPopulation = (
  before: readonly PlanOffer[],
  after: readonly PlanOffer[],
  types: Distribution,
  outside: ChainParticipation = noParticipation,
): PlanChanges => {
  const sums = changeSums();
  const [intervalsBefore, intervalsAfter] = [
    planIntervals(before, types, outside),
    planIntervals(after, types, outside),
  ];
  const kinks = [...[...before, ...after].flatMap((offer) => offer.kinks(types.max)), ...outside.breakpoints];
  for (const a of intervalsBefore) {
    for (const b of intervalsAfter) {
      const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
      if (!(to > from)) continue;
      const own = [before[a.option], after[b.option]] as const;
      const [place, next] = [own[0]?.plan ?? -1, own[1]?.plan ?? -1];
      const inner = kinks.filter((x) => x > from && x < to).sort((x, y) => x - y);
      const ends = [from, ...inner, to];
      for (let i = 0; i + 1 < ends.length; i++)
        changesBetween(
          optionAlong(own[0], outside),
          optionAlong(own[1], outside),
          ends[i]!,
          ends[i + 1]!,
          (low, high, change) => {
            sums.add(place, next, change, shareBetween(types, low, high));
          },
        );
    }
  }
  return sums.changes();
};

/** What one and the same choice is to each type. */
type OptionAlong = (type: number) => ConvexAlternative;

/** An offer, or what buyers have outside. */
const optionAlong = (offer: PlanOffer | undefined, outside: ChainParticipation): OptionAlong => {
  if (offer === undefined) return (type) => ({ utility: outside.utility(type), slope: outside.slope(type) });
  const use = planUse(offer.inputs.length);
  return (type) => {
    offer.use(type, use);
    return { utility: use.utility, slope: use.quality };
  };
};

/** Cuts a stretch on which nobody changes plan under either menu into parts on which all are better off, worse off, or neither. */
const changesBetween = (
  before: OptionAlong,
  after: OptionAlong,
  from: number,
  to: number,
  add: (from: number, to: number, change: number) => void,
): void => {
  const at = (type: number): At => {
    const [a, b] = [before(type), after(type)];
    const standing = ({ utility, slope }: ConvexAlternative) => ({ utility, worth: type * slope });
    return { type, before: a, after: b, change: changeFor(standing(a), standing(b)) };
  };
  const isSettled = (a: At, b: At): boolean => {
    const width = b.type - a.type;
    if (a.change > 0) return isAbove(a.after, b.after, a.before, b.before, width);
    return a.change < 0 && isAbove(a.before, b.before, a.after, b.after, width);
  };
  const finest = FINEST * (to - from);
  const settle = (a: At, b: At, depth: number): void => {
    const middle = a.type + (b.type - a.type) / 2;
    const isOne = a.change === b.change;
    if (isOne && isSettled(a, b)) add(a.type, b.type, a.change);
    else if (!(middle > a.type && middle < b.type) || depth >= MOST_HALVINGS) {
      add(a.type, middle, a.change);
      add(middle, b.type, b.change);
    } else {
      const m = at(middle);
      if (isOne && m.change === a.change && b.type - a.type <= finest) add(a.type, b.type, a.change);
      else {
        settle(a, m, depth + 1);
        settle(m, b, depth + 1);
      }
    }
  };
  settle(at(from), at(to), 0);
};
