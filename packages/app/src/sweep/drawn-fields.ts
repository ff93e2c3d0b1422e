import type { Cell } from '../menu-table.ts';
import { formatNumber } from '../report/numbers.ts';
import { fieldName } from '../study/field-name.ts';
import type { StudyData } from '../study/study-schema.ts';
import { fieldPath } from '../study/study-settings.ts';
import type { Units } from '../study/units.ts';
import { valueWords } from './picture-words.ts';

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
export const MOST_LINES = 6;
/** Points of one picture: of more values only some are drawn, as whoever draws holds a kilobyte or more for each. */
const MOST_POINTS = 20_000;
/** A field with what it is called, and the column that it is. */
export interface Varied {
  readonly column: number;
  readonly title: string;
  readonly values: readonly Cell[];
  readonly isNumber: boolean;
  /** What values are called that are no places on an axis of numbers; of many numbers none has a name. */
  readonly names: ReadonlyMap<Cell, string>;
  /** `every 4th of 1,000 values of cost`, where not all are drawn. */
  readonly left?: string;
}

/** What a varied field is called: `cost of input`. */
export const fieldTitle = (data: StudyData, path: string): string => fieldName(data, fieldPath(path)!);

/** Fields that take more than one value. */
export const variedFields = ({ columns, varied, rows, data }: SweptTable): readonly Varied[] =>
  columns
    .slice(0, varied)
    .map((path, column): Varied => {
      const values = [...new Set(rows.map((row) => row[column]!))];
      const isNumber = values.every((value) => typeof value === 'number');
      const names = isNumber && values.length > MOST_LINES ? new Map() : namesOf(values);
      return { column, title: fieldTitle(data, path), values, isNumber, names };
    })
    .filter(({ values }) => values.length > 1);

/** Names that tell values apart. */
const namesOf = (values: readonly Cell[]): ReadonlyMap<Cell, string> => {
  const words = values.map((value) => (typeof value === 'number' ? formatNumber(value) : valueWords(value)));
  const isTold = new Set(words).size === words.length;
  return new Map(values.map((value, k) => [value, isTold ? words[k]! : `${k + 1}: ${words[k]}`]));
};

/** The fields with so few of their values that a picture can hold all points: of the one with more values more are left out. */
export const thinned = (fields: readonly Varied[]): readonly Varied[] => {
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
export const inOrder = ([first, second]: readonly Varied[]): readonly [Varied?, Varied?] =>
  first === undefined ? [] : first.isNumber || second?.isNumber !== true ? [first, second] : [second, first];
