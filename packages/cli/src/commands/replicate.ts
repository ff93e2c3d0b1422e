import type { ReplicationRow } from '@menusmith/app';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { jsonText, registryFor } from '../command-context.ts';
import { formatNumber, formatSize } from '../format.ts';

/** `menusmith replicate`: 0 where every number is accounted for, 1 where a computed one is off. */
export const replicateCommand = async (options: CommonOptions, output: Output): Promise<ExitCode> => {
  const app = await import('@menusmith/app');
  const registry = await registryFor(options);
  const clock = () => performance.now() / 1000;
  const rows = app.replicate((ρ, c, contract) =>
    app.solveStudy(app.uniformSymmetricStudy(ρ, c, contract, registry), { clock }),
  );
  output.stdout.write(options.json === true ? jsonText({ rows }) : replicationReport(rows));
  return rows.every(({ verdict }) => accounted.includes(verdict)) ? 0 : 1;
};

const accounted: readonly ReplicationRow['verdict'][] = [
  'right as printed',
  'misprint, corrected',
  'not printed',
];

/** Every formula under its place in the paper, one line a point, at most eighty columns wide. */
const replicationReport = (rows: readonly ReplicationRow[]): string => {
  const lines: string[] = [];
  let before: ReplicationRow | undefined;
  for (const row of rows) {
    if (section(row) !== (before && section(before))) lines.push(...heading(row));
    if (before?.id !== row.id) lines.push(formulaLine(row));
    lines.push(cells([row.at, row.printed, row.corrected, row.closedForm, row.numeric], row.error));
    before = row;
  }
  return `${lines.join('\n')}\n\n${summary(rows)}`;
};

const widths = [20, 12, 12, 12, 12, 9];
const columns = ['', 'printed', 'corrected', 'closed form', 'numeric', 'error'];

const cells = (values: readonly (string | number | null)[], error: number | null): string =>
  [...values, formatSize(error)]
    .map((value, k) => {
      const text = typeof value === 'string' ? value : formatNumber(value);
      return k === 0 ? `    ${text}`.padEnd(widths[0]!) : text.padStart(widths[k]!);
    })
    .join('');

const section = ({ place, contract, setting }: ReplicationRow): string =>
  `${place}: ${contract}, ρ = ${fraction(setting.ρ)}, c = ${fraction(setting.c)}`;

const heading = (row: ReplicationRow): string[] => [
  '',
  section(row),
  columns.map((name, k) => (k === 0 ? name.padEnd(widths[0]!) : name.padStart(widths[k]!))).join(''),
  '─'.repeat(widths.reduce((sum, width) => sum + width, 0)),
];

const formulaLine = ({ quantity, verdict, erratum }: ReplicationRow): string => {
  const remark = verdict === 'right as printed' ? '' : erratum ? `${verdict} (${erratum})` : verdict;
  return remark === '' ? `  ${quantity}` : `  ${quantity.padEnd(42)}  ${remark}`;
};

const fraction = (x: number): string => `1/${formatNumber(1 / x)}`;

const summary = (rows: readonly ReplicationRow[]): string => {
  const formulas = new Map(rows.map((row) => [`${row.id} ${row.setting.ρ} ${row.setting.c}`, row]));
  const counts = new Map<string, number>();
  for (const { verdict } of formulas.values()) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const worst = Math.max(...rows.map(({ error }) => error ?? 0));
  return [
    `${formulas.size} formulas at ${rows.length} points, by place and setting:`,
    ...[...counts].map(([verdict, count]) => `  ${String(count).padStart(4)}  ${verdict}`),
    `Largest error of the numeric solution: ${formatSize(worst)}`,
    '(absolute up to size 1, relative above; the closed form stands for the truth).',
    '',
  ].join('\n');
};
