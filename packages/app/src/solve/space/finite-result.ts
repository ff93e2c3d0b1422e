import {
  type CertifiedMenu,
  type EssentialTypes,
  type FiniteProblem,
  hasLotteries,
  type StopReason,
} from '@menusmith/core';
import { finiteOrNull } from '../../finite-or-null.ts';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import type { FiniteResult, TypeResult } from '../../result.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { bindingConstraints, bindingResult } from '../binding-constraints.ts';
import type { Solved } from '../solved.ts';
import type { InputUse } from '../supply/input-use.ts';
import type { SoldToPopulation } from './finite-population.ts';
import type { MenusByScale } from './menus-by-scale.ts';

/** Spreads of quality within a type's own tasks, relative to the menu's largest quality, that the tolerance allows. */
const UNIFORM = 1e-5;

/** What was solved, and how it is listed. */
interface SolvedTypes {
  readonly finite: FiniteBuyers;
  readonly menu: CertifiedMenu;
  readonly essential: EssentialTypes;
  readonly types: readonly TypeResult[];
}

/** What is said of the finite problem beside its menu: size, solver, what binds, whether alike tasks are treated alike, and other menus beside it. */
export const finiteResult = (
  { terms }: Study,
  { finite, menu, essential, types }: SolvedTypes,
  { name, stopReason }: { readonly name: string; readonly stopReason: StopReason },
  byScale: MenusByScale | undefined,
): FiniteResult => ({
  solver: name,
  stopped: stopReason,
  types: finite.types.count,
  tasks: finite.tasks.weights.length,
  rebate: finiteOrNull(menu.rebate),
  binding: bindingOf(finite, menu, essential, types),
  ...uniformityOf(finite, menu),
  // Three profits side by side, where profit is what all three maximise.
  ...(byScale && surplusWeightOf(terms) === 0
    ? {
        comparison: {
          observableScale: byScale.observableScale,
          optimum: menu.certificate.attained,
          scaleByScale: byScale.offered,
        },
      }
    : {}),
});

/** What binds; of values and scales, also by the kind of the step. */
const bindingOf = (
  { grid, mass }: FiniteBuyers,
  menu: CertifiedMenu,
  essential: EssentialTypes,
  listed: readonly TypeResult[],
): FiniteResult['binding'] => {
  const binding = bindingConstraints(mass, menu, essential, (n) => listed[n]!.excluded);
  if (grid === undefined) return bindingResult(binding);
  const across = binding.filter(({ from, to }) => grid.types.reach[from] !== grid.types.reach[to]);
  const { count, largest } = bindingResult(binding);
  return {
    count,
    withinScale: count - across.length,
    acrossScales: across.length,
    flowAcrossScales: across.reduce((sum, { flow }) => sum + flow, 0),
    largest,
  };
};

/** The largest spread of quality within the tasks that a type has alike; nothing to say where types are profiles. */
const uniformityOf = (
  { grid, mass }: FiniteBuyers,
  { items, choices }: CertifiedMenu,
): Pick<FiniteResult, 'uniformity'> => {
  if (grid === undefined) return {};
  let spread = 0;
  let type: number | null = null;
  const largest = items.quality.reduce((most, q) => Math.max(most, q), 0);
  choices.forEach((k, n) => {
    if (k < 0 || !(mass[n]! > 0)) return;
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    let start = 0;
    for (let b = items.offsets[k]!; b < items.offsets[k + 1]! && start < grid.types.reach[n]!; b++) {
      // A block of tasks without weight is nobody's.
      if (items.ends[b]! > start) {
        least = Math.min(least, items.quality[b]!);
        most = Math.max(most, items.quality[b]!);
      }
      start = items.ends[b]!;
    }
    if (!(most - least > spread)) return;
    spread = most - least;
    type = n;
  });
  return { uniformity: { isUniform: spread <= UNIFORM * largest, spread, type } };
};

/** Whether there are lotteries between models, and what the best menu makes that was found without them. */
export const lotteriesOf = (
  problem: FiniteProblem,
  menu: CertifiedMenu,
  useOf: (menu: CertifiedMenu) => InputUse,
): Pick<Solved, 'lotteries' | 'withoutLotteries'> => {
  if (problem.supply.models === undefined) return {};
  if (!hasLotteries(menu, problem)) return { lotteries: false };
  const { withoutLotteries: other } = menu;
  if (other === undefined) return { lotteries: true };
  const profit = problem.mass.reduce((sum, f, n) => {
    const k = other.choices[n]!;
    return k < 0 ? sum : sum + f * (other.transfers[k]! - other.costs[k]!);
  }, 0);
  const { attained } = other.certificate;
  return { lotteries: true, withoutLotteries: () => ({ profit, attained, use: useOf(other) }) };
};

/** The same of what a continuous population is offered. */
export const lotteriesOfPopulation = (
  { supply }: FiniteProblem,
  { hasLotteries: isDrawn, withoutLotteries }: Pick<SoldToPopulation, 'hasLotteries' | 'withoutLotteries'>,
): Pick<Solved, 'lotteries' | 'withoutLotteries'> => ({
  ...(supply.models ? { lotteries: isDrawn } : {}),
  ...(withoutLotteries ? { withoutLotteries: () => withoutLotteries } : {}),
});
