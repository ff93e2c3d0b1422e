import type { FieldPath, NumberBounds } from '@menusmith/core';
import { useEditing, useFailureAt } from '../editing.ts';
import type { DeclaredKind } from '../messages.ts';
import { words } from '../words.ts';
import { Choice } from './choice.tsx';
import { Complaint } from './complaint.tsx';
import { FileField } from './file-field.tsx';
import type { InputScopes } from './inputs.ts';
import { ParameterControls } from './parameter-controls.tsx';
import { startingCall } from './starting-parameters.ts';

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
