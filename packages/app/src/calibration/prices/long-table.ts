import { cellStyle, numberOf } from '../../sheet/delimited-text.ts';
import { columnIndex, complaint, csvTable } from '../../study/csv-table.ts';
import { shortened } from '../../study/describe-value.ts';

interface LongRow {
  readonly line: number;
  readonly model: string;
  readonly input: string;
  /** By column; undefined for columns that the table does not have. */
  readonly cells: Readonly<Record<string, string | undefined>>;
  /** The number in a column, `$2.50` or `2.50`; throws InputError for any other text. */
  amount(column: string): number;
}

/** A CSV with one row a model and input, in columns of these names; other columns are named in a note. */
export const longTable = (
  text: string,
  file: string,
  { columns, optional = [] }: { readonly columns: readonly string[]; readonly optional?: readonly string[] },
): { readonly rows: readonly LongRow[]; readonly notes: readonly string[] } => {
  // Comments become empty lines, which a table skips: lines keep their numbers.
  const bare = text.replace(/^[ \t]*#[^\r\n]*/gm, '');
  const style = cellStyle(bare);
  const read = csvTable(bare, file, style.delimiter);
  const table = { ...read, columns: read.columns.map((name) => name.toLowerCase()) };
  const places = columns.map(
    (name) =>
      [
        name,
        optional.includes(name) && !table.columns.includes(name) ? undefined : columnIndex(table, name),
      ] as const,
  );
  const others = read.columns.filter((_, k) => !places.some(([, place]) => place === k));
  const rows = table.rows.map(({ line, cells }): LongRow => {
    const own = Object.fromEntries(places.map(([name, k]) => [name, k === undefined ? undefined : cells[k]]));
    for (const name of ['model', 'input'])
      if (own[name] === '') throw complaint(file, line, `${name}: expected a name, got nothing`);
    const amount = (column: string): number => {
      const cell = own[column]!;
      const number = numberOf(cell.replace(/^\s*[$€£¥]\s*/, ''), style.decimalMark);
      if (Number.isFinite(number)) return number;
      const came = cell === '' ? 'nothing' : `the text "${shortened(cell)}"`;
      throw complaint(file, line, `${column}: expected a number, got ${came}`);
    };
    // A log's column input_tokens is the input `input`.
    const input = (own.input ?? '').replace(/_tokens$/, '');
    return { line, model: own.model ?? '', input, cells: own, amount };
  });
  const notes =
    others.length === 0 ? [] : [`${file}: columns left aside: ${others.map(shortened).join(', ')}.`];
  return { rows, notes };
};
