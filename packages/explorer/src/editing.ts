import type { FieldPath } from '@menusmith/core';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Declarations, Failure, Files } from './messages.ts';
import type { StudyData } from './study-document.ts';

/** What every control needs: the study's data, and a way to change them. */
export interface Editing {
  readonly data: StudyData;
  readonly declarations: Declarations;
  readonly failure: Failure | undefined;
  readonly files: Files;
  /** Sets a field, or removes it where `value` is undefined; quick changes of one path are undone together. */
  edit(path: FieldPath, value: unknown): void;
  /** Several fields in one step. */
  editAll(changes: readonly (readonly [FieldPath, unknown])[]): void;
  attach(name: string, text: string): void;
}

export const EditingContext = createContext<Editing | undefined>(undefined);

export const useEditing = (): Editing => useContext(EditingContext)!;

/** What is wrong at this field or inside of it. */
export const useFailureAt = (path: FieldPath): Failure | undefined => {
  const { failure } = useEditing();
  return failure !== undefined && path.every((key, index) => String(failure.field[index]) === String(key))
    ? failure
    : undefined;
};
