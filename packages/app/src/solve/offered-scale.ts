import type { Schedule, SurplusTable, TypeCells } from '@menusmith/core';
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

/** What a simulation of free choice finds; profit is a change to that of the direct menu. */
interface Simulation<Offer> {
  readonly profitChange: number;
  readonly maxDeviationGain: number;
  readonly deviatingShare: number;
  readonly worst?: {
    readonly value: number;
    readonly scale: number;
    readonly gain: number;
    readonly takes: Offer;
  };
}

type Worst = NonNullable<ImplementationResult['worst']>;

/** A simulation as a result has it, given the direct menu's profit. */
export const simulationResult = <Offer>(
  kind: ImplementationResult['kind'],
  profit: number,
  scales: readonly OfferedScale[],
  { profitChange, maxDeviationGain, deviatingShare, worst }: Simulation<Offer>,
  describe: (offer: Offer) => Pick<Worst, 'markup' | 'spendingCap' | 'upfront'>,
): ImplementationResult => ({
  kind,
  attainedProfit: profit + profitChange,
  maxDeviationGain,
  deviatingShare,
  ...(worst
    ? {
        worst: {
          value: worst.value,
          ...(scales.length > 1 ? { scale: worst.scale } : {}),
          gain: worst.gain,
          ...describe(worst.takes),
        },
      }
    : {}),
});
