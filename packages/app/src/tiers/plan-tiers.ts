import {
  asPartOf,
  type FoundPlans,
  InputError,
  type Plan,
  type PlanSearch,
  searchPlans,
  surplusLookup,
} from '@menusmith/core';
import { capacityIsOfAll, menuWithinCapacity, tiersWithin } from '../capacity/tiers-within-capacity.ts';
import { requireHonoured } from '../problem/honoured-terms.ts';
import { continuousGoods } from '../problem/plan-buyers.ts';
import type { SolveProgress } from '../solve/solve-study.ts';
import { studySupply } from '../solve/supply/supply-of.ts';
import type { Goods, Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { changeFromKept } from './change-from-kept.ts';
import {
  bestOf,
  exactPlans,
  feesOf,
  type LineMarket,
  MOST_FEW,
  plansAtFees,
  worthOf,
} from './exact-plans.ts';
import { fullOfPlans } from './full-of-plans.ts';
import { gapOf } from './one-dimensional-tiers.ts';
import { planColumns, planLine } from './plan-line.ts';
import { brokenNotes, keepingPromise, promiseOf, withPromise } from './promised-surplus.ts';
import { roundedAmongFew } from './rounded-among-few.ts';
import { roundedPlans } from './rounded-plans.ts';
import { type Rounding, shownAmounts } from './shown-amounts.ts';
import { notesOf, soldMenu } from './sold-plans.ts';
import { requireCounts } from './tier-count.ts';
import type { PlanKind, TierMenu, TiersResult } from './tiers-result.ts';
import { emptyMenu, unknownFull } from './tiers-so-far.ts';

/** What a firm asks of its plans. */
export interface PlanTiersOptions {
  readonly counts: readonly number[];
  readonly kind: PlanKind;
  /** Today's plans: at share 1 they stay on sale, below it nobody's surplus falls below `share` of what they give her. */
  readonly keep?: { readonly plans: readonly Plan[]; readonly share: number };
  /** Fees, prices and commitments are multiples of a step, in the menu's money, or end in 9. */
  readonly round?: Rounding;
  /** Of the buyers, for each new plan. */
  readonly minShare?: number;
  /** All that the fee of a new plan may be, in the menu's money; undefined for any. */
  readonly fees?: readonly number[];
  readonly scale?: number;
  /** Seconds. */
  readonly clock?: () => number;
}

type MenusFinding = Generator<SolveProgress<readonly TierMenu[]>, readonly TierMenu[], boolean | undefined>;
type Finding = Generator<SolveProgress<TiersResult>, TiersResult, boolean | undefined>;

/** What is asked of a search: plans of a kind, beside today's where they stay, under conditions. */
type PlanConditions = Pick<PlanTiersOptions, 'kind' | 'keep' | 'round' | 'minShare' | 'fees' | 'scale'>;

/**
 * The best few plans that were found under a firm's conditions, by free choice of every buyer, beside a bound for all menus under the same promise. Plans meter totals, so that
 * the bound is that of packages. A generator; `next(true)` ends it with what there is.
 */
export function* findingPlanTiers(study: Study, options: PlanTiersOptions): Finding {
  const { counts, kind, scale, clock = () => 0 } = options;
  const started = clock();
  requireCounts(counts);
  requireHonoured(study, ['objective', 'outside', 'keep', 'capacity'], 'tiers of plans');
  requireFewModels(study, kind);
  const keep = options.keep ?? study.terms.keep;
  const isCapped = study.terms.capacity !== undefined;
  if (isCapped && scale !== undefined) throw capacityIsOfAll('tiers');
  const line = planLine(study, scale);
  const goods = continuousGoods(study);
  const changed = keep === undefined ? undefined : changeFromKept(study, keep.plans, scale);
  const whole = (menus: readonly TierMenu[], full: TiersResult['full']): TiersResult => {
    const most = full.objective ?? full.profit;
    const certified = menus.map((menu): TierMenu => {
      const own = menu.objective ?? menu.profit;
      const gap = gapOf(own, full.upperBound);
      const isBroken = menu.brokenBy !== undefined;
      const isLoose = goods !== undefined && gap.status === 'optimal';
      const share = most > 0 && own >= 0 ? own / most : null;
      const status = isBroken ? 'uncertified' : isLoose ? 'feasible' : gap.status;
      return { ...menu, ...gap, status, share, ...changed?.(menu) };
    });
    return {
      name: study.name,
      kind,
      coordinate: line.coordinate,
      scale: line.isScaleFixed ? line.scale : null,
      full,
      menus: certified,
      notes: [
        ...brokenNotes(menus),
        ...notesOf(keep?.share, line, menus),
        ...(goods ? [boundOfMidpoints(goods)] : []),
        ...(isCapped ? [tiersWithin(kind !== 'bundle')] : []),
      ],
      seconds: clock() - started,
    };
  };
  const finding = isCapped ? menusWithinCapacity(study, options) : planMenus(study, counts, options);
  const menus = yield* asPartOf(finding, (found) => whole(found, unknownFull));
  return whole(menus, yield* asPartOf(fullOfPlans(study, keep, scale), (full) => whole(menus, full)));
}

/** Of continuous goods plans are searched for, and bounded, on midpoints, and sold to all buyers. */
const boundOfMidpoints = ({ cells }: Goods): string =>
  `Plans were searched for on a grid of ${cells.join(' × ')} cells of goods, and sold to the continuous buyers. The full menu and the bound are of the grid: what plans bring from the continuous buyers they do not bound.`;

/** The best menu of at most so many plans that was found beside today's, within capacity; what bounds it is left out. */
export function* findingPlanMenu(
  study: Study,
  count: number,
  kind: PlanKind,
  scale?: number,
): Generator<SolveProgress<TierMenu>, TierMenu, boolean | undefined> {
  requireFewModels(study, kind);
  const finding =
    study.terms.capacity === undefined
      ? planMenus(study, [count], { kind, ...(scale === undefined ? {} : { scale }) })
      : menusWithinCapacity(study, { kind, counts: [count] });
  const only = (menus: readonly TierMenu[]): TierMenu => menus[0]!;
  return only(yield* asPartOf(finding, only));
}

function* menusWithinCapacity(
  study: Study,
  options: PlanConditions & Pick<PlanTiersOptions, 'counts'>,
): MenusFinding {
  const keep = options.keep ?? study.terms.keep;
  const kept =
    keep === undefined ? study : { ...study, terms: { ...study.terms, keep: { menu: '', ...keep } } };
  const menus: TierMenu[] = [];
  for (const count of options.counts) {
    const finding = menuWithinCapacity(kept, count, function* (priced, few) {
      return { menus: yield* planMenus(priced, [few], options), notes: [] };
    });
    const soFar = (menu: TierMenu): readonly TierMenu[] =>
      options.counts.map((own, k) => menus[k] ?? (own === count ? menu : emptyMenu(kept, own, Number.NaN)));
    const found = yield* asPartOf(finding, ({ menu }) => soFar(menu));
    menus.push(found.menu);
  }
  return menus;
}

/** The best menus of so many plans each that were found, with no bound beside them. */
function* planMenus(
  study: Study,
  counts: readonly number[],
  { kind, round, minShare = 0, fees, scale, keep = study.terms.keep }: PlanConditions,
): MenusFinding {
  const line = planLine(study, scale);
  const column = planColumns(study, line);
  const sold = keep?.share === 1 ? keep.plans : [];
  const without = bestOf(sold.map(column), line);
  const promised =
    keep !== undefined && keep.share < 1
      ? bestOf(keep.plans.map(column), line).utility.map((all) => keep.share * all)
      : undefined;
  const { supply } = studySupply(study);
  const highest = 2 * (line.value.at(-1) ?? 0);
  const search: PlanSearch = {
    value: line.value,
    mass: line.mass,
    lookup: surplusLookup(supply, line.scale, highest),
    highest,
    form: kind,
    utility: without.utility,
    margin: without.margin,
    ...(promised === undefined ? {} : { promised }),
    surplusWeight: surplusWeightOf(study.terms),
    leastShare: minShare,
    ...(fees === undefined ? {} : { fees: feesInStudy(fees, kind, study) }),
  };
  const promise = keep !== undefined && keep.share < 1 ? promiseOf(study, keep, line) : undefined;
  const market: LineMarket = { study, line, column, without, kind, search, sold, scale };
  // Of a population whoever is between two amounts is within a cell of where the cells have her.
  const within = minShare > 0 && line.of === 'population' ? line.mass.reduce((a, b) => Math.max(a, b), 0) : 0;
  const rounded: LineMarket = { ...market, search: { ...search, leastShare: minShare + within } };
  const worth = (own: readonly Plan[]): number => worthOf(own, rounded, promise);
  const amounts = round === undefined ? undefined : shownAmounts(round, study.units?.money ?? 1, search.fees);
  /** As far as a search of plans of any amounts leads. */
  const plansOf = ({ plans: found }: Searched, count: number): readonly Plan[] => {
    const shapes = mostWorth(found.slice(0, count))?.plans ?? [];
    const exact =
      fees === undefined
        ? keepingPromise(exactPlans(shapes, market), promise)
        : plansAtFees(shapes, market, promise);
    if (amounts === undefined) return exact;
    return roundedPlans(exact, amounts, {
      worth,
      fees: (free, others) => feesOf(free, others, market),
      isOfFew: line.value.length <= MOST_FEW,
    });
  };
  const menuOf = (count: number, plans: readonly Plan[], isDone: boolean): TierMenu => {
    const menu = withPromise(soldMenu(count, plans, market), promise);
    // What a search has just tried may be worse than nothing new, for which a promise may not be broken.
    if (isDone || menu.brokenBy !== undefined || plans.length === 0) return menu;
    const none = withPromise(soldMenu(count, [], market), promise);
    return none.brokenBy === undefined && (none.objective ?? none.profit) > (menu.objective ?? menu.profit)
      ? none
      : menu;
  };
  const menusOf = (found: Searched): readonly TierMenu[] =>
    counts.map((count) => menuOf(count, plansOf(found, count), found.isDone));
  const found = yield* asPartOf(searching(search, Math.max(...counts)), menusOf);
  if (amounts === undefined || !found.isDone) return menusOf(found);
  const menus: TierMenu[] = [];
  for (const count of counts) {
    const soFar = (plans: readonly Plan[]): readonly TierMenu[] =>
      counts.map(
        (own, k) => menus[k] ?? menuOf(own, own === count ? plans : plansOf(found, own), found.isDone),
      );
    const settling = roundedAmongFew(plansOf(found, count), count, amounts, market, worth);
    menus.push(menuOf(count, yield* asPartOf(settling, soFar), found.isDone));
  }
  return menus;
}

/** The best that were found, for each number of plans; not all of them where a search did not come to its end. */
interface Searched {
  readonly plans: readonly FoundPlans[];
  readonly isDone: boolean;
}

/** Yields what was found so far. */
function* searching(
  search: PlanSearch,
  most: number,
): Generator<SolveProgress<Searched>, Searched, boolean | undefined> {
  const known: FoundPlans[] = [];
  const isAsked = yield {
    iterations: 0,
    expectedGap: Number.NaN,
    incumbent: () => ({ plans: [], isDone: false }),
  };
  const finding = searchPlans(search, most);
  let step = finding.next();
  let [isStopped, iterations] = [isAsked === true, 0];
  while (step.done !== true) {
    iterations++;
    // A search begins anew now and then.
    step.value.forEach((own, k) => {
      known[k] = mostWorth(known[k] === undefined ? [own] : [known[k], own])!;
    });
    const soFar: Searched = { plans: [...known], isDone: false };
    isStopped = (yield { iterations, expectedGap: Number.NaN, incumbent: () => soFar }) === true || isStopped;
    step = finding.next(isStopped);
  }
  return { plans: isStopped ? known : step.value, isDone: !isStopped };
}

const mostWorth = (found: readonly FoundPlans[]): FoundPlans | undefined =>
  found.reduce<FoundPlans | undefined>((a, b) => (a !== undefined && a.worth >= b.worth ? a : b), undefined);

/** Ascending, in the study's money. Throws InputError where plans of a kind have no fees. */
const feesInStudy = (fees: readonly number[], kind: PlanKind, { units }: Study): readonly number[] => {
  if (kind === 'commitment')
    throw new InputError('fee', '--fee: commitments have no fee; expected another --kind, got commitment');
  return fees.map((fee) => fee / (units?.money ?? 1)).sort((a, b) => a - b);
};

/** Where models are several, one plan is of one model. */
const requireFewModels = ({ technology }: Study, kind: PlanKind): void => {
  if (technology.kind === 'cost')
    throw new InputError(
      'cost',
      'plans are of inputs, and the cost is given outright; expected production and inputs, or tiers without conditions',
      ['cost'],
    );
  if (technology.kind === 'models' && kind !== 'bundle')
    throw new InputError(
      'models',
      `with several models plans under conditions are bundles, each of one model; expected --kind bundle, got ${kind}`,
      ['models'],
    );
};
