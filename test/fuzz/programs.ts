import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';

/** Programs that processes of their own can run, made of the sources. */
export interface Programs {
  /** Runs inputs one after another. */
  readonly child: string;
  /** A folder for inputs. */
  readonly inputs: string;
  /** The command, with what supervises it. */
  readonly alone: string;
  remove(): void;
}

/** Makes the programs, below the modules that they import. `root` is the folder of the repository. */
export const bundledPrograms = async (root: string): Promise<Programs> => {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'menusmith-fuzz-'));
  const here = join(root, 'test', 'fuzz');
  await build({
    input: {
      child: join(here, 'child.ts'),
      alone: join(here, 'alone.ts'),
      worker: join(root, 'packages', 'cli', 'src', 'supervision', 'worker.ts'),
    },
    platform: 'node',
    resolve: { conditionNames: ['menusmith-source', 'node', 'import', 'default'] },
    external: [/^vega/, /^@resvg\//, /^dejavu-fonts-ttf/, 'highs', /^clarabel-wasm/],
    logLevel: 'silent',
    output: {
      dir: join(folder, 'bundle'),
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
    },
  });
  // Node loads these by their file.
  cpSync(join(root, 'packages', 'app', 'hooks'), join(folder, 'hooks'), { recursive: true });
  const inputs = mkdtempSync(join(tmpdir(), 'menusmith-fuzz-'));
  return {
    inputs,
    child: join(folder, 'bundle', 'child.mjs'),
    alone: join(folder, 'bundle', 'alone.mjs'),
    remove: () => {
      for (const each of [folder, inputs]) rmSync(each, { recursive: true, force: true });
    },
  };
};
