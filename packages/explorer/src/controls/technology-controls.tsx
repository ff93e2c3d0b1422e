import type { FieldPath } from '@menusmith/core';
import { useEditing } from '../editing.ts';
import { fieldAt, mapAt } from '../study-document.ts';
import { words } from '../words.ts';
import { Choice } from './choice.tsx';
import { ComplaintAt } from './complaint.tsx';
import { EntryParameters } from './entry-controls.tsx';
import { InputControls } from './input-controls.tsx';
import { inputScopes } from './inputs.ts';
import { startingCall } from './starting-parameters.ts';

/** How quality is made: by a production function from inputs, at a cost given outright, or by a choice of models. */
export const TechnologyControls = () => {
  const { data } = useEditing();
  const models = fieldAt(data, ['models']);
  if (!Array.isArray(models)) return <OneTechnology path={[]} />;
  return (
    <>
      <p class="doc">Each buyer is served by the model that is best for her.</p>
      {models.map((model, index) => (
        <details key={String(mapAt(model).name)} open={index === 0}>
          <summary>Model {String(mapAt(model).name ?? index + 1)}</summary>
          <OneTechnology path={['models', index]} />
        </details>
      ))}
    </>
  );
};

const standardInputs = {
  input: { scope: 'task', cost: 0.125 },
  output: { scope: 'task', cost: 0.125 },
  fineTuning: { scope: 'shared', cost: 0.125 },
};

const OneTechnology = ({ path }: { readonly path: FieldPath }) => {
  const { data, declarations, editAll } = useEditing();
  const cost = fieldAt(data, [...path, 'cost']);
  const isCost = cost !== undefined;
  const kind = isCost ? 'costFunctions' : 'productionFunctions';
  const callPath = [...path, isCost ? 'cost' : 'production'];
  const call = mapAt(data, callPath);
  const inputs = inputScopes(data, [...path, 'inputs']);
  const entries = [
    ...declarations.productionFunctions.map((entry) => ({ entry, isCost: false })),
    ...(path.length === 0 ? declarations.costFunctions.map((entry) => ({ entry, isCost: true })) : []),
  ];
  const known = entries.find(({ entry, isCost: outright }) => outright === isCost && entry.name === call.use);
  /** A production function and a cost may have one name. */
  const optionOf = (name: string, outright: boolean): string => `${outright ? 'cost' : 'production'} ${name}`;
  const choose = (value: string): void => {
    const chosen = entries.find(({ entry, isCost: outright }) => optionOf(entry.name, outright) === value)!;
    if (chosen.isCost) {
      editAll([
        [['production'], undefined],
        [['inputs'], undefined],
        [['cost'], startingCall(chosen.entry)],
      ]);
    } else if (isCost) {
      editAll([
        [['cost'], undefined],
        [['production'], startingCall(chosen.entry, inputScopes({ inputs: standardInputs }, ['inputs']))],
        [['inputs'], standardInputs],
      ]);
    } else editAll([[callPath, startingCall(chosen.entry, inputs)]]);
  };
  return (
    <>
      <Choice
        label="Quality is made by"
        value={known ? optionOf(known.entry.name, isCost) : String(call.use ?? '')}
        options={entries.map(({ entry, isCost: outright }) => ({
          value: optionOf(entry.name, outright),
          label: words(entry.name),
          group: outright ? 'Cost of quality, given outright' : 'Production functions',
        }))}
        doc={known?.entry.doc}
        onChoose={choose}
      />
      <EntryParameters kind={kind} path={callPath} call={call} inputs={inputs} />
      {!isCost && <InputControls path={[...path, 'inputs']} productionPath={callPath} />}
      <ComplaintAt path={[...path, 'models']} />
    </>
  );
};
