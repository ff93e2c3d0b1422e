import type { Cell } from '../menu-table.ts';
import { colours, type Picture, panel, pictureOf, type Row, ramp } from '../pictures/picture.ts';
import { moneyFields } from '../report/money-fields.ts';
import { formatNumber } from '../report/numbers.ts';
import { fieldName } from '../study/field-name.ts';
import type { StudyData } from '../study/study-schema.ts';
import { fieldPath } from '../study/study-settings.ts';
import { moneyUnit, type Units, withUnit } from '../study/units.ts';

/** Rows of a sweep, as far as a picture takes them. */
export interface SweptTable {
  /** What the study is called. */
  readonly name: string;
  readonly data: StudyData;
  readonly units?: Units | undefined;
  readonly columns: readonly string[];
  /** How many of the columns are varied fields. */
  readonly varied: number;
  readonly rows: readonly (readonly Cell[])[];
}

/** More values of the second field than this are a map, and not lines. */
const MOST_LINES = 6;
/** Columns asked for beyond these get no picture. */
const MOST_PICTURES = 12;
/** On lines of more points none is marked. */
const MOST_MARKS = 60;
/** Points of one picture: of more values only some are drawn, as whoever draws holds a kilobyte or more for each. */
const MOST_POINTS = 20_000;
/** Cells of a map are so many pixels wide at least. */
const LEAST_CELL = 3;

/** A field with what it is called, and the column that it is. */
interface Varied {
  readonly column: number;
  readonly title: string;
  readonly values: readonly Cell[];
  readonly isNumber: boolean;
  /** `every 4th of 1,000 values of cost`, where not all are drawn. */
  readonly left?: string;
}

/**
 * Pictures of a sweep over one or two fields: one of profit, and one of each column of numbers that was asked for. One field is a line; a second one with few
 * values its series, with many a map. None for more fields, or where nothing was solved.
 */
export const sweepPictures = (table: SweptTable): readonly Picture[] => {
  const fields = variedFields(table);
  if (fields.length < 1 || fields.length > 2) return [];
  const [across, other] = inOrder(thinned(fields));
  if (across === undefined) return [];
  return measures(table).map((measure) =>
    other?.isNumber === true && other.values.length > MOST_LINES
      ? mapPicture(table, measure, across, other)
      : linePicture(table, measure, across, other),
  );
};

/** What a varied field is called: `cost of input`. */
export const fieldTitle = (data: StudyData, path: string): string => fieldName(data, fieldPath(path)!);

/** Fields that take more than one value. */
const variedFields = ({ columns, varied, rows, data }: SweptTable): readonly Varied[] =>
  columns
    .slice(0, varied)
    .map((path, column): Varied => {
      const values = [...new Set(rows.map((row) => row[column]!))];
      return {
        column,
        title: fieldTitle(data, path),
        values,
        isNumber: values.every((value) => typeof value === 'number'),
      };
    })
    .filter(({ values }) => values.length > 1);

/** The fields with so few of their values that a picture can hold all points: of the one with more values more are left out. */
const thinned = (fields: readonly Varied[]): readonly Varied[] => {
  const strides = fields.map(() => 1);
  const counts = (): number[] => fields.map(({ values }, k) => Math.ceil(values.length / strides[k]!));
  while (counts().reduce((product, count) => product * count, 1) > MOST_POINTS) {
    const all = counts();
    strides[all.indexOf(Math.max(...all))]! += 1;
  }
  return fields.map((field, k) => {
    const stride = strides[k]!;
    if (stride === 1) return field;
    const values = field.values.filter((_, place) => place % stride === 0);
    const left = `one in ${stride} of ${formatNumber(field.values.length)} values of ${field.title} is drawn`;
    return { ...field, values, left };
  });
};

/** Numbers go along the axis; of two fields the first, if it is one. */
const inOrder = ([first, second]: readonly Varied[]): readonly [Varied?, Varied?] =>
  first === undefined ? [] : first.isNumber || second?.isNumber !== true ? [first, second] : [second, first];

/** Columns that are drawn: profit, and what was asked for where it is numbers. */
const measures = ({ columns, varied, rows }: SweptTable): readonly number[] => {
  const asked = columns.map((_, column) => column).slice(columns.indexOf('error', varied) + 1);
  return [columns.indexOf('profit', varied), ...asked]
    .filter((column) => rows.some((row) => typeof row[column] === 'number'))
    .slice(0, MOST_PICTURES);
};

interface Drawn {
  readonly name: string;
  readonly title: string;
  readonly axis: string;
  readonly scale: number;
}

const drawn = ({ columns, units }: SweptTable, measure: number): Drawn => {
  const column = columns[measure]!;
  const isMoney = moneyFields.has(column.split('@')[0]!.split('.').at(-1)!);
  const words = column.replace('@', ' at ').replaceAll(',', ', ');
  return {
    name: `sweep-${column.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()}`,
    title: words.slice(0, 1).toUpperCase() + words.slice(1),
    axis: isMoney ? withUnit(words, moneyUnit(units)) : words,
    scale: isMoney ? (units?.money ?? 1) : 1,
  };
};

/** Points of the measure; what was not solved has none. */
const points = (
  { columns, varied, rows }: SweptTable,
  measure: number,
  scale: number,
  fields: Readonly<Record<string, Varied | undefined>>,
): Row[] => {
  const status = columns.indexOf('status', varied);
  const drawnOnly = Object.values(fields).flatMap((field) =>
    field?.left === undefined ? [] : [[field.column, new Set(field.values)] as const],
  );
  return rows.flatMap((row): Row[] => {
    const value = row[measure];
    if (typeof value !== 'number') return [];
    if (!drawnOnly.every(([column, values]) => values.has(row[column]!))) return [];
    const named = Object.entries(fields).flatMap(([name, field]) =>
      field === undefined ? [] : [[name, row[field.column] as string | number] as const],
    );
    return [{ ...Object.fromEntries(named), y: scale * value, isCertified: row[status] === 'optimal' }];
  });
};

/** ` Of 1,000 values …`, for the end of a caption. */
const leftOut = (...fields: readonly (Varied | undefined)[]): string =>
  fields
    .flatMap((field) => field?.left ?? [])
    .map((words) => ` ${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`)
    .join('');

const axisOf = (field: string, { title, isNumber }: Varied): object => ({
  field,
  type: isNumber ? 'quantitative' : 'nominal',
  ...(isNumber ? { scale: { zero: false, nice: false } } : { sort: null }),
  axis: { title, grid: false, ...(isNumber ? { tickCount: 6 } : {}) },
});

const linePicture = (
  table: SweptTable,
  measure: number,
  across: Varied,
  series: Varied | undefined,
): Picture => {
  const { name, title, axis, scale } = drawn(table, measure);
  const rows = points(table, measure, scale, { x: across, series }).map((row) =>
    typeof row.series === 'number' ? { ...row, series: formatNumber(row.series) } : row,
  );
  const isMarked = across.values.length <= MOST_MARKS;
  const doubtful = rows.filter(({ isCertified }) => isCertified !== true);
  const colour =
    series === undefined
      ? { color: { value: colours.blue } }
      : {
          color: {
            field: 'series',
            type: 'nominal',
            sort: null,
            scale: { range: [...ramp, colours.vermillion, colours.orange] },
            legend: { title: series.title, titleOrient: 'left', symbolType: 'stroke', symbolStrokeWidth: 3 },
          },
        };
  const encoding = {
    x: axisOf('x', across),
    y: {
      field: 'y',
      type: 'quantitative',
      scale: { zero: false },
      axis: { title: axis, tickCount: 5 },
    },
    ...colour,
  };
  return pictureOf(
    {
      name,
      title: `${title} against ${across.title}`,
      caption: `${table.name}: ${axis} against ${across.title}${series === undefined ? '' : `, a line for each ${series.title}`}.${doubtful.length > 0 ? ' Rings: not certified.' : ''}${leftOut(across, series)}`,
    },
    { lines: rows, doubtful },
    {
      ...panel,
      title: { text: `${title} against ${across.title}`, subtitle: table.name },
      layer: [
        {
          data: { name: 'lines' },
          mark: {
            type: 'line',
            strokeWidth: 1.8,
            ...(isMarked ? { point: { size: 18 } } : {}),
          },
          encoding,
        },
        {
          data: { name: 'doubtful' },
          mark: { type: 'point', size: 60, filled: false, strokeWidth: 1.3 },
          encoding: { ...encoding, color: { value: colours.vermillion } },
        },
      ],
    },
  );
};

const mapPicture = (table: SweptTable, measure: number, across: Varied, up: Varied): Picture => {
  const { name, title, axis, scale } = drawn(table, measure);
  const rows = points(table, measure, scale, { x: across, z: up });
  const side = (count: number, pixels: number): number => Math.max(pixels, LEAST_CELL * count);
  const ordinal = (field: string, { title: words }: Varied, isUp: boolean): object => ({
    field,
    type: 'ordinal',
    sort: isUp ? 'descending' : 'ascending',
    axis: { title: words, labelOverlap: true, labelAngle: 0, format: '.4~g', domain: false, ticks: false },
    scale: { paddingInner: 0, paddingOuter: 0 },
  });
  const words = `${title} by ${across.title} and ${up.title}`;
  return pictureOf(
    {
      name,
      title: words,
      caption: `${table.name}: ${axis}; grey where nothing was solved${rows.some(({ isCertified }) => isCertified !== true) ? ', a dot where it is not certified' : ''}.${leftOut(across, up)}`,
    },
    { cells: rows, doubtful: rows.filter(({ isCertified }) => isCertified !== true) },
    {
      width: side(across.values.length, panel.width),
      height: side(up.values.length, panel.height),
      title: { text: words, subtitle: table.name },
      view: { stroke: null, fill: colours.absent },
      layer: [
        {
          data: { name: 'cells' },
          mark: { type: 'rect' },
          encoding: {
            x: ordinal('x', across, false),
            y: ordinal('z', up, true),
            color: {
              field: 'y',
              type: 'quantitative',
              scale: { scheme: 'viridis', zero: false },
              legend: { title: axis, orient: 'right', gradientLength: panel.height },
            },
          },
        },
        {
          data: { name: 'doubtful' },
          mark: { type: 'point', size: 10, filled: true, color: colours.black },
          encoding: { x: ordinal('x', across, false), y: ordinal('z', up, true) },
        },
      ],
    },
  );
};
