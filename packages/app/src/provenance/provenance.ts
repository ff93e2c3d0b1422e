import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Registry } from '../registry.ts';
import { formatPath } from '../study/located-input-error.ts';
import type { StudySetting } from '../study/study-settings.ts';
import { version } from '../version.ts';
import { distinctNames } from './distinct-names.ts';

/** SHA-256 of files, in hexadecimal digits, by name. */
export type FileHashes = Readonly<Record<string, string>>;

/**
 * By what a file or an answer was made. The same input gives the same provenance, and beside it the same numbers; times are no part of it: they stand in fields called `seconds` alone.
 */
export interface Provenance {
  /** Version of the program. */
  readonly menusmith: string;
  /** Version of Node, whose functions exp, log and power decide the last digit of a number; null in a browser. */
  readonly node: string | null;
  /** SHA-256 of the study's text, byte by byte; null where there is no study. */
  readonly study: string | null;
  /** Fields that were given other values than the text has, as PATH=VALUE, the value in JSON. */
  readonly set: readonly string[];
  /** Files that were read beside the study: those that it names by its names for them, others by their own. */
  readonly files: FileHashes;
  /** Modules of plugins; null of a plugin that was handed over as a value, of which there is no file. */
  readonly plugins: Readonly<Record<string, string | null>>;
  /** Of random draws, where there are any. */
  readonly seed?: number;
}

/** What went into a file or an answer. */
export interface MadeFrom {
  /** The study's text. */
  readonly text?: string;
  readonly settings?: readonly StudySetting[];
  /** Files that the study names. */
  readonly files?: FileHashes;
  /** Other files, as they were given on the command line. */
  readonly given?: readonly GivenContent[];
  readonly registry?: Pick<Registry, 'plugins'>;
  readonly seed?: number;
}

/** A file that was given, by its text or by its hash. */
export type GivenContent = { readonly path: string } & (
  | { readonly text: string }
  | { readonly sha256: string }
);

/** SHA-256 of a text in UTF-8, or of bytes, in hexadecimal digits. */
export const sha256 = (content: string | Uint8Array): string =>
  bytesToHex(digest(typeof content === 'string' ? utf8ToBytes(content) : content));

export const provenanceOf = ({
  text,
  settings = [],
  files = {},
  given = [],
  registry,
  seed,
}: MadeFrom): Provenance => ({
  menusmith: version,
  node: typeof process === 'undefined' ? null : process.version,
  study: text === undefined ? null : sha256(text),
  set: settings.map(({ path, value }) => `${formatPath(path)}=${JSON.stringify(value)}`),
  files: { ...files, ...givenHashes(given, Object.keys(files)) },
  plugins: pluginHashes(registry),
  ...(seed === undefined ? {} : { seed }),
});

const givenHashes = (given: readonly GivenContent[], taken: readonly string[]): FileHashes => {
  const names = distinctNames(
    given.map(({ path }) => path),
    taken,
  );
  return Object.fromEntries(
    given.map((file, k) => [names[k], 'text' in file ? sha256(file.text) : file.sha256]),
  );
};

/** Of what was loaded beside the program's own. */
const pluginHashes = (registry: MadeFrom['registry']): Provenance['plugins'] => {
  const added = (registry?.plugins ?? []).filter(({ name, module }) => module !== undefined || name !== OWN);
  const names = distinctNames(added.map(({ name, module }) => module?.path ?? name));
  return Object.fromEntries(added.map(({ module }, k) => [names[k], module?.sha256 ?? null]));
};

/** The name of the plugin that every registry has. */
const OWN = 'standard';
