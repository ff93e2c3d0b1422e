import { namedBuyers } from '../problem/named-buyers.ts';
import type { Buyers, CostTechnology } from '../study/study.ts';

/** A cost that is given outright, with its parameters and, where they differ by task, which task has what: `linear (rate: full 2, light 0.5; max 1)`. */
export const costWords = ({ use, parameters }: CostTechnology, buyers: Buyers): string => {
  const named = namedBuyers(buyers);
  const names = named.kind === 'list' ? named.tasks?.names : undefined;
  const words = Object.entries(parameters).flatMap(([name, value]: [string, unknown]): string[] => {
    if (value === undefined) return [];
    if (Array.isArray(value)) {
      const each = value.map((own, m) => `${names?.[m] ?? `task ${m + 1}`} ${own}`);
      return [`${name}: ${each.join(', ')}`];
    }
    // Numbers under names of the user's choice stand under these.
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).map(([own, number]) => `${own} ${number}`);
    return [`${name} ${value}`];
  });
  return words.length === 0 ? use : `${use} (${words.join('; ')})`;
};
