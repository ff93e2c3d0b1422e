import type { FieldPath, NumberBounds, Parameter } from '@menusmith/core';
import { useEditing } from '../editing.ts';
import { mapAt } from '../study-document.ts';
import { words } from '../words.ts';
import { ComplaintAt } from './complaint.tsx';
import { EntryControls } from './entry-controls.tsx';
import type { InputScopes } from './inputs.ts';
import { Slider } from './slider.tsx';
import { TextField } from './text-field.tsx';

interface ParameterProps {
  readonly path: FieldPath;
  readonly name: string;
  readonly declaration: Parameter;
  readonly value: unknown;
  readonly inputs?: InputScopes;
  /** Where the study asks for narrower bounds than the entry: a scale is a share of the tasks. */
  readonly within?: NumberBounds | undefined;
}

/** The control of one parameter, made from its declaration. */
export const ParameterControls = ({ path, name, declaration, value, inputs, within }: ParameterProps) => {
  switch (declaration.kind) {
    case 'number': {
      const number = typeof value === 'number' ? value : (declaration.default ?? 1);
      const isEnd = name === 'min' || name === 'max';
      const bounds = isEnd && within ? { ...declaration, ...within } : declaration;
      return (
        <Slider
          path={path}
          label={words(name)}
          doc={declaration.doc}
          value={number}
          bounds={boundsOf(bounds)}
        />
      );
    }
    case 'text':
      return (
        <TextField
          path={path}
          label={words(name)}
          doc={declaration.doc}
          value={typeof value === 'string' ? value : (declaration.default ?? '')}
          isFormula={name === 'formula'}
        />
      );
    case 'column':
      return <TextField path={path} label={words(name)} doc={declaration.doc} value={String(value ?? '')} />;
    case 'numbers':
      return <Numbers path={path} name={name} declaration={declaration} value={value} />;
    case 'by-input': {
      const names = namesOf(inputs, declaration.scope);
      const numbers = mapAt(value);
      if (names.length === 0) return null;
      return (
        <fieldset>
          <legend>{declaration.doc}</legend>
          {names.map((input) => {
            const own = numbers[input] ?? declaration.default ?? 0;
            return typeof own === 'string' ? (
              <TextField key={input} path={[...path, input]} label={words(input)} value={own} />
            ) : (
              <Slider
                key={input}
                path={[...path, input]}
                label={words(input)}
                value={Number(own)}
                bounds={boundsOf(exponentsEnd(name, declaration))}
              />
            );
          })}
          <ComplaintAt path={path} />
        </fieldset>
      );
    }
    case 'fields-by-input':
      return (
        <>
          {namesOf(inputs, declaration.scope).map((input) => (
            <fieldset key={input}>
              <legend>
                {words(input)}: {declaration.doc}
              </legend>
              {Object.entries(declaration.fields).map(([field, own]) => (
                <Slider
                  key={field}
                  path={[...path, input, field]}
                  label={words(field)}
                  value={Number(mapAt(value, [input])[field] ?? own.default ?? 0)}
                  bounds={boundsOf(own)}
                />
              ))}
            </fieldset>
          ))}
        </>
      );
    case 'by-name':
      return <NamedNumbers path={path} declaration={declaration} value={value} />;
    case 'weighted-distributions':
      return <Parts path={path} value={value} within={within} />;
  }
};

/** Exponents above 1 are never concave: the slider stops there, the declaration does not say so. */
const exponentsEnd = (name: string, bounds: NumberBounds): NumberBounds =>
  name === 'exponents' ? { below: 1, ...bounds } : bounds;

/** The bounds alone, so that they can be compared. */
const boundsOf = ({ min, max, above, below }: NumberBounds): NumberBounds => ({
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
  ...(above !== undefined && { above }),
  ...(below !== undefined && { below }),
});

const namesOf = (inputs: InputScopes | undefined, scope: 'task' | 'shared' | 'any'): readonly string[] => {
  if (inputs === undefined) return [];
  return scope === 'any' ? [...inputs.task, ...inputs.shared] : inputs[scope];
};

interface NumbersProps {
  readonly path: FieldPath;
  readonly name: string;
  readonly declaration: Extract<Parameter, { kind: 'numbers' }>;
  readonly value: unknown;
}

const Numbers = ({ path, name, declaration, value }: NumbersProps) => {
  const { edit } = useEditing();
  const numbers = Array.isArray(value) ? (value as number[]) : (declaration.default ?? []);
  return (
    <fieldset>
      <legend>{declaration.doc}</legend>
      {numbers.map((number, index) => (
        <Slider
          key={index}
          path={[...path, index]}
          label={`${words(name)} ${index}`}
          value={Number(number)}
          bounds={boundsOf(declaration)}
        />
      ))}
      <p class="buttons">
        <button type="button" onClick={() => edit(path, [...numbers, 0])}>
          Add a number
        </button>
        {numbers.length > (declaration.minLength ?? 1) && (
          <button type="button" onClick={() => edit(path, numbers.slice(0, -1))}>
            Remove the last
          </button>
        )}
      </p>
    </fieldset>
  );
};

interface NamedNumbersProps {
  readonly path: FieldPath;
  readonly declaration: Extract<Parameter, { kind: 'by-name' }>;
  readonly value: unknown;
}

const NamedNumbers = ({ path, declaration, value }: NamedNumbersProps) => {
  const { edit } = useEditing();
  const numbers = mapAt(value);
  const free = ['a', 'b', 'c', 'd', 'k', 'm'].find((name) => !(name in numbers));
  return (
    <fieldset>
      <legend>{declaration.doc}</legend>
      {Object.entries(numbers).map(([name, number]) => (
        <div key={name} class="named">
          <Slider path={[...path, name]} label={name} value={Number(number)} bounds={boundsOf(declaration)} />
          <button
            type="button"
            aria-label={`Remove ${name}`}
            onClick={() => edit([...path, name], undefined)}
          >
            ×
          </button>
        </div>
      ))}
      {free !== undefined && (
        <p class="buttons">
          <button type="button" onClick={() => edit(path, { ...numbers, [free]: 0.5 })}>
            Add the number {free}
          </button>
        </p>
      )}
    </fieldset>
  );
};

interface PartsProps {
  readonly path: FieldPath;
  readonly value: unknown;
  readonly within: NumberBounds | undefined;
}

const Parts = ({ path, value, within }: PartsProps) => {
  const { edit } = useEditing();
  const parts = Array.isArray(value) ? (value as readonly unknown[]) : [];
  return (
    <>
      {parts.map((part, index) => (
        <fieldset key={index}>
          <legend>part {index + 1}</legend>
          <Slider
            path={[...path, index, 'weight']}
            label="weight"
            value={Number(mapAt(part).weight ?? 1)}
            bounds={{ min: 0, max: Math.max(1, Number(mapAt(part).weight ?? 1)) }}
          />
          <EntryControls
            kind="distributions"
            label="drawn from"
            path={[...path, index, 'of']}
            call={mapAt(part, ['of'])}
            within={within}
          />
          {parts.length > 1 && (
            <p class="buttons">
              <button
                type="button"
                onClick={() =>
                  edit(
                    path,
                    parts.filter((_, other) => other !== index),
                  )
                }
              >
                Remove part {index + 1}
              </button>
            </p>
          )}
        </fieldset>
      ))}
      <p class="buttons">
        <button
          type="button"
          onClick={() => edit(path, [...parts, { weight: 0.5, of: { use: 'uniform', min: 0, max: 1 } }])}
        >
          Add a part
        </button>
      </p>
    </>
  );
};
