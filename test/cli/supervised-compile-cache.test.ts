import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

it.skipIf(!('enableCompileCache' in module))(
  'what Node compiles for the thread that works is kept for the next call',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'menusmith-compiled-'));
    const call = spawnSync(
      process.execPath,
      [join(root, 'packages/menusmith/bin/menusmith.js'), 'schema', 'menu'],
      { env: { ...process.env, TMPDIR: folder, NODE_COMPILE_CACHE: undefined }, encoding: 'utf8' },
    );
    expect(call.status).toBe(0);
    const sizes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (name) => statSync(join(folder, name)).size,
    );
    // The bundle's largest file: compiled by the thread, not by the process that supervises it.
    expect(Math.max(0, ...sizes)).toBeGreaterThan(100_000);
  },
);
