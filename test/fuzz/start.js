import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

// Node 20 runs no TypeScript.
const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'menusmith-fuzz-run-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.chdir(root);
await build({
  input: join(root, 'test', 'fuzz', 'run.ts'),
  platform: 'node',
  external: ['rolldown', 'fast-check'],
  logLevel: 'silent',
  output: { file: join(folder, 'run.mjs'), format: 'esm' },
});
await import(join(folder, 'run.mjs'));
