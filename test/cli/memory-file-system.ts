import { basename, dirname, join } from 'node:path';
import type { FileSystem } from '../../packages/cli/src/file-system.ts';
import { thisWriter } from '../../packages/cli/src/writer.ts';

type Entry = Directory | { content: string; flushed: string };
interface Directory {
  readonly entries: Map<string, Entry>;
}

/** Files by name; a directory among them is its own. */
export interface Files {
  readonly [name: string]: string | Files;
}

/** A disk in memory, for as many runs as a test wants: without links, and with every call that a test makes fail or hang. */
export interface MemoryDisk {
  readonly system: FileSystem;
  /** What stands there; undefined for nothing. After a power failure files have what was flushed. */
  files(path: string, isAfterPowerFailure?: boolean): Files | undefined;
  /** Whoever has written has ended. */
  restart(): void;
}

const failure = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });
const isDirectory = (entry: Entry | undefined): entry is Directory =>
  entry !== undefined && 'entries' in entry;
/** Bytes as text, one letter each. */
const text = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : Buffer.from(content).toString('latin1');

/** A disk on which `path` holds these files; without any there is only the first directory on its way. */
export const memoryDisk = (path: string, held?: Files): MemoryDisk => {
  const root: Directory = { entries: new Map() };
  let uniques = 0;
  const at = (place: string): Entry | undefined => {
    let entry: Entry | undefined = root;
    for (const name of place.split('/').filter(Boolean)) {
      if (entry === undefined) return undefined;
      if (!isDirectory(entry)) throw failure('ENOTDIR');
      entry = entry.entries.get(name);
    }
    return entry;
  };
  const directoryAt = (place: string): Directory => {
    const entry = at(place);
    if (entry === undefined) throw failure('ENOENT');
    if (!isDirectory(entry)) throw failure('ENOTDIR');
    return entry;
  };
  const add = (place: string, entry: Entry): void => {
    const { entries } = directoryAt(dirname(place));
    if (entries.has(basename(place))) throw failure('EEXIST');
    entries.set(basename(place), entry);
  };
  const fill = (place: string, files: Files): void => {
    for (const [name, content] of Object.entries(files)) {
      const isFile = typeof content === 'string';
      add(join(place, name), isFile ? { content, flushed: content } : { entries: new Map() });
      if (!isFile) fill(join(place, name), content);
    }
  };
  const parents = path.split('/').slice(1, held === undefined ? 2 : undefined);
  parents.reduce((parent, name) => {
    add(join(parent, name), { entries: new Map() });
    return join(parent, name);
  }, '/');
  fill(path, held ?? {});

  const system: FileSystem = {
    async create(place) {
      const file = { content: '', flushed: '' };
      add(place, file);
      return {
        write: async (content) => {
          file.content += text(content);
        },
        sync: async () => {
          file.flushed = file.content;
        },
        close: async () => undefined,
      };
    },
    makeDirectory: async (place) => add(place, { entries: new Map() }),
    async makeUnique(prefix) {
      const place = `${prefix}${String(++uniques).padStart(6, '0')}`;
      add(place, { entries: new Map() });
      return place;
    },
    async kind(place) {
      const entry = at(place);
      return entry === undefined ? undefined : isDirectory(entry) ? 'directory' : 'file';
    },
    realPath: async (place) => place,
    names: async (place) => [...directoryAt(place).entries.keys()],
    changed: async () => Date.now(),
    async readText(place) {
      const entry = at(place);
      if (entry === undefined) throw failure('ENOENT');
      if (isDirectory(entry)) throw failure('EISDIR');
      return entry.content;
    },
    async rename(from, to) {
      const [source, target] = [directoryAt(dirname(from)).entries, directoryAt(dirname(to)).entries];
      const entry = source.get(basename(from));
      const there = target.get(basename(to));
      if (entry === undefined) throw failure('ENOENT');
      if (isDirectory(there) && !isDirectory(entry)) throw failure('EISDIR');
      if (isDirectory(entry) && there !== undefined && !isDirectory(there)) throw failure('ENOTDIR');
      if (isDirectory(there) && there.entries.size > 0) throw failure('ENOTEMPTY');
      source.delete(basename(from));
      target.set(basename(to), entry);
    },
    removeDirectory: async (place) => void directoryAt(dirname(place)).entries.delete(basename(place)),
    syncDirectory: async (place) => void directoryAt(place),
  };
  const filesOf = ({ entries }: Directory, isAfterPowerFailure: boolean): Files =>
    Object.fromEntries(
      [...entries].map(([name, entry]) => [
        name,
        isDirectory(entry)
          ? filesOf(entry, isAfterPowerFailure)
          : isAfterPowerFailure
            ? entry.flushed
            : entry.content,
      ]),
    );
  /** As if another thread of this process had written. */
  const ended = (name: string): string => name.replace(thisWriter(), `${thisWriter()}9`);
  const end = ({ entries }: Directory): void => {
    for (const [name, entry] of [...entries]) {
      entries.delete(name);
      entries.set(ended(name), entry);
      if (isDirectory(entry)) end(entry);
      else if (name === 'plan.json') entry.content = ended(entry.content);
    }
  };
  return {
    system,
    restart: () => end(root),
    files(place, isAfterPowerFailure = false) {
      const entry = at(place);
      return isDirectory(entry) ? filesOf(entry, isAfterPowerFailure) : undefined;
    },
  };
};
