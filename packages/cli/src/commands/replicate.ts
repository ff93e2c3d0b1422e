import { formatError, formatNumber, provenanceOf, solveStudy } from '@menusmith/app';
import type { ReplicationRow } from '@menusmith/replication';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { writeJson } from '../write-json.ts';

/** `menusmith replicate`: 0 where every number is accounted for, 1 where a computed one is off. */
export const replicateCommand = async (
  options: CommonOptions & { readonly errata?: boolean },
  output: Output,
): Promise<ExitCode> => {
  const replication = await import('@menusmith/replication');
  const registry = await registryFor(options);
  const clock = () => performance.now() / 1000;
  const rows = replication.replicate((ρ, c, contract) =>
    solveStudy(replication.uniformSymmetricStudy(ρ, c, contract, registry), { clock }),
  );
  if (options.json) await writeJson(output.stdout, { rows, provenance: provenanceOf({ registry }) });
  else output.stdout.write(options.errata ? replication.errataDocument(rows) : replicationReport(rows));
  return rows.every(({ verdict }) => accounted.includes(verdict)) ? 0 : 1;
};

const accounted: readonly ReplicationRow['verdict'][] = [
  'right as printed',
  'misprint, corrected',
  'false, corrected',
  'not printed',
  'no number',
];

/** Every statement under its place in the paper, one line a point, at most eighty columns wide. */
const replicationReport = (rows: readonly ReplicationRow[]): string => {
  const lines: string[] = [];
  let before: ReplicationRow | undefined;
  for (const row of rows) {
    if (section(row) !== (before && section(before))) {
      lines.push(...heading(row));
      before = undefined;
    }
    if (before?.id !== row.id) lines.push(...statementLines(row, before?.setting.name ?? null));
    if (row.verdict !== 'no number') lines.push(pointLine(row));
    before = row;
  }
  return `${lines.join('\n')}\n\n${summary(rows)}`;
};

const widths = [20, 12, 12, 12, 12, 9];
const columns = ['', 'printed', 'corrected', 'closed form', 'numeric', 'error'];

/** What differs from nought by rounding alone is shown by its size. */
const number = (x: number | null): string =>
  x !== null && Math.abs(x) < 1e-9 ? formatError(x) : formatNumber(x);

const pointLine = (row: ReplicationRow): string => {
  const related = (relation: string, x: number | null): string =>
    x === null || relation === '=' ? number(x) : `${relation} ${number(x)}`;
  return [
    row.at,
    related(row.printedRelation, row.printed),
    related(row.correctedRelation, row.corrected),
    number(row.closedForm),
    number(row.numeric),
    formatError(row.error),
  ]
    .map((text, k) => (k === 0 ? `    ${text} `.padEnd(widths[0]!) : text.padStart(widths[k]!)))
    .join('');
};

const section = ({ place, contract, setting }: ReplicationRow): string =>
  setting.ρ === null || setting.c === null
    ? place
    : `${place}: ${contract}, ρ = ${fraction(setting.ρ)}, c = ${fraction(setting.c)}`;

const heading = (row: ReplicationRow): string[] => [
  '',
  section(row),
  columns.map((name, k) => (k === 0 ? name.padEnd(widths[0]!) : name.padStart(widths[k]!))).join(''),
  '─'.repeat(widths.reduce((sum, width) => sum + width, 0)),
];

/** What the number is, with its equation, and the verdict where it is not plainly right; what the paper says; and where it is evaluated. */
const statementLines = (row: ReplicationRow, settingBefore: string | null): string[] => {
  const { quantity, verdict, erratum, statement, setting } = row;
  const remark = verdict === 'right as printed' ? '' : erratum ? `${verdict} (${erratum})` : verdict;
  const named = setting.ρ === null ? `${row.covers.join(', ')}  ${quantity}` : quantity;
  const first =
    remark === ''
      ? [`  ${named}`]
      : named.length <= 42
        ? [`  ${named.padEnd(42)}  ${remark}`]
        : [`  ${named}`, `${' '.repeat(46)}${remark}`];
  const evaluated = setting.name !== null && setting.name !== settingBefore ? `[${setting.name}]` : '';
  return [
    ...first.flatMap((line) => folded(line, 2)),
    ...folded(statement ?? '', 6),
    ...folded(evaluated, 6),
  ];
};

/** Lines of at most 78 columns, the first with its own indent. */
const folded = (text: string, indent: number): string[] => {
  if (text === '') return [];
  if (text.length <= 78 && text.startsWith(' ')) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > 78) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => `${' '.repeat(indent)}${one}`);
};

const fraction = (x: number): string => `1/${formatNumber(1 / x)}`;

const summary = (rows: readonly ReplicationRow[]): string => {
  const formulas = new Map(rows.map((row) => [`${row.id} ${row.setting.ρ} ${row.setting.c}`, row]));
  const counts = new Map<ReplicationRow['verdict'], number>();
  for (const { verdict } of formulas.values()) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const exact = rows.filter(({ correctedDecimals }) => correctedDecimals === null);
  const worst = Math.max(...exact.map(({ error }) => error ?? 0));
  return [
    `${formulas.size} formulas and claims at ${rows.length} points, by place and setting:`,
    ...[...new Set([...accounted, ...counts.keys()])]
      .filter((verdict) => counts.has(verdict))
      .map((verdict) => `  ${String(counts.get(verdict)).padStart(4)}  ${verdict}`),
    `Largest error of the numeric solution: ${formatError(worst)}`,
    '(absolute up to size 1, relative above; the closed form stands for the truth;',
    'without the numbers that are given to a few decimals, or found by differences).',
    '',
  ].join('\n');
};
