import {
  asPartOf,
  type Bundle,
  bundleOffer,
  bundlesBesideOutside,
  type ChainMenu,
  chainMenu,
  type Distribution,
  type EfficientSupply,
  InputError,
  type PlanSales,
  planSalesToTypes,
  type SaleTerms,
  servedFor,
  settledBundles,
  supplyPoint,
} from '@menusmith/core';
import { finiteBuyersOf, type ListedBuyer } from '../problem/finite-buyers.ts';
import type { ContinuousChain, ListedChain, SpaceProblem } from '../problem/screening-problem.ts';
import type { OneNumberProblem } from '../problem/sold-problem.ts';
import { promising } from '../solve/outside/outside-along.ts';
import { outsideOfLine, requireOneIndex } from '../solve/outside/outside-worth.ts';
import type { SolveProgress } from '../solve/solved.ts';
import { studySupply } from '../solve/supply/supply-of.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { bundleTiers, menuOf } from './one-dimensional-tiers.ts';
import { heuristic, profileTiers } from './profile-tiers.ts';
import type { FoundTiers, TierKind, TierMenu, TierResult, TiersResult } from './tiers-result.ts';
import { emptyMenu, foundSoFar, nothingFound, unknownFull } from './tiers-so-far.ts';

type Finding = Generator<SolveProgress<FoundTiers>, FoundTiers, boolean | undefined>;

/** Even cells of types among which menus for a continuous line are begun: so many, or so many a tier. */
const CELLS = { least: 48, aTier: 3 } as const;

const SEARCHED =
  'Along a line on which what buyers have outside differs, menus of few items are the best that a search found: participation can bind anywhere. The bound is that of the full menu beside the same outside.';

/**
 * Few items for buyers along a line who have u(θ) outside, other than the same for all: participation binds inside, and a tier's buyers are not all above a price. A line of
 * listed types is a space of one task; a continuous one begins with the menu of even cells and is settled among all its types. The full menu and its bound, which take
 * the longer, are found where they are asked for.
 */
export function* outsideLineTiers(
  study: Study,
  buyers: OneNumberProblem,
  kind: TierKind,
  counts: readonly number[],
  isBounded: boolean,
): Finding {
  if (kind !== 'bundle')
    throw new InputError(
      'unsupported',
      'tiers: two-part tariffs along a line are for buyers who all have the same outside; expected a number, got one that differs among them, or --kind bundle',
      ['outside'],
    );
  return buyers.kind === 'listed-chain'
    ? yield* tiersOfTypes(study, buyers, counts)
    : yield* tiersOfPopulation(study, buyers, counts, isBounded);
}

/** By the heuristic for types of any kind; who takes what is told along the line. */
function* tiersOfTypes(study: Study, chain: ListedChain, counts: readonly number[]): Finding {
  const outside = outsideOfLine(study, chain)!;
  const { supply } = studySupply(study);
  const { types, scale } = chain;
  const terms = termsOf(study);
  const { surplusWeight } = terms;
  const problem = { types, supply, scale, outside, surplusWeight };
  const along = ({ full, menus, notes }: FoundTiers): FoundTiers => ({
    full,
    menus: menus.map((menu) => {
      const { count, upperBound, tiers } = menu;
      if (tiers.length === 0) return menu;
      const bundles = bundlesBesideOutside(problem, bundlesOf(tiers, supply, chain), count);
      const sales = planSalesToTypes(bundles.map(bundleOffer), bundles.length, types, outside);
      return menuOf(
        { count, profit: sales.profit, ...terms.objective(sales.profit, sales.consumerSurplus), upperBound },
        soldTiers(bundles, sales, supply, scale),
      );
    }),
    notes: [SEARCHED, ...notes.filter((note) => note !== heuristic.bundle)],
  });
  const space = withListedOutside(study, chain, outside);
  return along(yield* asPartOf(profileTiers(space, spaceOfLine(chain), 'bundle', counts), along));
}

/** Items that were found before, made anew. */
const bundlesOf = (
  tiers: readonly TierResult[],
  supply: EfficientSupply,
  { types, scale }: OneNumberProblem,
): Bundle[] => {
  const highest = 'value' in types ? types.value.reduce((a, b) => Math.max(a, b), 0) : types.max;
  const point = supplyPoint(supply.inputs.length);
  return tiers.flatMap(({ quality, transfer }) => {
    const servedValue = servedFor(quality, supply, scale, highest);
    if (servedValue === undefined) return [];
    supply.supply(servedValue, scale, point);
    const { cost, inputs, model } = point;
    return [{ quality: point.quality, cost, transfer, servedValue, inputs: inputs.slice(), model }];
  });
};

const soldTiers = (
  bundles: readonly Bundle[],
  { plans }: PlanSales,
  supply: EfficientSupply,
  scale: number,
): TierResult[] => {
  const sales = bundles.flatMap((bundle, k) => {
    const { share, range } = plans[k]!;
    return range === undefined ? [] : [{ bundle, share, from: range[0], to: range[1] }];
  });
  return bundleTiers({ sales }, supply, scale, 0).sort((a, b) => a.transfer - b.transfer);
};

/** The types as those of one task: their number on it, as often as there are tasks. */
const spaceOfLine = ({ types, listed, scale }: ListedChain): SpaceProblem => ({
  kind: 'space',
  ...finiteBuyersOf({
    kind: 'profiles',
    breaks: [],
    tasks: { weights: Float64Array.of(scale), positions: Float64Array.of(0.5) },
    types: listed.map(({ name }, n) => ({
      ...(name === undefined ? {} : { name }),
      mass: types.mass[n]!,
      values: Float64Array.of(types.value[n]!),
    })),
  }),
});

/** A formula is asked for along the line; a rival is one on the task as well. */
const withListedOutside = (study: Study, { coordinate }: ListedChain, utilities: Float64Array): Study => {
  const { outside } = study.terms;
  if (outside?.kind !== 'rival')
    return { ...study, terms: { ...study.terms, outside: { kind: 'listed', utilities } } };
  if (coordinate === 'theta') requireOneIndex(study, outside);
  return study;
};

function* tiersOfPopulation(
  study: Study,
  chain: ContinuousChain,
  counts: readonly number[],
  isBounded: boolean,
): Finding {
  const { supply } = studySupply(study);
  const { problem } = promising(study, chain)(chain, supply);
  const { participation } = problem;
  const { scale } = chain;
  const terms = termsOf(study);
  const { surplusWeight } = terms;
  const full = isBounded ? fullMenu(study, chainMenu({ ...problem, surplusWeight })) : unknownFull;
  const { upperBound } = full;
  yield { iterations: 1, expectedGap: Number.NaN, incumbent: () => nothingFound(study, counts, full) };
  const cells = cellsOf(chain, Math.max(CELLS.least, CELLS.aTier * Math.max(...counts)));
  const utilities = cells.types.value.map((type) => participation.utility(type));
  /** A menu of the cells' as all the types of the line take it. */
  const settled = ({ count, tiers }: TierMenu): TierMenu => {
    if (tiers.length === 0) return emptyMenu(study, count, upperBound);
    const { bundles, sales } = settledBundles(
      { types: chain.types, supply, scale, participation, surplusWeight },
      bundlesOf(tiers, supply, chain),
    );
    const { profit, consumerSurplus } = sales;
    return menuOf(
      { count, profit, ...terms.objective(profit, consumerSurplus), upperBound },
      soldTiers(bundles, sales, supply, scale),
    );
  };
  const onCells = tiersOfTypes(
    { ...study, terms: { ...study.terms, outside: { kind: 'listed', utilities } } },
    cells,
    counts,
  );
  const begun = yield* asPartOf(onCells, (found) =>
    foundSoFar(study, counts, full, found.menus.map(settled)),
  );
  const menus: TierMenu[] = [];
  for (const menu of begun.menus) {
    menus.push(settled(menu));
    const found = [...menus];
    const isStopped = yield {
      iterations: 1 + menus.length,
      expectedGap: Number.NaN,
      incumbent: () => foundSoFar(study, counts, full, found),
    };
    if (isStopped === true) break;
  }
  return { ...foundSoFar(study, counts, full, menus), notes: [SEARCHED] };
}

const fullMenu = (study: Study, menu: ChainMenu): TiersResult['full'] => {
  const { grossValue, rent, cost, excluded } = menu.totals();
  const profit = grossValue - rent - cost;
  const terms = termsOf(study);
  return {
    profit,
    ...terms.objective(profit, rent),
    upperBound: terms.counted(menu.certificate().upperBound),
    served: 1 - excluded,
  };
};

/** Even cells, each at its middle with its mass; those without any are left out. */
const cellsOf = ({ types, ...line }: ContinuousChain, count: number): ListedChain => {
  const { min, max } = types;
  const above = (x: number, of: Distribution): number => (x <= min ? 1 : x >= max ? 0 : of.survival(x));
  const listed = Array.from({ length: count }, (_, i): ListedBuyer & { value: number } => {
    const [from, to] = [min + ((max - min) * i) / count, min + ((max - min) * (i + 1)) / count];
    return { value: (from + to) / 2, mass: above(from, types) - above(to, types) };
  }).filter(({ mass }) => mass > 0);
  return {
    ...line,
    kind: 'listed-chain',
    types: {
      value: Float64Array.from(listed, ({ value }) => value),
      mass: Float64Array.from(listed, ({ mass }) => mass),
    },
    listed,
  };
};

/** How money counts: κ, a bound and an objective in the study's weights. */
const termsOf = ({
  terms,
}: Study): Pick<SaleTerms, 'surplusWeight'> & {
  counted(objective: number): number;
  objective(profit: number, consumerSurplus: number): Pick<TierMenu, 'objective'>;
} => {
  const { objective: weights } = terms;
  const surplusWeight = surplusWeightOf(terms);
  return {
    surplusWeight,
    counted: (objective) => (surplusWeight > 0 ? weights.profit * objective : objective),
    objective: (profit, consumerSurplus) =>
      surplusWeight > 0
        ? { objective: weights.profit * profit + weights.consumerSurplus * consumerSurplus }
        : {},
  };
};
