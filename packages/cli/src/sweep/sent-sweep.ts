import { basename } from 'node:path';
import { filesBeside, type GivenFile, type SweepRequest, type SweepRow } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { type Chunk, LARGEST } from './chunks.ts';
import type { NamedAs } from './named-files.ts';
import { type SweepWords, sweepRequest } from './sweep-request.ts';

/*
 * A sweep on its way to workers on other machines is one text: the words of the command line, the study, and the files that the study names. A worker reads no file and loads
 * no plugin for what is in it, so that whoever can write such a text can have it solved, and nothing else.
 */

export interface SweepSending {
  /** Files that the study names. */
  readonly files: ReadonlyMap<string, NamedAs>;
  readonly allowFiles?: boolean | undefined;
  /** `K/N` where it is a part, which has a text of its own. */
  readonly shard?: string | undefined;
}

/** The text of a sweep for workers. The same sweep has the same text wherever its study lies. */
export const sentSweep = (
  { text, set, vary, combinations, columns, ...words }: SweepWords,
  { files, allowFiles, shard }: SweepSending,
): string => {
  const { toGive } = filesBeside(words.file, { allowFiles });
  const given = [...files].map(([path, what]) => toGive(path, what));
  const file = basename(words.file);
  return JSON.stringify({ text, file, set, vary, combinations, columns, given, shard });
};

/** The sweep that was sent. Throws InputError where it is none. */
export const receivedSweep = (sent: string): SweepRequest => {
  const { text, file, set, vary, combinations: listed, columns, given } = objectIn(parsed(sent), 'a sweep');
  const list = listed === undefined ? undefined : objectIn(listed, 'combinations');
  const words: SweepWords = {
    text: textIn(text),
    file: textIn(file),
    set: listIn(set).map(textIn),
    vary: listIn(vary).map(textIn),
    ...(list && { combinations: { text: textIn(list.text), file: textIn(list.file) } }),
    ...(columns === undefined ? {} : { columns: textIn(columns) }),
  };
  return { ...sweepRequest(words), given: listIn(given).map(givenFileIn) };
};

/** The chunk that was sent. Throws InputError where it is none. */
export const receivedChunk = (sent: unknown): Chunk => {
  const { number, first, end } = objectIn(sent, 'a chunk');
  const chunk = { number: countIn(number), first: countIn(first), end: countIn(end) };
  if (chunk.first >= chunk.end || chunk.end - chunk.first > LARGEST) throw refused('a chunk');
  return chunk;
};

/** Rows of a chunk, by combination, each of `width` cells. Throws InputError where they are none. */
export const receivedRows = (
  sent: unknown,
  { first, end }: Chunk,
  width: number,
): ReadonlyMap<number, SweepRow> => {
  const rows = listIn(objectIn(sent, 'rows').rows);
  if (rows.length !== end - first) throw refused(`${end - first} rows`);
  return new Map(rows.map((row, k) => [first + k, rowIn(row, width)]));
};

const rowIn = (sent: unknown, width: number): SweepRow => {
  const cells = listIn(sent);
  if (cells.length !== width || cells.some((cell) => typeof cell === 'object' && cell !== null))
    throw refused(`a row of ${width} cells`);
  return cells as SweepRow;
};

const givenFileIn = (sent: unknown): GivenFile => {
  const { path, text, code, message } = objectIn(sent, 'a file');
  return text === undefined
    ? { path: textIn(path), code: textIn(code), message: textIn(message) }
    : { path: textIn(path), text: textIn(text) };
};

const refused = (expected: string): InputError =>
  new InputError('sent-sweep', `expected ${expected} as menusmith sends it, got something else`);

const parsed = (sent: string): unknown => {
  try {
    return JSON.parse(sent);
  } catch {
    throw refused('a sweep');
  }
};

const objectIn = (sent: unknown, what: string): Readonly<Record<string, unknown>> => {
  if (typeof sent === 'object' && sent !== null && !Array.isArray(sent))
    return sent as Readonly<Record<string, unknown>>;
  throw refused(what);
};

const listIn = (sent: unknown): readonly unknown[] => {
  if (Array.isArray(sent)) return sent;
  throw refused('a list');
};

const textIn = (sent: unknown): string => {
  if (typeof sent === 'string') return sent;
  throw refused('a text');
};

const countIn = (sent: unknown): number => {
  if (Number.isSafeInteger(sent) && (sent as number) >= 0) return sent as number;
  throw refused('a whole number');
};
