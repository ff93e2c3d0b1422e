import { InputError } from '@menusmith/core';
import type { Problems } from './problems.ts';

/** The names of tasks that are listed: those given, or "task 1", "task 2" and so on. Complaints go to `problems`, which is at the field of the names. */
export const readTaskNames = (
  given: readonly string[] | undefined,
  count: number,
  noun: 'task' | 'good',
  problems: Problems,
): readonly string[] => {
  if (given === undefined) return Array.from({ length: count }, (_, m) => `${noun} ${m + 1}`);
  const seen = new Set<string>();
  given.forEach((name, m) => {
    const own = problems.within(m);
    // Names head columns of tables and CSV files.
    if (name.trim() === '' || /\p{Cc}/u.test(name))
      own.add(new InputError('name', `expected a name in one line, got ${JSON.stringify(name)}`));
    else if (seen.has(name))
      own.add(new InputError('duplicate-name', `expected a name of its own, got a second "${name}"`));
    seen.add(name);
  });
  if (given.length !== count)
    problems.add(new InputError('names', `expected ${count} names, one a ${noun}, got ${given.length}`));
  return given;
};
