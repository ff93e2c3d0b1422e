import type { Stats } from 'node:fs';
import { lstat, mkdir, mkdtemp, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';

/** A device is what is no file, as a pipe or a socket also is, or a link that leads to such. */
type PathKind = 'directory' | 'link' | 'file' | 'device';

/** As much of a file system as writing files takes. Every call throws what Node's throws; tests have it fail. */
export interface FileSystem {
  /** A new file; what stands there already is an error. */
  create(path: string): Promise<NewFile>;
  makeDirectory(path: string): Promise<void>;
  /** A new directory whose name begins so; answers with its path. */
  makeUnique(prefix: string): Promise<string>;
  /** What stands there, symbolic links not followed; undefined for nothing. */
  kind(path: string): Promise<PathKind | undefined>;
  /** Where symbolic links lead. */
  realPath(path: string): Promise<string>;
  names(directory: string): Promise<readonly string[]>;
  /** When it was last changed, in milliseconds since 1970. */
  changed(path: string): Promise<number>;
  readText(path: string): Promise<string>;
  /** What stands there goes, but for directories with something in them. */
  rename(from: string, to: string): Promise<void>;
  /** With everything in it; nothing there is no error. */
  removeDirectory(path: string): Promise<void>;
  /** Waits until the names in it are on the disk. */
  syncDirectory(path: string): Promise<void>;
}

interface NewFile {
  write(content: string | Uint8Array): Promise<void>;
  /** Waits until what was written is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

const kindOf = (found: Stats): PathKind =>
  found.isDirectory() ? 'directory' : found.isFile() ? 'file' : 'device';

/** The process's own. */
export const nodeFileSystem: FileSystem = {
  async create(path) {
    const file = await open(path, 'wx');
    return {
      write: (content) => file.writeFile(content),
      sync: () => synced(() => file.sync()),
      close: () => file.close(),
    };
  },
  // One at a time: with `recursive` Node takes a full disk for a missing directory.
  makeDirectory: (path) => mkdir(path),
  makeUnique: (prefix) => mkdtemp(prefix),
  async kind(path) {
    try {
      const found = await lstat(path);
      if (!found.isSymbolicLink()) return kindOf(found);
      const aim = await stat(path).catch(() => undefined);
      return aim !== undefined && kindOf(aim) === 'device' ? 'device' : 'link';
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  },
  realPath: (path) => realpath(path),
  names: (directory) => readdir(directory),
  changed: async (path) => (await lstat(path)).mtimeMs,
  readText: (path) => readFile(path, 'utf8'),
  rename: (from, to) => rename(from, to),
  removeDirectory: (path) => rm(path, { recursive: true, force: true }),
  syncDirectory: (path) =>
    synced(async () => {
      const directory = await open(path);
      try {
        await directory.sync();
      } finally {
        await directory.close();
      }
    }),
};

/** Some file systems know no flush, and Windows none of directories: they write when they like. */
const UNKNOWN: ReadonlySet<string | undefined> = new Set([
  'EINVAL',
  'ENOSYS',
  'ENOTSUP',
  'EPERM',
  'EACCES',
  'EISDIR',
  'EBADF',
]);

const synced = async (flush: () => Promise<void>): Promise<void> => {
  try {
    await flush();
  } catch (error) {
    if (!UNKNOWN.has((error as NodeJS.ErrnoException).code)) throw error;
  }
};
