import { faultMessage } from '../fault-message.ts';
import { standardStream } from '../standard-stream.ts';
import { systemErrorWords } from '../system-error.ts';
import { supervise } from './supervise.ts';

/** The command for the process: its arguments, its streams, its exit code. `work` is the module of the thread that works. */
export const run = async (work: URL = new URL('./worker.js', import.meta.url)): Promise<void> => {
  const output = { stdout: standardStream(process.stdout), stderr: standardStream(process.stderr) };
  let code: number;
  try {
    code = await supervise(process.argv.slice(2), output, work);
  } catch (error) {
    output.stderr.write(faultMessage(error));
    code = 1;
  }
  const failure = await output.stdout.failure();
  if (failure !== undefined) {
    output.stderr.write(`standard output is not complete: ${systemErrorWords(failure)}\n`);
    code = 1;
  }
  process.exitCode = code;
};
