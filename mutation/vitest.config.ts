import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import type { NamedFault } from './named-faults.ts';

const conditions = ['menusmith-source', 'node'];
const root = process.cwd();

/** Packages of this repository by the sources in this tree: node_modules leads from a copy of it back to the tree that was copied. */
const ownPackages = [...readdirSync('packages').map((name) => join('packages', name)), 'plugins'].flatMap(
  (folder) => {
    const { name, exports = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name: string;
      exports?: Record<string, { 'menusmith-source'?: string }>;
    };
    return Object.entries(exports).flatMap(([entry, { 'menusmith-source': file }]) =>
      file === undefined
        ? []
        : [{ find: new RegExp(`^${join(name, entry)}$`), replacement: join(root, folder, file) }],
    );
  },
);

/** Puts a fault into a file as it is loaded; none is changed on disk. */
const faulty = ({ file, text, wrong }: NamedFault): Plugin => ({
  name: 'named-fault',
  enforce: 'pre',
  transform: (code, id) => (id === join(root, file) ? code.replace(text, () => wrong) : undefined),
});

const { MENUSMITH_TESTS: tests = '', MENUSMITH_FAULT: fault } = process.env;

export default defineConfig({
  root,
  plugins: fault === undefined ? [] : [faulty(JSON.parse(fault))],
  resolve: { conditions, alias: ownPackages },
  ssr: { resolve: { conditions } },
  test: { include: tests.split(','), testTimeout: 120_000, isolate: false },
});
