import type { Cell, MenuTable } from '../menu-table.ts';
import type { ObjectiveResult, Result } from '../result.ts';
import {
  amountUnit,
  moneyUnit,
  priceUnit,
  quotedAmount,
  quotedMoney,
  quotedPrice,
  type Units,
  withUnit,
} from '../study/units.ts';
import { moneyFields } from './money-fields.ts';
import { formatNumber } from './numbers.ts';

/** Fields that hold an amount, or a price, by input. */
const AMOUNTS: ReadonlySet<string> = new Set(['inputs', 'perTask', 'capacity', 'used']);
const PRICES: ReadonlySet<string> = new Set(['prices', 'shadowPrices']);
/** Weights beside their value. */
const OBJECTIVE = 'objective';
/** Their margins are slopes and shares, and not money. */
const CONDITIONS = 'conditions';
/** Of the largest amount at hand; below, an amount is the rounding of others. */
const ROUNDING = 1e-13;

/**
 * Results, quotes and menus with money, amounts and prices in the units in which the study quotes them, for people: JSON and CSV keep the study's own. Types and
 * virtual values stay as they are, as buyers are asked for by them. An amount that is rounding beside `size`, in the study's money, is 0.
 */
export const quoted = <T>(data: T, units: Units | undefined, size = 0): T => {
  const money = (amount: number): number =>
    Math.abs(amount) <= ROUNDING * size ? 0 : quotedMoney(units, amount);
  const each = (record: unknown, told: (name: string, amount: number) => number): unknown =>
    Object.fromEntries(
      Object.entries(record as object).map(([name, amount]) => [
        name,
        Array.isArray(amount)
          ? amount.map((one) => told(name, one))
          : typeof amount === 'number'
            ? told(name, amount)
            : amount,
      ]),
    );
  const visit = (value: unknown, key: string): unknown => {
    if (typeof value === 'number') return moneyFields.has(key) ? money(value) : value;
    if (typeof value !== 'object' || value === null || key === CONDITIONS) return value;
    if (AMOUNTS.has(key)) return each(value, (name, amount) => quotedAmount(units, name, amount));
    if (key === OBJECTIVE) return { ...value, value: visit((value as ObjectiveResult).value, key) };
    if (PRICES.has(key)) return each(value, (name, price) => quotedPrice(units, name, price));
    if (Array.isArray(value))
      return typeof value[0] === 'object' ? value.map((one) => visit(one, key)) : value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, visit(member, name)]));
  };
  return visit(data, '') as T;
};

/** A quoted amount of money in a sentence: `$1,234.5`, `EUR 1,234.5`. */
export const formatMoney = (
  amount: number | null | undefined,
  units: Units | undefined,
  digits = 6,
): string => {
  const text = formatNumber(amount, digits);
  const currency = units?.currency ?? '';
  if (currency === '' || text === '–') return text;
  const [, sign = '', size = ''] = /^(−?)(.*)$/.exec(text)!;
  return `${sign}${currency}${/\p{L}$/u.test(currency) ? ' ' : ''}${size}`;
};

/** What a column of a menu is, in words and with its unit. */
export const columnWords = (column: string, units: Units | undefined): string => {
  const [, kind, input = ''] = /^(total|price) (.*)$/s.exec(column) ?? [];
  if (kind === 'total') return withUnit(column, amountUnit(units, input));
  if (kind === 'price') return withUnit(column, priceUnit(units, input));
  return withUnit(words[column] ?? column, moneyFields.has(column) ? moneyUnit(units) : '');
};

const words: Readonly<Record<string, string>> = {
  virtualValue: 'virtual value φ',
  ironedVirtualValue: 'ironed φ̄',
  taskCap: 'task cap',
  spendingCap: 'spending cap',
  theta: 'type θ',
  thetaHat: 'θ̂, from which shared inputs are used',
  upfront: 'upfront fee',
};

/** The largest amount of money in a result: what is rounding beside it is nothing. */
export const moneyOf = ({ revenue, cost, welfare, efficientWelfare }: Result): number =>
  [revenue, cost, welfare, efficientWelfare].reduce<number>((most, x) => Math.max(most, Math.abs(x ?? 0)), 0);

/** A result as people read it. */
export const quotedResult = (result: Result, units: Units | undefined): Result =>
  quoted(result, units, moneyOf(result));

/** A menu as people read it: its columns are those of `menuTable`. */
export const quotedMenu = (menu: MenuTable, units: Units | undefined): MenuTable => {
  const { columns, rows } = menu;
  const size = Math.max(
    0,
    ...rows.map((row) => Math.abs(Number(row[columns.indexOf('transfer')] ?? 0)) || 0),
  );
  const tell = columns.map((column): ((x: number) => number) => {
    const [, kind, input = ''] = /^(total|price) (.*)$/s.exec(column) ?? [];
    if (kind === 'total') return (x) => quotedAmount(units, input, x);
    if (kind === 'price') return (x) => quotedPrice(units, input, x);
    if (!moneyFields.has(column)) return (x) => x;
    return (x) => (Math.abs(x) <= ROUNDING * size ? 0 : quotedMoney(units, x));
  });
  return {
    ...menu,
    rows: rows.map((row) => row.map((cell, k): Cell => (typeof cell === 'number' ? tell[k]!(cell) : cell))),
  };
};
