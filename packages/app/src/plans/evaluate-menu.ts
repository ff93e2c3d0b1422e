import { finished, type Plan, type PlanChanges, type PlanSales } from '@menusmith/core';
import type { MenuTable } from '../menu-table.ts';
import { requireHonoured } from '../problem/honoured-terms.ts';
import { formatNumber } from '../report/numbers.ts';
import type { SolveProgress } from '../solve/solved.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import type { Customers } from './customers.ts';
import type { ChangeBand } from './drawn-change.ts';
import { type CustomerChanges, migrationOf } from './migration.ts';
import type { OpenPlans } from './open-plans.ts';
import { type PlanMarket, planMarket } from './plan-market.ts';

/** What a plan sells; means over all buyers of the population, in the study's units. */
export interface SoldPlan {
  /** Name of the plan. */
  readonly name: string;
  /** Of all buyers. */
  readonly share: number;
  /** Its part of the profit. */
  readonly profit: number;
  /** Its part of the revenue. */
  readonly revenue: number;
  /** Its part of the cost. */
  readonly cost: number;
  /** What it leaves to those who take it. */
  readonly consumerSurplus: number;
  /** Units of each input that they use. */
  readonly inputs: Readonly<Record<string, number>>;
}

/** What a menu earns when buyers choose plan and tokens freely; means over all buyers. */
export interface MenuTotals {
  /** Revenue less cost. */
  readonly profit: number;
  /** What buyers pay. */
  readonly revenue: number;
  /** Cost of what they use. */
  readonly cost: number;
  /** Of all buyers, what they have outside included. */
  readonly consumerSurplus: number;
  /** Profit and consumer surplus together. */
  readonly welfare: number;
  /** What the study's objective weighs together, where it has one. */
  readonly objective?: number;
  /** Share of the buyers who take a plan. */
  readonly servedShare: number;
  /** Units of each input that they use. */
  readonly inputs: Readonly<Record<string, number>>;
}

/** A part of the buyers who go from one plan to another; null stands for taking nothing. */
export interface Migration {
  /** Plan of the menu before; null for none. */
  readonly from: string | null;
  /** Plan of this menu; null for none. */
  readonly to: string | null;
  /** Share of the buyers. */
  readonly share: number;
}

/** What `evaluate` answers. */
export interface Evaluation extends MenuTotals {
  /** Name of the study. */
  readonly name: string;
  /** Whether these are means over a continuous population or over the types of a list. */
  readonly of: 'population' | 'list';
  /** The one scale of all buyers, where it was given. */
  readonly scale: number | null;
  /** What each plan sells, in the order of the menu. */
  readonly plans: readonly SoldPlan[];
  /** The menu that this one is held against. */
  readonly against?: MenuTotals & {
    /** What each of its plans sells. */
    readonly plans: readonly SoldPlan[];
  };
  /** This menu's numbers less the other's. */
  readonly change?: Readonly<
    Record<'profit' | 'revenue' | 'cost' | 'consumerSurplus' | 'welfare' | 'servedShare', number>
  >;
  /** Where the change of profit is with other customers of the same kind, where draws of them are known. */
  readonly band?: ChangeBand;
  /** Shares of the buyers whose surplus is higher, and lower, than under the other menu. */
  readonly betterOff?: number;
  /** Share of the buyers whose surplus is lower than under the other menu. */
  readonly worseOff?: number;
  /** Which buyers go from which plan to which. */
  readonly moves?: readonly Migration[];
  /** What becomes of customers who are known one by one. */
  readonly customers?: CustomerChanges;
  /** False where a buyer's own problem was not solved for surely. */
  readonly solved: boolean;
  /** Relative error of the integrals over buyers, as far as the quadrature can tell. */
  readonly error: number;
  /** What a reader must know beside the numbers, in sentences. */
  readonly notes: readonly string[];
  /** Whether it was ended before its own end. */
  readonly stopped?: true;
}

export interface EvaluationOptions {
  readonly menu: OpenPlans;
  readonly against?: OpenPlans;
  /** The one scale of all buyers. */
  readonly scale?: number;
  readonly customers?: Customers;
}

/** An evaluation, and the table of customers where there are some. */
export interface EvaluatedMenu {
  readonly evaluation: Evaluation;
  readonly migration?: MenuTable;
}

/** Runs `evaluatingMenu` to its end. */
export const evaluateMenu = (study: Study, options: EvaluationOptions): EvaluatedMenu =>
  finished(evaluatingMenu(study, options));

/**
 * What a menu of plans earns from a study's buyers, and what changes where it takes another's place. Throws InputError with a field of the study, or of a menu. A generator: it
 * yields what is evaluated so far, and `next(true)` ends it with that.
 */
export function* evaluatingMenu(
  study: Study,
  { menu: given, against: other, scale, customers }: EvaluationOptions,
): Generator<SolveProgress<EvaluatedMenu>, EvaluatedMenu, boolean | undefined> {
  requireHonoured(study, ['objective', 'outside', 'capacity', 'keep'], 'evaluate');
  const [menu, against] = [given.plans, other?.plans];
  const isCapped = [menu, against ?? []].flat().some(({ taskCap }) => taskCap !== null);
  const market = planMarket(study, { isCapped, scale });
  const now = soldMenu(study, market, given);
  let before: ReturnType<typeof soldMenu> | undefined;
  let changes: PlanChanges | undefined;
  let known: ReturnType<typeof migrationOf> | undefined;
  const whole = (isDone: boolean): EvaluatedMenu => {
    const evaluation: Evaluation = {
      name: study.name,
      of: market.of,
      scale: scale ?? null,
      ...now.totals,
      plans: now.plans,
      ...(before === undefined ? {} : { against: { ...before.totals, plans: before.plans } }),
      ...(before === undefined ? {} : { change: changeBetween(before.totals, now.totals) }),
      ...(changes === undefined ? {} : changesAs(changes, against!, menu)),
      ...(known === undefined ? {} : { customers: known.changes }),
      solved: now.sales.solved && before?.sales.solved !== false && known?.solved !== false,
      error: Math.max(now.sales.error, before?.sales.error ?? 0),
      notes: [...(isDone ? [] : [STOPPED]), ...notesOn(study, now.totals), ...leftOut(customers)],
      ...(isDone ? {} : { stopped: true }),
    };
    return known === undefined ? { evaluation } : { evaluation, migration: known.table };
  };
  let parts = 0;
  const progress = (): SolveProgress<EvaluatedMenu> => ({
    iterations: ++parts,
    expectedGap: Number.NaN,
    incumbent: () => whole(false),
  });
  if (other !== undefined) {
    if ((yield progress()) === true) return whole(false);
    before = soldMenu(study, market, other);
    if ((yield progress()) === true) return whole(false);
    changes = market.changes(other.plans, menu);
  }
  if (customers !== undefined) {
    if ((yield progress()) === true) return whole(false);
    known = migrationOf(study, customers.customers, against ?? [], menu);
  }
  return whole(true);
}

const STOPPED =
  'The evaluation was stopped before its end: what is not listed of the other menu, of changes and of customers was not found.';

const leftOut = (customers: Customers | undefined): string[] =>
  customers === undefined || customers.leftOut === 0
    ? []
    : [`${customers.leftOut} rows of other models were left out of the customers.`];

const soldMenu = (study: Study, market: PlanMarket, menu: OpenPlans) => {
  const { plans } = menu;
  const sales = menu.locating(() => market.sales(plans));
  return {
    sales,
    totals: totalsOf(sales, study),
    plans: sales.plans.map(
      ({ share, revenue, cost, consumerSurplus, inputs }, k): SoldPlan => ({
        name: plans[k]!.name,
        share,
        profit: revenue - cost,
        revenue,
        cost,
        consumerSurplus,
        inputs,
      }),
    ),
  };
};

const totalsOf = ({ plans, profit, served, consumerSurplus }: PlanSales, { terms }: Study): MenuTotals => {
  const sum = (of: 'revenue' | 'cost'): number => plans.reduce((total, plan) => total + plan[of], 0);
  const inputs: Record<string, number> = {};
  for (const plan of plans)
    for (const [name, amount] of Object.entries(plan.inputs)) inputs[name] = (inputs[name] ?? 0) + amount;
  const { objective } = terms;
  return {
    profit,
    revenue: sum('revenue'),
    cost: sum('cost'),
    consumerSurplus,
    welfare: profit + consumerSurplus,
    ...(surplusWeightOf(terms) > 0
      ? { objective: objective.profit * profit + objective.consumerSurplus * consumerSurplus }
      : {}),
    servedShare: served,
    inputs,
  };
};

const changeBetween = (before: MenuTotals, now: MenuTotals) => ({
  profit: now.profit - before.profit,
  revenue: now.revenue - before.revenue,
  cost: now.cost - before.cost,
  consumerSurplus: now.consumerSurplus - before.consumerSurplus,
  welfare: now.welfare - before.welfare,
  servedShare: now.servedShare - before.servedShare,
});

const changesAs = (
  { betterOff, worseOff, moves }: PlanChanges,
  before: readonly Plan[],
  after: readonly Plan[],
) => ({
  betterOff,
  worseOff,
  moves: moves.map(
    ({ from, to, share }): Migration => ({
      from: before[from]?.name ?? null,
      to: after[to]?.name ?? null,
      share,
    }),
  ),
});

/** What binds a menu that is looked for does not bind one that is given; where it breaks a bound of the study that is said. */
const notesOn = ({ terms }: Study, { inputs }: MenuTotals): string[] => {
  const notes: string[] = [];
  for (const [name, cap] of Object.entries(terms.capacity ?? {}))
    if ((inputs[name] ?? 0) > cap * (1 + 1e-9))
      notes.push(
        `Buyers use ${formatNumber(inputs[name]!)} of ${name} each on average, more than the capacity of ${formatNumber(cap)}: this menu cannot be served in full.`,
      );
  return notes;
};
