import type {
  Schedule,
  SpendingSimulation,
  SurplusTable,
  TariffSimulation,
  TypeCells,
} from '@menusmith/core';
import type { ImplementationResult } from '../result.ts';

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

/** What free choice does, as a result has it, given the direct menu's profit. */
export const simulationResult = (
  profit: number,
  scales: readonly OfferedScale[],
  { profitChange, maxDeviationGain, deviatingShare, worst }: TariffSimulation | SpendingSimulation,
): Omit<ImplementationResult, 'kind'> => ({
  attainedProfit: profit + profitChange,
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
