import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/** The sources of this repository's packages by the names under which they are imported: node_modules leads from a copy of it back to the tree that was copied. */
const ownPackages = () =>
  new Map(
    [...readdirSync('packages').map((name) => join('packages', name)), 'plugins'].flatMap((folder) => {
      const { name, exports = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return Object.entries(exports).flatMap(([entry, { 'menusmith-source': file }]) =>
        file === undefined ? [] : [[join(name, entry), join(process.cwd(), folder, file)]],
      );
    }),
  );

/**
 * Writes files of tests of the repository in which the process stands into a folder, as modules that Node.js runs: one of all sources, and one a file, so that tests can be loaded anew where sources stay.
 * Answers with their addresses. What tests import from vitest they get from `collected-tests.js`.
 */
export const bundleTests = async (files, folder) => {
  const own = ownPackages();
  const nameOf = (file) => file.replaceAll('/', '__');
  const made = await rolldown({
    input: Object.fromEntries(files.map((file) => [nameOf(file), join(process.cwd(), file)])),
    platform: 'node',
    logLevel: 'silent',
    external: (id) => /^[@\w]/.test(id) && id !== 'vitest' && !own.has(id),
    plugins: [
      {
        name: 'menusmith',
        resolveId: (id) =>
          id === 'vitest'
            ? { id: pathToFileURL(join(import.meta.dirname, 'collected-tests.js')).href, external: true }
            : own.get(id),
        // What a module reads beside itself stays where it was.
        transform: (code, id) => code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
      },
    ],
  });
  await made.write({
    dir: folder,
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    codeSplitting: { groups: [{ name: 'sources', test: /\/(packages|plugins)\/(?!.*node_modules)/ }] },
  });
  await made.close();
  const address = (name) => pathToFileURL(join(process.cwd(), folder, `${name}.mjs`)).href;
  return {
    sources: address('sources'),
    tests: new Map(files.map((file) => [file, address(nameOf(file))])),
  };
};
