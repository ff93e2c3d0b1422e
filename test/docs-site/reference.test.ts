import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRegistry, standardPlugin } from '@menusmith/app';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawnDensities } from '../../docs/src/reference/drawn-densities.ts';
import { referenceFiles } from '../../docs/src/reference/reference-files.ts';

const folder = join(import.meta.dirname, '../../docs/reference');

describe('the reference', () => {
  let made: ReadonlyMap<string, string>;
  beforeAll(async () => {
    made = await referenceFiles();
  });

  it('has the files that `npm run docs:reference` writes, and no other', () => {
    const there = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
    expect(there.sort()).toEqual([...made.keys()].sort());
  });

  it('is up to date: `npm run docs:reference` would change nothing', () => {
    for (const [file, text] of made) expect(readFileSync(join(folder, file), 'utf8'), file).toBe(text);
  });

  it('leaves no cell of a table without a meaning', () => {
    const empty = [...made].flatMap(([file, text]) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('|') && /\|\s*\|$/.test(line))
        .map((line) => `${file}: ${line}`),
    );
    expect(empty).toEqual([]);
  });

  it('draws every distribution, each curve without a number that is missing', () => {
    const names = createRegistry([standardPlugin])
      .distributions.list()
      .map(({ name }) => name);
    expect(Object.keys(drawnDensities).sort()).toEqual([...names].sort());
    for (const name of names) {
      const picture = made.get(`pictures/density-${name}.svg`)!;
      expect(picture).not.toMatch(/NaN|Infinity|undefined|…/);
      expect(picture.match(/class="mark-line role-mark marks"/g)).toHaveLength(drawnDensities[name]!.length);
    }
  });
});
