import { didYouMean, InputError, limits, type Plan, requireWithin } from '@menusmith/core';
import { describeValue } from '../study/describe-value.ts';
import { numberWithin } from '../study/number-bounds.ts';
import type { Technology } from '../study/study.ts';
import type { Units } from '../study/units.ts';

type Fields = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const planFields = ['name', 'fee', 'included', 'prices', 'commitment', 'taskCap', 'models'] as const;
export const menuFields = ['currency', 'period', 'plans', 'provenance'] as const;

/** A menu as its file has it: money in its currency, inputs in the units that prices are for. */
export interface Menu {
  /** As written, `$` or `EUR`; undefined where the file says nothing. */
  readonly currency: string | undefined;
  /** What fees and usage are for, as `month`. */
  readonly period: string | undefined;
  readonly plans: readonly Plan[];
}

/** The menu of a file, `{ currency, period, plans }`, on its own. Throws InputError with the field; what is not understood is an error. */
export const readMenu = (data: Fields): Menu => {
  // First, as of a file that is no menu nothing is told.
  if (!Array.isArray(data.plans))
    throw new InputError('menu', `expected a list of plans, got ${describeValue(data.plans)}`, ['plans']);
  requireKnown(data, menuFields);
  const [currency, period] = [readText(data, 'currency'), readText(data, 'period')];
  if (data.plans.length === 0)
    throw new InputError('menu', 'expected at least one plan, got none', ['plans']);
  requireWithin(limits.plans, data.plans.length, ['plans']);
  const names = new Set<string>();
  const plans = data.plans.map((plan: unknown, k) =>
    ofPlan(k, () => {
      const read = readPlan(plan);
      if (names.has(read.name))
        throw new InputError('duplicate', `expected a name of its own, got "${read.name}" a second time`, [
          'name',
        ]);
      names.add(read.name);
      return read;
    }),
  );
  return { currency, period, plans };
};

/**
 * The plans of a menu file in the study's units: amounts of inputs are in them already, and money is in the currency that the study's `units` say, of which a unit of the
 * study's money may be more than one. Throws InputError with the field where the menu is not one for this study.
 */
export const readPlans = (
  data: Fields,
  technology: Technology,
  units: Units | undefined,
): readonly Plan[] => {
  const menu = readMenu(data);
  requireUnits(menu, units);
  return menu.plans.map((plan, k) => ofPlan(k, () => planFor(plan, technology, units?.money ?? 1)));
};

const ofPlan = <T>(k: number, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw error instanceof InputError ? error.within('plans', k) : error;
  }
};

/** The plan as one for a study: it knows the inputs and models, and its money is another. */
const planFor = (plan: Plan, technology: Technology, money: number): Plan => {
  const amounts = (field: 'included' | 'prices', divisor: number): Plan['prices'] => {
    requireInputs(plan[field], field, technology);
    return divided(plan[field], divisor);
  };
  const included = amounts('included', 1);
  const prices = amounts('prices', money);
  requireModels(plan.models, technology);
  return { ...plan, fee: plan.fee / money, included, prices, commitment: plan.commitment / money };
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

const readText = (data: Fields, field: 'currency' | 'period'): string | undefined => {
  const text = data[field];
  if (text === undefined || text === null) return undefined;
  if (typeof text === 'string') return text;
  throw new InputError('text', `expected a text, got ${describeValue(text)}`, [field]);
};

const requireUnits = (menu: Menu, units: Units | undefined): void => {
  for (const field of ['currency', 'period'] as const) {
    const [own, studys] = [menu[field], units?.[field]];
    if (own === undefined || studys === undefined || studys === '' || studys === own) continue;
    throw new InputError('units', `expected "${studys}", as the study's units say, got "${own}"`, [field]);
  }
};

const readPlan = (plan: unknown): Plan => {
  if (!isMap(plan)) throw new InputError('menu', `expected a map of a plan, got ${describeValue(plan)}`);
  requireKnown(plan, planFields);
  const { name, fee, included, prices, commitment, taskCap, models } = plan;
  if (typeof name !== 'string' || name.trim() === '')
    throw new InputError('text', `expected a name, got ${describeValue(name)}`, ['name']);
  const amount = (value: unknown, field: string): number =>
    value === undefined ? 0 : numberWithin(value, { min: 0 }, [field]);
  return {
    name,
    fee: amount(fee, 'fee'),
    included: numbersByInput(included, 'included'),
    prices: numbersByInput(prices, 'prices'),
    commitment: amount(commitment, 'commitment'),
    taskCap:
      taskCap === undefined || taskCap === null ? null : numberWithin(taskCap, { above: 0 }, ['taskCap']),
    ...(models === undefined || models === null ? {} : { models: readModels(models) }),
  };
};

/** Numbers of at least 0 by input: under its name, or, in a study with several models, under `model.input` for one of them. */
export const readAmounts = (
  value: unknown,
  field: string,
  technology: Technology,
  divisor = 1,
): Readonly<Record<string, number>> => {
  const amounts = numbersByInput(value, field);
  requireInputs(amounts, field, technology);
  return divided(amounts, divisor);
};

const numbersByInput = (value: unknown, field: string): Plan['prices'] => {
  if (value === undefined) return {};
  if (!isMap(value))
    throw new InputError('menu', `expected numbers by input, as { input: 2 }, got ${describeValue(value)}`, [
      field,
    ]);
  return Object.fromEntries(
    Object.entries(value).map(([name, amount]) => [name, numberWithin(amount, { min: 0 }, [field, name])]),
  );
};

const divided = (amounts: Plan['prices'], divisor: number): Plan['prices'] =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount / divisor]));

const requireInputs = (amounts: Plan['prices'], field: string, technology: Technology): void => {
  const known = inputNames(technology);
  const name = Object.keys(amounts).find((each) => !known.includes(each));
  if (name === undefined) return;
  const message =
    known.length === 0
      ? 'the cost is given outright, so that the study has no inputs to sell'
      : `no input called "${name}"${didYouMean(name, known)} (inputs: ${known.join(', ')})`;
  throw new InputError('unknown-input', message, [field, name]);
};

const inputNames = (technology: Technology): readonly string[] => {
  if (technology.kind === 'cost') return [];
  if (technology.kind === 'production') return technology.inputs.map(({ name }) => name);
  const names = technology.models.flatMap(({ inputs }) => inputs.map(({ name }) => name));
  const own = technology.models.flatMap((model) => model.inputs.map(({ name }) => `${model.name}.${name}`));
  return [...new Set([...names, ...own])];
};

const readModels = (models: unknown): readonly string[] => {
  if (!Array.isArray(models) || models.length === 0)
    throw new InputError('menu', `expected a list of names of models, got ${describeValue(models)}`, [
      'models',
    ]);
  return models.map((model: unknown, k) => {
    if (typeof model === 'string' && model.trim() !== '') return model;
    throw new InputError('text', `expected the name of a model, got ${describeValue(model)}`, ['models', k]);
  });
};

const requireModels = (models: Plan['models'], technology: Technology): void => {
  if (models === undefined) return;
  if (technology.kind !== 'models')
    throw new InputError(
      'models',
      'this study has one model, without a name; expected no models on a plan, or a study with models',
      ['models'],
    );
  const known = technology.models.map(({ name }) => name);
  const k = models.findIndex((model) => !known.includes(model));
  if (k < 0) return;
  const model = models[k]!;
  const message = `expected one of the models ${known.join(', ')}, got ${describeValue(model)}${didYouMean(model, known)}`;
  throw new InputError('unknown-name', message, ['models', k]);
};
