import type { FieldPath } from '@menusmith/core';
import { useState } from 'preact/hooks';
import { useEditing } from '../editing.ts';
import { fieldAt, mapAt } from '../study-document.ts';
import { words } from '../words.ts';
import { ComplaintAt } from './complaint.tsx';
import { Slider } from './slider.tsx';

interface InputsProps {
  readonly path: FieldPath;
  readonly productionPath: FieldPath;
}

/** The inputs with their costs; adding and removing one keeps the production function in step. */
export const InputControls = ({ path, productionPath }: InputsProps) => {
  const { data, edit, editAll } = useEditing();
  const inputs = mapAt(data, path);
  const names = Object.keys(inputs);
  return (
    <fieldset>
      <legend>inputs and what a unit costs</legend>
      {names.map((name) => {
        const input = mapAt(inputs, [name]);
        return (
          <div key={name} class="input">
            <Slider
              path={[...path, name, 'cost']}
              label={`cost of ${words(name)}`}
              doc={
                input.scope === 'shared'
                  ? 'shared: one amount serves all tasks of a buyer'
                  : 'task: bought for each task separately'
              }
              value={Number(input.cost ?? 0)}
              bounds={{ above: 0 }}
            />
            {typeof input.max === 'number' && (
              <Slider
                path={[...path, name, 'max']}
                label={`most of ${words(name)} per buyer`}
                value={input.max}
                bounds={{ above: 0 }}
              />
            )}
            <p class="buttons">
              {input.scope === 'shared' && (
                <button
                  type="button"
                  onClick={() => edit([...path, name, 'max'], input.max === undefined ? 10 : undefined)}
                >
                  {input.max === undefined ? 'Limit it per buyer' : 'Lift the limit'}
                </button>
              )}
              {names.length > 1 && (
                <button
                  type="button"
                  onClick={() =>
                    editAll([[[...path, name], undefined], ...withoutInput(data, productionPath, name)])
                  }
                >
                  Remove {words(name)}
                </button>
              )}
            </p>
          </div>
        );
      })}
      <ComplaintAt path={path} />
      <NewInput
        taken={names}
        onAdd={(name, scope) =>
          editAll([
            [[...path, name], { scope, cost: 0.125 }],
            ...withInput(data, productionPath, name, scope),
          ])
        }
      />
    </fieldset>
  );
};

type Changes = readonly (readonly [FieldPath, unknown])[];

/** Small enough for most sums of exponents to stay below 1. */
const EXPONENT = 0.1;

const withInput = (data: unknown, path: FieldPath, name: string, scope: 'task' | 'shared'): Changes => {
  const production = mapAt(data, path);
  if (production.use === 'expression') {
    const factor = scope === 'task' ? `${name}^${EXPONENT}` : `(1 + ${name})^${EXPONENT}`;
    return [[[...path, 'formula'], `(${production.formula}) * ${factor}`]];
  }
  if (production.use === 'cobb-douglas') {
    const exponent = [[...path, 'exponents', name], EXPONENT] as const;
    return scope === 'task' ? [exponent] : [exponent, [[...path, 'base', name], 1]];
  }
  if (production.use === 'ces') {
    return scope === 'task'
      ? [[[...path, 'shares', name], 0.5]]
      : [[[...path, 'shared', name], { exponent: EXPONENT, base: 1 }]];
  }
  return [];
};

/** Whatever the production function says of this input by name. */
const withoutInput = (data: unknown, path: FieldPath, name: string): Changes =>
  Object.keys(mapAt(data, path))
    .filter(
      (parameter) => parameter !== 'parameters' && fieldAt(data, [...path, parameter, name]) !== undefined,
    )
    .map((parameter) => [[...path, parameter, name], undefined]);

interface NewInputProps {
  readonly taken: readonly string[];
  onAdd(name: string, scope: 'task' | 'shared'): void;
}

const NewInput = ({ taken, onAdd }: NewInputProps) => {
  const [name, setName] = useState('');
  const isGood = /^[A-Za-z]\w*$/.test(name) && !taken.includes(name);
  const add = (scope: 'task' | 'shared'): void => {
    onAdd(name, scope);
    setName('');
  };
  return (
    <div class="new-input">
      <input
        type="text"
        aria-label="Name of a new input"
        placeholder="name of a new input"
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <button type="button" disabled={!isGood} onClick={() => add('task')}>
        Add for tasks
      </button>
      <button type="button" disabled={!isGood} onClick={() => add('shared')}>
        Add shared
      </button>
    </div>
  );
};
