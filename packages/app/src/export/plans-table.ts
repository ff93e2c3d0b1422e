import type { MenuTable } from '../menu-table.ts';
import type { Menu } from '../plans/menu-file.ts';
import { currencyNamed } from './currency.ts';
import { decimalOf, decimalText } from './decimal.ts';
import { periodNamed } from './period.ts';

/** A menu for people and spreadsheets, a row a plan, in the menu's units; of an input that a plan has no price for nothing can be bought beyond what is included. */
export const plansTable = ({ currency, period, plans }: Menu, per: number): MenuTable => {
  const inputs = [
    ...new Set(plans.flatMap(({ included, prices }) => [...Object.keys(included), ...Object.keys(prices)])),
  ];
  const amount = (x: number | undefined): string => (x === undefined ? '' : decimalText(decimalOf(x)));
  const of = (amounts: Readonly<Record<string, number>>, name: string): number | undefined =>
    Object.hasOwn(amounts, name) ? amounts[name] : undefined;
  const [code, name] = [
    currency === undefined ? '' : currencyNamed(currency).code,
    period === undefined ? '' : periodNamed(period).name,
  ];
  return {
    columns: [
      'plan',
      'currency',
      'period',
      'fee',
      'commitment',
      ...inputs.flatMap((input) => [`${input} included`, `${input} price`]),
      'tokens to a unit',
      'task cap',
      'models',
    ],
    rows: plans.map((plan) => [
      plan.name,
      code,
      name,
      amount(plan.fee),
      amount(plan.commitment),
      ...inputs.flatMap((input) => [amount(of(plan.included, input)), amount(of(plan.prices, input))]),
      amount(per),
      amount(plan.taskCap ?? undefined),
      plan.models?.join('; ') ?? '',
    ]),
  };
};
