import type { FieldPath } from '@menusmith/core';
import { useId } from 'preact/hooks';
import { useEditing, useFailureAt } from '../editing.ts';
import { fieldAt } from '../study-document.ts';
import { Complaint } from './complaint.tsx';

/** A CSV file that the study names: it is read here, and stays in this browser. */
export const FileField = ({ path }: { readonly path: FieldPath }) => {
  const { data, files, edit, attach } = useEditing();
  const failure = useFailureAt(path);
  const id = useId();
  const name = String(fieldAt(data, path) ?? '');
  return (
    <div class="parameter">
      <label class="wide" for={id}>
        {name in files ? `CSV file (${name} is attached)` : `CSV file (${name} is not attached yet)`}
      </label>
      <input
        id={id}
        class="wide"
        type="file"
        accept=".csv,text/csv"
        onChange={async ({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file === undefined) return;
          attach(file.name, await file.text());
          edit(path, file.name);
        }}
      />
      <Complaint failure={failure} />
    </div>
  );
};
