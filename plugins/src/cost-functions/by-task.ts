import { type EfficientSupply, InputError, suppliedByTask } from '@menusmith/core';

/** A parameter that is the same for all tasks, or a list with one a task. */
export type PerTask<T> = T | readonly T[];

const isList = (given: unknown): given is readonly unknown[] => Array.isArray(given);

/** What task m has of it. */
const onTask = <T>(given: PerTask<T>, m: number): T => (isList(given) ? (given[m] as T) : (given as T));

/**
 * The cost that `make` gives for the parameters of one task: of tasks that are alike, or of each its own where a parameter is a list, where `differs`
 * says that the cost depends on the task's position, or where there is a `total`. Throws InputError where lists are not of one length.
 */
export const costByTask = <Parameters extends Readonly<Record<string, unknown>>>(
  parameters: { readonly [Name in keyof Parameters]: PerTask<Parameters[Name]> },
  make: (own: Parameters, position: number) => EfficientSupply,
  { differs = false, total }: { readonly differs?: boolean; readonly total?: number | undefined } = {},
): EfficientSupply => {
  const lists = Object.entries(parameters).filter(([, given]) => isList(given));
  const counts = lists.map(([, given]) => (given as readonly unknown[]).length);
  const [count] = counts;
  const other = counts.findIndex((each) => each !== count);
  if (other >= 0) {
    const [[first], [name]] = [lists[0]!, lists[other]!];
    const message = `expected as many entries as ${first} has, ${count}, one a task, got ${counts[other]}`;
    throw new InputError('tasks', message, [name]);
  }
  const made = new Map<string, EfficientSupply>();
  const at = (m: number, position: number): EfficientSupply => {
    const key = differs ? `${m} ${position}` : String(count === undefined ? 0 : m);
    const known = made.get(key);
    if (known !== undefined) return known;
    const own = Object.fromEntries(
      Object.entries(parameters).map(([name, given]) => [name, onTask(given, m)]),
    );
    const supply = make(own as Parameters, position);
    made.set(key, supply);
    return supply;
  };
  if (count === undefined && !differs && total === undefined) return at(0, 0);
  // What is wrong with a cost is said at once, not where it is first supplied.
  for (let m = 0; m < (count ?? 0) && !differs; m++) at(m, 0);
  return suppliedByTask({
    ...(count === undefined ? {} : { count }),
    at,
    ...(total === undefined ? {} : { total }),
  });
};
