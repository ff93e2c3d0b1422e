import { InputError, type Plan } from '@menusmith/core';
import type { Menu } from '../plans/menu-file.ts';
import { shortened } from '../study/describe-value.ts';
import { type Codes, distinctCodes } from './codes.ts';
import { type Currency, currencyNamed } from './currency.ts';
import { type Decimal, decimalOf, floor, isZero, over, times, wholeNumber, ZERO } from './decimal.ts';
import { type Period, periodNamed } from './period.ts';

/** A menu as bills are made from it: amounts in the currency and in single tokens, exactly. */
export interface BilledMenu {
  readonly currency: Currency;
  readonly period: Period;
  /** All that some plan sells, in the order of the file. */
  readonly inputs: readonly BilledInput[];
  readonly plans: readonly BilledPlan[];
  /** Codes that are given out for one thing or another; those of inputs and plans are taken. */
  readonly codes: Codes;
}

export interface BilledInput {
  readonly name: string;
  readonly code: string;
  /** What the billing system calls the metric; undefined where nobody has said. */
  readonly id: string | undefined;
}

/** A bill is fee + max(commitment, Σ price · (use − included)⁺). */
export interface BilledPlan {
  readonly name: string;
  readonly code: string;
  /** In the menu. */
  readonly place: number;
  readonly fee: Decimal;
  readonly commitment: Decimal;
  readonly charges: readonly Charge[];
  readonly caps: readonly Cap[];
  readonly taskCap: number | null;
  /** Undefined for all models. */
  readonly models: readonly string[] | undefined;
}

/** An input that is billed by use. */
export interface Charge {
  readonly input: BilledInput;
  /** Tokens. */
  readonly included: Decimal;
  /** Of a token. */
  readonly price: Decimal;
}

/** An input of which nothing can be bought beyond what is included. */
interface Cap {
  readonly input: BilledInput;
  /** Whole tokens. */
  readonly most: number;
}

export interface BillingUnits {
  /** Tokens to a unit of the menu. */
  readonly per: number;
  /** Ids of metrics, by input; undefined where none are given. */
  readonly metrics?: ReadonlyMap<string, string>;
}

/** Throws InputError with the field where the menu cannot be billed. */
export const billedMenu = (menu: Menu, { per, metrics }: BillingUnits): BilledMenu => {
  const nothing = (field: 'currency' | 'period', example: string): never => {
    throw new InputError(
      field,
      `expected a ${field} such as ${example}, got nothing: add "${field}": "${example}" to the menu, or --${field} ${example}`,
      [field],
    );
  };
  const currency = currencyNamed(menu.currency ?? nothing('currency', 'USD'));
  const period = periodNamed(menu.period ?? nothing('period', 'month'));
  // A bill has a line for its fee.
  const codes = distinctCodes('input', ['fee']);
  const inputs = inputNames(menu.plans).map((name): BilledInput => {
    const id = metrics?.get(name);
    return { name, code: codes.of(name), id };
  });
  const planCodes = distinctCodes('plan');
  const tokens = decimalOf(per);
  const plans = menu.plans.map((plan, place): BilledPlan => {
    requireCountedOnce(plan, place, inputs);
    const { name, fee, commitment, taskCap, models } = plan;
    const of = (field: 'included' | 'prices', input: string): number | undefined =>
      Object.hasOwn(plan[field], input) ? plan[field][input] : undefined;
    const charges: Charge[] = [];
    const caps: Cap[] = [];
    for (const input of inputs) {
      const units = of('included', input.name);
      const included = times(decimalOf(units ?? 0), tokens);
      const price =
        of('prices', input.name) ?? (units === undefined ? undefined : of('prices', modelless(input.name)));
      if (price !== undefined) {
        const ofOne = over(decimalOf(price), tokens);
        if (ofOne === undefined)
          throw refused(
            plan.name,
            `expected a price of one ${input.name} with an end, got ${price} / ${per}`,
            ['plans', place, 'prices'],
          );
        charges.push({ input, included: isZero(ofOne) ? ZERO : included, price: ofOne });
      } else if (!isZero(included)) {
        const most = wholeNumber(floor(included)) ?? tooMany(plan.name, place, input.name);
        caps.push({ input, most });
      }
    }
    return {
      name,
      code: planCodes.of(name),
      place,
      fee: decimalOf(fee),
      commitment: decimalOf(commitment),
      charges,
      caps,
      taskCap,
      models,
    };
  });
  return { currency, period, inputs, plans, codes };
};

/** Inputs of which some plan sells no more than is included. */
export const cappedInputs = ({ inputs, plans }: BilledMenu): readonly BilledInput[] =>
  inputs.filter((input) => plans.some(({ caps }) => caps.some((cap) => cap.input === input)));

/** What a plan cannot be billed for, or a system not say of it, naming the plan. */
export const refused = (plan: string, message: string, field: readonly (string | number)[]): InputError =>
  new InputError('export', `plan "${shortened(plan)}": ${message}`, [...field]);

export const tooMany = (plan: string, place: number, input: string): never => {
  throw refused(plan, `expected at most ${Number.MAX_SAFE_INTEGER} included ${input}, got more`, [
    'plans',
    place,
    'included',
    input,
  ]);
};

/** In the order of the file, those of which something is included or sold. */
const inputNames = (plans: readonly Plan[]): readonly string[] => {
  const names = plans.flatMap(({ included, prices }) => [
    ...Object.keys(included).filter((name) => included[name]! > 0),
    ...Object.keys(prices),
  ]);
  return [...new Set(names)];
};

/** `input` of `flagship.input`. */
const modelless = (name: string): string => name.slice(name.indexOf('.') + 1);

/**
 * Beside `flagship.input`, `input` is that of all other models. Of a plan that sells the flagship's under the latter, or that shares what is included between both, a
 * metric for each would count something twice or not at all.
 */
const requireCountedOnce = (plan: Plan, place: number, inputs: readonly BilledInput[]): void => {
  for (const { name } of inputs) {
    const general = modelless(name);
    if (general === name || !inputs.some((input) => input.name === general)) continue;
    const model = name.slice(0, name.indexOf('.'));
    if (plan.models?.includes(model) === false) continue;
    for (const field of ['prices', 'included'] as const) {
      if (!(plan[field][general]! > 0) || Object.hasOwn(plan[field], name)) continue;
      // A price may be that of both.
      if (field === 'prices' && Object.hasOwn(plan.included, name)) continue;
      throw refused(
        plan.name,
        `expected ${name} beside ${general}, as use of ${model} is counted apart in this menu, got ${general} alone`,
        ['plans', place, field],
      );
    }
  }
};
