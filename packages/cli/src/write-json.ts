import type { TextStream } from './command-context.ts';
import { jsonChunks } from './json-text.ts';

/** Writes plain data as JSON, and waits where the stream asks to: a slow reader costs time, not memory. */
export const writeJson = async (stream: TextStream, value: unknown): Promise<void> => {
  for (const chunk of jsonChunks(value)) {
    if (stream.write(chunk) === false && stream.once !== undefined) {
      await new Promise<void>((resolve) => stream.once?.('drain', resolve));
    }
  }
};
