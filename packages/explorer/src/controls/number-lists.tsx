import type { FieldPath, NumberBounds, Parameter } from '@menusmith/core';
import { useEditing } from '../editing.ts';
import { mapAt } from '../study-document.ts';
import { words } from '../words.ts';
import { Slider } from './slider.tsx';

/** The bounds alone, so that they can be compared. */
export const boundsOf = ({ min, max, above, below }: NumberBounds): NumberBounds => ({
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
  ...(above !== undefined && { above }),
  ...(below !== undefined && { below }),
});

interface NumbersProps {
  readonly path: FieldPath;
  readonly name: string;
  readonly declaration: Extract<Parameter, { kind: 'numbers' }>;
  readonly value: unknown;
  /** What one more begins with. */
  readonly first?: number;
}

/** Numbers in order, of which there may be more or fewer. */
export const Numbers = ({ path, name, declaration, value, first = 0 }: NumbersProps) => {
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
        <button type="button" onClick={() => edit(path, [...numbers, first])}>
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

/** Numbers by names that a formula uses. */
export const NamedNumbers = ({ path, declaration, value }: NamedNumbersProps) => {
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
