import { basename, dirname, join, resolve } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { picturesOn, REPORT_PAGE } from './report-files.ts';
import { isWrongPath, systemErrorWords } from './system-error.ts';

export type Content = string | Uint8Array | Iterable<string>;

/** Files could not be written: the message says which, why, and what stands there now. */
export class UnwritableError extends Error {
  override readonly name = 'UnwritableError';
  /** Whether another path would help; else it is the disk, or the machine. */
  readonly isWrongPath: boolean;

  constructor(path: string, cause: unknown, state = 'nothing is written') {
    super(`cannot write ${path}: ${systemErrorWords(cause)}; ${state}`, { cause });
    this.isWrongPath = isWrongPath(cause);
  }
}

/** What is not finished has this name, with six letters more. */
const PREFIX = '.menusmith-unfinished-';
/** A day in milliseconds: what a run that was killed has left is nobody's any more. */
const FORGOTTEN = 86_400_000;

/** Where a directory is to stand: what there is of its path, and the names that are missing from there on. */
interface Place {
  readonly base: string;
  readonly missing: readonly string[];
}

const placeOf = async (system: FileSystem, directory: string): Promise<Place> => {
  let base = resolve(directory);
  const missing: string[] = [];
  for (;;) {
    const kind = await system.kind(base);
    if (kind === 'directory') return { base, missing };
    if (kind === 'link') base = await system.realPath(base);
    else if (kind === 'file') throw systemError('ENOTDIR');
    else {
      missing.unshift(basename(base));
      base = dirname(base);
    }
  }
};

/**
 * Files on their way into a directory, each written whole and flushed under a hidden name on the same disk before any of them can be seen.
 *
 * `finish` puts them in place: a directory that was not there appears by one renaming, with everything in it; into one that was there, files are
 * renamed one by one.
 */
export interface UnfinishedFolder {
  write(name: string, content: Content): Promise<void>;
  /** Of these names those that were not written are of an earlier run, and go; with its page its pictures do. */
  finish(replaced: readonly string[]): Promise<void>;
  /** Leaves nothing of what is not in place. */
  discard(): Promise<void>;
}

/** Begins with the files of `directory`, as the user named it; UnwritableError where nothing can be written there. */
export const unfinishedFolder = async (system: FileSystem, directory: string): Promise<UnfinishedFolder> => {
  const attempt = async <T>(path: string, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      throw new UnwritableError(path, error);
    }
  };
  const { base, missing } = await attempt(directory, () => placeOf(system, directory));
  await removeForgotten(system, base);
  const hidden = await attempt(directory, () => system.makeUnique(join(base, PREFIX)));
  const discard = async (): Promise<void> => {
    // Where the disk is gone, so is what would be removed; a later run tries again.
    await system.removeDirectory(hidden).catch(() => undefined);
  };
  // The outer directory is its owner's alone; this one, which is moved, is what the user's umask says.
  let inner = hidden;
  try {
    for (const name of missing.length === 0 ? ['files'] : missing) {
      inner = join(inner, name);
      await attempt(directory, () => system.makeDirectory(inner));
    }
  } catch (error) {
    await discard();
    throw error;
  }
  const written: string[] = [];
  return {
    discard,
    async write(name, content) {
      await attempt(join(directory, name), () => writeFile(system, join(inner, name), content));
      written.push(name);
    },
    async finish(replaced) {
      const now = await attempt(directory, () => placeOf(system, directory));
      const depth = missing.length - now.missing.length;
      if (now.missing.length > 0 && depth >= 0) {
        const top = join(hidden, ...missing.slice(0, depth + 1));
        await attempt(directory, async () => {
          for (let path = inner; path !== hidden; path = dirname(path)) await system.syncDirectory(path);
          await system.rename(top, join(now.base, now.missing[0]!));
        });
      } else
        await renameInto(
          system,
          { inner, target: join(now.base, ...now.missing), directory },
          written,
          replaced,
        );
      try {
        await system.syncDirectory(now.base);
      } catch (error) {
        throw new UnwritableError(
          directory,
          error,
          'all files are there, but may not survive a power failure',
        );
      }
    },
  };
};

const writeFile = async (system: FileSystem, path: string, content: Content): Promise<void> => {
  const file = await system.create(path);
  try {
    const chunks = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
    for (const chunk of chunks) await file.write(chunk);
    await file.sync();
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  await file.close();
};

/**
 * Renames files into a directory that others may have files in. The last file is the seal: its earlier version goes first and it comes last, so
 * that where it stands all files are of one run.
 */
const renameInto = async (
  system: FileSystem,
  {
    inner,
    target,
    directory,
  }: { readonly inner: string; readonly target: string; readonly directory: string },
  written: readonly string[],
  replaced: readonly string[],
): Promise<void> => {
  const removed: string[] = [];
  const placed: string[] = [];
  const attempt = async (name: string, act: (path: string) => Promise<void>): Promise<void> => {
    try {
      await act(join(target, name));
    } catch (error) {
      throw new UnwritableError(join(directory, name), error, stateWords(placed, removed));
    }
  };
  let outdated: readonly string[] = [];
  await attempt('', async () => {
    outdated = await outdatedFiles(system, target, written, replaced);
  });
  for (const name of written) {
    await attempt(name, async (path) => {
      if ((await system.kind(path)) === 'directory') throw systemError('EISDIR');
    });
  }
  for (const name of [...written.slice(-1), ...outdated]) {
    await attempt(name, async (path) => {
      if ((await system.kind(path)) === undefined) return;
      await system.removeFile(path);
      removed.push(name);
    });
  }
  for (const name of written) {
    await attempt(name, (path) => system.rename(join(inner, name), path));
    placed.push(name);
  }
};

/** What stands there where the files of a run could not all be put in place. */
const stateWords = (placed: readonly string[], removed: readonly string[]): string =>
  (placed.length === 0 ? 'nothing is written' : `of this run there are only ${placed.join(', ')}`) +
  (removed.length === 0 ? '' : `; removed of an earlier one: ${removed.join(', ')}`);

const systemError = (code: string): Error => Object.assign(new Error(code), { code });

/** The files of an earlier run, by these names or by its page, that this run did not write. */
const outdatedFiles = async (
  system: FileSystem,
  target: string,
  written: readonly string[],
  replaced: readonly string[],
): Promise<readonly string[]> => {
  const page = join(target, REPORT_PAGE);
  const isPage = replaced.includes(REPORT_PAGE) && (await system.kind(page)) === 'file';
  const names = [...replaced, ...(isPage ? picturesOn(await system.readText(page)) : [])];
  const outdated: string[] = [];
  for (const name of new Set(names)) {
    if (!written.includes(name) && (await system.kind(join(target, name))) === 'file') outdated.push(name);
  }
  return outdated;
};

/** Removes what runs that were killed have left here, if it is old enough to be of none that is still at work. */
const removeForgotten = async (system: FileSystem, directory: string): Promise<void> => {
  try {
    for (const name of await system.names(directory)) {
      if (!name.startsWith(PREFIX)) continue;
      const path = join(directory, name);
      if (Date.now() - (await system.changed(path)) > FORGOTTEN) await system.removeDirectory(path);
    }
  } catch {
    // It is in nobody's way.
  }
};
