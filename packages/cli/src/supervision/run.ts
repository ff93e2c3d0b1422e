import { faultMessage } from '../fault-message.ts';
import { standardStream } from '../standard-stream.ts';
import { systemErrorWords } from '../system-error.ts';
import { wholeStream } from '../whole-stream.ts';
import type { CallLimits } from './call-watch.ts';
import { supervise } from './supervise.ts';

/** The command for the process: its arguments, its streams, its exit code. `work` is the module of the thread that works. */
export const run = async (
  work: URL = new URL('./worker.js', import.meta.url),
  limits?: CallLimits,
): Promise<void> => {
  const stderr = standardStream(process.stderr);
  // At once: a command such as `explore` may run for long after nothing more can be printed.
  const stdout = standardStream(wholeStream(process.stdout), (error) =>
    stderr.write(`standard output is not complete: ${systemErrorWords(error)}\n`),
  );
  const output = { stdout, stderr };
  let code: number;
  try {
    if (folderIsThere()) code = await supervise(process.argv.slice(2), output, work, limits);
    else {
      stderr.write('the current folder is not there any more: go to another one\n');
      code = 2;
    }
  } catch (error) {
    output.stderr.write(faultMessage(error));
    code = 1;
  }
  process.exitCode = (await stdout.failure()) === undefined ? code : 1;
};

/** Whether the folder in which the command runs is still there: no thread of Node's can do without. */
const folderIsThere = (): boolean => {
  try {
    process.cwd();
    return true;
  } catch {
    return false;
  }
};
