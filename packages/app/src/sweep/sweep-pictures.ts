import { largestOf, smallestOf } from '@menusmith/core';
import type { Cell } from '../menu-table.ts';
import { colours, type Picture, panel, pictureOf, type Row, ramp } from '../pictures/picture.ts';
import { moneyFields } from '../report/money-fields.ts';
import { moneyUnit, withUnit } from '../study/units.ts';
import { inOrder, MOST_LINES, type SweptTable, thinned, type Varied, variedFields } from './drawn-fields.ts';
import { pictureTitle } from './picture-words.ts';

/** Columns asked for beyond these get no picture. */
const MOST_PICTURES = 12;
/** On lines of more points none is marked. */
const MOST_MARKS = 60;
/** Cells of a map are so many pixels wide at least. */
const LEAST_CELL = 3;

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

/** Numbers lie on their axis; anything else is called by its name. */
const drawnValue = ({ isNumber, names }: Varied, cell: Cell): number | string =>
  isNumber ? (cell as number) : names.get(cell)!;

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
      field === undefined ? [] : [[name, drawnValue(field, row[field.column]!)] as const],
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

/** Values have their place on the axis whether or not anything was solved there. */
const axisOf = (field: string, { title, isNumber, values, names: all }: Varied): object => {
  if (isNumber) {
    const numbers = values as readonly number[];
    const domain = [smallestOf(numbers), largestOf(numbers)];
    return {
      field,
      type: 'quantitative',
      scale: { zero: false, nice: false, domain },
      axis: { title, grid: false, tickCount: 6 },
    };
  }
  const names = values.map((value) => all.get(value)!);
  // Beside each other as long as they fit.
  const isWide = names.length * Math.max(...names.map((name) => name.length)) > LETTERS_ACROSS;
  return {
    field,
    type: 'nominal',
    scale: { domain: names },
    axis: { title, grid: false, labelAngle: isWide ? -40 : 0 },
  };
};
const LETTERS_ACROSS = 48;

/** Whether what its lines are called takes a line of the legend each. */
const isLong = ({ names }: Varied): boolean => [...names.values()].some((name) => name.length > 15);

const linePicture = (
  table: SweptTable,
  measure: number,
  across: Varied,
  series: Varied | undefined,
): Picture => {
  const { name, title, axis, scale } = drawn(table, measure);
  const named = series === undefined ? undefined : { ...series, isNumber: false };
  const rows = points(table, measure, scale, { x: across, series: named });
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
            legend: {
              title: series.title,
              titleOrient: 'left',
              symbolType: 'stroke',
              symbolStrokeWidth: 3,
              labelLimit: 0,
              ...(isLong(series) ? { columns: 1 } : {}),
            },
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
      title: pictureTitle(`${title} against ${across.title}`, table.name),
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

const ascending = (values: readonly Cell[], isDown: boolean): readonly number[] => {
  const sorted = (values as readonly number[]).toSorted((a, b) => a - b);
  return isDown ? sorted.reverse() : sorted;
};

const mapPicture = (table: SweptTable, measure: number, across: Varied, up: Varied): Picture => {
  const { name, title, axis, scale } = drawn(table, measure);
  const rows = points(table, measure, scale, { x: across, z: up });
  const side = (count: number, pixels: number): number => Math.max(pixels, LEAST_CELL * count);
  const ordinal = (field: string, { title: words, values }: Varied, isUp: boolean): object => ({
    field,
    type: 'ordinal',
    axis: { title: words, labelOverlap: true, labelAngle: 0, format: '.4~g', domain: false, ticks: false },
    scale: { paddingInner: 0, paddingOuter: 0, domain: ascending(values, isUp) },
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
      title: pictureTitle(words, table.name),
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
