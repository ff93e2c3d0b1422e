/*
 * Before a package of ours is packed: writes fmin and optimization-js into the modules that import them. Installed as dependencies they bring hundreds of packages for building and testing them, which the
 * repository's overrides leave out and those of whoever installs us would not. Runs in the package's folder; `tsc -b --force` undoes it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { here } from './bundle.js';

const INLINED = ['fmin', 'optimization-js'];
const licence = (name) =>
  readFileSync(here(`../../node_modules/${name}/LICENSE`), 'utf8').replaceAll('*/', '* /');

for (const file of readdirSync('dist', { recursive: true })) {
  if (!file.endsWith('.js')) continue;
  const path = join('dist', file);
  const text = readFileSync(path, 'utf8');
  const found = INLINED.filter((name) => text.includes(` from '${name}'`));
  if (found.length === 0) continue;
  const made = await rolldown({
    input: path,
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'] },
    external: (id) => id.startsWith('.') || id.startsWith('@menusmith/'),
    makeAbsoluteExternalsRelative: false,
  });
  const { output } = await made.generate({ format: 'esm' });
  await made.close();
  const terms = found.map((name) => `/*! ${name}\n\n${licence(name)}*/\n`).join('');
  writeFileSync(path, `${terms}${output[0].code}`);
}
