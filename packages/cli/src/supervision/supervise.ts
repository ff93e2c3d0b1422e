import { Worker } from 'node:worker_threads';
import { printable } from '@menusmith/core';
import type { ExitCode, Output, TextStream } from '../command-context.ts';
import { outDirectory } from '../write-files.ts';
import type { CommandMessage, CommandStart } from './messages.ts';
import { stopReasons } from './messages.ts';
import { stopWords } from './stop-words.ts';
import type { EndReason, LeftAnswer, StopReason } from './supervisor.ts';

/** Milliseconds that a command has to end by itself, once it is asked to. */
const GRACE = 130;
/** The same while it prints its answer or writes files: what is begun is better ended. */
const WRITING_GRACE = 2000;
/** As shells report the end by SIGINT. */
const INTERRUPTED = 130;

/** What a signal or an end of the time finds the command at. */
type Stage = 'working' | 'answering' | 'writing';

/**
 * Runs a command in a worker thread and answers with the exit code. Ctrl-C, SIGTERM and the end of the time are heard at once, whatever the command
 * does: it is asked to end, and ended where it does not; then the answer is what it left.
 */
export const supervise = async (argv: readonly string[], output: Output, work: URL): Promise<number> => {
  const { stdout, stderr } = output;
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const start: CommandStart = {
    argv,
    stop: stop.buffer,
    stdout: terminalState(stdout),
    stderr: terminalState(stderr),
  };
  const worker = new Worker(work, {
    workerData: start,
    stdin: argv.includes('-'),
    // What plugins print is no part of an answer.
    stdout: true,
    stderr: true,
  });
  worker.stdout.pipe(process.stderr, { end: false });
  worker.stderr.pipe(process.stderr, { end: false });
  if (worker.stdin !== null) process.stdin.on('error', () => undefined).pipe(worker.stdin);

  let stage: Stage = 'working';
  let does = 'command';
  let left: LeftAnswer | undefined;
  let reason: StopReason | undefined;
  let seconds = 0;
  const timers: NodeJS.Timeout[] = [];
  const after = (milliseconds: number, act: () => void): void => {
    timers.push(setTimeout(act, milliseconds));
  };

  return new Promise((resolve, reject) => {
    let isOver = false;
    const finish = (end: () => void): void => {
      if (isOver) return;
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      process.stdin.destroy();
      worker.terminate().then(end, end);
    };
    const ask = (why: StopReason): void => {
      // The time is that of the answer; files may take longer.
      if (why === 'time-limit' && (stage !== 'working' || reason !== undefined)) return;
      reason ??= why;
      Atomics.store(stop, 0, stopReasons.indexOf(reason) + 1);
      worker.postMessage('stop');
      after(GRACE, () => {
        if (stage === 'working') finish(() => resolve(endedEarly(output, left, does, reason!, seconds)));
        else if (why === 'interrupt')
          after(WRITING_GRACE, () => finish(() => resolve(endedWriting(output, left))));
      });
    };
    let interrupts = 0;
    const interrupt = (): void => {
      interrupts++;
      if (interrupts > 1) process.exit(INTERRUPTED);
      ask('interrupt');
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    worker.on('message', (message: CommandMessage) => {
      if (isOver) return;
      switch (message.kind) {
        case 'stdout':
          if (stage === 'working') stage = 'answering';
          stdout.write(message.text);
          return;
        case 'stderr':
          stderr.write(message.text);
          return;
        case 'limit':
          seconds = message.seconds;
          after(Math.min(1000 * seconds, LONGEST), () => ask('time-limit'));
          return;
        case 'does':
          does = message.work;
          return;
        case 'left':
          left = message.answer;
          return;
        case 'answered':
          stage = 'writing';
          return;
        case 'ended':
          finish(() => resolve(message.code));
      }
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY' && stage === 'working';
      finish(() => (isMemory ? resolve(endedEarly(output, left, does, 'memory', seconds)) : reject(error)));
    });
    worker.on('exit', () =>
      finish(() => reject(new Error('the thread of the command ended before it had answered'))),
    );
  });
};

/** The longest time that a timer of Node's knows, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

const terminalState = ({ isTTY = false, columns = 0 }: TextStream) => ({ isTTY, columns });

/** What was left, and what ended the rest. */
const endedEarly = async (
  { stdout, stderr }: Output,
  left: LeftAnswer | undefined,
  does: string,
  reason: EndReason,
  seconds: number,
): Promise<number> => {
  clearLine(stderr);
  const what = `${stopWords(reason, seconds)} ended the ${does}`;
  // The rest of what is written comes from the command, which has made it printable.
  if (left === undefined) {
    stderr.write(`${what} before it had an answer\n`);
    return 3;
  }
  stdout.write(printable(left.stdout));
  stderr.write(printable(`${what}: ${left.said}\n`));
  return writeLeft(left, stderr);
};

/** What is left of an answer that is out already are its files. */
const endedWriting = async ({ stderr }: Output, left: LeftAnswer | undefined): Promise<number> => {
  clearLine(stderr);
  const names = Object.keys(left?.files?.content ?? {});
  const code = await writeLeft(left, stderr);
  const what = code !== 3 || names.length === 0 ? 'no files are' : `only ${names.join(', ')} is`;
  stderr.write(`${stopWords('interrupt')} ended the writing: ${what} written\n`);
  return code;
};

/** Writes the files that were left; 3, or the exit code of what kept them from being written. */
const writeLeft = async (left: LeftAnswer | undefined, stderr: TextStream): Promise<ExitCode> => {
  if (left?.files === undefined) return 3;
  const { directory, replaced, content } = left.files;
  return (await outDirectory(directory, { stderr })).fill(replaced, async (write) => {
    for (const [name, text] of Object.entries(content)) await write(name, text);
    return 3;
  });
};

/** A line of progress may stand there. */
const clearLine = (stderr: TextStream): void => {
  if (stderr.isTTY) stderr.write('\r\u001b[K');
};
