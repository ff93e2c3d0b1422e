import type { EndReason } from './supervisor.ts';

/** What ended a command, as in “Ctrl-C ended the solve”. */
export const stopWords = (reason: EndReason, seconds = 0): string => {
  if (reason === 'memory') return 'a lack of memory';
  if (reason === 'terminate') return 'SIGTERM';
  return reason === 'interrupt' ? 'Ctrl-C' : `the time limit of ${seconds} s`;
};
