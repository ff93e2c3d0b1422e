import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { didYouMean, InputError } from '@menusmith/core';
import type { ExitCode, Output } from '../command-context.ts';
import { ownFolder } from '../own-folder.ts';
import { version } from '../version.ts';
import { outDirectory } from '../write-files.ts';

/** What a new plugin starts from: an example of its kind, and the name of that example's entry. */
const recipes: Readonly<Record<string, { readonly file: string; readonly entry: string }>> = {
  'production-function': { file: 'saturating-quality.js', entry: 'saturating-quality' },
  distribution: { file: 'triangular-values.js', entry: 'triangular' },
  copula: { file: 'ali-mikhail-haq.js', entry: 'ali-mikhail-haq' },
  cost: { file: 'power-cost.js', entry: 'power' },
  minimizer: { file: 'coordinate-search.js', entry: 'coordinate-search' },
  solver: { file: 'chain-or-else.js', entry: 'chain-or-else' },
};
export const pluginKinds = Object.keys(recipes);

/** The examples: of the published package, or of the repository, seen from src/commands and dist/commands alike. */
const examples =
  ownFolder('../examples/', import.meta.url) ?? new URL('../../../../examples/', import.meta.url);

/** `menusmith plugin new NAME`: a package with a plugin of that kind that works, and its laws as its tests. */
export const newPluginCommand = async (
  name: string,
  { kind }: { readonly kind: string },
  output: Output,
): Promise<ExitCode> => {
  const recipe = Object.hasOwn(recipes, kind) ? recipes[kind]! : undefined;
  if (recipe === undefined)
    throw new InputError(
      'kind',
      `--kind: no kind "${kind}"${didYouMean(kind, pluginKinds)} (known: ${pluginKinds.join(', ')})`,
    );
  const own = basename(resolve(name));
  if (!/^[a-z][a-z0-9-]*$/.test(own))
    throw new InputError(
      'name',
      `expected a name of small letters, digits and hyphens, as my-plugin, got "${own}"`,
    );
  if (existsSync(name)) throw new InputError('exists', `${name}: expected a folder that is not there yet`);
  const { file, entry } = recipe;
  const code = readFileSync(new URL(`plugins/${file}`, examples), 'utf8');
  const directory = await outDirectory(name, output);
  const written = await directory.fill([], async (write) => {
    await write('package.json', `${JSON.stringify(manifest(own, entry), null, 2)}\n`);
    await write('README.md', readme(own, kind, entry));
    await write('plugin.js', code);
    return 0;
  });
  if (written !== 0) return written;
  output.stdout.write(
    `${join(name, 'plugin.js')} is a ${kind.replace('-', ' ')}, "${entry}", to change into yours.\n` +
      `  cd ${name} && npm install && npm test\n`,
  );
  return 0;
};

const manifest = (name: string, entry: string) => ({
  name,
  version: '0.1.0',
  description: `A plugin of Menusmith: ${entry}.`,
  type: 'module',
  exports: './plugin.js',
  files: ['plugin.js'],
  scripts: { test: `menusmith laws ${entry} --plugin ./plugin.js` },
  peerDependencies: { menusmith: `^${version}` },
});

const readme = (name: string, kind: string, entry: string): string => `# ${name}

A plugin of Menusmith with one ${kind.replace('-', ' ')}, \`${entry}\`. \`npm test\` holds it against the laws of its kind.

\`\`\`sh
npm install
npm test
npx menusmith plugins ${entry} --plugin ./plugin.js
npx menusmith solve study.yaml --plugin ./plugin.js
\`\`\`

Rename the entry in \`plugin.js\`, and in the script \`test\` of \`package.json\`; a study names it as \`use: ${entry}\`.
`;
