import {
  amountUnit,
  formatNumber,
  MOST_TASKS,
  modelWords,
  moneyUnit,
  priceUnit,
  sharedInputWords,
  type TypeResult,
  type Units,
  withUnit,
} from '@menusmith/app';
import { textTable } from './text-table.ts';

/** Columns that fit in eighty beside the labels. */
const buyersBeside = 4;
/** Units make the labels longer. */
const besideUnits = 3;
const LABEL = 22;
const LABEL_WITH_UNIT = 34;

/** What each buyer gets and pays, one column a buyer, with the names of tasks that have some; blocks below one another where they are many. */
export const quoteTable = (
  types: readonly TypeResult[],
  units?: Units,
  names?: readonly string[],
): string => {
  const blocks: string[] = [];
  const beside = units === undefined ? buyersBeside : besideUnits;
  for (let first = 0; first < types.length; first += beside) {
    blocks.push(block(types.slice(first, first + beside), first, units, names));
  }
  return blocks.join('\n');
};

const block = (
  types: readonly TypeResult[],
  first: number,
  units: Units | undefined,
  names: readonly string[] | undefined,
): string => {
  const money = (label: string): string => withUnit(label, moneyUnit(units));
  const priced = (input: string): string => {
    const unit = priceUnit(units, input);
    return unit.split(' ').includes(input) ? `price, ${unit}` : withUnit(`price of ${input}`, unit);
  };
  const rows: string[][] = [];
  const add = (label: string, cell: (type: TypeResult) => number | null | undefined): void => {
    if (types.some((type) => (cell(type) ?? null) !== null)) {
      rows.push([label, ...types.map((type) => formatNumber(cell(type)))]);
    }
  };
  const inputs = Object.keys(types[0]!.inputs);
  add('value', ({ value }) => value);
  add('scale', ({ scale }) => scale);
  add('mass', ({ mass }) => mass);
  add('virtual value', ({ virtualValue }) => virtualValue);
  add('  ironed', ({ ironedVirtualValue }) => ironedVirtualValue);
  if (types.some(({ excluded }) => excluded)) {
    rows.push(['served', ...types.map(({ excluded }) => (excluded ? 'no' : 'yes'))]);
  }
  if (types.some((type) => modelWords(type) !== undefined))
    rows.push([
      types.some(({ model }) => model !== undefined) ? 'model' : 'served by',
      ...types.map((type) => modelWords(type) ?? '–'),
    ]);
  if (types.some(({ takes }) => takes !== undefined))
    rows.push(['takes', ...types.map(({ takes }) => (takes === 'kept' ? 'kept plan' : (takes ?? '–')))]);
  add('quality', ({ quality }) => quality);
  // Buyers who have neither a value nor a scale have one a task.
  const tasks = types.some(({ value }) => value !== undefined) ? 0 : (types[0]?.profile?.length ?? 0);
  for (let task = 0; task < tasks && tasks <= MOST_TASKS; task++)
    add(`  of ${names?.[task] ?? `task ${task + 1}`}`, ({ profile }) => profile?.[task]);
  add('index θ', ({ index }) => index?.theta);
  add('index quality', ({ index }) => index?.quality);
  add(`${sharedInputWords(sharedOf(types[0]!))} from θ̂`, ({ index }) => index?.thetaHat);
  for (const input of inputs) {
    add(withUnit(`total ${input}`, amountUnit(units, input)), (type) => type.inputs[input]);
    add('  per task', (type) => perTask(type, input));
  }
  add(money('surplus'), ({ surplus }) => surplus);
  add(money('transfer'), ({ transfer }) => transfer);
  add(money('rent'), ({ rent }) => rent);
  add(money('upfront fee'), ({ tariff }) => tariff?.upfront);
  add('markup', ({ tariff }) => tariff?.markup);
  for (const input of inputs) add(priced(input), ({ tariff }) => tariff?.prices[input]);
  add(money('spending cap'), ({ tariff }) => tariff?.spendingCap);
  add('task cap', ({ tariff }) => tariff?.taskCap);
  return textTable({
    head: ['', ...types.map((type, k) => (headOf(type) ?? `buyer ${first + k + 1}`).slice(0, 12))],
    rows: rows.map(([label = '', ...cells]) => [
      label.slice(0, units === undefined ? LABEL : LABEL_WITH_UNIT),
      ...cells,
    ]),
    align: ['left', ...types.map(() => 'right' as const)],
  });
};

/** What she has once, and not a task. */
const sharedOf = ({ inputs, perTask: own }: TypeResult): readonly string[] =>
  Object.keys(inputs).filter((name) => !Object.hasOwn(own, name));

/** Her name, or what the table of buyers calls her in its first column beside the coordinates. */
const headOf = ({ name, labels = {} }: TypeResult): string | undefined => name ?? Object.values(labels)[0];

const perTask = (type: TypeResult, input: string): number | null => {
  const amount = type.perTask[input];
  return typeof amount === 'number' ? amount : null;
};
