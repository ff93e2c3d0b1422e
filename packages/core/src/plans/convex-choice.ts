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

/** An option that nobody between two types can want: it is not asked for again there. */
export const UNASKED: ConvexOption = { utility: Number.NEGATIVE_INFINITY, slope: 0, margin: 0 };

/** What a type has of each option; of one that is not `asked` for, UNASKED will do. */
export type OptionsAt = (type: number, asked?: readonly boolean[]) => readonly ConvexOption[];

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
  optionsAt: OptionsAt,
  ends: readonly number[],
  nothingAt: (type: number) => ConvexAlternative = () => NOTHING,
): readonly ChoiceInterval[] => {
  const intervals: ChoiceInterval[] = [];
  const at = (type: number, asked?: readonly boolean[]): At => {
    const options = optionsAt(type, asked);
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
      const m = at(middle, contenders(a, b));
      if (isOne && m.choice === a.choice && b.type - a.type <= finest) add(a.type, b.type, a.choice);
      else {
        settle(a, m, finest, depth + 1);
        settle(m, b, finest, depth + 1);
      }
    }
  };
  const points = ends.map((type) => at(type));
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
    (option, k) =>
      k === a.choice ||
      option === UNASKED ||
      b.options[k] === UNASKED ||
      isAbove(fromA, fromB, option, b.options[k]!, width),
  );
};

/** Which options somebody between two types may want: those of which it is not proved that what is chosen at one end is better throughout, by more than rounding. */
const contenders = (a: At, b: At): readonly boolean[] => {
  const chosen = [...new Set([a.choice, b.choice])].filter((k) => isAsked(a, b, k));
  return a.options.map(
    (_, k) => isAsked(a, b, k) && !chosen.some((best) => best !== k && isBetter(a, b, best, k)),
  );
};

const isAsked = (a: At, b: At, k: number): boolean =>
  k >= 0 && a.options[k] !== UNASKED && b.options[k] !== UNASKED;

/** Whether one option is proved to be better than another, by more than rounding, at two types and between them. */
const isBetter = (a: At, b: At, high: number, low: number): boolean => {
  const stake = [a, b].reduce(
    (most, { type, options }) =>
      Math.max(most, Math.abs(type * options[high]!.slope), Math.abs(type * options[low]!.slope)),
    0,
  );
  const [lowA, lowB] = [a, b].map(({ options }): ConvexAlternative => {
    const { utility, slope } = options[low]!;
    return { utility: utility + ROUNDING * stake, slope };
  }) as [ConvexAlternative, ConvexAlternative];
  const [highA, highB] = [a.options[high]!, b.options[high]!];
  return (
    highA.utility > lowA.utility &&
    highB.utility > lowB.utility &&
    isAbove(highA, highB, lowA, lowB, b.type - a.type)
  );
};

/** Utilities nearer to each other than this share of what the options are worth count as ties. */
const ROUNDING = 1e-9;

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
