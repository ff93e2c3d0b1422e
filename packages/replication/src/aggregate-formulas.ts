import type { Result } from '@menusmith/app';
import type { Aggregates } from './aggregates.ts';
import { allocationAggregates, packageAggregates } from './aggregates.ts';
import type { At, Formula, MenuContract } from './formula.ts';
import { scalar } from './points.ts';
import { ofResult } from './reading.ts';

const symbols = {
  revenue: 'R*',
  profit: 'Π*',
  consumerSurplus: 'consumer surplus',
  welfare: 'welfare',
  excludedShare: 'share excluded',
  fineTunedShare: 'share fine-tuned',
} satisfies Record<keyof Aggregates & keyof Result, string>;

/** The aggregates of one passage's menu: those it prints, and the others with nothing printed. */
export function aggregateFormulas(
  prefix: string,
  place: string,
  contract: MenuContract,
  printed: Readonly<Partial<Record<keyof Aggregates, readonly [exact: string, value: number]>>> = {},
): Formula[] {
  const names = Object.keys(symbols) as (keyof Aggregates)[];
  return names.map((name) => {
    const [exact, value] = printed[name] ?? [];
    return {
      id: `${prefix}.${contract}.${name}`,
      place,
      quantity: exact ? `${symbols[name]} = ${exact}` : symbols[name],
      contract,
      points: scalar,
      ...(contract === 'packages' && { statedFor: (ρ: number) => ρ === 1 / 4 }),
      printed: value === undefined ? null : () => value,
      closedForm: aggregate(contract, name),
      numeric: ofResult(contract, (result) => result[name]),
    };
  });
}

/** An aggregate of the menu, in closed form. */
export const aggregate =
  (contract: MenuContract, name: keyof Aggregates): At<number | null> =>
  (_, ρ, c) =>
    (contract === 'allocations' ? allocationAggregates(ρ, c) : packageAggregates(ρ, c))?.[name] ?? null;
