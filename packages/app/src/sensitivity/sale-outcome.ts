import type { InputUse } from '../solve/supply/input-use.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import type { FixedSale } from './fixed-menu.ts';
import type { MenuOutcome } from './sensitivity-result.ts';

export interface SaleOutcome extends MenuOutcome {
  /** False where a buyer's own problem was not solved for surely. */
  readonly solved?: boolean;
}

/** What adding up may exceed capacity by, relative to it. */
const ROUNDING = 1e-9;

/** What a sale makes of the study's objective, and whether there is enough of every input for it. */
export const outcomeOf = (
  { terms }: Study,
  { profit, served, consumerSurplus, solved, use }: FixedSale,
): SaleOutcome => {
  const { objective: weights, capacity } = terms;
  return {
    profit,
    ...(surplusWeightOf(terms) > 0
      ? { objective: weights.profit * profit + weights.consumerSurplus * consumerSurplus }
      : {}),
    served,
    ...(capacity === undefined ? {} : usedOf(capacity, use)),
    ...(solved === undefined ? {} : { solved }),
  };
};

const usedOf = (capacity: InputUse, use: InputUse): Pick<MenuOutcome, 'capacity' | 'used' | 'exceeded'> => {
  const names = Object.keys(capacity);
  const used = Object.fromEntries(names.map((name) => [name, use[name] ?? 0]));
  return {
    capacity,
    used,
    exceeded: names.filter((name) => !(used[name]! <= capacity[name]! * (1 + ROUNDING))),
  };
};
