import {
  csvRows,
  markedText,
  menuCsv,
  type Provenance,
  type SweepRow,
  type SweptTable,
} from '@menusmith/app';
import { pictureFiles } from '../report-files.ts';
import { SWEEP_RECORD, type SweepRecord } from './sweep-directory.ts';

/** How a sweep's table is written. */
export type SweepFormat = 'csv' | 'parquet';

/** Tables of an earlier gathering, which go where this one does not write them; the record stands last, where all is there. */
export const SWEEP_FILES = [
  'sweep.csv',
  'sweep.parquet',
  ...pictureFiles('sweep-profit'),
  SWEEP_RECORD,
] as const;

export const tableFile = (format: SweepFormat): string => `sweep.${format}`;

/** The rows as a file. The same rows have the same bytes, wherever they were solved. */
export const tableContent = async (
  format: SweepFormat,
  { columns, rows }: Pick<SweptTable, 'columns' | 'rows'>,
  { provenance }: SweepRecord,
): Promise<string | Uint8Array> =>
  format === 'csv' ? csv(columns, rows, provenance) : parquet(columns, rows, provenance);

/** Rows to a piece: a million of them may be longer than a string can be. */
const PIECE = 10_000;

const csv = (columns: readonly string[], rows: readonly SweepRow[], provenance: Provenance): Uint8Array => {
  const pieces = [Buffer.from(markedText('sweep.csv', menuCsv({ columns, rows: [] }), provenance))];
  for (let from = 0; from < rows.length; from += PIECE)
    pieces.push(Buffer.from(csvRows(rows.slice(from, from + PIECE))));
  return Buffer.concat(pieces);
};

/** Numbers as DOUBLE, everything else as STRING; null where there is none. */
const parquet = async (
  columns: readonly string[],
  rows: readonly SweepRow[],
  provenance: Provenance,
): Promise<Uint8Array> => {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const columnData = columns.map((name, k) => {
    const cells = rows.map((row) => row[k] ?? null);
    const isNumber = !TEXTS.has(name) && cells.every((cell) => cell === null || typeof cell === 'number');
    return {
      name,
      data: isNumber ? cells : cells.map((cell) => (cell === null ? null : String(cell))),
      type: isNumber ? ('DOUBLE' as const) : ('STRING' as const),
      nullable: true,
    };
  });
  const kvMetadata = [{ key: 'provenance', value: JSON.stringify(provenance) }];
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata }));
};

/** Texts even where no row has any. */
const TEXTS: ReadonlySet<string> = new Set(['status', 'error']);
