import { parentPort, workerData } from 'node:worker_threads';
import type { Output, TextStream } from '../command-context.ts';
import type { CommandMessage, CommandStart, TerminalState } from './messages.ts';
import { stopReasons } from './messages.ts';
import type { Supervisor } from './supervisor.ts';

/** Does the work of the thread that is watched: runs the command with streams and a supervisor that reach the one that watches. */
export const work = async (
  run: (argv: readonly string[], output: Output) => Promise<number>,
): Promise<void> => {
  const port = parentPort!;
  const start = workerData as CommandStart;
  const stop = new Int32Array(start.stop);
  const tell = (message: CommandMessage): void => port.postMessage(message);
  const stopReason: Supervisor['stopReason'] = () => stopReasons[Atomics.load(stop, 0) - 1];
  const supervisor: Supervisor = {
    stopReason,
    stopped: () =>
      new Promise((resolve) => {
        if (stopReason() !== undefined) resolve();
        else port.once('message', () => resolve());
      }),
    limit: (seconds) => tell({ kind: 'limit', seconds }),
    does: (work) => tell({ kind: 'does', work }),
    leave: (answer) => tell({ kind: 'left', answer }),
    isListening: true,
    answered: () => tell({ kind: 'answered' }),
  };
  const stream = (kind: 'stdout' | 'stderr', state: TerminalState): TextStream => ({
    write: (text) => tell({ kind, text }),
    ...state,
  });
  const code = await run(start.argv, {
    stdout: stream('stdout', start.stdout),
    stderr: stream('stderr', start.stderr),
    supervisor,
  });
  tell({ kind: 'ended', code });
};
