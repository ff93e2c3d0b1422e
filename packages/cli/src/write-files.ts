import type { ExitCode, Output } from './command-context.ts';
import { nodeFileSystem } from './file-system.ts';
import { unfinishedFolder } from './unfinished-folder.ts';
import { UnwritableError } from './unwritable-error.ts';
import type { Content } from './whole-file.ts';

/** Takes files by name, in the order in which they appear. */
export type WriteFile = (name: string, content: Content) => Promise<void>;

/** The directory of `--out`. */
export interface OutDirectory {
  /**
   * Puts all files that `make` writes into the directory, or none; answers with `make`'s exit code, or 2 where the path is wrong and 1 where it is not,
   * as on a full disk. `replaced` are the names of an earlier run's files, which are not to stand beside those of this one.
   */
  fill(replaced: readonly string[], make: (write: WriteFile) => Promise<ExitCode>): Promise<ExitCode>;
}

/**
 * A directory to be filled at the end of work that may be long. A path that cannot be written to is told on `stderr` at once: whoever waits for files can
 * end the work and name another.
 */
export const outDirectory = async (
  directory: string,
  { stderr, fileSystem: system = nodeFileSystem }: Pick<Output, 'stderr' | 'fileSystem'>,
): Promise<OutDirectory> => {
  const tell = (error: unknown): ExitCode => {
    if (!(error instanceof UnwritableError)) throw error;
    stderr.write(`${error.message}\n`);
    return error.isWrongPath ? 2 : 1;
  };
  let isWrong = false;
  try {
    await (await unfinishedFolder(system, directory)).discard();
  } catch (error) {
    // A full disk may have room by the time that there is something to write.
    if (!(error instanceof UnwritableError && !error.isWrongPath)) {
      tell(error);
      isWrong = true;
    }
  }
  return {
    async fill(replaced, make) {
      if (isWrong) return 2;
      try {
        const folder = await unfinishedFolder(system, directory);
        try {
          const code = await make((name, content) => folder.write(name, content));
          await folder.finish(replaced);
          return code;
        } finally {
          await folder.discard();
        }
      } catch (error) {
        return tell(error);
      }
    },
  };
};
