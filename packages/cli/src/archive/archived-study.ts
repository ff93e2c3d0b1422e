import { readFileSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { renamedFiles, type StudyFile, sha256 } from '@menusmith/app';
import { InputError } from '@menusmith/core';

/** A study as it lies in an archive: in a folder of its own, with the files that it names. */
export interface ArchivedStudy {
  /** Of its folder, and of that of its results. */
  readonly name: string;
  /** The study's path in the archive. */
  readonly path: string;
  /** SHA-256 of the study's text where it was; it differs from what is archived where files lay outside of the study's folder. */
  readonly original: string;
  readonly files: readonly ArchivedFile[];
}

interface ArchivedFile {
  /** In the archive. */
  readonly path: string;
  /** What the study called it; the study itself has none. */
  readonly was?: string;
  readonly content: Uint8Array;
}

/** In a study's folder: what lay outside of it. */
const OUTSIDE = 'files';

/**
 * The study under a name that none of `taken` has. Files beside it keep their places; those elsewhere come into `files`, and the study's text names them there, so that the archive stands alone.
 *
 * Throws InputError where a file has changed since it was read, or where one that lies elsewhere is named by --set alone.
 */
export const archivedStudy = (source: StudyFile, taken: ReadonlySet<string>): ArchivedStudy => {
  const { file, text, files } = source;
  const own = file === 'standard input' ? 'study.yaml' : plainName(basename(file));
  const name = distinct(own.slice(0, own.length - extname(own).length) || own, taken);
  const folder = `studies/${name}`;
  const home = resolve(dirname(file));
  const places = new Map<string, string>();
  const used = new Set([own.toLowerCase()]);
  for (const path of Object.keys(files)) {
    if (isAbsolute(path) || !isInside(path, home)) continue;
    const place = relative(home, resolve(home, path)).split(sep).join('/');
    places.set(path, place);
    used.add(place.toLowerCase());
  }
  const moved = new Map<string, string>();
  for (const path of Object.keys(files)) {
    if (places.has(path)) continue;
    const place = `${OUTSIDE}/${distinct(plainName(basename(path)), used, `${OUTSIDE}/`)}`;
    used.add(place.toLowerCase());
    places.set(path, place);
    moved.set(path, place);
  }
  const archived = moved.size === 0 ? text : renamedFiles(text, moved);
  for (const [path, place] of moved)
    if (!archived.includes(place))
      throw new InputError(
        'archive',
        `${file}: ${path} lies outside of the study's folder, and --set names it; expected the study to name it, which an archive can change`,
      );
  return {
    name,
    path: `${folder}/${own}`,
    original: sha256(text),
    files: [
      { path: `${folder}/${own}`, content: Buffer.from(archived) },
      ...[...places].map(([was, place]) => ({
        path: `${folder}/${place}`,
        was,
        content: unchanged(resolve(home, was), was, files[was]!),
      })),
    ],
  };
};

const isInside = (path: string, home: string): boolean => {
  const way = relative(home, resolve(home, path));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** The bytes that were read. */
const unchanged = (path: string, name: string, hash: string): Uint8Array => {
  const content = readFileSync(path);
  if (sha256(content) === hash) return content;
  throw new InputError('archive', `${name}: it has changed while the archive was made`);
};

/** What every system takes as a name. */
const plainName = (name: string): string => name.replace(/[^A-Za-z0-9._-]+/g, '-') || 'file';

/** The name, with a number where another has it, in capital letters or small ones. */
const distinct = (name: string, taken: ReadonlySet<string>, before = ''): string => {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let n = 1; ; n++) {
    const own = n === 1 ? name : `${stem}-${n}${ending}`;
    if (!taken.has(`${before}${own}`.toLowerCase())) return own;
  }
};

/** A module of a plugin, as `join` would have it in the archive. */
export const pluginPath = (path: string, taken: ReadonlySet<string>): string =>
  join('plugins', distinct(plainName(basename(path)), taken, 'plugins/'))
    .split(sep)
    .join('/');
