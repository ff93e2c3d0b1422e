import { basename, dirname, join, resolve } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { placeFiles, UNSAFE, undoEnded, WAITING } from './placed-files.ts';
import { outdatedNames, REPORT_PAGE } from './report-files.ts';
import { systemError, UnwritableError } from './unwritable-error.ts';
import { type Content, writeWholeFile } from './whole-file.ts';
import { hasEnded, thisWriter } from './writer.ts';

/** What is not finished has this name, with its writer and six letters more. */
const PREFIX = '.menusmith-unfinished-';
/** A day in milliseconds: what a run that was killed on another machine has left is nobody's any more. */
const FORGOTTEN = 86_400_000;

/** In it a directory that is not there yet comes into being. */
const NEW = 'new';

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
    else if (kind === 'file' || kind === 'device') throw systemError('ENOTDIR');
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
 * renamed one by one, as in placed-files.ts.
 */
export interface UnfinishedFolder {
  /** A name may have folders before it, with / between them. */
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
  const hidden = await attempt(directory, () => system.makeUnique(join(base, `${PREFIX}${thisWriter()}-`)));
  const discard = async (): Promise<void> => {
    // Where it fails twice the disk is gone; the next run tries again.
    const remove = () => system.removeDirectory(hidden);
    await remove()
      .catch(remove)
      .catch(() => undefined);
  };
  // Whoever is to write there finds it as it was.
  if (missing.length === 0) await undoEnded(system, base, hidden).catch(() => undefined);
  // The outer directory is its owner's alone; this one, which is moved, is what the user's umask says.
  let inner = hidden;
  try {
    for (const name of [missing.length === 0 ? WAITING : NEW, ...missing]) {
      inner = join(inner, name);
      await attempt(directory, () => system.makeDirectory(inner));
    }
  } catch (error) {
    await discard();
    throw error;
  }
  const written = new Set<string>();
  const folders = new Set<string>();
  /** Makes the folders that a name with slashes asks for. */
  const makeFolders = async (name: string): Promise<void> => {
    const parts = name.split('/').slice(0, -1);
    for (const [k] of parts.entries()) {
      const folder = parts.slice(0, k + 1).join('/');
      if (!folders.has(folder)) await system.makeDirectory(join(inner, folder));
      folders.add(folder);
    }
  };
  return {
    discard,
    async write(name, content) {
      await attempt(join(directory, name), async () => {
        await makeFolders(name);
        await writeWholeFile(system, join(inner, name), content);
      });
      // A folder is put in place with what is in it.
      written.add(name.split('/')[0]!);
    },
    async finish(replaced) {
      for (const folder of folders) await attempt(directory, () => system.syncDirectory(join(inner, folder)));
      for (;;) {
        const now = await attempt(directory, () => placeOf(system, directory));
        const depth = missing.length - now.missing.length;
        if (now.missing.length > 0 && depth >= 0) {
          const top = join(hidden, NEW, ...missing.slice(0, depth + 1));
          const isThere = await attempt(directory, async () => {
            for (let path = inner; path !== hidden; path = dirname(path)) await system.syncDirectory(path);
            return isPlaced(system, top, join(now.base, now.missing[0]!));
          });
          if (!isThere) continue;
          try {
            return await system.syncDirectory(now.base);
          } catch (error) {
            throw new UnwritableError(directory, error, UNSAFE);
          }
        }
        const target = join(now.base, ...now.missing);
        await attempt(directory, async () => {
          if (inner !== join(hidden, WAITING)) await system.rename(inner, join(hidden, WAITING));
        });
        const names = [...written];
        return placeFiles(system, { hidden, target, directory }, names, () =>
          outdatedFiles(system, target, names, replaced),
        );
      }
    },
  };
};

/** Names a directory; false where another one has appeared there in the meantime. */
const isPlaced = async (system: FileSystem, from: string, to: string): Promise<boolean> => {
  try {
    await system.rename(from, to);
    return true;
  } catch (error) {
    if ((await system.kind(to)) === 'directory') return false;
    throw error;
  }
};

/** The files of an earlier run that this one did not write. */
const outdatedFiles = async (
  system: FileSystem,
  target: string,
  written: readonly string[],
  replaced: readonly string[],
): Promise<readonly string[]> => {
  const page = join(target, REPORT_PAGE);
  const isPage = replaced.includes(REPORT_PAGE) && (await system.kind(page)) === 'file';
  const names = outdatedNames(replaced, isPage ? await system.readText(page) : undefined);
  const outdated: string[] = [];
  for (const name of new Set(names)) {
    if (!written.includes(name) && (await system.kind(join(target, name))) === 'file') outdated.push(name);
  }
  return outdated;
};

/** Removes what runs that were killed have left here: those of this machine that have ended, and those of others that are old. */
const removeForgotten = async (system: FileSystem, directory: string): Promise<void> => {
  try {
    for (const name of await system.names(directory)) {
      if (!name.startsWith(PREFIX)) continue;
      const path = join(directory, name);
      const writer = name.slice(PREFIX.length).replace(/-[^-]*$/, '');
      if (hasEnded(writer) || Date.now() - (await system.changed(path)) > FORGOTTEN)
        await system.removeDirectory(path);
    }
  } catch {
    // It is in nobody's way.
  }
};
