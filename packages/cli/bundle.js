import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// One file in place of some four hundred: reading modules is most of what a short command does.
await build({
  // One for the thread that watches, and one for the thread that works.
  input: { run: here('dist/supervision/run.js'), worker: here('dist/supervision/worker.js') },
  platform: 'node',
  // Drawing and other people's solvers are loaded only where they are asked for, and bring binaries of their own.
  external: [/^vega/, /^@resvg\//, /^dejavu-fonts-ttf/, 'highs', /^clarabel-wasm/],
  output: { dir: here('dist/bundle'), format: 'esm', entryFileNames: '[name].js', cleanDir: true },
});

// Node loads these by their file.
cpSync(here('../app/hooks'), here('dist/hooks'), { recursive: true });
