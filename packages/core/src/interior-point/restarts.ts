import type { WorkingSet } from '../finite/working-set.ts';
import { copied, type Iterate } from './iterate.ts';

/** The first look for constraints beyond the working set, and the gain in accuracy from one look to the next. */
const FIRST_LOOK = 1e-3;
const NEXT_LOOK = 0.1;
/** After constraints have come in, the next look is sooner. */
const SOONER_LOOK = 0.3;
/** A look is worth its time where the infeasibility is at most so many times the gap: what breaks constraints then is no passing state. */
const SETTLED = 50;
/** Looks that have found something, after which far constraints come in together with close ones. */
const MANY_FINDS = 4;
/** Checkpoints are kept at gaps this much smaller from one to the next, once the iterate is nearly feasible. */
const NEXT_CHECKPOINT = 0.3;
const FIRST_CHECKPOINT = 0.05;
const NEARLY_FEASIBLE = 10;
/** After so many short steps in a row the method goes back to a checkpoint whose gap is that many times larger. */
const SHORT = 0.1;
const MOST_SHORT = 4;
const BACK = 3;
/** Shares of the gap that steps leave at least, after so many returns that brought no constraint: the same way again would end in the same place. */
const CAUTION = [0, 0.1, 0.3, 0.5, 0.7];

/** An iterate to which the method can return: well inside, where the next ones are near the boundary. */
interface Checkpoint {
  readonly set: WorkingSet;
  readonly at: Iterate;
  readonly gap: number;
}

/**
 * When the interior-point method looks for constraints that are missing, and where it goes on when some come in or only short steps are left: at an earlier
 * iterate, farther from the boundary, or from the beginning. Gaps are relative to the money at stake.
 */
export interface Restarts {
  /** The share of the gap that steps leave at least. */
  caution(): number;
  /** Remembers an iterate that is worth returning to. */
  keep(here: Checkpoint, infeasibility: number): void;
  isTimeToLook(gap: number, infeasibility: number): boolean;
  hasLooked(gap: number, hasFound: boolean): void;
  /** Whether constraints have come in so often that those which follow from others are too few. */
  isBehind(): boolean;
  /** Whether the last steps were all short. */
  isStuck(length: number): boolean;
  /** Where to go on with so many constraints more: where the method stands unless it is stuck; undefined where the same ways have all been tried. */
  from(here: Checkpoint, added: number, isStuck: boolean): Checkpoint | undefined;
  /** Having gone back from a gap to `from`: whether to begin anew instead, with `size` constraints at work by now. */
  isAnew(from: Checkpoint, gap: number, size: number, isStuck: boolean, isFarBroken: () => boolean): boolean;
}

/** For a method that begins with `size` constraints at work. */
export const restarts = (size: number): Restarts => {
  /** Constraints at work when the method began, or began anew: without others it would go the same way again. */
  let startedWith = size;
  let look = FIRST_LOOK;
  let finds = 0;
  let shortSteps = 0;
  /** Returns with the same constraints at work, and how many these were. */
  let returns = 0;
  let returnedWith = 0;
  const checkpoints: Checkpoint[] = [];
  return {
    caution: () => CAUTION[returns]!,
    keep: ({ set, at, gap }, infeasibility) => {
      const isNext = gap < NEXT_CHECKPOINT * (checkpoints.at(-1)?.gap ?? FIRST_CHECKPOINT);
      if (isNext && infeasibility < NEARLY_FEASIBLE * gap) checkpoints.push({ set, at: copied(at), gap });
    },
    isTimeToLook: (gap, infeasibility) => gap < look && infeasibility < SETTLED * gap,
    isBehind: () => finds >= MANY_FINDS,
    hasLooked: (gap, hasFound) => {
      if (hasFound) finds++;
      look = (hasFound ? SOONER_LOOK : NEXT_LOOK) * gap;
    },
    isStuck: (length) => {
      shortSteps = length < SHORT ? shortSteps + 1 : 0;
      return shortSteps >= MOST_SHORT;
    },
    from: (here, added, isStuck) => {
      shortSteps = 0;
      let from = here;
      while (isStuck && checkpoints.length > 0 && from.gap < BACK * here.gap) from = checkpoints.pop()!;
      if (from === here) return here;
      const known = here.set.from.length + added;
      returns = known === returnedWith ? returns + 1 : 0;
      returnedWith = known;
      return returns < CAUTION.length ? from : undefined;
    },
    isAnew: (from, gap, size, isStuck, isFarBroken) => {
      const isHopeless = isStuck && from.gap < BACK * gap;
      if (size > startedWith && (isHopeless || isFarBroken())) {
        startedWith = size;
        checkpoints.length = 0;
        look = FIRST_LOOK;
        return true;
      }
      if (isStuck) look = Math.min(FIRST_LOOK, SOONER_LOOK * from.gap);
      return false;
    },
  };
};
