import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What each package may import of the others: core ◄── plugins ◄── app ◄── cli, explorer. */
const layers: Readonly<Record<string, readonly string[]>> = {
  'packages/core/src': [],
  'plugins/src': ['core'],
  'packages/app/src': ['core', 'plugins'],
  'packages/cli/src': ['core', 'app'],
  'packages/explorer/src': ['core', 'app/browser'],
};

const sources = (folder: string): { file: string; text: string; imports: string[] }[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      // Comments may speak of anything.
      const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
      const found = code.matchAll(/^(?:import|export)\b[^;'"]*?from '([^'\n]+)'|\bimport\(?\s*'([^'\n]+)'/gm);
      const imports = [...found].map((match) => match[1] ?? match[2]!);
      return { file: `${folder}/${file}`, text: code, imports };
    });

describe('core ◄── plugins ◄── app ◄── cli, explorer', () => {
  it.each(Object.entries(layers))('%s imports only from below', (folder, below) => {
    for (const { file, imports } of sources(folder)) {
      const upward = imports.filter(
        (name) => name.startsWith('@menusmith/') && !below.includes(name.slice(11)),
      );
      expect(upward, file).toEqual([]);
      expect(
        imports.filter((name) => name.startsWith('.') && !/\.(tsx?|css|yaml\?raw)$/.test(name)),
        file,
      ).toEqual([]);
    }
  });

  it('core imports nothing but ml-matrix and its own files', () => {
    for (const { file, imports } of sources('packages/core/src')) {
      expect(
        imports.filter((name) => !name.startsWith('.') && name !== 'ml-matrix'),
        file,
      ).toEqual([]);
    }
  });

  it('core has no clock, no randomness, no console and no process', () => {
    for (const { file, text } of sources('packages/core/src')) {
      expect(
        /\bDate\b|Math\.random|\bperformance\.|\bconsole\.|\bprocess\.|\bglobalThis\b/.exec(text)?.[0],
        file,
      ).toBeUndefined();
    }
  });

  it('only the composition root imports inversify', () => {
    const importers = Object.keys(layers).flatMap((folder) =>
      sources(folder).filter(({ imports }) => imports.includes('inversify')),
    );
    expect(importers.map(({ file }) => file)).toEqual(['packages/app/src/composition-root.ts']);
  });

  it('what a browser loads of app imports nothing of Node.js', () => {
    const folder = 'packages/app/src';
    const files = new Map(sources(folder).map(({ file, imports }) => [file, imports]));
    const reached = new Set<string>();
    const reach = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const name of files.get(file)!) if (name.startsWith('.')) reach(posix.join(dirname(file), name));
    };
    reach(`${folder}/browser.ts`);
    const importers = [...reached].filter((file) =>
      files.get(file)!.some((name) => name.startsWith('node:')),
    );
    expect(importers).toEqual([]);
  });

  it('nothing writes to the console', () => {
    for (const folder of Object.keys(layers)) {
      for (const { file, text } of sources(folder))
        expect(/\bconsole\./.exec(text)?.[0], file).toBeUndefined();
    }
  });
});
