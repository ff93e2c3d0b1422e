import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';

/** Who writes, in letters for a file's name: machine, process and thread. */
export const thisWriter = (): string => `${machine()}-${process.pid}-${threadId}`;

const machine = (): string =>
  hostname()
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, 32) || 'here';

/** Whether that writer is known to have ended; of another machine's nothing is known. */
export const hasEnded = (writer: string): boolean => {
  const [, host, id, thread] = /^([a-zA-Z0-9]+)-(\d+)-(\d+)$/.exec(writer) ?? [];
  if (host !== machine()) return false;
  // One thread of a process writes; another does when that one has been ended.
  if (Number(id) === process.pid) return Number(thread) !== threadId;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};
