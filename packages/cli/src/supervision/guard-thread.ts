import { noteCallbacks, noteTimers, shareRunningCalls } from '@menusmith/app/plugin-calls';
import { forbidEnding } from './forbid-ending.ts';
import { keepStandardOutput } from './keep-standard-output.ts';
import { limitWaiting } from './limit-waiting.ts';

/** Less than a call of a plugin may take, so that it is the call that says what is wrong. */
const WAITING_SECONDS = 8;

/** Keeps the process, its standard output and its time from plugins, in the thread that calls them; `calls` is where their calls are noted. */
export const guardThread = (calls: SharedArrayBuffer, hasPlugins: boolean): void => {
  shareRunningCalls(calls);
  noteTimers();
  if (hasPlugins) noteCallbacks();
  limitWaiting(WAITING_SECONDS);
  forbidEnding();
  keepStandardOutput();
};
