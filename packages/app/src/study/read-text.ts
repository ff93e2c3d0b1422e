import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { InputError, type Limit, requireWithin } from '@menusmith/core';

/** What a file is read as. */
export interface TextKind {
  /** As in `expected a CSV file`. */
  readonly what: string;
  /** Its size. */
  readonly limit: Limit;
  readonly whenMissing?: string;
}

/** Milliseconds between two looks into a pipe, and looks for a first writer: 5 s in all. */
const PAUSE = 5;
const PATIENCE = 1000;

/** Bytes to a reading: pipes give no more at once. */
const CHUNK = 2 ** 16;

/**
 * The text of the file at `path`, or of a pipe; no more than `limit` of it is read. Throws InputError, without the file's name, where it cannot be read, is too
 * large or is not UTF-8.
 */
export const readText = (path: string, kind: TextKind): string => utf8(readBytes(path, kind));

/** The bytes of the file at `path`; throws as `readText` does. */
export const readBytes = (
  path: string,
  { what, limit, whenMissing = 'no such file' }: TextKind,
): Uint8Array => {
  try {
    return bytesOf(path, what, limit);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new InputError('no-such-file', whenMissing);
    throw new InputError(
      'unreadable',
      code === 'EACCES' ? 'no permission to read it' : `cannot be read (${code})`,
    );
  }
};

const bytesOf = (path: string, what: string, limit: Limit): Uint8Array => {
  // Whoever waits in the system for a pipe's writer cannot be stopped.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file);
    // A pipe, as in <(generate-study), is as good as a file; a device may never end.
    if (!found.isFile() && !found.isFIFO())
      throw new InputError(
        'not-a-file',
        `expected a ${what} file, got a ${found.isDirectory() ? 'directory' : 'device'}`,
      );
    requireWithin(limit, found.size);
    const gathered = byteGatherer(limit);
    let patience = found.isFIFO() ? PATIENCE : 0;
    for (;;) {
      const chunk = new Uint8Array(CHUNK);
      const count = readNow(file, chunk);
      if (count === undefined) pause();
      else if (count > 0) {
        gathered.add(chunk.subarray(0, count));
        patience = 0;
      } else if (patience-- > 0) pause();
      else return gathered.all();
    }
  } finally {
    closeSync(file);
  }
};

/** Bytes read; undefined where a pipe has a writer who has not written yet. */
const readNow = (file: number, chunk: Uint8Array): number | undefined => {
  try {
    return readSync(file, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
};

const pause = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);

/** The text that is piped in; throws as `readText` does. */
export const readStandardInput = async (limit: Limit): Promise<string> => {
  const gathered = byteGatherer(limit);
  for await (const chunk of process.stdin) gathered.add(chunk as Uint8Array);
  return utf8(gathered.all());
};

/** Gathers chunks as they come, and throws InputError 'limit' with the first byte too many: what comes may have no end. */
const byteGatherer = (limit: Limit) => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    add(chunk: Uint8Array): void {
      size += chunk.length;
      requireWithin(limit, size <= limit.most ? size : Number.POSITIVE_INFINITY);
      chunks.push(chunk);
    },
    all: (): Uint8Array => Buffer.concat(chunks),
  };
};

const utf8 = (bytes: Uint8Array): string => {
  try {
    // A byte-order mark stays: the hash of the text is that of the bytes.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError('not-utf-8', 'expected text in UTF-8');
  }
};
