import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { RUNNING_CALL_BYTES } from '@menusmith/app/plugin-calls';
import type { Output, TextStream } from '../command-context.ts';
import { printableOutput } from '../printable-output.ts';
import type { CommandMessage, CommandStart } from './messages.ts';
import { stopReasons } from './messages.ts';
import type { StopReason } from './supervisor.ts';

/** The thread in which a command works, as the one that watches has it. */
export interface CommandThread {
  readonly worker: Worker;
  /** Where the calls of plugins are noted. */
  readonly calls: SharedArrayBuffer;
  stop(reason: StopReason): void;
  hear(message: (message: CommandMessage) => void): void;
  /** Hears what was said and not heard yet: of a thread that is gone. */
  hearRest(): void;
  /** Ends it; false where it is not ended after a second, as something in it waits that cannot be reached. */
  end(): Promise<boolean>;
}

/** Milliseconds in which every thread ends that can be ended. */
const ENDING = 1000;

export const commandThread = (argv: readonly string[], output: Output, work: URL): CommandThread => {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const calls = new SharedArrayBuffer(RUNNING_CALL_BYTES);
  const { port1: port, port2 } = new MessageChannel();
  const start: CommandStart = {
    port: port2,
    argv,
    stop: stop.buffer,
    calls,
    stdout: terminalState(output.stdout),
    stderr: terminalState(output.stderr),
  };
  const worker = new Worker(work, {
    workerData: start,
    transferList: [port2],
    stdin: argv.includes('-') || argv.includes('--stdio'),
    // What plugins print is no part of an answer.
    stdout: true,
    stderr: true,
  });
  const { stderr } = printableOutput(output);
  for (const printed of [worker.stdout, worker.stderr])
    printed.setEncoding('utf8').on('data', (text: string) => stderr.write(text));
  const { stdin } = worker;
  // What cannot be read to its end has ended, for whoever waits for that.
  if (stdin !== null) process.stdin.on('error', () => stdin.end()).pipe(stdin);
  let listener: (message: CommandMessage) => void = () => undefined;
  port.on('message', (message: CommandMessage) => listener(message));
  return {
    worker,
    calls,
    stop: (reason) => {
      Atomics.store(stop, 0, stopReasons.indexOf(reason) + 1);
      port.postMessage('stop');
    },
    hear: (heard) => {
      listener = heard;
    },
    hearRest: () => {
      for (const message of waiting(port)) listener(message);
    },
    end: async () => {
      port.close();
      process.stdin.destroy();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), ENDING);
      });
      const ended = worker.terminate().then(
        () => true,
        () => true,
      );
      const isEnded = await Promise.race([ended, late]);
      clearTimeout(timer);
      return isEnded;
    },
  };
};

function* waiting(port: MessagePort): Generator<CommandMessage> {
  for (;;) {
    const next = receiveMessageOnPort(port) as { readonly message: CommandMessage } | undefined;
    if (next === undefined) return;
    yield next.message;
  }
}

const terminalState = ({ isTTY = false, columns = 0 }: TextStream) => ({ isTTY, columns });
