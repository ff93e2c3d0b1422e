import type { Input } from '@menusmith/core';
import { InputError } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import { numberWithin } from './number-bounds.ts';
import { readParameters } from './parameters.ts';
import type { Problems } from './problems.ts';
import type { CostTechnology, ProductionTechnology } from './study.ts';
import type { EntryCall, StudyData } from './study-schema.ts';

type InputsData = NonNullable<StudyData['inputs']>;

/** The inputs of a study, task inputs first and then shared ones, each in file order. */
export const readInputs = (data: InputsData, problems: Problems): readonly Input[] | undefined => {
  const before = problems.count();
  if (Object.keys(data).length === 0)
    problems.add(new InputError('no-inputs', 'expected at least one input, got none'));
  const inputs = Object.entries(data).map(([name, { scope, cost, max }]): Input => {
    const own = problems.within(name);
    // Names become columns and fields of the result, and variables of formulas.
    if (!/^\p{L}[\p{L}\p{N}_ -]*$/u.test(name)) {
      own.add(
        new InputError(
          'input-name',
          'expected a name that starts with a letter and has letters, digits, _, - or spaces',
        ),
      );
    }
    own.within('cost').attempt(() => numberWithin(cost, { above: 0 }));
    if (max !== undefined && scope === 'task') {
      own
        .within('max')
        .add(
          new InputError('max-of-task-input', 'only a shared input can have a max, and this is a task input'),
        );
    } else if (max !== undefined) own.within('max').attempt(() => numberWithin(max, { above: 0 }));
    return { name, scope, cost, max: max ?? Number.POSITIVE_INFINITY };
  });
  if (problems.count() > before) return undefined;
  return [
    ...inputs.filter(({ scope }) => scope === 'task'),
    ...inputs.filter(({ scope }) => scope === 'shared'),
  ];
};

/** Quality made from inputs by a registered production function. */
export const readProduction = (
  call: EntryCall,
  inputs: readonly Input[],
  registry: Registry,
  problems: Problems,
): ProductionTechnology | undefined => {
  const entry = problems.within('use').attempt(() => registry.productionFunctions.get(call.use));
  if (entry === undefined) return undefined;
  const names = {
    task: inputs.filter(({ scope }) => scope === 'task').map(({ name }) => name),
    shared: inputs.filter(({ scope }) => scope === 'shared').map(({ name }) => name),
  };
  const parameters = readParameters(entry, call, problems, names);
  if (parameters === undefined) return undefined;
  const production = problems.attempt(() => entry.create(parameters, names));
  if (production === undefined) return undefined;
  return { kind: 'production', use: call.use, parameters, production, inputs, names };
};

/** Quality at a cost given outright, by a registered cost function. */
export const readCost = (
  call: EntryCall,
  registry: Registry,
  problems: Problems,
): CostTechnology | undefined => {
  const entry = problems.within('use').attempt(() => registry.costFunctions.get(call.use));
  const parameters = entry && readParameters(entry, call, problems);
  if (entry === undefined || parameters === undefined) return undefined;
  const supply = problems.attempt(() => entry.create(parameters));
  return supply && { kind: 'cost', use: call.use, parameters, supply };
};
