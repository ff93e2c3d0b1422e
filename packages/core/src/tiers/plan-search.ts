import { type FoundPlans, type Menu, type PlanSearch, type Rung, searchColumns } from './plan-columns.ts';
import { moved, spread, withOneMore } from './plan-moves.ts';

/** Steps of a shape, in logarithms, end below this. */
const FINEST = 1e-5;
/** The same where menus are only compared. */
const ROUGH = 0.02;
const ROUGH_ROUNDS = 3;
/** A round that gains less, relative to what there is, is the last. */
const GAIN = 1e-8;
const MOST_ROUNDS = 40;

type Steps<Result> = Generator<readonly FoundPlans[], Result, boolean | undefined>;

/**
 * The best menus of few plans that were found, for each number from 1 to `most`: a heuristic. Plans are added where they earn most, and then moved one by one, shape or
 * anchor, until nothing gains. A generator that yields what was found after every step; `next(true)` ends with it.
 */
export function* searchPlans(search: PlanSearch, most: number): Steps<readonly FoundPlans[]> {
  const { few, places } = fewerTypes(search);
  // What includes nothing, or nothing beyond, is a plan with both as well.
  const starts: (readonly Menu[])[] = [];
  if (few.form === 'three-part-tariff')
    for (const form of ['bundle', 'two-part-tariff'] as const)
      starts.push((yield* atPlaces(menusOf({ ...few, form }, most, []), places)).menus);
  const { found, menus } = yield* atPlaces(menusOf(few, most, starts), places);
  if (few === search) return found;
  const rungs = menus.map((menu) => menu.map((rung) => ({ ...rung, anchor: places[rung.anchor]! })));
  return yield* settledMenus(search, rungs);
}

/** What is found by anchors among fewer types, by their places among all. */
function* atPlaces<Result>(steps: Steps<Result>, places: Int32Array): Steps<Result> {
  let step = steps.next();
  while (step.done !== true) {
    const found = step.value.map(({ plans, worth }) => ({
      worth,
      plans: plans.map((plan) => ({ ...plan, anchor: places[plan.anchor] ?? plan.anchor })),
    }));
    step = steps.next(yield found);
  }
  return step.value;
}

/** Of more types than that some stand for their neighbours at first. */
const MOST_TYPES = 400;

/** The types, or as many as a search among them is quick for, each in the middle of those for whom she stands; with their places among all. */
const fewerTypes = (search: PlanSearch): { readonly few: PlanSearch; readonly places: Int32Array } => {
  const { value, mass, utility, margin, promised } = search;
  const count = value.length;
  if (count <= MOST_TYPES) return { few: search, places: Int32Array.from(value, (_, n) => n) };
  const ends = groupEnds(search);
  const groups = ends.length - 1;
  const places = Int32Array.from({ length: groups }, (_, i) => (ends[i]! + ends[i + 1]! - 1) >> 1);
  const of = (column: Float64Array): Float64Array => Float64Array.from(places, (n) => column[n]!);
  const few = {
    ...search,
    value: of(value),
    utility: of(utility),
    margin: of(margin),
    mass: Float64Array.from(places, (_, i) =>
      mass.subarray(ends[i]!, ends[i + 1]!).reduce((a, b) => a + b, 0),
    ),
    ...(promised === undefined ? {} : { promised: of(promised) }),
  };
  return { few, places };
};

/** Ends of groups of neighbours, in half of which there are as many buyers, and in half there is as much to earn: a few in the tail may be worth as much as all others. */
const groupEnds = ({ value, mass, lookup }: PlanSearch): readonly number[] => {
  const count = value.length;
  const surplus = value.map((type, n) => mass[n]! * lookup.surplus(type));
  const whole = surplus.reduce((a, b) => a + b, 0);
  const ends = [0];
  let [sum, done] = [0, 0];
  for (let n = 0; n < count; n++) {
    sum += (mass[n]! + (whole > 0 ? surplus[n]! / whole : 0)) / 2;
    const reached = Math.floor(sum * MOST_TYPES);
    if (n + 1 < count && reached > done) {
      ends.push(n + 1);
      done = reached;
    }
  }
  return [...ends, count];
};

/** Menus that were found among fewer types, moved to where they earn most from all. */
function* settledMenus(
  search: PlanSearch,
  starts: readonly (readonly Rung[])[],
): Steps<readonly FoundPlans[]> {
  const columns = searchColumns(search);
  const found: FoundPlans[] = [];
  for (const start of starts) {
    let own: Menu = start.map(columns.columnOf);
    let isStopped = false;
    for (let round = 0; round < ROUGH_ROUNDS && !isStopped; round++)
      for (let k = 0; k < own.length && !isStopped; k++) {
        own = moved(search, columns, own, k, { isAll: false, finest: FINEST });
        isStopped = (yield [...found, columns.result(own)]) === true;
      }
    const result = columns.result(own);
    const last = found.at(-1);
    found.push(last !== undefined && !(result.worth > last.worth) ? last : result);
    if (isStopped) break;
  }
  return found;
}

function* menusOf(
  search: PlanSearch,
  most: number,
  starts: readonly (readonly Menu[])[],
): Steps<{ readonly found: readonly FoundPlans[]; readonly menus: readonly Menu[] }> {
  const columns = searchColumns(search);
  const found: FoundPlans[] = [];
  const menus: Menu[] = [];
  let isStopped = false;
  /** Moves plans one by one until nothing gains. */
  function* settled(start: Menu, finest = FINEST, rounds = MOST_ROUNDS): Steps<Menu> {
    let own = start;
    for (let round = 0; round < rounds && !isStopped; round++) {
      const before = columns.worth(own);
      for (let k = 0; k < own.length && !isStopped; k++) {
        own = moved(search, columns, own, k, { isAll: round < 2, finest });
        isStopped = (yield [...found, columns.result(own)]) === true;
      }
      if (!(columns.worth(own) > before + GAIN * Math.abs(before))) break;
    }
    return own;
  }
  /** The menu with one plan more: of several that look best, each settled roughly, as the others may have to make room. */
  function* grown(from: Menu): Steps<Menu> {
    let most: Menu | undefined;
    for (const start of withOneMore(search, columns, from)) {
      const own = yield* settled(start, ROUGH, ROUGH_ROUNDS);
      if (most === undefined || columns.worth(own) > columns.worth(most)) most = own;
    }
    return yield* settled(most!);
  }
  let best: Menu = [];
  const betterOf = (own: Menu): void => {
    if (columns.worth(own) > columns.worth(best) + GAIN * Math.abs(columns.worth(best))) best = own;
  };
  for (let count = 1; count <= most && !isStopped; count++) {
    best = yield* grown(best);
    if (count > 1) betterOf(yield* settled(spread(search, columns, best, count)));
    for (const start of starts) if (start[count - 1]) betterOf(yield* settled(start[count - 1]!));
    // A plan may stand where another would earn more: each is taken out once, and one put in.
    for (let k = 0; count > 1 && k < best.length && !isStopped; k++)
      betterOf(yield* grown(best.filter((_, j) => j !== k)));
    const result = columns.result(best);
    const last = found.at(-1);
    // A menu of few is one of many as well.
    found.push(last !== undefined && !(result.worth > last.worth) ? last : result);
    menus.push(best);
  }
  return { found, menus };
}
