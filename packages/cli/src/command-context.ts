import type { Plugin } from '@menusmith/core';

/** Where a command writes: results to `stdout`, everything else to `stderr`. */
export interface Output {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** 0 done, 1 a fault of ours, 2 wrong input, 3 not certified within the limits. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What every command can ask for: plugins given with --plugin, and whether JSON is wanted. */
export interface CommonOptions {
  readonly plugin?: readonly string[];
  readonly json?: boolean;
}

/** Loads the plugins in order and registers them after the standard one. */
export const registryFor = async ({ plugin: paths = [] }: CommonOptions) => {
  const { createRegistry, loadPlugin, standardPlugin } = await import('@menusmith/app');
  const loaded: Plugin[] = [];
  for (const path of paths) loaded.push(await loadPlugin(path));
  return createRegistry([standardPlugin, ...loaded]);
};

/** The JSON document of a result: a number that does not exist is null. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, (_, item) => (typeof item === 'number' && !Number.isFinite(item) ? null : item), 2)}\n`;
