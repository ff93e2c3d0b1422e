import { freeChoice, TIE } from '../screening/free-choice.ts';

/** An option whose utility is convex in the type. */
export interface ConvexOption {
  readonly utility: number;
  /** A subgradient of utility at the type. */
  readonly slope: number;
  /** What the seller earns by it. */
  readonly margin: number;
}

/** The types from `from` to `to` choose `option`, −1 for none of them. */
export interface ChoiceInterval {
  readonly from: number;
  readonly to: number;
  readonly option: number;
}

/** What a type has who takes none of the options, convex in the type as they are; nothing brings the seller nothing. */
export type ConvexAlternative = Omit<ConvexOption, 'margin'>;

interface At {
  readonly type: number;
  readonly options: readonly ConvexOption[];
  readonly nothing: ConvexAlternative;
  readonly choice: number;
}

/** Below this share of a piece choices that agree at its ends and in its middle are taken to be those of all between. */
const FINEST = 2 ** -10;
const MOST_HALVINGS = 80;

/** The choice of a buyer among options and nothing, which is worth `nothing` to her; what is at stake is what the options are worth to her. */
export const bestChoice = (type: number, options: readonly ConvexOption[], nothing = 0): number => {
  const worth = options.reduce((most, { slope }) => Math.max(most, type * slope), 0);
  return freeChoice(
    options.map(({ utility }) => utility),
    options.map(({ margin }) => margin),
    TIE * worth,
    nothing,
  );
};

const NOTHING: ConvexAlternative = { utility: 0, slope: 0 };

/**
 * Who chooses which of several options, or none, when utilities are convex in the type, as they are whenever buyers choose freely: the intervals of [ends₀, endsₙ], ascending.
 *
 * Between two types a convex utility lies below its chord and above its tangents. An interval is settled where the chosen option's tangents lie above all other
 * chords, and halved where not, so that no option that is best in between is missed, but for some that are better by less than that shows.
 */
export const convexChoice = (
  optionsAt: (type: number) => readonly ConvexOption[],
  ends: readonly number[],
  nothingAt: (type: number) => ConvexAlternative = () => NOTHING,
): readonly ChoiceInterval[] => {
  const intervals: ChoiceInterval[] = [];
  const at = (type: number): At => {
    const options = optionsAt(type);
    const nothing = nothingAt(type);
    return { type, options, nothing, choice: bestChoice(type, options, nothing.utility) };
  };
  const add = (from: number, to: number, option: number): void => {
    const last = intervals[intervals.length - 1];
    if (last?.option === option) intervals[intervals.length - 1] = { ...last, to };
    else if (to > from) intervals.push({ from, to, option });
  };
  const settle = (a: At, b: At, finest: number, depth: number): void => {
    const middle = a.type + (b.type - a.type) / 2;
    const isOne = a.choice === b.choice;
    if (isOne && isSettled(a, b)) add(a.type, b.type, a.choice);
    else if (!(middle > a.type && middle < b.type) || depth >= MOST_HALVINGS) {
      add(a.type, middle, a.choice);
      add(middle, b.type, b.choice);
    } else {
      const m = at(middle);
      if (isOne && m.choice === a.choice && b.type - a.type <= finest) add(a.type, b.type, a.choice);
      else {
        settle(a, m, finest, depth + 1);
        settle(m, b, finest, depth + 1);
      }
    }
  };
  const points = ends.map(at);
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [points[i]!, points[i + 1]!];
    if (b.type > a.type) settle(a, b, FINEST * (b.type - a.type), 0);
  }
  return intervals;
};

/** Whether what is chosen at both ends is chosen by all between them. */
const isSettled = (a: At, b: At): boolean => {
  const chosenAt = ({ options, choice, nothing }: At): ConvexAlternative => options[choice] ?? nothing;
  const [fromA, fromB] = [chosenAt(a), chosenAt(b)];
  const width = b.type - a.type;
  if (a.choice >= 0 && !isAbove(fromA, fromB, a.nothing, b.nothing, width)) return false;
  return a.options.every(
    (option, k) => k === a.choice || isAbove(fromA, fromB, option, b.options[k]!, width),
  );
};

/**
 * Whether of two convex utilities `high` is proved to be nowhere below `low` between two types, `width` apart, at both of which it is not: its tangents lie above the other's
 * chord where they meet.
 */
export const isAbove = (
  highA: ConvexAlternative,
  highB: ConvexAlternative,
  lowA: ConvexAlternative,
  lowB: ConvexAlternative,
  width: number,
): boolean => {
  const turn = highB.slope - highA.slope;
  const meets = turn > 0 ? (highA.utility - highB.utility + highB.slope * width) / turn : width / 2;
  const step = Math.min(width, Math.max(0, meets));
  return lowA.utility + ((lowB.utility - lowA.utility) / width) * step <= highA.utility + highA.slope * step;
};
