import { namedBuyers } from '../../problem/named-buyers.ts';
import type { Result } from '../../result.ts';
import type { Study } from '../../study/study.ts';
import type { Solved } from '../solved.ts';

/** The types of a result with what their profiles are of, where tasks are listed one by one; of goods also what each type values them at. */
export const listedTasks = (
  study: Study,
  { types, items }: Pick<Solved, 'types' | 'items'>,
): Pick<Result, 'types' | 'tasks' | 'goods'> => {
  const buyers = namedBuyers(study.buyers);
  const names = buyers.kind === 'list' ? buyers.tasks?.names : undefined;
  if (buyers.kind !== 'list' || names === undefined) return { types };
  if (buyers.goods === undefined) return { types, tasks: names };
  const listed = types.map((type, n) => ({ ...type, values: Array.from(buyers.types[n]!.values!) }));
  return { types: listed, tasks: names, goods: { cells: buyers.goods.cells, ...(items ? { items } : {}) } };
};
