/** Why a command was asked to stop before its end. */
export type StopReason = 'time-limit' | 'interrupt' | 'terminate';

/** Whether it was Ctrl-C or SIGTERM, which files are not written to their end for either. */
export const isSignal = (reason: StopReason | undefined): boolean =>
  reason === 'interrupt' || reason === 'terminate';

/** What ends a command that does not end by itself. */
export type EndReason = StopReason | 'memory';

/** What is said and written for a command that is ended before it has answered. */
export interface LeftAnswer {
  /** For standard output. */
  readonly stdout: string;
  /** What it is, after "Ctrl-C ended the solve:". */
  readonly said: string;
  /** Files by name, the directory into which they are written, and those of an earlier run that go. */
  readonly files?: {
    readonly directory: string;
    readonly replaced: readonly string[];
    readonly content: Readonly<Record<string, string>>;
  };
}

/**
 * Whoever watches over a command while it works, and can end it.
 *
 * A command that looks at `stopReason` often enough ends by itself, with the best that it has. One that does not is ended, and what it left is its answer.
 */
export interface Supervisor {
  /** Why the command is to end; undefined while nobody asks. */
  stopReason(): StopReason | undefined;
  /** Waits until the command is to end. */
  stopped(): Promise<void>;
  /** From the start of the command it has so many seconds. */
  limit(seconds: number): void;
  /** A call of a plugin has so many seconds, in the place of the usual ones. */
  limitCalls(seconds: number): void;
  /** What the command does, as in "Ctrl-C ended the solve". */
  does(work: string): void;
  /** The answer if the command is ended now; in the place of what was left before. */
  leave(answer: LeftAnswer): void;
  /** Whether what is left reaches anybody. */
  readonly isListening: boolean;
  /** The answer is out; what follows are files. */
  answered(): void;
}

/** Where nobody watches: in tests, and where the command is part of another program. */
export const unsupervised: Supervisor = {
  stopReason: () => undefined,
  stopped: () => new Promise(() => undefined),
  limit: () => undefined,
  limitCalls: () => undefined,
  does: () => undefined,
  leave: () => undefined,
  isListening: false,
  answered: () => undefined,
};
