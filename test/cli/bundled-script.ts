import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';

/** Where the sources of the command stand, for a script's imports. */
export const cliSource = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src');

/** Makes one file of a script and of the sources that it imports, which a process of its own can run; answers with its path. */
export const bundledScript = async (script: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-script-'));
  const input = join(folder, 'script.js');
  writeFileSync(input, script);
  await build({
    input,
    platform: 'node',
    resolve: { conditionNames: ['menusmith-source', 'node', 'import', 'default'] },
    // Drawing is not wanted here; the script's folder has no modules.
    external: [/^vega/, /^@resvg\//, /^dejavu-fonts-ttf/, 'highs', /^clarabel-wasm/],
    logLevel: 'silent',
    output: { dir: join(folder, 'bundle'), format: 'esm' },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return join(folder, 'bundle', 'script.js');
};
