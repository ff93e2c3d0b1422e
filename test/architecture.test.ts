import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type ESTree, parseSync, Visitor } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What each package may import of the others: core ◄── plugins ◄── app ◄── replication ◄── cli ◄── docs; replication ◄── explorer; app ◄── menusmith. */
const layers: Readonly<Record<string, readonly string[]>> = {
  'packages/core/src': [],
  'plugins/src': ['core'],
  'packages/app/src': ['core', 'plugins', 'plugins/distributions/beta', 'plugins/without-beta'],
  'packages/replication/src': ['core', 'plugins', 'app', 'app/browser'],
  'packages/verify/src': [],
  'packages/cli/src': [
    'core',
    'app',
    'app/menu-column-names',
    'app/plugin-calls',
    'app/version',
    'replication',
    'verify',
  ],
  'packages/menusmith/src': ['core', 'plugins', 'app', 'app/portable'],
  'packages/explorer/src': ['core', 'app/browser', 'replication/browser'],
  'docs/src': ['core', 'plugins', 'app', 'cli'],
};

/** What a file imports, and what of that is loaded with it: types are not. */
const sources = (folder: string): { file: string; text: string; imports: string[]; loads: string[] }[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      // Comments may speak of anything.
      const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
      const found = [
        ...code.matchAll(/^(?:import|export)\b[^;'"]*?from '([^'\n]+)'|\bimport\(?\s*'([^'\n]+)'/gm),
      ];
      const named = (match: RegExpExecArray): string => match[1] ?? match[2]!;
      const imports = found.map(named);
      const loads = found.filter(([whole]) => !/^(?:import|export) type\b/.test(whole)).map(named);
      return { file: `${folder}/${file}`, text: code, imports, loads };
    });

/** The file that a file imports by this name; undefined for packages that are not ours. */
const importedFile = (from: string, name: string): string | undefined => {
  if (name.startsWith('.')) return posix.join(posix.dirname(from), name);
  const [scope, own, ...entry] = name.split('/');
  const folder = Object.keys(layers).find((each) => each.endsWith(`${own}/src`));
  return scope === '@menusmith' && folder !== undefined
    ? `${folder}/${entry.join('/') || 'index'}.ts`
    : undefined;
};

/** A way along imports from a file back to itself, for every file in which a walk in depth meets one. */
const circles = (imports: ReadonlyMap<string, readonly string[]>): string[] => {
  const found: string[] = [];
  const finished = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (finished.has(file) || way.includes(file)) return;
    for (const next of imports.get(file) ?? []) walk(next, [...way, file]);
    finished.add(file);
  };
  for (const file of imports.keys()) walk(file, []);
  return found;
};

/** The rooms of core, what stands on nothing first. */
const orderOfRooms = [
  'integration',
  'linear-algebra',
  'formula',
  'distributions',
  'supply',
  'screening',
  'types',
  'finite',
  'interior-point',
  'population',
  'goods',
  'tariffs',
  'tiers',
  'plans',
  'cross-check',
];

const MOST_LINES = 100;

/** `file name` of every function of more than `most` lines, with its lines; what is declared in it counts too. */
const functionsLongerThan = (most: number, file: string, text: string): (readonly [string, number])[] => {
  const found: (readonly [string, number])[] = [];
  const names = new Map<unknown, string>();
  const measure = (node: ESTree.Function | ESTree.ArrowFunctionExpression): void => {
    const lines = text.slice(node.start, node.end).split('\n').length;
    const name = node.id?.name ?? names.get(node) ?? '(no name)';
    if (lines > most) found.push([`${file} ${name}`, lines]);
  };
  new Visitor({
    VariableDeclarator: ({ id, init }) => {
      if (init !== null && id.type === 'Identifier') names.set(init, id.name);
    },
    Property: ({ key, value }) => {
      if (key.type === 'Identifier') names.set(value, key.name);
    },
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(parseSync(file, text).program);
  return found;
};

describe('core ◄── plugins ◄── app ◄── replication ◄── cli, explorer', () => {
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

  it('no file imports itself by way of others, not even for a type', () => {
    const all = Object.keys(layers).flatMap(sources);
    const imports = new Map(
      all.map(({ file, imports }) => [file, imports.flatMap((name) => importedFile(file, name) ?? [])]),
    );
    const missing = [...imports.values()].flat().filter((file) => /\.tsx?$/.test(file) && !imports.has(file));
    expect(missing).toEqual([]);
    expect(circles(imports)).toEqual([]);
  });

  it('what buyers are is asked where a study is read and reduced, and nowhere else', () => {
    const asking = Object.keys(layers)
      .flatMap(sources)
      .filter(({ text }) =>
        /buyers\.kind [!=]== '(value-scale|value-scale-grid|representative|profiles|goods|file)'/.test(text),
      )
      .map(({ file }) => file)
      .filter((file) => !/^packages\/app\/src\/(study|problem)\//.test(file))
      // The checker of proofs shares no reading with what it checks.
      .filter((file) => !file.startsWith('packages/verify/'));
    expect(asking).toEqual([]);
  });

  it('files of core, and their tests, stand in rooms', () => {
    const filesAt = (folder: string): string[] =>
      readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort();
    expect(filesAt('packages/core/src')).toEqual([
      'define-plugin.ts',
      'index.ts',
      'input-error.ts',
      'limits.ts',
      'nearest-name.ts',
      'plain-text.ts',
      'plugin.ts',
    ]);
    expect(filesAt('test/core')).toEqual(['reference-cases.ts']);
    const rooms = (folder: string): string[] =>
      readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isDirectory())
        .map(({ parentPath, name }) =>
          posix.relative(posix.join(root, folder), posix.join(parentPath, name)),
        );
    expect(rooms('packages/core/src')).toEqual(expect.arrayContaining(rooms('test/core')));
  });

  it('rooms of core stand in an order: each imports only from those before it', () => {
    const folder = 'packages/core/src';
    const roomOf = (file: string): string => posix.relative(folder, file).split('/')[0]!;
    const inRoom = (file: string): boolean => posix.relative(folder, file).includes('/');
    const backward = sources(folder)
      .filter(({ file }) => inRoom(file))
      .flatMap(({ file, imports }) =>
        imports
          .flatMap((name) => importedFile(file, name) ?? [])
          .filter(
            (other) =>
              inRoom(other) && orderOfRooms.indexOf(roomOf(other)) > orderOfRooms.indexOf(roomOf(file)),
          )
          .map((other) => `${file} → ${other}`),
      );
    expect(backward).toEqual([]);
    const found = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(found.map(({ name }) => name).sort()).toEqual([...orderOfRooms].sort());
  });

  it(`no function is longer than ${MOST_LINES} lines`, () => {
    const long = Object.keys(layers).flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .flatMap((file) => {
          const path = `${folder}/${file}`;
          return functionsLongerThan(MOST_LINES, path, readFileSync(join(root, path), 'utf8'));
        }),
    );
    expect(long).toEqual([]);
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

  it.each(['packages/app/src', 'packages/replication/src', 'packages/menusmith/src'])(
    'what a browser loads of %s imports nothing of Node.js',
    (folder) => {
      const files = new Map(sources(folder).map(({ file, loads }) => [file, loads]));
      const reached = new Set<string>();
      const reach = (file: string): void => {
        if (reached.has(file)) return;
        reached.add(file);
        for (const name of files.get(file)!) if (name.startsWith('.')) reach(posix.join(dirname(file), name));
      };
      const entries = ['browser.ts', 'portable.ts'].map((file) => `${folder}/${file}`);
      for (const entry of entries) if (files.has(entry)) reach(entry);
      expect(reached.size).toBeGreaterThan(1);
      const importers = [...reached].filter((file) =>
        files.get(file)!.some((name) => name.startsWith('node:') || name === '@menusmith/app'),
      );
      expect(importers).toEqual([]);
    },
  );

  it('nothing writes to the console', () => {
    for (const folder of Object.keys(layers)) {
      for (const { file, text } of sources(folder))
        expect(/\bconsole\./.exec(text)?.[0], file).toBeUndefined();
    }
  });
});
