/* What the reference says of tables, held against the commands that read and write them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTables, type TableLayout, writtenTables } from '../../docs/src/reference/table-layouts.ts';
import { runMain, withoutComments } from '../cli/run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'menusmith-tables-'));
afterAll(() => rmSync(folder, { recursive: true }));

const example = (name: string): string => join(import.meta.dirname, '../../examples', name);
const rowsOf = (file: string): string[][] =>
  withoutComments(readFileSync(file, 'utf8'))
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));

/** The layout's columns for these inputs; those that need not be there only where they are. */
const columnsOf = ({ columns }: TableLayout, header: readonly string[], inputs: readonly string[]) =>
  columns
    .filter(({ name, isOptional }) => isOptional === undefined || header.includes(name))
    .flatMap(({ name }) =>
      name.includes('NAME') ? inputs.map((input) => name.replace('NAME', input)) : [name],
    );

describe('tables that are written have the columns of the reference', () => {
  it('customers.csv of calibrate', async () => {
    const out = join(folder, 'calibrated');
    const usage = ['usage.csv', 'prices.csv', 'costs.csv'].map((name) => example(`usage/${name}`));
    const { code } = await runMain(
      'calibrate',
      usage[0]!,
      '--prices',
      usage[1]!,
      '--costs',
      usage[2]!,
      '--out',
      out,
    );
    expect(code).toBe(0);
    const [header] = rowsOf(join(out, 'customers.csv'));
    expect(header).toEqual(columnsOf(writtenTables.customers, header!, []));
  });

  it('plans.csv and migration.csv of evaluate, from customers with the columns that it reads', async () => {
    const customers = join(folder, 'known.csv');
    writeFileSync(customers, 'customer_id,value,scale\nada,30,0.9\nben,8,0.2\n');
    const out = join(folder, 'evaluated');
    const menus = ['with-business.json', 'list.json'].map((name) => example(`menus/${name}`));
    const { code } = await runMain(
      ...['evaluate', example('priced-packages.yaml'), '--menu', menus[0]!, '--against', menus[1]!],
      ...['--customers', customers, '--out', out],
    );
    expect(code).toBe(0);
    const [migration] = rowsOf(join(out, 'migration.csv'));
    expect(migration).toEqual(columnsOf(writtenTables.migration, migration!, []));
    const [plans] = rowsOf(join(out, 'plans.csv'));
    const inputs = plans!
      .filter((name) => name.startsWith('total '))
      .map((name) => name.slice('total '.length));
    expect(inputs.length).toBeGreaterThan(0);
    expect(plans).toEqual(columnsOf(writtenTables.plans, plans!, inputs));
  });
});

describe('tables that are read need the columns that the reference says are always there', () => {
  const given = { usage: 'usage/usage.csv', prices: 'usage/prices.csv', costs: 'usage/costs.csv' };
  const tables = Object.keys(given) as (keyof typeof given)[];

  it.each(tables)('%s: the example has these and no column that is not described', (name) => {
    const [header] = rowsOf(example(given[name]));
    expect(header).toEqual(columnsOf(readTables[name], header!, ['input', 'output']));
  });

  const needed = tables.flatMap((name) =>
    (readTables[name] as TableLayout).columns
      .filter(({ isOptional }) => isOptional === undefined)
      .map((column) => [name, column.name] as const),
  );
  it.each(needed)('%s without %s is refused', async (name, column) => {
    const [header, ...rows] = rowsOf(example(given[name]));
    const kept = header!.flatMap((own, k) =>
      own === column || (column === 'NAME_tokens' && own.endsWith('_tokens')) ? [] : [k],
    );
    expect(kept.length).toBeLessThan(header!.length);
    const cut = join(folder, `${name}-without-${column}.csv`);
    writeFileSync(cut, [header!, ...rows].map((cells) => kept.map((k) => cells[k]).join(',')).join('\n'));
    const files = { ...Object.fromEntries(tables.map((own) => [own, example(given[own])])), [name]: cut };
    const { code, stderr } = await runMain(
      ...['calibrate', files.usage!, '--prices', files.prices!, '--costs', files.costs!],
      ...['--out', join(folder, 'refused')],
    );
    expect(code, stderr).toBe(2);
    expect(stderr).toContain(column === 'NAME_tokens' ? 'tokens' : column);
  });
});
