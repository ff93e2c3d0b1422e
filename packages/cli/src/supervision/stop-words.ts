import type { StopReason } from './supervisor.ts';

/** What ended a command, as in “Ctrl-C ended the solve”. */
export const stopWords = (reason: StopReason, seconds = 0): string =>
  reason === 'interrupt' ? 'Ctrl-C' : `the time limit of ${seconds} s`;
