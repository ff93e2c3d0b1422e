import { type FileSystem, nodeFileSystem } from '../../packages/cli/src/file-system.ts';

/** What happens before a call of a file system, by its name and its number, from 1. */
export type BeforeCall = (call: string, number: number) => void | Promise<void>;

/** A file system, the process's own where none is given, of which every call is counted and may fail; those of an open file are calls too. */
export const countedFileSystem = (before: BeforeCall, system = nodeFileSystem): FileSystem => {
  let number = 0;
  const counted = <T extends object>(object: T): T =>
    Object.fromEntries(
      Object.entries(object).map(([name, method]) => [
        name,
        async (...given: unknown[]) => {
          // A file is closed even where that fails.
          if (name === 'close') await method(...given);
          await before(name, ++number);
          if (name === 'close') return undefined;
          const answer: unknown = await method(...given);
          return name === 'create' ? counted(answer as object) : answer;
        },
      ]),
    ) as T;
  return counted(system);
};
