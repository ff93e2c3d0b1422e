import { formatNumber, type TypeResult } from '@menusmith/app';
import { textTable } from './text-table.ts';

/** Columns that fit in eighty beside the labels. */
const buyersBeside = 4;

/** What each buyer gets and pays, one column a buyer; blocks below one another where they are many. */
export const quoteTable = (types: readonly TypeResult[]): string => {
  const blocks: string[] = [];
  for (let first = 0; first < types.length; first += buyersBeside) {
    blocks.push(block(types.slice(first, first + buyersBeside), first));
  }
  return blocks.join('\n');
};

const block = (types: readonly TypeResult[], first: number): string => {
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
  if (types.some(({ model }) => model !== undefined))
    rows.push(['model', ...types.map(({ model }) => model ?? '–')]);
  add('quality', ({ quality }) => quality);
  add('index θ', ({ index }) => index?.theta);
  add('index quality', ({ index }) => index?.quality);
  add('fine-tuned above θ̂', ({ index }) => index?.thetaHat);
  for (const input of inputs) {
    add(`total ${input}`, (type) => type.inputs[input]);
    add('  per task', (type) => perTask(type, input));
  }
  add('surplus', ({ surplus }) => surplus);
  add('transfer', ({ transfer }) => transfer);
  add('rent', ({ rent }) => rent);
  add('upfront fee', ({ tariff }) => tariff?.upfront);
  add('markup', ({ tariff }) => tariff?.markup);
  for (const input of inputs) add(`price of ${input}`, ({ tariff }) => tariff?.prices[input]);
  add('spending cap', ({ tariff }) => tariff?.spendingCap);
  add('task cap', ({ tariff }) => tariff?.taskCap);
  return textTable({
    head: ['', ...types.map(({ name }, index) => (name ?? `buyer ${first + index + 1}`).slice(0, 12))],
    rows: rows.map(([label = '', ...cells]) => [label.slice(0, 22), ...cells]),
    align: ['left', ...types.map(() => 'right' as const)],
  });
};

const perTask = (type: TypeResult, input: string): number | null => {
  const amount = type.perTask[input];
  return typeof amount === 'number' ? amount : null;
};
