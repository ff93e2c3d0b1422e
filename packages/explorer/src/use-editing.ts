import type { FieldPath } from '@menusmith/core';
import { type StateUpdater, useCallback, useMemo, useRef } from 'preact/hooks';
import type { Editing } from './editing.ts';
import type { Choices } from './history.ts';
import type { Files } from './messages.ts';
import { dataOf, withField } from './study-document.ts';
import type { Solved } from './use-solved.ts';

/** What controls read and change: undefined until it is known what there is to choose from. */
export const useEditing = (
  text: string,
  shown: Solved,
  files: Files,
  setFiles: (update: StateUpdater<Files>) => void,
  change: (to: Partial<Choices>, key?: string) => void,
): Editing | undefined => {
  const data = useLastData(text);
  const latest = useRef(text);
  latest.current = text;
  const editAll = useCallback(
    (changes: readonly (readonly [FieldPath, unknown])[]) => {
      const next = changes.reduce((before, [path, value]) => withField(before, path, value), latest.current);
      // Two changes may come before the page is drawn again.
      latest.current = next;
      change({ study: next }, changes.length === 1 ? changes[0]![0].join('.') : undefined);
    },
    [change],
  );
  return useMemo<Editing | undefined>(
    () =>
      shown.declarations && {
        data,
        declarations: shown.declarations,
        failure: shown.failure,
        files,
        edit: (path, value) => editAll([[path, value]]),
        editAll,
        attach: (name, content) => setFiles((before) => ({ ...before, [name]: content })),
      },
    [data, shown.declarations, shown.failure, files, editAll, setFiles],
  );
};

/** The data of the text; while it is not YAML, of the last text that was. */
const useLastData = (text: string): Editing['data'] => {
  const last = useRef<Editing['data']>({});
  return useMemo(() => {
    last.current = dataOf(text) ?? last.current;
    return last.current;
  }, [text]);
};
