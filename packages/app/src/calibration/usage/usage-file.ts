import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { InputError } from '@menusmith/core';
import type { ReadBytes } from './delimited-bytes.ts';

/** A log that is open: its bytes from the beginning, and its first ones as text. */
export interface UsageFile {
  readonly read: ReadBytes;
  readonly firstText: string;
  /** SHA-256 of what was read. */
  digest(): string;
  close(): void;
}

const FIRST = 1 << 16;

/** Opens a log, a file or a pipe; throws InputError with the file's name where it cannot be read. */
export const openUsage = (path: string): UsageFile => {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === undefined || error instanceof InputError) throw error;
      const words: Record<string, string> = {
        ENOENT: 'no such file',
        ENOTDIR: 'no such file',
        EACCES: 'no permission to read it',
      };
      throw new InputError('unreadable', `${path}: ${words[code] ?? `cannot be read (${code})`}`);
    }
  };
  const file = attempt(() => openSync(path, 'r'));
  const found = fstatSync(file);
  if (!found.isFile() && !found.isFIFO()) {
    closeSync(file);
    const came = found.isDirectory() ? 'directory' : 'device';
    throw new InputError('not-a-file', `${path}: expected a CSV file, got a ${came}`);
  }
  const hash = createHash('sha256');
  const first = new Uint8Array(FIRST);
  let kept = attempt(() => readSync(file, first, 0, FIRST, null));
  const firstText = new TextDecoder().decode(first.subarray(0, kept));
  return {
    firstText,
    read: (into, at) => {
      let count = kept;
      if (kept > 0) into.set(first.subarray(0, count), at);
      else count = attempt(() => readSync(file, into, at, into.length - at, null));
      kept = 0;
      hash.update(into.subarray(at, at + count));
      return count;
    },
    digest: () => hash.digest('hex'),
    close: () => closeSync(file),
  };
};
