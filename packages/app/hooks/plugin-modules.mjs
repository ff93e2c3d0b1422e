/*
 * How a plugin's modules are found and read, beside Node's own way: they import @menusmith/core from wherever they lie, and may be TypeScript. Node runs these hooks in a
 * thread of their own (node:module, register). Modules of plugins are those with the mark, and what they import.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const MARK = '#menusmith-plugin';
const SCHEME = 'menusmith:';

/** Names that the program's own packages export, by package: modules of plugins get the same objects, so that an InputError of theirs is one of ours. */
let exported = {};
/** Where packages that a plugin cannot find are looked for. */
let home;

export const initialize = (given) => {
  ({ exported, home } = given);
};

export const resolve = async (specifier, context, next) => {
  const isOfPlugin = specifier.endsWith(MARK) || context.parentURL?.endsWith(MARK);
  if (!isOfPlugin) return next(specifier, context);
  if (Object.hasOwn(exported, specifier)) return { url: `${SCHEME}${specifier}`, shortCircuit: true };
  const resolved = await next(specifier, context).catch((error) => {
    if (!specifier.startsWith('@menusmith/')) throw error;
    return next(specifier, { ...context, parentURL: home });
  });
  const isModule = resolved.url.startsWith('file:') && /\.m?[jt]s$/.test(resolved.url);
  return isModule && !resolved.url.includes('/node_modules/')
    ? { ...resolved, url: `${resolved.url}${MARK}` }
    : resolved;
};

export const load = async (url, context, next) => {
  if (url.startsWith(SCHEME)) return { format: 'module', shortCircuit: true, source: ownModule(url) };
  if (!url.endsWith(MARK) || !/\.m?ts$/.test(new URL(url).pathname)) return next(url, context);
  const filePath = fileURLToPath(url);
  const { transform } = await import('sucrase');
  const { code } = transform(await readFile(filePath, 'utf8'), {
    transforms: ['typescript'],
    disableESTransforms: true,
    filePath,
  });
  return { format: 'module', shortCircuit: true, source: code };
};

/** A module that hands on what the program has loaded. */
const ownModule = (url) => {
  const name = url.slice(SCHEME.length);
  const names = exported[name].filter((own) => own !== 'default');
  const from = `globalThis[Symbol.for('menusmith')][${JSON.stringify(name)}]`;
  return `const own = ${from};\n${names.map((own) => `export const ${own} = own.${own};`).join('\n')}\n`;
};
