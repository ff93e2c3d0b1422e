import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import type { Output, TextStream } from '../command-context.ts';
import { printableOutput } from '../printable-output.ts';
import { guardThread } from './guard-thread.ts';
import type { CommandMessage, CommandStart, TerminalState } from './messages.ts';
import { stopReasons } from './messages.ts';
import type { Supervisor } from './supervisor.ts';
import { taken } from './taken.ts';
import { tellStrayFaults } from './tell-stray-faults.ts';

/**
 * Does the work of the thread that is watched: runs the command with streams and a supervisor that reach the one that watches. `jobThreads` is the module of
 * the threads that share its jobs.
 */
export const work = async (
  run: (argv: readonly string[], output: Output) => Promise<number>,
  jobThreads?: URL,
): Promise<void> => {
  const { port, argv, ...start } = taken(workerData as CommandStart);
  const stop = new Int32Array(start.stop);
  const tell = (message: CommandMessage): void => port.postMessage(message);
  guardThread(
    start.calls,
    argv.some((each) => each.startsWith('--plugin')),
  );
  const stopReason: Supervisor['stopReason'] = () => stopReasons[Atomics.load(stop, 0) - 1];
  const supervisor: Supervisor = {
    stopReason,
    stopped: () =>
      new Promise((resolve) => {
        if (stopReason() !== undefined) resolve();
        else port.once('message', () => resolve());
      }),
    limit: (seconds) => tell({ kind: 'limit', seconds }),
    limitCalls: (seconds) => tell({ kind: 'call-limit', seconds }),
    does: (work) => tell({ kind: 'does', work }),
    leave: (answer) => tell({ kind: 'left', answer }),
    isListening: true,
    answered: () => tell({ kind: 'answered' }),
  };
  const stream = (kind: 'stdout' | 'stderr', state: TerminalState): TextStream => ({
    write: (text) => tell({ kind, text }),
    ...state,
  });
  const output: Output = {
    stdout: stream('stdout', start.stdout),
    stderr: stream('stderr', start.stderr),
    supervisor,
    ...(jobThreads === undefined ? {} : { jobThreads }),
  };
  const { stderr } = printableOutput(output);
  tellStrayFaults(
    (text) => stderr.write(text),
    (fault) => {
      stderr.write(fault);
      tell({ kind: 'ended', code: 1 });
      tell({ kind: 'gone' });
    },
  );
  const code = await run(argv, output);
  tell({ kind: 'ended', code });
  // What plugins have printed, and what has failed meanwhile, is still on its way.
  await Promise.all([process.stdout, process.stderr].map(flushed));
  await wait(1);
  tell({ kind: 'gone' });
};

/** Waits until what was printed has reached the other thread. */
const flushed = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });
