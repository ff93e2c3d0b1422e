import { existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pluginKinds } from '../../packages/cli/src/commands/plugin.ts';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'menusmith-plugin-'));
// Where the plugins find the package that they are a plugin of, as after npm install.
symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));

describe('menusmith plugin new', () => {
  it.each(pluginKinds)('%s: makes a package whose laws hold', async (kind) => {
    const own = join(folder, `my-${kind}`);
    const made = await runMain('plugin', 'new', own, '--kind', kind);
    expect([made.code, made.stderr]).toEqual([0, '']);
    const { scripts, peerDependencies, name } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
    expect([name, Object.keys(peerDependencies)]).toEqual([`my-${kind}`, ['menusmith']]);
    const [, , entry] = scripts.test.split(' ');
    const laws = await runMain('laws', entry, '--plugin', join(own, 'plugin.js'));
    expect(laws.code, laws.stdout + laws.stderr).toBe(0);
    expect(readFileSync(join(own, 'README.md'), 'utf8')).toContain(`use: ${entry}`);
  });

  it('leaves what is there alone, and says which kinds and names there are', async () => {
    const there = await runMain('plugin', 'new', folder, '--kind', 'cost');
    expect([there.code, there.stderr]).toEqual([2, expect.stringMatching(/expected a (folder|name)/)]);
    const kind = await runMain('plugin', 'new', join(folder, 'other'), '--kind', 'costs');
    expect([kind.code, kind.stderr]).toEqual([
      2,
      expect.stringMatching(/no kind "costs".*did you mean cost/),
    ]);
    const name = await runMain('plugin', 'new', join(folder, 'My Plugin'));
    expect([name.code, name.stderr]).toEqual([2, expect.stringMatching(/small letters/)]);
    expect(existsSync(join(folder, 'other'))).toBe(false);
  });
});
