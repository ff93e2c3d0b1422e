/** What a study's units of money and of inputs stand for, so that prices can be told in the seller's own. */
export interface Units {
  /** Stands before amounts of money, as in `$ per month`. */
  readonly currency: string;
  /** How much of the currency a unit of the study's money is. */
  readonly money: number;
  /** What amounts are for; undefined where the study does not say. */
  readonly period: string | undefined;
  readonly inputs: Readonly<Record<string, InputUnit>>;
}

export interface InputUnit {
  /** `tokens` */
  readonly unit: string;
  /** How many of them a unit of the study's input is. */
  readonly per: number;
  /** How many of them prices and amounts are quoted for. */
  readonly quote: number;
}

/** By name; inputs of a choice of models are named `model.input`, and have the unit of the input. */
const unitOf = (units: Units | undefined, input: string): InputUnit | undefined => {
  if (units === undefined) return undefined;
  const name = Object.hasOwn(units.inputs, input) ? input : input.slice(input.lastIndexOf('.') + 1);
  return Object.hasOwn(units.inputs, name) ? units.inputs[name] : undefined;
};

/** An amount of the study's money in the currency. */
export const quotedMoney = (units: Units | undefined, amount: number): number => amount * (units?.money ?? 1);

/** A price of the study, for a unit of the input, as one for as many tokens as prices are quoted for. */
export const quotedPrice = (units: Units | undefined, input: string, price: number): number => {
  const { per, quote } = unitOf(units, input) ?? { per: 1, quote: 1 };
  return (price * (units?.money ?? 1) * quote) / per;
};

/** An amount of an input in the multiples that prices are quoted for. */
export const quotedAmount = (units: Units | undefined, input: string, amount: number): number => {
  const { per, quote } = unitOf(units, input) ?? { per: 1, quote: 1 };
  return (amount * per) / quote;
};

/** `1M`, `1K`, `250`. */
const roundNumber = (x: number): string => {
  for (const [size, letter] of [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ] as const) {
    if (x >= size && Number.isInteger((10 * x) / size)) return `${x / size}${letter}`;
  }
  return String(x);
};

/** What a unit of the study stands for: `money in $ per month; input in 1M tokens`. */
export const unitWords = ({ currency, money, period, inputs }: Units): string => {
  const amount = money === 1 ? '' : `${roundNumber(money)} `;
  const paid = `${amount}${currency}${period === undefined ? '' : ` per ${period}`}`.trim();
  const made = Object.entries(inputs).map(
    ([name, { unit, per }]) => `${name} in ${per === 1 ? '' : `${roundNumber(per)} `}${unit}`,
  );
  return [...(paid === '' ? [] : [`money in ${paid}`]), ...made].join('; ');
};

/** What amounts are quoted in: `money in $ per month; input in 1M tokens`. */
export const quotedWords = (units: Units): string => {
  const paid = moneyUnit(units);
  const made = Object.keys(units.inputs).map((name) => `${name} in ${amountUnit(units, name)}`);
  return [...(paid === '' ? [] : [`money in ${paid}`]), ...made].join('; ');
};

/** What a number is, with its unit where there is one: `profit, $ per month`. */
export const withUnit = (label: string, unit: string): string => (unit === '' ? label : `${label}, ${unit}`);

/** `$ per month`; empty where the study says nothing of money. */
export const moneyUnit = (units: Units | undefined): string => {
  if (units === undefined) return '';
  const { currency, period } = units;
  return [currency, period === undefined ? '' : `per ${period}`].filter((word) => word !== '').join(' ');
};

/** As an axis names it: `$ per month`, or `money` where the study says nothing of it. */
export const moneyTitle = (units: Units | undefined): string => moneyUnit(units) || 'money';

/** ` Amounts are in $ per month.`; nothing where the study says nothing of money. */
export const moneySentence = (units: Units | undefined): string => {
  const unit = moneyUnit(units);
  return unit === '' ? '' : ` Amounts are in ${unit}.`;
};

/** `1M tokens`; empty where the study says nothing of the input. */
export const amountUnit = (units: Units | undefined, input: string): string => {
  const own = unitOf(units, input);
  return own === undefined ? '' : own.quote === 1 ? own.unit : `${roundNumber(own.quote)} ${own.unit}`;
};

/** `$ per 1M input tokens`; empty where the study says nothing of either. */
export const priceUnit = (units: Units | undefined, input: string): string => {
  const own = unitOf(units, input);
  if (own === undefined) return units?.currency ?? '';
  // An input that is called what it is counted in is named once.
  const what = input === own.unit ? input : `${input} ${own.unit}`;
  return `${units?.currency ?? ''} per ${roundNumber(own.quote)} ${what}`.trim();
};
