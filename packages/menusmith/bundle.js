import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
  readFileSync(here('package.json'), 'utf8'),
);
/** Packages that whoever installs this one has beside it, or does without: all others are in the bundle. */
const beside = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
const external = beside.map((name) => new RegExp(`^${name}(/|$)`));

/** Clarabel's WebAssembly is a package inside of cvxjs, which no registry knows: its files lie in dist/clarabel. */
const clarabel = {
  name: 'clarabel',
  resolveId: (id) =>
    id === 'clarabel-wasm-nodejs' ? { id: '../clarabel/clarabel_wasm.cjs', external: 'relative' } : null,
  transform: (code) =>
    code.includes("'clarabel-wasm/clarabel_wasm_bg.wasm'")
      ? code.replace("'clarabel-wasm/clarabel_wasm_bg.wasm'", "'../clarabel/browser.wasm'")
      : null,
};

/** Writes a bundle to dist/bundle, and returns the files that went into it. */
export const writeBundle = async (input, platform) => {
  const made = await rolldown({ input, platform, external, plugins: [clarabel] });
  await made.write({ dir: here('dist/bundle'), format: 'esm', entryFileNames: '[name].js' });
  const files = await made.watchFiles;
  await made.close();
  return files;
};

/**
 * The command and the API, some few files in place of hundreds, as reading modules is most of what a short command does. They share what they have in common, so that an
 * InputError of the one is one of the other. Drawing, other people's solvers and Redis are loaded only where they are asked for.
 */
export const writeProgram = async () => {
  const thread = (name) => here(`../cli/dist/supervision/${name}.js`);
  const files = await writeBundle(
    {
      index: here('dist/modules/index.js'),
      run: thread('run'),
      worker: thread('worker'),
      // One of those that share the work of the thread that works.
      'job-worker': thread('job-worker'),
    },
    'node',
  );
  // Node loads these by their file.
  cpSync(here('../app/hooks'), here('dist/hooks'), { recursive: true });
  const wasm = here('../../node_modules/cvxjs/wasm/pkg/nodejs');
  cpSync(`${wasm}/clarabel_wasm.js`, here('dist/clarabel/clarabel_wasm.cjs'));
  cpSync(`${wasm}/clarabel_wasm_bg.wasm`, here('dist/clarabel/clarabel_wasm_bg.wasm'));
  return files;
};
