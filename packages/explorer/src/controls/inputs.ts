import type { FieldPath } from '@menusmith/core';
import { mapAt, type StudyData } from '../study-document.ts';

/** The study's inputs by scope, in file order. */
export interface InputScopes {
  readonly task: readonly string[];
  readonly shared: readonly string[];
}

/** The inputs listed at a path of the study, or of one of its models. */
export const inputScopes = (data: StudyData, path: FieldPath): InputScopes => {
  const inputs = Object.entries(mapAt(data, path));
  const ofScope = (scope: string): string[] =>
    inputs.filter(([, input]) => mapAt(input).scope === scope).map(([name]) => name);
  return { task: ofScope('task'), shared: ofScope('shared') };
};
