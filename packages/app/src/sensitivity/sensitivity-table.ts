import type { MenuTable } from '../menu-table.ts';
import type { SensitivityResult } from './sensitivity-result.ts';

/** The parameters as a table, one row each, the one that matters most first; null where a number could not be moved. */
export const sensitivityTable = ({ parameters }: SensitivityResult): MenuTable => ({
  columns: [
    'parameter',
    'field',
    'group',
    'value',
    ...(['down', 'up'] as const).flatMap((side) =>
      ['value', 'profit', 'change', 'served', 'reoptimized', 'regret'].map((name) => `${side} ${name}`),
    ),
    'swing',
    'largest regret',
  ],
  rows: parameters.map(({ name, field, group, value, down, up, swing, largestRegret }) => [
    name,
    field,
    group,
    value,
    ...[down, up].flatMap((side) => [
      side?.value ?? null,
      side?.profit ?? null,
      side?.change ?? null,
      side?.served ?? null,
      side?.reoptimized ?? null,
      side?.regret ?? null,
    ]),
    swing,
    largestRegret,
  ]),
});
