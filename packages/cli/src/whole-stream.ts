import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';

/**
 * The same stream, but that a file behind it gets all of what is written, or fails.
 *
 * Node asks the system once to write to a file, and takes no notice where a disk that is nearly full had room for a part only: the rest was lost without a
 * word. Pipes and terminals are sockets to Node, which waits until they have all.
 */
export const wholeStream = (
  stream: Writable & { readonly fd?: number },
  write: WriteBytes = writeSync,
): Writable =>
  stream instanceof Socket || typeof stream.fd !== 'number' ? stream : fileStream(stream.fd, write);

/** Writes bytes to an open file, as many as there is room for; answers with how many. */
type WriteBytes = (file: number, bytes: Uint8Array) => number;

const fileStream = (file: number, write: WriteBytes): Writable =>
  new Writable({
    // What comes after an error is not written; standardStream drops it.
    autoDestroy: false,
    write(chunk: Uint8Array, _, done) {
      try {
        for (let rest = chunk; rest.length > 0; ) {
          const count = write(file, rest);
          // No system does so; if one did, it had no room.
          if (!(count > 0)) throw Object.assign(new Error('nothing is taken'), { code: 'ENOSPC' });
          rest = rest.subarray(count);
        }
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
