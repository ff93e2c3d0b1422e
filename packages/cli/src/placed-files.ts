import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { systemError, UnwritableError } from './unwritable-error.ts';
import { writeWholeFile } from './whole-file.ts';
import { hasEnded, thisWriter } from './writer.ts';

/*
 * Many files cannot be renamed into a directory at once. So that they are there together or not at all, a run does as data bases do with a journal. The directory in which its files
 * wait gets the name FINISHING, which one run can have at a time. The files of an earlier run are moved into it, and only then are the new ones moved out: what stands
 * in the target is always of one run. Where one of these steps fails they are undone, and where the process was killed the next run undoes them. The end is one renaming:
 * the directory has another name again.
 */

/** The directory of the run that is putting its files in place. */
const FINISHING = '.menusmith-finishing';
/** In it: who that is, and what is done; the files of an earlier run; and the new ones, which wait in the run's hidden directory under this name already. */
const PLAN = 'plan.json';
const EARLIER = 'earlier';
export const WAITING = 'files';

/** Milliseconds between looks at another run that is putting files in place, and looks until it is taken for dead: 10 s in all. It takes milliseconds. */
const PAUSE = 20;
const PATIENCE = 500;

interface Plan {
  readonly writer: string;
  /** The new files, the seal last: where it stands, all do. */
  readonly files: readonly string[];
}

/** Where files go, and from where. */
export interface Placement {
  /** The run's own hidden directory, in which the files wait. */
  readonly hidden: string;
  readonly target: string;
  /** The target as the user calls it. */
  readonly directory: string;
}

/**
 * Moves files into a directory that others may have files in, and those of an earlier run out of it: all of them, or none where a step fails. `outdated` finds the files of an
 * earlier run that no new one replaces. The last file is the seal: its earlier version goes first and it comes last.
 */
export const placeFiles = async (
  system: FileSystem,
  { hidden, target, directory }: Placement,
  files: readonly string[],
  outdated: () => Promise<readonly string[]>,
): Promise<void> => {
  const finishing = join(target, FINISHING);
  const plan: Plan = { writer: thisWriter(), files };
  let at = directory;
  const isTold: (error: unknown, state?: string) => never = (error, state) => {
    throw new UnwritableError(at, error, state);
  };
  try {
    await writeWholeFile(system, join(hidden, PLAN), JSON.stringify(plan));
    await system.syncDirectory(join(hidden, WAITING));
    await system.syncDirectory(hidden);
    at = join(directory, FINISHING);
    await begin(system, hidden, target);
  } catch (error) {
    isTold(error);
  }
  try {
    for (const name of files) {
      at = join(directory, name);
      const kind = await system.kind(join(target, name));
      if (kind === 'directory') throw systemError('EISDIR');
      // As /dev/null, which a renaming would put a file in the place of.
      if (kind === 'device') throw systemError('EEXIST');
    }
    at = directory;
    await system.makeDirectory(join(finishing, EARLIER));
    for (const name of new Set([...files.slice(-1), ...(await outdated()), ...files])) {
      at = join(directory, name);
      if ((await system.kind(join(target, name))) !== undefined)
        await system.rename(join(target, name), join(finishing, EARLIER, name));
    }
    for (const name of files) {
      at = join(directory, name);
      await system.rename(join(finishing, WAITING, name), join(target, name));
    }
  } catch (error) {
    let isWhole: boolean;
    try {
      isWhole = await undo(system, target, files).catch(() => undo(system, target, files));
      if (!isWhole) await release(system, finishing, hidden);
    } catch {
      const place = join(directory, FINISHING);
      isTold(error, `the files of this run and those of an earlier one are in ${place} until the next run`);
    }
    // A network may lose the answer that a file has been renamed.
    if (!isWhole) isTold(error);
  }
  at = directory;
  let unsafe: unknown;
  try {
    await system.syncDirectory(target);
  } catch (error) {
    unsafe = error;
  }
  // Where this cannot be done the next run sees that all files are in place.
  await release(system, finishing, hidden).catch(() => undefined);
  if (unsafe !== undefined) isTold(unsafe, UNSAFE);
};

/** Ends the placing; a second time where the first one fails, as everything else is done. */
const release = (system: FileSystem, finishing: string, hidden: string): Promise<void> =>
  system.rename(finishing, hidden).catch(() => system.rename(finishing, hidden));

/** What stands there where only the last flush has failed. */
export const UNSAFE = 'all files are there, but may not survive a power failure';

/** Waits until no other run is putting files in place there, and is the one that does. */
const begin = async (system: FileSystem, hidden: string, target: string): Promise<void> => {
  for (let looks = 0; ; looks++) {
    try {
      return await system.rename(hidden, join(target, FINISHING));
    } catch (error) {
      if (!TAKEN.has((error as NodeJS.ErrnoException).code) || looks > PATIENCE) throw error;
      if (await undoEnded(system, target, hidden, looks === PATIENCE)) continue;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
};

/** What systems say where a directory of that name is there; Windows says EPERM. */
const TAKEN: ReadonlySet<string | undefined> = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM']);

/**
 * Undoes what a run has left that was killed while it put files in place, and moves the rest into `hidden`, which goes; false where that run may still be at work, unless it
 * `isDead`.
 */
export const undoEnded = async (
  system: FileSystem,
  target: string,
  hidden: string,
  isDead = false,
): Promise<boolean> => {
  const finishing = join(target, FINISHING);
  if ((await system.kind(finishing)) === undefined) return true;
  const plan = await planIn(system, finishing);
  if (plan === undefined || !(isDead || hasEnded(plan.writer))) return false;
  await undo(system, target, plan.files);
  const ended = join(hidden, 'ended');
  await system.rename(finishing, ended);
  await system.removeDirectory(ended).catch(() => undefined);
  return true;
};

/** Undefined where it is not one of ours: links in it could lead anywhere. */
const planIn = async (system: FileSystem, finishing: string): Promise<Plan | undefined> => {
  if ((await system.kind(finishing)) !== 'directory') return undefined;
  if ((await system.kind(join(finishing, WAITING))) !== 'directory') return undefined;
  if ((await system.kind(join(finishing, EARLIER))) === 'link') return undefined;
  try {
    const { writer, files } = JSON.parse(await system.readText(join(finishing, PLAN))) as Plan;
    return typeof writer === 'string' && isNames(files) ? { writer, files } : undefined;
  } catch {
    return undefined;
  }
};

const isNames = (names: unknown): boolean =>
  Array.isArray(names) &&
  names.every((name) => typeof name === 'string' && /^[^/\\\0]+$/.test(name) && !/^\.{1,2}$/.test(name));

/** Moves the new files back, and then the earlier ones, their seal last; where all new ones are in place they stay, and the answer is true. */
const undo = async (system: FileSystem, target: string, files: readonly string[]): Promise<boolean> => {
  const finishing = join(target, FINISHING);
  const waiting = new Set(await system.names(join(finishing, WAITING)));
  const seal = files.at(-1);
  if (seal === undefined || !waiting.has(seal)) return true;
  for (const name of files) {
    if (!waiting.has(name) && (await system.kind(join(target, name))) !== undefined)
      await system.rename(join(target, name), join(finishing, WAITING, name));
  }
  const isMoved = (await system.kind(join(finishing, EARLIER))) !== undefined;
  const earlier = isMoved ? await system.names(join(finishing, EARLIER)) : [];
  for (const name of [...earlier].sort((a, b) => Number(a === seal) - Number(b === seal)))
    await system.rename(join(finishing, EARLIER, name), join(target, name));
  return false;
};
