import type { TextStream } from './command-context.ts';
import { jsonChunks } from './json-text.ts';

/** Writes plain data as JSON, and waits where the stream asks to: a slow reader costs time, not memory. */
export const writeJson = (stream: TextStream, value: unknown): Promise<void> =>
  writeChunks(stream, jsonChunks(value));

/** Writes a text piece by piece, and waits where the stream asks to. */
export const writeChunks = async (stream: TextStream, chunks: Iterable<string>): Promise<void> => {
  for (const chunk of chunks) {
    if (stream.write(chunk) === false && stream.once !== undefined) {
      await new Promise<void>((resolve) => stream.once?.('drain', resolve));
    }
  }
};
