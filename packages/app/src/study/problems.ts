import type { FieldPath } from '@menusmith/core';
import { InputError } from '@menusmith/core';

/** The complaints about one study, gathered so that the first in file order can be reported. */
export interface Problems {
  add(problem: InputError): void;
  /** Runs `construct`; an InputError is added, and the answer is then undefined. */
  attempt<T>(construct: () => T): T | undefined;
  /** The same gathering, seen from the field at `path`. */
  within(...path: FieldPath): Problems;
  count(): number;
  all(): readonly InputError[];
}

export const gatherProblems = (): Problems => {
  const gathered: InputError[] = [];
  const at = (path: FieldPath): Problems => ({
    add: (problem) => void gathered.push(problem.within(...path)),
    attempt(construct) {
      try {
        return construct();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        gathered.push(error.within(...path));
        return undefined;
      }
    },
    within: (...inner) => at([...path, ...inner]),
    count: () => gathered.length,
    all: () => gathered,
  });
  return at([]);
};
