import type {
  Schedule,
  SpendingSimulation,
  SurplusTable,
  TariffSimulation,
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
}

/** The same with what its buyers get out of prices. */
export interface OfferedScale extends ScaleToImplement {
  readonly table: SurplusTable;
}

/** What the direct menu makes of the same buyers, and the weights of that. */
export interface DirectMenu {
  readonly profit: number;
  readonly consumerSurplus: number;
  readonly objective: Objective;
}

/** What a menu in its place makes of them, as a result has it, by its changes: profit, and what it leaves to buyers where that counts. */
export const attainedResult = (
  direct: DirectMenu,
  change: { readonly profit: number; readonly consumerSurplus: number },
): Attained => ({
  attainedProfit: direct.profit + change.profit,
  ...(direct.objective.consumerSurplus > 0
    ? { consumerSurplus: direct.consumerSurplus + change.consumerSurplus }
    : {}),
});

type Attained = Pick<ImplementationResult, 'attainedProfit' | 'consumerSurplus'>;

/** Of the objective. */
export const objectiveAttained = (
  { attainedProfit, consumerSurplus }: Attained,
  { objective }: Pick<DirectMenu, 'objective'>,
): number => objective.profit * attainedProfit! + objective.consumerSurplus * (consumerSurplus ?? 0);

/** Money within which buyers are indifferent, and take what is meant for them: tables of surplus are as exact. */
export const tieOf = ({ profit, consumerSurplus }: DirectMenu): number =>
  1e-8 * Math.max(Math.abs(profit), consumerSurplus);

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
          ...('cap' in worst.takes ? { spendingCap: worst.takes.cap } : { markup: worst.takes.markup }),
          upfront: worst.takes.fee,
        },
      }
    : {}),
});
