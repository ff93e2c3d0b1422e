import { formatNumber } from '../report/numbers.ts';
import type { Result } from '../result.ts';
import type { CapacityUse } from '../solve/solved.ts';

/** The part of a result that speaks of capacity. */
export const capacityResult = ({
  most,
  used,
  prices,
}: CapacityUse): Required<Pick<Result, 'capacity' | 'used' | 'shadowPrices'>> => ({
  capacity: most,
  used: Object.fromEntries(Object.keys(most).map((name) => [name, used[name] ?? 0])),
  shadowPrices: prices,
});

/** `Capacity: input 0.5 of 0.5 used, shadow price 0.03`, one line an input; of a result in the units in which it is quoted. */
export const capacityWords = ({
  capacity,
  used,
  shadowPrices,
}: Pick<Result, 'capacity' | 'used' | 'shadowPrices'>): readonly string[] =>
  Object.keys(capacity ?? {}).map(
    (name) =>
      `Capacity: ${name} ${formatNumber(used?.[name] ?? null)} of ${formatNumber(capacity![name]!)} used, shadow price ${formatNumber(shadowPrices?.[name] ?? null)}`,
  );

/** What a reader must know of numbers that capacity bounds. */
export const capacityNotes = (
  { prices, isMixed }: CapacityUse,
  result: Omit<Result, 'notes'>,
): readonly string[] => {
  const binding = Object.keys(prices).filter((name) => prices[name]! > 0);
  if (binding.length === 0) return [];
  const notes = [
    `Capacity of ${binding.join(' and ')} binds: prices and markups are made of cost and shadow price together, while cost, profit and welfare count what ` +
      `inputs cost. The first best is ${result.efficientWelfare === null ? 'not known under this capacity' : 'that under the same capacity'}.`,
  ];
  if (isMixed)
    notes.push(
      'Use jumps where capacity is met exactly, so that no one menu at these prices uses just that much: every item is the mean of those of several menus.',
    );
  if ((result.implementation?.deviatingShare ?? 0) > 0 || result.finite?.comparison)
    notes.push(
      'What other menus earn is counted with what they use beyond capacity paid for at shadow prices, and what they leave of it sold at them.',
    );
  return notes;
};
