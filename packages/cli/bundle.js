import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// One file in place of some four hundred: reading modules is most of what a short command does.
await build({
  // One for the thread that watches, one for the thread that works, and one for those that share its jobs.
  input: Object.fromEntries(
    ['run', 'worker', 'job-worker'].map((name) => [name, here(`dist/supervision/${name}.js`)]),
  ),
  platform: 'node',
  // Drawing, other people's solvers and Redis are loaded only where they are asked for; the first two bring binaries of their own, the last may not be installed.
  external: ['bullmq', 'ioredis', /^vega/, /^@resvg\//, /^dejavu-fonts-ttf/, 'highs', /^clarabel-wasm/],
  output: { dir: here('dist/bundle'), format: 'esm', entryFileNames: '[name].js', cleanDir: true },
});

// Node loads these by their file.
cpSync(here('../app/hooks'), here('dist/hooks'), { recursive: true });
