import type { Result } from '../../result.ts';
import type { Study } from '../../study/study.ts';
import type { Solved } from '../solved.ts';

/** The share of all buyers whom each of a study's models serves; nothing where there is no choice of models. */
export const modelShares = (
  { technology }: Study,
  { totals, types }: Pick<Solved, 'totals' | 'types'>,
): Pick<Result, 'models'> => {
  if (technology.kind !== 'models') return {};
  const shareOf = (name: string, k: number): number => {
    if (totals.models) return totals.models[k]!;
    return types.reduce((sum, { model, lottery, mass = 0 }) => {
      if (lottery) return sum + mass * (lottery.find((drawn) => drawn.model === name)?.share ?? 0);
      return model === name ? sum + mass : sum;
    }, 0);
  };
  return { models: technology.models.map(({ name }, k) => ({ name, share: shareOf(name, k) })) };
};
