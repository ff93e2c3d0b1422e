import { didYouMean, InputError, type Plan } from '@menusmith/core';
import { describeValue } from '../study/describe-value.ts';
import { numberWithin } from '../study/number-bounds.ts';
import type { Technology } from '../study/study.ts';
import type { Units } from '../study/units.ts';

type Fields = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const planFields = ['name', 'fee', 'included', 'prices', 'commitment', 'taskCap', 'models'] as const;
const menuFields = ['currency', 'period', 'plans', 'provenance'] as const;

/**
 * The plans of a menu file, `{ currency, period, plans }`, in the study's units: amounts of inputs are in them already, and money is in the currency that the
 * study's `units` say, of which a unit of the study's money may be more than one. Throws InputError with the field; what is not understood is an error.
 */
export const readPlans = (
  data: Fields,
  technology: Technology,
  units: Units | undefined,
): readonly Plan[] => {
  // First, as of a file that is no menu nothing is told.
  if (!Array.isArray(data.plans))
    throw new InputError('menu', `expected a list of plans, got ${describeValue(data.plans)}`, ['plans']);
  requireKnown(data, menuFields);
  requireUnits(data, units);
  if (data.plans.length === 0)
    throw new InputError('menu', 'expected at least one plan, got none', ['plans']);
  const names = new Set<string>();
  return data.plans.map((plan: unknown, k) => {
    try {
      const read = readPlan(plan, technology, units?.money ?? 1);
      if (names.has(read.name))
        throw new InputError('duplicate', `expected a name of its own, got "${read.name}" a second time`, [
          'name',
        ]);
      names.add(read.name);
      return read;
    } catch (error) {
      throw error instanceof InputError ? error.within('plans', k) : error;
    }
  });
};

/** Throws for the first field that is none of those known. */
export const requireKnown = (data: Fields, known: readonly string[]): void => {
  for (const field of Object.keys(data)) {
    if (known.includes(field)) continue;
    throw new InputError(
      'unknown-field',
      `no such field of a menu${didYouMean(field, known)} (known here: ${known.join(', ')})`,
      [field],
    );
  }
};

const requireUnits = ({ currency, period }: Fields, units: Units | undefined): void => {
  const given = [
    ['currency', currency, units?.currency],
    ['period', period, units?.period],
  ] as const;
  for (const [field, own, studys] of given) {
    if (own === undefined || own === null) continue;
    if (typeof own !== 'string')
      throw new InputError('text', `expected a text, got ${describeValue(own)}`, [field]);
    if (studys === undefined || studys === '' || studys === own) continue;
    throw new InputError('units', `expected "${studys}", as the study's units say, got "${own}"`, [field]);
  }
};

const readPlan = (plan: unknown, technology: Technology, money: number): Plan => {
  if (!isMap(plan)) throw new InputError('menu', `expected a map of a plan, got ${describeValue(plan)}`);
  requireKnown(plan, planFields);
  const { name, fee, included, prices, commitment, taskCap, models } = plan;
  if (typeof name !== 'string' || name.trim() === '')
    throw new InputError('text', `expected a name, got ${describeValue(name)}`, ['name']);
  const amount = (value: unknown, field: string): number =>
    value === undefined ? 0 : numberWithin(value, { min: 0 }, [field]);
  return {
    name,
    fee: amount(fee, 'fee') / money,
    included: readAmounts(included, 'included', technology),
    prices: readAmounts(prices, 'prices', technology, money),
    commitment: amount(commitment, 'commitment') / money,
    taskCap:
      taskCap === undefined || taskCap === null ? null : numberWithin(taskCap, { above: 0 }, ['taskCap']),
    ...(models === undefined || models === null ? {} : { models: readModels(models, technology) }),
  };
};

/** Numbers of at least 0 by input: under its name, or, in a study with several models, under `model.input` for one of them. */
export const readAmounts = (
  value: unknown,
  field: string,
  technology: Technology,
  divisor = 1,
): Readonly<Record<string, number>> => {
  if (value === undefined) return {};
  if (!isMap(value))
    throw new InputError('menu', `expected numbers by input, as { input: 2 }, got ${describeValue(value)}`, [
      field,
    ]);
  const known = inputNames(technology);
  const amounts: [string, number][] = Object.entries(value).map(([name, amount]) => {
    if (known.includes(name)) return [name, numberWithin(amount, { min: 0 }, [field, name]) / divisor];
    const message =
      known.length === 0
        ? 'the cost is given outright, so that the study has no inputs to sell'
        : `no input called "${name}"${didYouMean(name, known)} (inputs: ${known.join(', ')})`;
    throw new InputError('unknown-input', message, [field, name]);
  });
  return Object.fromEntries(amounts);
};

const inputNames = (technology: Technology): readonly string[] => {
  if (technology.kind === 'cost') return [];
  if (technology.kind === 'production') return technology.inputs.map(({ name }) => name);
  const names = technology.models.flatMap(({ inputs }) => inputs.map(({ name }) => name));
  const own = technology.models.flatMap((model) => model.inputs.map(({ name }) => `${model.name}.${name}`));
  return [...new Set([...names, ...own])];
};

const readModels = (models: unknown, technology: Technology): readonly string[] => {
  if (!Array.isArray(models) || models.length === 0)
    throw new InputError('menu', `expected a list of names of models, got ${describeValue(models)}`, [
      'models',
    ]);
  if (technology.kind !== 'models')
    throw new InputError(
      'models',
      'this study has one model, without a name; expected no models on a plan, or a study with models',
      ['models'],
    );
  const known = technology.models.map(({ name }) => name);
  return models.map((model: unknown, k) => {
    if (typeof model === 'string' && known.includes(model)) return model;
    const suggestion = typeof model === 'string' ? didYouMean(model, known) : '';
    const message = `expected one of the models ${known.join(', ')}, got ${describeValue(model)}${suggestion}`;
    throw new InputError('unknown-name', message, ['models', k]);
  });
};
