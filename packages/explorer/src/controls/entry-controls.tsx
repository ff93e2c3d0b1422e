import type { FieldPath, NumberBounds, Parameter } from '@menusmith/core';
import { useEditing, useFailureAt } from '../editing.ts';
import type { DeclaredKind } from '../messages.ts';
import { mapAt } from '../study-document.ts';
import { words } from '../words.ts';
import { Choice } from './choice.tsx';
import { Complaint, ComplaintAt } from './complaint.tsx';
import { FileField } from './file-field.tsx';
import type { InputScopes } from './inputs.ts';
import { boundsOf, NamedNumbers, Numbers } from './number-lists.tsx';
import { LeaveOut, LeftOut } from './optional-number.tsx';
import { Slider } from './slider.tsx';
import { startingCall } from './starting-parameters.ts';
import { ByTask, TaskList } from './task-list.tsx';
import { TextField } from './text-field.tsx';

interface EntryProps {
  readonly kind: DeclaredKind;
  readonly label: string;
  readonly path: FieldPath;
  /** `use` and the parameters, as the study has them. */
  readonly call: Readonly<Record<string, unknown>>;
  readonly inputs?: InputScopes;
  readonly within?: NumberBounds | undefined;
}

/** The choice of a registered entry of one kind, and its parameters. */
export const EntryControls = ({ kind, label, path, call, inputs, within }: EntryProps) => {
  const { declarations, edit } = useEditing();
  const entries = declarations[kind];
  const use = String(call.use ?? '');
  const entry = entries.find(({ name }) => name === use);
  return (
    <>
      <Choice
        label={label}
        value={use}
        options={entries.map(({ name }) => ({ value: name, label: words(name) }))}
        doc={entry?.doc}
        onChoose={(name) => {
          const chosen = entries.find((candidate) => candidate.name === name)!;
          edit(path, startingCall(chosen, inputs));
        }}
      />
      <EntryParameters kind={kind} path={path} call={call} {...(inputs && { inputs })} within={within} />
    </>
  );
};

/** The parameters of the entry that a study calls. */
export const EntryParameters = ({ kind, path, call, inputs, within }: Omit<EntryProps, 'label'>) => {
  const { declarations, failure } = useEditing();
  const here = useFailureAt(path);
  const entry = declarations[kind].find(({ name }) => name === call.use);
  if (entry === undefined) return <Complaint failure={here} />;
  // A complaint about one parameter stands there; the others stand here.
  const next = failure?.field[path.length];
  /** Texts that name a CSV file, as columns say. */
  const files = Object.values(entry.parameters).flatMap((declaration) =>
    declaration.kind === 'column' ? [declaration.file] : [],
  );
  const isElsewhere = next !== undefined && String(next) in entry.parameters;
  return (
    <>
      {Object.entries(entry.parameters).map(([name, declaration]) =>
        files.includes(name) ? (
          <FileField key={`${entry.name} ${name}`} path={[...path, name]} />
        ) : (
          <ParameterControls
            key={`${entry.name} ${name}`}
            path={[...path, name]}
            name={name}
            declaration={declaration}
            value={call[name]}
            {...(inputs && { inputs })}
            within={within}
          />
        ),
      )}
      <Complaint failure={isElsewhere ? undefined : here} />
    </>
  );
};

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
const ParameterControls = ({ path, name, declaration, value, inputs, within }: ParameterProps) => {
  if ((declaration.kind === 'number' || declaration.kind === 'text') && Array.isArray(value))
    return <TaskList path={path} name={name} declaration={declaration} values={value} />;
  switch (declaration.kind) {
    case 'number': {
      if (declaration.optional === true && value === undefined)
        return <LeftOut path={path} name={name} declaration={declaration} />;
      const number = typeof value === 'number' ? value : (declaration.default ?? 1);
      const isEnd = name === 'min' || name === 'max';
      const bounds = isEnd && within ? { ...declaration, ...within } : declaration;
      return (
        <>
          <Slider
            path={path}
            label={words(name)}
            doc={declaration.doc}
            value={number}
            bounds={boundsOf(bounds)}
          />
          {declaration.optional === true && <LeaveOut path={path} name={name} />}
          <ByTask path={path} name={name} declaration={declaration} value={number} />
        </>
      );
    }
    case 'text':
      return (
        <>
          <TextField
            path={path}
            label={words(name)}
            doc={declaration.doc}
            value={typeof value === 'string' ? value : (declaration.default ?? '')}
            isFormula={name === 'formula'}
          />
          <ByTask path={path} name={name} declaration={declaration} value={value ?? declaration.default} />
        </>
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

const namesOf = (inputs: InputScopes | undefined, scope: 'task' | 'shared' | 'any'): readonly string[] => {
  if (inputs === undefined) return [];
  return scope === 'any' ? [...inputs.task, ...inputs.shared] : inputs[scope];
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
