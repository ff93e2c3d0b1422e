/** A line without its end, or what is wrong with it: more bytes than are taken, which are not kept. */
export type Line = { readonly bytes: Uint8Array } | { readonly isTooLong: true };

const NEWLINE = 10;

/** The lines of a stream of bytes, each of at most so many bytes; what stands after the last end of a line is one as well. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Line, void, undefined> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const line = (): Line => {
    const whole: Line = size > most ? { isTooLong: true } : { bytes: Buffer.concat(parts) };
    [parts, size] = [[], 0];
    return whole;
  };
  const add = (part: Uint8Array): void => {
    size += part.length;
    if (size > most) parts = [];
    else parts.push(part);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, from);
      if (end < 0) break;
      add(chunk.subarray(from, end));
      yield line();
      from = end + 1;
    }
    add(chunk.subarray(from));
  }
  if (size > 0) yield line();
}
