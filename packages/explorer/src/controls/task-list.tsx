import type { FieldPath, Parameter } from '@menusmith/core';
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
export const TaskList = ({ path, name, declaration, values }: TaskListProps) => (
  <fieldset>
    <legend>{declaration.doc}</legend>
    {values.map((value, m) => {
      const common = { path: [...path, m], label: `${words(name)} of task ${m + 1}` };
      return declaration.kind === 'number' ? (
        <Slider key={m} {...common} value={Number(value)} bounds={boundsOf(declaration)} />
      ) : (
        <TextField key={m} {...common} value={String(value)} isFormula={name === 'formula'} />
      );
    })}
  </fieldset>
);
