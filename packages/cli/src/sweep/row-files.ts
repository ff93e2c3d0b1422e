import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Sweep, SweepRow } from '@menusmith/app';
import { UnwritableError } from '../unwritable-error.ts';
import { hasEnded, thisWriter } from '../writer.ts';
import type { Chunk } from './chunks.ts';

/*
 * The rows of a chunk stand in one file, a line each. While some are missing it has another name, PART at its end and its writer in it, and grows by a line before the next
 * combination begins: of a process that is killed at any moment every finished row is there. With its last row the file gets its name. Two processes that solve one chunk
 * at the same time write the same rows, each into a file of its own, and either may be the one that is kept.
 */

/** In the directory of the sweep. */
const FOLDER = 'rows';
const PART = '.part';

/** What stands there where a row cannot be written. */
const KEPT = 'rows before it are there, and the same command goes on';

/** The rows of a sweep's chunks on disk. */
export interface RowFiles {
  /** The rows of a chunk that is finished, in order. */
  finished(chunk: Chunk): readonly SweepRow[] | undefined;
  /** The rows of a chunk that are there, by combination. */
  read(chunk: Chunk): ReadonlyMap<number, SweepRow>;
  /** Goes on with a chunk of which these rows are there. Throws UnwritableError where nothing can be written. */
  goOn(chunk: Chunk, known: ReadonlyMap<number, SweepRow>): RowFile;
}

/** A chunk's file while rows are missing. */
export interface RowFile {
  add(combination: number, row: SweepRow): void;
  /** All rows are there. */
  finish(): void;
  /** Leaves what is there for who goes on. */
  close(): void;
}

/** The chunks of the sweep with this identity, in its directory as the user named it. A line that is no row of it counts for nothing. */
export const rowFiles = (directory: string, identity: string, { isRow }: Pick<Sweep, 'isRow'>): RowFiles => {
  const folder = join(directory, FOLDER);
  const nameOf = ({ number }: Chunk): string => `${String(number).padStart(6, '0')}-${identity.slice(0, 16)}`;
  const parts = (chunk: Chunk): readonly string[] => {
    const start = `${nameOf(chunk)}.`;
    return names(folder).filter((name) => name.startsWith(start) && name.endsWith(PART));
  };
  const read = (chunk: Chunk, files: readonly string[]): ReadonlyMap<number, SweepRow> =>
    new Map(files.flatMap((file) => rowsIn(join(folder, file), chunk, isRow)));
  const wholeOf = (chunk: Chunk): string => `${nameOf(chunk)}.jsonl`;
  return {
    finished(chunk) {
      const rows = read(chunk, [wholeOf(chunk)]);
      return rows.size === chunk.end - chunk.first ? inOrder(rows) : undefined;
    },
    read: (chunk) => read(chunk, [wholeOf(chunk), ...parts(chunk)]),
    goOn: (chunk, known) => newFile(folder, nameOf(chunk), known, parts(chunk).filter(isLeft)),
  };
};

/** All chunks are finished: what is left of runs that were killed goes. */
export const sweepUp = (directory: string): void => {
  const folder = join(directory, FOLDER);
  for (const name of names(folder)) if (name.endsWith(PART)) rmSync(join(folder, name), { force: true });
};

/** Whether nobody writes the file any more. */
const isLeft = (name: string): boolean => hasEnded(name.slice(name.indexOf('.') + 1, name.lastIndexOf('-')));

/** Rows by combination, the first one first. */
export const inOrder = (rows: ReadonlyMap<number, SweepRow>): readonly SweepRow[] =>
  [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);

const newFile = (
  folder: string,
  name: string,
  known: ReadonlyMap<number, SweepRow>,
  earlier: readonly string[],
): RowFile => {
  const whole = join(folder, `${name}.jsonl`);
  const part = join(folder, `${name}.${thisWriter()}-${process.hrtime.bigint()}${PART}`);
  const attempt = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw new UnwritableError(whole, error, KEPT);
    }
  };
  const lines = new Map<number, string>();
  const file = attempt(() => {
    makeFolder(folder);
    return openSync(part, 'wx');
  });
  const add = (combination: number, row: SweepRow): void => {
    const line = `${JSON.stringify([combination, ...row])}\n`;
    lines.set(combination, line);
    attempt(() => writeWhole(file, line));
  };
  for (const [combination, row] of known) add(combination, row);
  // What they have is here now.
  for (const other of earlier) rmSync(join(folder, other), { force: true });
  return {
    add,
    finish: () =>
      attempt(() => {
        fsyncSync(file);
        closeSync(file);
        place(part, whole, lines.values());
      }),
    close: () => closeSync(file),
  };
};

/** Not with all that is missing around it: that waits for ever where a system takes no directories. */
const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
};

/** Whoever solves the same chunk may have taken the file for one that nobody writes any more. */
const place = (part: string, whole: string, lines: Iterable<string>): void => {
  if (!existsSync(part)) {
    if (existsSync(whole)) return;
    const again = openSync(part, 'wx');
    for (const line of lines) writeWhole(again, line);
    fsyncSync(again);
    closeSync(again);
  }
  renameSync(part, whole);
};

const writeWhole = (file: number, text: string): void => {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
};

const names = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** The rows of a file that were written to their end. */
const rowsIn = (path: string, { first, end }: Chunk, isRow: Sweep['isRow']): [number, SweepRow][] => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Another process has just finished it, or gone on with it.
    return [];
  }
  return text.split('\n').flatMap((line): [number, SweepRow][] => {
    const cells = parsed(line);
    if (!Array.isArray(cells)) return [];
    const [combination, ...row] = cells as [number, ...unknown[]];
    return combination >= first && combination < end && isRow(combination, row) ? [[combination, row]] : [];
  });
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
