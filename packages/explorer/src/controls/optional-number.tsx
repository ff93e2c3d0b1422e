import type { FieldPath, Parameter } from '@menusmith/core';
import { useEditing } from '../editing.ts';
import { words } from '../words.ts';
import { ComplaintAt } from './complaint.tsx';

interface LeftOutProps {
  readonly path: FieldPath;
  readonly name: string;
  readonly declaration: Extract<Parameter, { kind: 'number' }>;
}

/** A number that the study does without. */
export const LeftOut = ({ path, name, declaration }: LeftOutProps) => {
  const { edit } = useEditing();
  return (
    <div class="parameter">
      <p class="doc">
        No {words(name)}: {declaration.doc}
      </p>
      <p class="buttons">
        <button type="button" onClick={() => edit(path, declaration.default ?? 1)}>
          Set {words(name)}
        </button>
      </p>
      <ComplaintAt path={path} />
    </div>
  );
};

/** Does without a number again. */
export const LeaveOut = ({ path, name }: Omit<LeftOutProps, 'declaration'>) => {
  const { edit } = useEditing();
  return (
    <p class="buttons">
      <button type="button" onClick={() => edit(path, undefined)}>
        Leave out {words(name)}
      </button>
    </p>
  );
};
