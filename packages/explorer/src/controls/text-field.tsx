import type { FieldPath } from '@menusmith/core';
import { useId } from 'preact/hooks';
import { useEditing, useFailureAt } from '../editing.ts';
import { Complaint } from './complaint.tsx';

interface TextFieldProps {
  readonly path: FieldPath;
  readonly label: string;
  readonly doc?: string;
  readonly value: string;
  readonly isFormula?: boolean;
}

/** A text of the study: a name, or a formula, which is tried at every key while the last good result stays. */
export const TextField = ({ path, label, doc, value, isFormula = false }: TextFieldProps) => {
  const { edit } = useEditing();
  const failure = useFailureAt(path);
  const id = useId();
  const common = {
    id,
    value,
    spellcheck: false,
    'aria-invalid': failure !== undefined,
    'aria-describedby': doc === undefined ? undefined : `${id}-doc`,
  };
  return (
    <div class="parameter">
      <label class="wide" for={id}>
        {label}
      </label>
      {isFormula ? (
        <textarea
          {...common}
          class="formula"
          rows={2}
          onInput={({ currentTarget }) => edit(path, currentTarget.value)}
        />
      ) : (
        <input
          {...common}
          class="wide"
          type="text"
          onInput={({ currentTarget }) => edit(path, currentTarget.value)}
        />
      )}
      {doc !== undefined && (
        <p class="doc" id={`${id}-doc`}>
          {doc}
        </p>
      )}
      <Complaint failure={failure} />
    </div>
  );
};
