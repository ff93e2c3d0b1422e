import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'packages/verify/src');
const lines = (file: string): number =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length;

it('a referee reads as many lines as the page on proofs says', () => {
  const page = readFileSync(join(root, 'docs/explanation/proofs.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (`[^|]+\.ts`) \| (\d+) \|/gm)];
  const told = rows.map(([, names]) => names!.replaceAll('`', '').split(', '));
  expect(told.flat().sort()).toEqual(readdirSync(folder).sort());
  for (const [k, [, names, count]] of rows.entries())
    expect(
      told[k]!.reduce((sum, file) => sum + lines(file), 0),
      names,
    ).toBe(Number(count));
});
