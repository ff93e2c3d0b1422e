import { notedModules, runningCall } from '@menusmith/app/plugin-calls';
import type { Output } from '../command-context.ts';
import { type CallLimits, callLimits, callWatch } from './call-watch.ts';
import { commandState } from './command-state.ts';
import { commandThread } from './command-thread.ts';
import { endedByPlugin, endedEarly, endedWriting } from './endings.ts';
import type { StopReason } from './supervisor.ts';

/** Milliseconds that a command has to end by itself, once it is asked to. */
const GRACE = 80;
/** The same while it prints its answer or writes files: what is begun is better ended. */
const WRITING_GRACE = 2000;
/** Of a time limit, what is left to work in, however long the program took to load. */
const LEAST_LEFT = 0.5;
/** Milliseconds between two looks at what plugins do. */
const LOOK = 200;
/** Milliseconds for what follows the end of a command: what plugins have printed, and where they failed outside of their calls. */
const LEAVING = 1000;
/** As shells report the end by SIGINT. */
const INTERRUPTED = 130;

/**
 * Runs a command in a worker thread and answers with the exit code. Ctrl-C, SIGTERM and the end of the time are heard at once, whatever the command
 * does: it is asked to end, and ended where it does not; then the answer is what it left. A call of a plugin that does not come back ends it too.
 */
export const supervise = async (
  argv: readonly string[],
  output: Output,
  work: URL,
  limits: CallLimits = callLimits,
): Promise<number> => {
  const thread = commandThread(argv, output, work);
  const watch = callWatch(() => runningCall(thread.calls), limits);

  const state = commandState(argv, output);
  let reason: StopReason | undefined;
  let code: number | undefined;
  const timers: NodeJS.Timeout[] = [];
  const after = (milliseconds: number, act: () => void): void => {
    timers.push(setTimeout(act, milliseconds));
  };

  return new Promise((resolve, reject) => {
    let isOver = false;
    const finish = (end: (isEnded: boolean) => void): void => {
      if (isOver) return;
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
      void thread.end().then((isEnded) => {
        // Until the thread has ended a signal would end the process in the place of its exit code.
        ignoreSignals();
        // Node waits for its threads at the end, and for this one in vain.
        if (!isEnded) setTimeout(killSelf, LAST_WORDS).unref();
        end(isEnded);
      });
    };
    const blame = (fault: string): void => finish(() => resolve(endedByPlugin(output, fault, state)));
    const look = (): string | undefined => watch.look(performance.now() / 1000, process.memoryUsage.rss());
    const ask = (why: StopReason): void => {
      // The time is that of the answer; files may take longer.
      if (
        isOver ||
        code !== undefined ||
        (why === 'time-limit' && (state.stage !== 'working' || reason !== undefined))
      )
        return;
      reason ??= why;
      thread.stop(reason);
      look();
      after(GRACE, () => {
        if (state.stage === 'working') {
          const during = watch.lasting();
          finish(() => resolve(endedEarly(output, state, reason!, during)));
        } else if (why !== 'time-limit')
          after(WRITING_GRACE, () => finish(() => resolve(endedWriting(output, state, why))));
      });
    };
    const ignoreSignals = heedSignals(ask, () =>
      finish((isEnded) => (isEnded ? process.exit(INTERRUPTED) : killSelf())),
    );
    timers.push(
      setInterval(() => {
        const fault = look();
        if (fault !== undefined && reason === undefined && code === undefined) blame(fault);
      }, LOOK),
    );
    thread.hear((message) => {
      if (isOver) return;
      state.hear(message);
      if (message.kind === 'ended') {
        code ??= message.code;
        after(LEAVING, leave);
      } else if (message.kind === 'gone') leave();
      else if (message.kind === 'call-limit') watch.allow({ value: message.seconds, step: message.seconds });
      else if (message.kind === 'limit') {
        watch.allow({ step: message.seconds });
        after(Math.min(timeLeft(message.seconds), LONGEST), () => ask('time-limit'));
      }
    });
    const leave = (): void => finish(() => resolve(code ?? 1));
    const modules = (): string => notedModules(thread.calls).join(' or ');
    thread.worker.on('error', (error: unknown) => {
      thread.hearRest();
      if (code !== undefined) leave();
      else if (isMemory(error)) {
        const end = state.stage === 'working' ? endedEarly : endedWriting;
        const call = runningCall(thread.calls);
        finish(() => resolve(end(output, state, 'memory', call && `${call.text} was running`)));
      } else if (modules() === '') finish(() => reject(error));
      else blame(`${modules()} threw outside of its calls`);
    });
    thread.worker.on('exit', () => {
      thread.hearRest();
      const call = runningCall(thread.calls)?.text ?? modules();
      if (code !== undefined) leave();
      else if (call !== '') blame(`${call} ended the program, which is not for plugins`);
      else finish(() => reject(new Error('the thread of the command ended before it had answered')));
    });
  });
};

/** Milliseconds in which a signal that comes again is the same: a terminal sends it to all that run, and some of them pass it on. */
const ECHO = 100;

/** Hears the first signal, and any after it; the answer ends that. */
const heedSignals = (first: (why: StopReason) => void, again: () => void): (() => void) => {
  let since: number | undefined;
  const heed = (why: StopReason) => (): void => {
    const now = performance.now();
    if (since === undefined) {
      since = now;
      first(why);
    } else if (now - since > ECHO) again();
  };
  const [interrupt, terminate] = [heed('interrupt'), heed('terminate')];
  process.on('SIGINT', interrupt).on('SIGTERM', terminate);
  return () => process.off('SIGINT', interrupt).off('SIGTERM', terminate);
};

/** Milliseconds until the end of the time, which began when the process did. */
const timeLeft = (seconds: number): number =>
  Math.max(LEAST_LEFT * 1000 * seconds, 1000 * seconds - performance.now());

const isMemory = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | null | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** The longest time that a timer of Node's knows, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** Milliseconds for what is left to say and write where the process cannot end by itself. */
const LAST_WORDS = 10_000;

const killSelf = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
