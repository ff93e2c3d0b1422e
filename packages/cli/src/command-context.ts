import type { Plugin } from '@menusmith/core';
import type { FileSystem } from './file-system.ts';
import type { Supervisor } from './supervision/supervisor.ts';

/** A stream that is written to: as much of a Node stream as commands know of. */
export interface TextStream {
  /** false asks the writer to wait for `drain`, where there is `once` to wait with. */
  write(text: string): unknown;
  once?(event: 'drain', listener: () => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Where a command writes: results to `stdout`, files of `--out` to `fileSystem`, everything else to `stderr`. */
export interface Output {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** The process's own where none is given. */
  readonly fileSystem?: FileSystem;
  /** Who can end the command; nobody where there is none. */
  readonly supervisor?: Supervisor;
  /** The module of threads that share jobs; where there is none the command does them itself. */
  readonly jobThreads?: URL;
}

/** 0 done, 1 a fault of ours or of the machine, such as a full disk, 2 wrong input or a wrong path, 3 not certified within the limits. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What every command can ask for: plugins given with --plugin, and whether JSON is wanted. */
export interface CommonOptions {
  readonly plugin?: readonly string[];
  readonly json?: boolean;
  /** Seconds. */
  readonly timeLimit?: number;
  /** Fields of the study with other values, as `PATH=VALUE`. */
  readonly set?: readonly string[];
  /** Files outside of the study's folder may be read as well. */
  readonly allowFiles?: boolean;
}

/** Loads the plugins in order and registers them after the standard one. */
export const registryFor = async ({ plugin: paths = [] }: CommonOptions) => {
  const { createRegistry, loadPlugin, standardPlugin } = await import('@menusmith/app');
  const loaded: Plugin[] = [];
  for (const path of paths) loaded.push(await loadPlugin(path));
  return createRegistry([standardPlugin, ...loaded]);
};
