import { taskColumn } from '../menu-table.ts';
import { namedBuyers } from '../problem/named-buyers.ts';
import { MOST_TASKS } from '../report/sold-items.ts';
import { tariffTasks } from '../report/tier-words.ts';
import type { Study } from '../study/study.ts';
import { amountUnit, moneyUnit, priceUnit, quotedAmount, quotedPrice, type Units } from '../study/units.ts';
import type { TierMenu, TierResult, TiersResult } from '../tiers/tiers-result.ts';

/** A menu of few tiers as a price sheet in the seller's own units: a row a tier. */
export interface TierSheet {
  readonly name: string;
  readonly kind: TiersResult['kind'];
  /** How many tiers were asked for. */
  readonly count: number;
  /** In the sheet's money. */
  readonly profit: number;
  /** What is maximised, where that is not profit. */
  readonly objective?: number;
  /** Of the full menu's profit, or objective. */
  readonly share: number | null;
  readonly served: number;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
}

export interface SheetColumn {
  readonly label: string;
  /** `$ per month`, `1M tokens`; empty where the study says nothing of it. */
  readonly unit: string;
  /** Shares are in [0, 1]. */
  readonly isShare: boolean;
}

export type SheetCell = number | string | null;

type Cell = (tier: TierResult, position: number) => SheetCell | undefined;
type Column = readonly [label: string, unit: string, cell: Cell, isShare?: boolean];

/** Inputs of a choice of models are named `model.input`; units go by the input. */
const inputOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Price sheets of the menus, in the study's units where it has some. */
export const tierSheets = (result: TiersResult, study: Study): readonly TierSheet[] =>
  result.menus.map((menu) => tierSheet(menu, result, study));

/** The result with its profits in the sheet's money. */
export const inSheetMoney = (result: TiersResult, { units }: Study): TiersResult => {
  const money = units?.money ?? 1;
  const scaled = <T extends Pick<TierMenu, 'profit' | 'objective' | 'upperBound'>>(menu: T): T => ({
    ...menu,
    profit: money * menu.profit,
    ...objectiveIn(money, menu),
    upperBound: money * menu.upperBound,
  });
  const changed = ({ change }: TierMenu): Pick<TierMenu, 'change'> =>
    change === undefined
      ? {}
      : { change: { profit: money * change.profit, consumerSurplus: money * change.consumerSurplus } };
  const menus = result.menus.map((menu) => ({ ...scaled(menu), ...changed(menu) }));
  return { ...result, full: scaled(result.full), menus };
};

const objectiveIn = (
  money: number,
  { objective }: Pick<TierMenu, 'objective'>,
): Pick<TierMenu, 'objective'> => (objective === undefined ? {} : { objective: money * objective });

const tierSheet = (
  menu: TierMenu,
  { name, kind, coordinate, tasks = [] }: TiersResult,
  study: Study,
): TierSheet => {
  const { units } = study;
  const money = units?.money ?? 1;
  const paid = moneyUnit(units);
  const inputs = [...new Set(menu.tiers.flatMap((tier) => Object.keys(tier.inputs)))];
  const fields = (field: 'included' | 'prices') => [
    ...new Set([...menu.tiers, ...(menu.kept ?? [])].flatMap(({ plan }) => Object.keys(plan?.[field] ?? {}))),
  ];
  const priced = [...new Set(menu.tiers.flatMap(({ tariff }) => Object.keys(tariff?.prices ?? {})))];
  const isPlan = menu.tiers.some(({ plan }) => plan !== undefined);
  const isTariff = isPlan || kind === 'two-part-tariff';
  const sold = [...menu.tiers, ...(menu.kept ?? [])];
  const mean = isTariff ? 'mean ' : '';
  const letter = coordinate === 'theta' ? 'θ' : 'value';
  const columns: readonly Column[] = [
    ['tier', '', ({ plan }, k) => plan?.name ?? k + 1],
    [`${letter} from`, '', ({ from }) => from],
    [`${letter} to`, '', ({ to }) => to],
    ['types', '', ({ buyers }) => buyers?.types],
    ['buyers', '', ({ buyers }) => (buyers?.names?.length ? buyers.names.join(', ') : undefined)],
    ['share of buyers', '', ({ share }) => share, true],
    ['model', '', ({ model }) => model],
    [
      isTariff ? 'upfront fee' : 'price',
      paid,
      ({ plan, tariff, transfer }) => money * (plan?.fee ?? tariff?.upfront ?? transfer),
    ],
    [
      'commitment',
      paid,
      ({ plan }) => (plan === undefined ? undefined : money * plan.commitment || undefined),
    ],
    ...fields('included').map((input): Column => {
      const own = inputOf(input);
      const amount = ({ plan }: TierResult): number | undefined => plan?.included[input];
      return [
        `included ${input}`,
        amountUnit(units, own),
        (tier) => (amount(tier) === undefined ? undefined : quotedAmount(units, own, amount(tier)!)),
      ];
    }),
    ...fields('prices').map((input): Column => {
      const own = inputOf(input);
      return [
        `price of ${input}`,
        priceUnit(units, own),
        ({ plan }) => quoted(units, own, plan?.prices[input]),
      ];
    }),
    ['markup', '', ({ tariff }) => tariff?.markup],
    ...priced.map((input): Column => {
      const own = inputOf(input);
      const unit = priceUnit(units, own);
      const price = ({ tariff }: TierResult): number | undefined => tariff?.prices[input];
      return [`price of ${input}`, unit, (tier) => quoted(units, own, price(tier))];
    }),
    ['task cap', '', ({ tariff }) => tariff?.taskCap],
    ['on tasks', '', ({ tariff }) => tariffTasks(tariff)],
    [`${mean}quality`, '', ({ quality }) => quality],
    ...(tasks.length > MOST_TASKS ? [] : tasks).map(
      (task, m): Column => [taskColumn(task), '', ({ profile }) => profile?.[m]],
    ),
    ...inputs.map((input): Column => {
      const own = inputOf(input);
      return [
        `${mean}${input}`,
        amountUnit(units, own),
        ({ inputs: amounts }) =>
          amounts[input] === undefined ? undefined : quotedAmount(units, own, amounts[input]),
      ];
    }),
    ...(isTariff ? [['mean payment', paid, ({ transfer }) => money * transfer] satisfies Column] : []),
    [`${mean}cost`, paid, ({ cost }) => money * cost],
    [`${mean}margin`, paid, ({ margin }) => money * margin],
    ...(isTariff ? [] : impliedPrices(study)),
  ];
  const used = columns.filter(([, , cell]) => sold.some((tier, k) => (cell(tier, k) ?? null) !== null));
  return {
    name: withCells(name, study),
    kind,
    count: menu.count,
    profit: money * menu.profit,
    ...objectiveIn(money, menu),
    share: menu.share,
    served: menu.served,
    columns: used.map(([label, unit, , isShare = false]) => ({ label, unit, isShare })),
    rows: sold.map((tier, k) => used.map(([, , cell]) => cell(tier, k) ?? null)),
  };
};

/** The study's name, with the cells that stand for its continuous buyers where a sheet has no other place to say so. */
const withCells = (name: string, { buyers: given }: Study): string => {
  const buyers = namedBuyers(given);
  const cells = buyers.kind === 'list' ? buyers.goods?.cells : undefined;
  return cells === undefined ? name : `${name}, on a grid of ${cells.join(' × ')} cells`;
};

const quoted = (units: Units | undefined, input: string, price: number | undefined): number | undefined =>
  price === undefined ? undefined : quotedPrice(units, input, price);

/** A bundle's one price, told by token: every input at the same markup over its cost. */
const impliedPrices = ({ technology, units }: Study): readonly Column[] => {
  const markup = ({ transfer, cost }: TierResult): number | undefined =>
    cost > 0 ? transfer / cost : undefined;
  const columns: Column[] = [['price over cost', '', markup]];
  if (technology.kind !== 'production') return columns;
  for (const { name, cost } of technology.inputs) {
    columns.push([
      `implied price of ${name}`,
      priceUnit(units, name),
      (tier) => {
        const own = markup(tier);
        return own === undefined || !(tier.inputs[name]! > 0)
          ? undefined
          : quotedPrice(units, name, own * cost);
      },
    ]);
  }
  return columns;
};
