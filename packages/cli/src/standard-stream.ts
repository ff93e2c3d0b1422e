import type { Writable } from 'node:stream';
import type { TextStream } from './command-context.ts';

/** A stream of the process that a command may write to whatever becomes of it. */
export interface StandardStream extends TextStream {
  /** Waits for what was written, and answers why it is not all there; undefined where it is, or where the reader had enough of it. */
  failure(): Promise<Error | undefined>;
}

/** The reader of a pipe has closed it, as in `menusmith plugins | head -1`; Windows says EOF. */
const ENOUGH: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EOF', 'ECONNRESET']);

/**
 * A stream on which nothing is thrown and nothing waits for ever: from its first error on, what is written is dropped.
 *
 * A command thus runs to its end, with its files and its exit code, after `head` has closed the pipe or a disk is full.
 */
export const standardStream = (
  stream: Writable,
  /** Is told once, at the first error, unless the reader had enough. */
  failed: (error: Error) => void = () => undefined,
): StandardStream => {
  let ended: NodeJS.ErrnoException | undefined;
  let isWritten = false;
  const waiting = new Set<() => void>();
  const release = (): void => {
    for (const listener of waiting) listener();
    waiting.clear();
  };
  const end = (error: NodeJS.ErrnoException): void => {
    if (ended === undefined) {
      ended = error;
      if (!ENOUGH.has(error.code)) failed(error);
    }
    release();
  };
  stream.on('error', end);
  stream.on('drain', release);
  return {
    write: (text) => {
      isWritten = true;
      return ended !== undefined || stream.write(text);
    },
    once: (_, listener) => {
      if (ended === undefined) waiting.add(listener);
      else listener();
    },
    get isTTY() {
      return (stream as Partial<NodeJS.WriteStream>).isTTY === true;
    },
    get columns() {
      return (stream as Partial<NodeJS.WriteStream>).columns ?? 0;
    },
    async failure() {
      // Where nothing was written nothing is lost, and full devices refuse even an empty text.
      if (isWritten && ended === undefined) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          stream.write('', (error) => {
            if (error) end(error);
            resolve();
          });
        });
      }
      return ENOUGH.has(ended?.code) ? undefined : ended;
    },
  };
};
