import type { Input } from '@menusmith/core';
import { InputError, limits, requireWithin } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import type { EntryCall } from './buyers-schema.ts';
import { numberWithin } from './number-bounds.ts';
import { readParameters } from './parameters.ts';
import type { Problems } from './problems.ts';
import { recentlyMade } from './recently-made.ts';
import type { CostTechnology, ModelsTechnology, ProductionTechnology, Technology } from './study.ts';
import type { StudyData } from './study-schema.ts';

type InputsData = NonNullable<StudyData['inputs']>;

/** The inputs of a study, task inputs first and then shared ones, each in file order. */
export const readInputs = (data: InputsData, problems: Problems): readonly Input[] | undefined => {
  const before = problems.count();
  problems.attempt(() => requireWithin(limits.inputs, Object.keys(data).length));
  if (problems.count() > before) return undefined;
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
  const production = problems.attempt(() => recentlyMade(entry, parameters, names));
  if (production === undefined) return undefined;
  return { kind: 'production', use: call.use, parameters, production, inputs, names };
};

/** A choice of models, each with a production function and inputs of its own. */
const readModels = (
  models: NonNullable<StudyData['models']>,
  registry: Registry,
  problems: Problems,
): ModelsTechnology | undefined => {
  const before = problems.count();
  problems.attempt(() => requireWithin(limits.models, models.length));
  if (problems.count() > before) return undefined;
  if (models.length === 0) problems.add(new InputError('no-models', 'expected at least one model, got none'));
  const read = models.map(({ name, production, inputs: data }, k) => {
    const own = problems.within(k);
    if (models.findIndex((other) => other.name === name) !== k) {
      own
        .within('name')
        .add(new InputError('duplicate', `expected a name of its own, got ${name} a second time`));
    }
    const inputs = readInputs(data, own.within('inputs'));
    const technology = inputs && readProduction(production, inputs, registry, own.within('production'));
    return technology && { ...technology, name };
  });
  const whole = read.filter((model) => model !== undefined);
  if (whole.length < models.length || models.length === 0) return undefined;
  return { kind: 'models', use: whole.map(({ name }) => name).join(', '), models: whole };
};

/** Quality at a cost given outright, by a registered cost function. */
const readCost = (call: EntryCall, registry: Registry, problems: Problems): CostTechnology | undefined => {
  const entry = problems.within('use').attempt(() => registry.costFunctions.get(call.use));
  const parameters = entry && readParameters(entry, call, problems);
  if (entry === undefined || parameters === undefined) return undefined;
  const supply = problems.attempt(() => recentlyMade(entry, parameters));
  return supply && { kind: 'cost', use: call.use, parameters, supply };
};

/** How quality is made: by one production function, by several models, or at a cost given outright. */
export const readTechnology = (
  data: StudyData,
  broken: ReadonlySet<unknown>,
  registry: Registry,
  problems: Problems,
): Technology | undefined => {
  const { production, inputs, cost, models } = data;
  if (models !== undefined) {
    const other = (['production', 'inputs', 'cost'] as const).find((field) => data[field] !== undefined);
    if (other !== undefined) {
      const message = `expected either models or production with inputs or cost, got models and ${other}`;
      problems.within('models').add(new InputError('both', message));
      return undefined;
    }
    return broken.has('models') ? undefined : readModels(models, registry, problems.within('models'));
  }
  if (cost !== undefined && (production !== undefined || inputs !== undefined)) {
    const other = production === undefined ? 'inputs' : 'production';
    problems
      .within('cost')
      .add(new InputError('both', `expected either cost or production with inputs, got cost and ${other}`));
    return undefined;
  }
  if (cost === undefined && production === undefined) {
    problems
      .within('production')
      .add(new InputError('missing', 'missing: expected production with inputs, or cost'));
  }
  if (production !== undefined && inputs === undefined) {
    problems
      .within('inputs')
      .add(new InputError('missing', 'missing: expected every input of the production function'));
  }
  if (cost !== undefined)
    return broken.has('cost') ? undefined : readCost(cost, registry, problems.within('cost'));
  const read =
    inputs === undefined || broken.has('inputs') ? undefined : readInputs(inputs, problems.within('inputs'));
  if (production === undefined || read === undefined || broken.has('production')) return undefined;
  return readProduction(production, read, registry, problems.within('production'));
};
