import { printable } from '@menusmith/core';
import type { Output, TextStream } from './command-context.ts';

/**
 * The same streams, to which nothing is written that a terminal would obey: names, messages that repeat what was given, and what plugins say may hold
 * anything. A carriage return that is written alone is the progress line's own.
 */
export const printableOutput = ({ stdout, stderr, ...others }: Output): Output => ({
  ...others,
  stdout: printableStream(stdout),
  stderr: printableStream(stderr),
});

const printableStream = (stream: TextStream): TextStream => ({
  write: (text) => stream.write(text === '\r' ? text : printable(text)),
  ...(stream.once && { once: (event, listener) => void stream.once?.(event, listener) }),
  get isTTY() {
    return stream.isTTY === true;
  },
  get columns() {
    return stream.columns ?? 0;
  },
});
