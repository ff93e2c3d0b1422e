import type { MenuTable } from '../menu-table.ts';
import type { Evaluation } from './evaluate-menu.ts';

/** The plans of both menus as a table, one row each, amounts in the study's units: `plans.csv`. */
export const plansTable = ({ plans, against }: Evaluation): MenuTable => {
  const menus = [
    ...plans.map((plan) => ({ menu: 'this', ...plan })),
    ...(against?.plans ?? []).map((plan) => ({ menu: 'other', ...plan })),
  ];
  const inputs = [...new Set(menus.flatMap((plan) => Object.keys(plan.inputs)))];
  return {
    columns: [
      ...['menu', 'name', 'share', 'profit', 'revenue', 'cost', 'consumerSurplus'],
      ...inputs.map((name) => `total ${name}`),
    ],
    rows: menus.map((plan) => [
      ...[plan.menu, plan.name, plan.share, plan.profit, plan.revenue, plan.cost, plan.consumerSurplus],
      ...inputs.map((name) => plan.inputs[name] ?? null),
    ]),
  };
};
