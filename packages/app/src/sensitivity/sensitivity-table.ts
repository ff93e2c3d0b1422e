import type { Cell, MenuTable } from '../menu-table.ts';
import type { Outcome, SensitivityResult } from './sensitivity-result.ts';

type Column = readonly [string, (outcome: Outcome) => Cell];

/** The parameters as a table, one row each, the one that matters most first; null where a number could not be moved. */
export const sensitivityTable = ({ parameters, objective, capacity = {} }: SensitivityResult): MenuTable => {
  const columns: readonly Column[] = [
    ['value', ({ value }) => value],
    ['profit', ({ profit }) => profit],
    ...(objective === undefined ? [] : [['objective', (own) => own.objective ?? null] as Column]),
    ['change', ({ change }) => change],
    ['served', ({ served }) => served],
    ['reoptimized', ({ reoptimized }) => reoptimized],
    ['regret', ({ regret }) => regret],
    ...Object.keys(capacity).flatMap((name): Column[] => [
      [`use of ${name}`, ({ used }) => used?.[name] ?? null],
      [`capacity of ${name}`, (own) => own.capacity?.[name] ?? null],
    ]),
  ];
  return {
    columns: [
      'parameter',
      'field',
      'group',
      'value',
      ...(['down', 'up'] as const).flatMap((side) => columns.map(([name]) => `${side} ${name}`)),
      'swing',
      'largest regret',
    ],
    rows: parameters.map(({ name, field, group, value, down, up, swing, largestRegret }) => [
      name,
      field,
      group,
      value,
      ...[down, up].flatMap((side) => columns.map(([, of]) => (side === null ? null : of(side)))),
      swing,
      largestRegret,
    ]),
  };
};
