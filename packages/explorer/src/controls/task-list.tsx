import type { FieldPath, Parameter } from '@menusmith/core';
import { useEditing } from '../editing.ts';
import { fieldAt, type StudyData } from '../study-document.ts';
import { words } from '../words.ts';
import { boundsOf } from './number-lists.tsx';
import { Slider } from './slider.tsx';
import { TextField } from './text-field.tsx';

interface TaskListProps {
  readonly path: FieldPath;
  readonly name: string;
  readonly declaration: Extract<Parameter, { kind: 'number' | 'text' }>;
  readonly values: readonly unknown[];
}

/** A parameter of which every task has its own. */
export const TaskList = ({ path, name, declaration, values }: TaskListProps) => {
  const { data, edit } = useEditing();
  const names = taskNames(data);
  return (
    <fieldset>
      <legend>{declaration.doc}</legend>
      {values.map((value, m) => {
        const common = { path: [...path, m], label: `${words(name)} of ${names[m] ?? `task ${m + 1}`}` };
        return declaration.kind === 'number' ? (
          <Slider key={m} {...common} value={Number(value)} bounds={boundsOf(declaration)} />
        ) : (
          <TextField key={m} {...common} value={String(value)} isFormula={name === 'formula'} />
        );
      })}
      <p class="buttons">
        <button type="button" onClick={() => edit(path, values[0])}>
          The same {words(name)} for all
        </button>
      </p>
    </fieldset>
  );
};

interface ByTaskProps extends Omit<TaskListProps, 'values'> {
  readonly value: unknown;
}

/** Makes one parameter one of every task, where tasks are listed and the entry takes that. */
export const ByTask = ({ path, name, declaration, value }: ByTaskProps) => {
  const { data, edit } = useEditing();
  const names = taskNames(data);
  if (declaration.perTask !== true || names.length < 2 || value === undefined) return null;
  return (
    <p class="buttons">
      <button
        type="button"
        onClick={() =>
          edit(
            path,
            names.map(() => value),
          )
        }
      >
        A {words(name)} of its own for each
      </button>
    </p>
  );
};

/** What tasks or goods are called that a study lists one by one; empty where it lists none. */
const taskNames = (data: StudyData): readonly string[] => {
  const isGoods = fieldAt(data, ['buyers', 'kind']) === 'goods';
  const listed = fieldAt(data, isGoods ? ['buyers', 'values'] : ['buyers', 'tasks', 'weights']);
  const names = fieldAt(data, isGoods ? ['buyers', 'names'] : ['buyers', 'tasks', 'names']);
  if (!Array.isArray(listed)) return [];
  return listed.map((_, m) =>
    Array.isArray(names) && typeof names[m] === 'string' ? names[m] : `${isGoods ? 'good' : 'task'} ${m + 1}`,
  );
};
