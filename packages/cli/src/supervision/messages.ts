import type { MessagePort } from 'node:worker_threads';
import type { LeftAnswer } from './supervisor.ts';

/** What the thread that watches tells the one that works, once: the arguments of the command, and the state of the terminal. */
export interface CommandStart {
  /** Over which the threads talk. The usual one is at every plugin's hand. */
  readonly port: MessagePort;
  readonly argv: readonly string[];
  /** One Int32: 0, or the reason to stop by its place in `stopReasons`, from 1. */
  readonly stop: SharedArrayBuffer;
  /** For `shareRunningCalls`. */
  readonly calls: SharedArrayBuffer;
  readonly stdout: TerminalState;
  readonly stderr: TerminalState;
}

export interface TerminalState {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export const stopReasons = ['time-limit', 'interrupt', 'terminate'] as const;

/** What the thread that works tells the one that watches. */
export type CommandMessage =
  | { readonly kind: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'limit' | 'call-limit'; readonly seconds: number }
  | { readonly kind: 'does'; readonly work: string }
  | { readonly kind: 'left'; readonly answer: LeftAnswer }
  | { readonly kind: 'answered' }
  | { readonly kind: 'ended'; readonly code: number }
  | { readonly kind: 'gone' };
