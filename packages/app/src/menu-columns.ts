import { didYouMean, InputError } from '@menusmith/core';
import { type MenuColumnName, menuColumnNames } from './menu-column-names.ts';
import { namedBuyers } from './problem/named-buyers.ts';
import { modelWords } from './report/model-words.ts';
import { moneyFields } from './report/money-fields.ts';
import { studyInputs } from './report/study-inputs.ts';
import type { TypeResult } from './result.ts';
import type { Study } from './study/study.ts';

/** A cell of a table; null where a number does not exist. */
export type Cell = number | string | boolean | null;

/** A column of a menu: its head, and what a buyer has there. */
export interface MenuColumn {
  readonly name: string;
  readonly cell: (type: TypeResult) => Cell | undefined;
  /** How it is asked for, where that is not its head: `price.output`. */
  readonly path?: string;
}

/** What there is a column of each of: the study's inputs, its listed tasks or goods, and the labels of a table of buyers. */
export interface ColumnNames {
  readonly inputs: readonly string[];
  readonly tasks: readonly string[];
  readonly labels: readonly string[];
}

type Family = Extract<MenuColumnName, `${string}.${string}`>;
type Single = Exclude<MenuColumnName, Family>;

const singles: Readonly<Record<Single, MenuColumn['cell']>> = {
  name: ({ name }) => name,
  mass: ({ mass }) => mass,
  value: ({ value }) => value,
  scale: ({ scale }) => scale,
  theta: ({ index }) => index?.theta,
  thetaHat: ({ index }) => index?.thetaHat,
  excluded: ({ excluded }) => excluded,
  takes: ({ takes }) => takes,
  model: modelWords,
  quality: ({ quality }) => quality,
  surplus: ({ surplus }) => surplus,
  transfer: ({ transfer }) => transfer,
  rent: ({ rent }) => rent,
  virtualValue: ({ virtualValue }) => virtualValue,
  ironedVirtualValue: ({ ironedVirtualValue }) => ironedVirtualValue,
  markup: ({ tariff }) => tariff?.markup,
  upfront: ({ tariff }) => tariff?.upfront,
  spendingCap: ({ tariff }) => tariff?.spendingCap,
  taskCap: ({ tariff }) => tariff?.taskCap,
};

/** The column of one task or input, with its head; `m` counts tasks. */
const families: Readonly<Record<Family, (name: string, m: number) => Pick<MenuColumn, 'name' | 'cell'>>> = {
  'value.TASK': (task, m) => ({ name: `value of ${task}`, cell: ({ values }) => values?.[m] }),
  'quality.TASK': (task, m) => ({ name: taskColumn(task), cell: ({ profile }) => profile?.[m] }),
  'total.INPUT': (input) => ({ name: `total ${input}`, cell: ({ inputs }) => inputs[input] }),
  'price.INPUT': (input) => ({ name: `price ${input}`, cell: ({ tariff }) => tariff?.prices[input] }),
};

const isFamily = (name: MenuColumnName): name is Family => name.includes('.');

/** Every column that the menu of a study can have, in the order of menu.csv. */
export const menuColumns = ({ inputs, tasks, labels }: ColumnNames): readonly MenuColumn[] => {
  const columns = menuColumnNames.flatMap((name): MenuColumn[] => {
    if (!isFamily(name)) return [{ name, cell: singles[name] }];
    const [family, kind] = name.split('.') as [string, 'TASK' | 'INPUT'];
    return (kind === 'TASK' ? tasks : inputs).map((each, m) => ({
      ...families[name](each, m),
      path: `${family}.${each}`,
    }));
  });
  const taken = new Set(columns.map(({ name }) => name));
  const given = labels.map((label) => ({
    name: taken.has(label) ? `${label} (given)` : label,
    cell: (type: TypeResult) => type.labels?.[label],
  }));
  return [...given, ...columns];
};

/** How much of a task, or of a good, an item has: a column by its name, where that is no other column's. */
export const taskColumn = (name: string): string =>
  Object.hasOwn(singles, name) || moneyFields.has(name) || /^(total|price|value of|quality of) /.test(name)
    ? `quality of ${name}`
    : name;

/** The names of which a study's menu has columns. */
export const columnNamesOf = (
  { technology, buyers: given }: Study,
  labels: readonly string[] = [],
): ColumnNames => {
  const buyers = namedBuyers(given);
  return {
    inputs: [...new Set(studyInputs(technology).map(({ name }) => name))],
    tasks: buyers.kind === 'list' ? (buyers.tasks?.names ?? []) : [],
    labels,
  };
};

/** The columns that are asked for by these names, in their order. Throws InputError for one that a menu of this study cannot have. */
export const chosenColumns = (
  columns: readonly MenuColumn[],
  names: readonly string[],
): readonly MenuColumn[] =>
  names.flatMap((name) => {
    const found = columns.find((column) => column.path === name || column.name === name);
    if (found !== undefined) return [{ ...found, path: name }];
    const family = columns.filter(({ path }) => path?.startsWith(`${name}.`) === true);
    if (family.length > 0) return family;
    const known = columns.map((column) => column.path ?? column.name);
    throw new InputError(
      'columns',
      `--columns: no column called "${name}"${didYouMean(name, known)} (a menu of this study has: ${known.join(', ')})`,
    );
  });
