import { type CostForm, mostOf, piecesOn } from '../supply/cost/cost-form.ts';

/** Items without chance, where a part of what a task can have is a lottery over it. */
export interface PureItems {
  /** Whether every task has nothing, or all that is made at its lowest marginal costs. */
  isPure(quality: Float64Array): boolean;
  /** Values as which items without chance are served: all of them where they are few, else each task alone, and all tasks. */
  readonly served: readonly Float64Array[];
}

/** All sets of tasks are tried up to so many tasks. */
const MOST_SETS = 6;
const ROUNDING = 1e-9;

/** What can be sold without lotteries at a cost of linear pieces. */
export const pureItems = (form: CostForm, tasks: number): PureItems => {
  const pieces = Array.from({ length: tasks }, (_, m) => piecesOn(form, m));
  const { total = Number.POSITIVE_INFINITY } = form;
  /** How much there is of a task at the end of each of its pieces. */
  const ends = pieces.map((own) => own.map((_, k) => mostOf(own.slice(0, k + 1))));
  const most = ends.map((own) => own.at(-1) ?? 0);
  const isEnd = (q: number, m: number): boolean =>
    q <= ROUNDING || ends[m]!.some((end) => Math.abs(q - end) <= ROUNDING * end);
  const isWithin = (set: readonly boolean[]): boolean =>
    set.reduce((sum, isIn, m) => sum + (isIn ? most[m]! : 0), 0) <= total * (1 + ROUNDING);
  /** Above all rates, or below them. */
  const servedAs = (set: readonly boolean[]): Float64Array =>
    Float64Array.from(set, (isIn, m) => (isIn ? pieces[m]!.at(-1)!.rate + 1 : pieces[m]![0]!.rate - 1));
  const sets = tasks <= MOST_SETS ? subsets(tasks) : [...singles(tasks), pieces.map(() => true)];
  return { isPure: (quality) => quality.every(isEnd), served: sets.filter(isWithin).map(servedAs) };
};

const singles = (tasks: number): readonly (readonly boolean[])[] =>
  Array.from({ length: tasks }, (_, m) => Array.from({ length: tasks }, (__, l) => l === m));

/** But for the empty one. */
const subsets = (tasks: number): readonly (readonly boolean[])[] =>
  Array.from({ length: 2 ** tasks - 1 }, (_, n) =>
    Array.from({ length: tasks }, (__, m) => Math.floor((n + 1) / 2 ** m) % 2 === 1),
  );
