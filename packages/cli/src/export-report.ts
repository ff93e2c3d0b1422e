import type { ExportResult, ExportTarget } from '@menusmith/app';
import { paragraph } from './paragraph.ts';
import { textTable } from './text-table.ts';

const systems: Readonly<Record<ExportTarget, string>> = {
  lago: 'Lago',
  stripe: 'Stripe',
  openmeter: 'OpenMeter',
  csv: 'a table',
};

/** What an export has written, in the order in which it is sent. */
export const exportReport = ({ files, notes }: ExportResult, to: ExportTarget, out: string): string => {
  const count = `${files.length} file${files.length === 1 ? '' : 's'}`;
  const order = to === 'csv' ? '' : ', to be sent in this order';
  const table = textTable({
    rows: files.map(({ name, call }) => [name, ...(call === null ? [] : [`${call.method} ${call.path}`])]),
  });
  const blocks = [`${systems[to]}: ${count} in ${out}${order}\n`, table, ...notes.map(paragraph)];
  return blocks.join('\n');
};
