import { createRequire, register } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as core from '@menusmith/core';
import * as plugins from '@menusmith/plugins';

/** As the hooks know modules of plugins. */
const MARK = '#menusmith-plugin';

/**
 * The module of a plugin, executed: JavaScript or TypeScript, whose `@menusmith/core` and `@menusmith/plugins` are those that the program runs on, wherever the file lies, and so is
 * what a plugin needs of `menusmith`.
 */
export const importPluginModule = async (file: string): Promise<{ readonly default?: unknown }> => {
  registerHooks();
  const url = `${pathToFileURL(file).href}${MARK}`;
  return nativeImport()(url);
};

type Import = (url: string) => Promise<{ readonly default?: unknown }>;

const nativeImport = (): Import =>
  createRequire(import.meta.url)(
    fileURLToPath(new URL('../hooks/import-module.cjs', import.meta.url)),
  ) as Import;

let isRegistered = false;

const registerHooks = (): void => {
  if (isRegistered) return;
  isRegistered = true;
  const { definePlugin, InputError } = core;
  const { standardPlugin } = plugins;
  const own = {
    '@menusmith/core': core,
    '@menusmith/plugins': plugins,
    menusmith: { definePlugin, InputError, standardPlugin },
  };
  (globalThis as Record<symbol, unknown>)[Symbol.for('menusmith')] = own;
  const exported = Object.fromEntries(
    Object.entries(own).map(([name, module]) => [name, Object.keys(module)] as const),
  );
  const home = import.meta.url;
  register(new URL('../hooks/plugin-modules.mjs', home), { data: { exported, home } });
};
