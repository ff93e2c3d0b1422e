import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvTable, type Result } from '@menusmith/app';
import { menuColumnNames } from '@menusmith/app/menu-column-names';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const example = (name: string): string => join(import.meta.dirname, '..', '..', 'examples', `${name}.yaml`);
const folder = mkdtempSync(join(tmpdir(), 'menusmith-'));
const customers = join(folder, 'customers.csv');
writeFileSync(customers, '# from the log\ncustomer_id,scale,value\nC-2,1,0.9\nC-1,0.5,0.8\n');
const study = example('example-1-allocations');

describe('a CSV of buyers', () => {
  it('has the same rows in JSON, on the terminal and in menu.csv, in its order', async () => {
    const out = join(folder, 'out');
    const columns = 'customer_id,value,transfer,price.output';
    const words = ['solve', study, '--at', customers, '--columns', columns, '--digits', '3', '--tiers', '0'];
    const { stdout, code } = await runMain(...words, '--out', out);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /customer_id +value +transfer +price output\n[ ─]+\n +C-2 +0.9 +3.2143 +0.140625\n +C-1 +0.8 +0.39 +0.166667\n/,
    );
    const { types } = JSON.parse((await runMain(...words, '--json')).stdout) as Result;
    expect(types.map(({ labels }) => labels)).toEqual([{ customer_id: 'C-2' }, { customer_id: 'C-1' }]);
    const menu = readFileSync(join(out, 'menu.csv'), 'utf8').replace(/^#.*\r\n/gm, '');
    const { columns: heads, rows } = csvTable(menu, 'menu.csv');
    expect(heads).toEqual(columns.split(','));
    expect(rows.map(({ cells }) => cells)).toEqual(
      types.map(({ labels, value, transfer, tariff }) =>
        [labels!.customer_id, value, transfer, tariff!.prices.output].map(String),
      ),
    );
    const table = readFileSync(join(out, 'table.tex'), 'utf8');
    expect(table).toContain('C-2 & $0.9$ & $3.21$ & $0.141$ \\\\');
    expect(table.split('\\begin{').length).toBe(table.split('\\end{').length);
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    expect(page).toContain('--at customers.csv --columns customer_id,value,transfer,price.output --digits 3');
    expect(page).not.toContain(folder);
  }, 60_000);

  it('names buyers on the terminal by its first other column, and is read row by row where they are many', async () => {
    const few = await runMain('solve', study, '--at', customers);
    expect(few.stdout).toMatch(/\n +C-2 +C-1\n/);
    const many = await runMain('solve', study, '--at', 'scale=0.5:1:2,value=0:1:30');
    expect(many.stdout).toMatch(/\n +value +scale +excluded +quality +transfer +rent\n/);
    expect(many.stdout).toContain('and 20 more buyers; --json and --out have all');
    expect(Math.max(...many.stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});

describe('columns', () => {
  it('that a study cannot have are refused before it is solved', async () => {
    const { code, stdout, stderr } = await runMain('solve', study, '--columns', 'value,price.outptu');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(
      'no column called "price.outptu"; did you mean price.output? (a menu of this study has: ',
    );
  });

  it('in which nothing stands are told, with the reason', async () => {
    const out = join(folder, 'efficient');
    const words = ['--set', 'contract=efficient', '--columns', 'value,price.input', '--out', out];
    const { stderr } = await runMain('solve', study, ...words);
    expect(stderr).toBe(
      '--columns price.input: empty in every row, as nobody pays under contract: efficient\n',
    );
  }, 60_000);

  it('are all in the help', async () => {
    const { stdout } = await runMain('solve', '--help');
    for (const name of menuColumnNames) expect(stdout).toMatch(new RegExp(`[ \\n]${name}[,\\n]`));
  });
});

describe('rows', () => {
  it.each(['0', 'some', '3,4', 'served,served', '', '-1'])('%j is refused', async (rows) => {
    const { code, stderr } = await runMain('solve', study, '--rows', rows);
    expect(code).toBe(2);
    expect(stderr).toContain('Expected all, served, a number of rows, as 20, or served,20.');
  });
});

describe('pictures', () => {
  const words = ['solve', study, '--tiers', '0', '--out'];

  it('have the size, font and titles that were asked for, and the report repeats it', async () => {
    const out = join(folder, 'pictures');
    const style = ['--width', '85mm', '--font', 'serif', '--font-size', '7pt', '--title', 'none'];
    const { code, stderr } = await runMain(...words, out, ...style, '--title', 'regions=Who buys');
    expect([code, stderr]).toEqual([0, '']);
    const regions = readFileSync(join(out, 'regions.svg'), 'utf8');
    expect(regions).toMatch(/^<svg[^>]* width="321.26"/);
    expect(regions).toContain('>Who buys</text>');
    expect(readFileSync(join(out, 'quality.svg'), 'utf8')).not.toContain('font-weight="bold"');
    const pdf = readFileSync(join(out, 'regions.pdf'), 'latin1');
    expect(pdf).toContain('/MediaBox [0 0 240.945');
    expect(pdf).toContain('+DejaVuSerif-Bold\n');
    expect(pdf).toContain('/Keywords (provenance: {');
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(
      '--width 321.2598px --font serif --font-size 9.3333px --title none --title &#39;regions=Who buys&#39;',
    );
  }, 60_000);

  it('say which picture a title was for that there is none of', async () => {
    const { stderr } = await runMain(...words, join(folder, 'stray'), '--title', 'region=Who buys');
    expect(stderr).toContain('as none is called region; did you mean regions? (there are: regions, ');
  }, 60_000);

  it.each([
    ['--width', '85', 'Expected a length from 20mm to 1000mm, with its unit: mm, cm, in, pt or px.'],
    ['--width', '1mm', 'Expected a length from 20mm to 1000mm'],
    ['--height', '2km', 'Expected a length from 20mm to 1000mm'],
    ['--font-size', '1pt', 'Expected a length from 4pt to 40pt'],
    ['--font', 'times', '--font times: expected sans, serif, or a font file, which ends in .ttf or .otf'],
    ['--font', 'none.otf', '--font none.otf: no such file'],
  ])('%s %s is refused', async (option, value, message) => {
    const { code, stdout, stderr } = await runMain('solve', study, option, value);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
