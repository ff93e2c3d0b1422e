import type {
  CellsOutside,
  ScaleTariffs,
  Schedule,
  SpendingItem,
  SpendingSimulation,
  SurplusTable,
  TariffSimulation,
  TwoPartTariff,
  TypeCells,
} from '@menusmith/core';
import type { ImplementationResult } from '../../result.ts';
import type { Objective } from '../../study/study.ts';

/**
 * The direct menu of one scale on the cells' types, to be sold otherwise; `weight` is the share of buyers of this scale. All scales have cells
 * of the same values; where value and scale are independent, the very same cells.
 */
export interface ScaleToImplement {
  readonly scale: number;
  readonly weight: number;
  readonly cells: TypeCells;
  readonly schedule: Schedule;
  /** What its buyers have who take nothing; 0 for all unless said. */
  readonly outside?: CellsOutside;
}

/** The same with what its buyers get out of prices. */
export interface OfferedScale extends ScaleToImplement {
  readonly table: SurplusTable;
  /** The least of markups, at which the table has all that buyers want. */
  readonly leastMarkup: number;
}

/** Tariffs for the same buyers, each cell's own. */
export type OfferedTariffs = ScaleTariffs & Pick<OfferedScale, 'leastMarkup'>;

/** What the direct menu makes of the same buyers, and the weights of that. */
export interface DirectMenu {
  readonly profit: number;
  readonly consumerSurplus: number;
  readonly objective: Objective;
  /** No menu has more of profit + κ · consumer surplus; where it is given, cells do not put one above it by what they err. */
  readonly upperBound?: number;
}

/** What a menu in its place makes of them, as a result has it, by its changes: profit, and what it leaves to buyers where that counts. */
export const attainedResult = (
  direct: DirectMenu,
  change: { readonly profit: number; readonly consumerSurplus: number },
): Attained => {
  const { objective, upperBound = Number.POSITIVE_INFINITY } = direct;
  const profit = direct.profit + change.profit;
  const consumerSurplus = direct.consumerSurplus + change.consumerSurplus;
  const excess = profit + (objective.consumerSurplus / objective.profit) * consumerSurplus - upperBound;
  return {
    attainedProfit: excess > 0 ? profit - excess : profit,
    ...(objective.consumerSurplus > 0 ? { consumerSurplus } : {}),
  };
};

type Attained = Pick<ImplementationResult, 'attainedProfit' | 'consumerSurplus'>;

/** Of the objective. */
export const objectiveAttained = (
  { attainedProfit, consumerSurplus }: Attained,
  { objective }: Pick<DirectMenu, 'objective'>,
): number => objective.profit * attainedProfit! + objective.consumerSurplus * (consumerSurplus ?? 0);

/** Money within which buyers are indifferent, and take what is meant for them: tables of surplus are as exact. */
export const tieOf = ({ profit, consumerSurplus }: DirectMenu): number =>
  1e-8 * Math.max(Math.abs(profit), consumerSurplus);

const takenOffer = (
  takes: TwoPartTariff | SpendingItem | undefined,
): Pick<NonNullable<ImplementationResult['worst']>, 'markup' | 'spendingCap' | 'upfront'> => {
  if (takes === undefined) return {};
  return {
    ...('cap' in takes ? { spendingCap: takes.cap } : { markup: takes.markup }),
    upfront: takes.fee,
  };
};

/** What free choice does, as a result has it. */
export const simulationResult = (
  direct: DirectMenu,
  scales: readonly OfferedScale[],
  {
    profitChange,
    surplusChange,
    maxDeviationGain,
    deviatingShare,
    worst,
  }: TariffSimulation | SpendingSimulation,
): Omit<ImplementationResult, 'kind'> => ({
  ...attainedResult(direct, { profit: profitChange, consumerSurplus: surplusChange }),
  maxDeviationGain,
  deviatingShare,
  ...(worst
    ? {
        worst: {
          value: worst.value,
          ...(scales.length > 1 ? { scale: worst.scale } : {}),
          gain: worst.gain,
          ...takenOffer(worst.takes),
        },
      }
    : {}),
});
