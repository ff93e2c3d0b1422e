import { menuCsv } from '../menu-table.ts';
import { escapeLatex } from '../report/latex-text.ts';
import { formatAlignedPercent, formatNumber, numberFormula } from '../report/numbers.ts';
import type { SheetCell, SheetColumn, TierSheet } from './tier-sheet.ts';

/** Price sheets as CSV (RFC 4180): a row a tier, numbers in full precision; where there are several menus, their numbers of tiers first. */
export const tierSheetsCsv = (sheets: readonly TierSheet[]): string => {
  const columns = [
    ...new Map(sheets.flatMap((sheet) => sheet.columns).map((each) => [each.label, each])).values(),
  ];
  const isSeveral = sheets.length > 1;
  const head = [...(isSeveral ? ['tiers'] : []), ...columns.map(columnTitle)];
  const rows = sheets.flatMap((sheet) => {
    const places = columns.map(({ label }) => sheet.columns.findIndex((own) => own.label === label));
    return sheet.rows.map((row) => [
      ...(isSeveral ? [sheet.count] : []),
      ...places.map((k) => (k < 0 ? null : row[k]!)),
    ]);
  });
  return menuCsv({ columns: head, rows });
};

/** Price sheets as Markdown: a table a menu, with a column a tier. */
export const tierSheetsMarkdown = (sheets: readonly TierSheet[]): string =>
  sheets
    .map((sheet) => {
      const { names, lines } = transposed(sheet);
      const row = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
      const rule = `| --- |${names.map(() => ' ---: |').join('')}`;
      return [
        `**${escapeMarkdown(title(sheet))}**`,
        '',
        row(['', ...names]),
        rule,
        ...lines.map(row),
        '',
      ].join('\n');
    })
    .join('\n');

/** Price sheets as LaTeX tables with rules of the package booktabs: a table a menu, with a column a tier. */
export const tierSheetsLatex = (sheets: readonly TierSheet[]): string => {
  const row = (cells: readonly string[]): string => `    ${cells.join(' & ')} \\\\`;
  const tables = sheets.map((sheet) => {
    const { names, lines } = transposed(sheet);
    return [
      '\\begin{table}[htbp]',
      '  \\centering\\small',
      `  \\caption{${escapeLatex(title(sheet))}}`,
      `  \\begin{tabular}{l${names.map(() => 'r').join('')}}`,
      '    \\toprule',
      row(['', ...names.map(escapeLatex)]),
      '    \\midrule',
      ...lines.map(([label = '', ...cells]) => row([escapeLatex(label), ...cells.map(cellLatex)])),
      '    \\bottomrule',
      '  \\end{tabular}',
      '\\end{table}',
      '',
    ].join('\n');
  });
  return [
    '% Needs \\usepackage{booktabs}.',
    '\\providecommand{\\menusmithUnicode}[1]{\\ifdefined\\Umathcode #1\\else ?\\fi}',
    ...tables,
  ].join('\n');
};

/** The sheet with a line a quantity and a column a tier, numbers in six digits. */
export const transposed = ({
  columns,
  rows,
}: TierSheet): { readonly names: readonly string[]; readonly lines: readonly (readonly string[])[] } => ({
  names: rows.map(([first], k) => (typeof first === 'string' ? shortName(first) : `tier ${k + 1}`)),
  lines: columns.flatMap((column, k) =>
    column.label === 'tier' ? [] : [[lineTitle(column), ...rows.map((row) => cellText(row[k]!, column))]],
  ),
});

/** Names of plans stand over columns. */
const NAME = 18;
const shortName = (name: string): string => (name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name);

const kinds = {
  bundle: 'bundles',
  'two-part-tariff': 'two-part tariffs',
  'three-part-tariff': 'three-part tariffs',
  commitment: 'commitments',
} as const;

const title = ({ name, count, kind, share, objective }: TierSheet): string => {
  const what = `${count} tier${count === 1 ? '' : 's'}, ${kinds[kind]}`;
  const kept =
    share === null
      ? ''
      : `; ${formatAlignedPercent(share)} of the full menu’s ${objective === undefined ? 'profit' : 'objective'}`;
  return `${name}: ${what}${kept}`;
};

/** `price ($ per month)` */
const columnTitle = ({ label, unit }: SheetColumn): string => (unit === '' ? label : `${label} (${unit})`);

/** `price, $ per 1M input tokens`: a unit that names the input stands for the label. */
const lineTitle = ({ label, unit }: SheetColumn): string => {
  const [, implied = '', input] = /^(implied )?price of (.+)$/.exec(label) ?? [];
  if (input !== undefined && unit.split(' ').includes(input)) return `${implied}price, ${unit}`;
  return unit === '' ? label : `${label}, ${unit}`;
};

const cellText = (cell: SheetCell, { isShare }: SheetColumn): string => {
  if (typeof cell !== 'number') return cell ?? '–';
  return isShare ? formatAlignedPercent(cell) : formatNumber(cell);
};

/** A number of which LaTeX would set the minus as a hyphen, or 1e-7 as a product. */
const cellLatex = (text: string): string =>
  /^−?(?:[\d,]+(?:\.\d+)?(?:e-?\d+)?|∞)$|^≈ 0$/.test(text) ? numberFormula(text) : escapeLatex(text);

/** Nothing of a text is taken for markup. */
const escapeMarkdown = (text: string): string => text.replace(/[\\|*_`<>[\]$]/g, '\\$&');
