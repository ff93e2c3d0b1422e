import { readFileSync } from 'node:fs';

const PAGE = 4096;
/** A second in the ticks that Linux counts by. */
const TICKS = 100;

/** The memory that a process holds, in MiB; 0 where the system does not tell, or the process is gone. */
export const residentMebibytes = (pid: number): number => {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE) / 2 ** 20;
  } catch {
    return 0;
  }
};

/** The seconds for which a process has been busy, which a machine that others load does not add to; undefined where the system does not tell. */
export const busySeconds = (pid: number): number | undefined => {
  try {
    // After the name, which can hold anything, come state and ten numbers, and then the time for itself and in the system.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return undefined;
  }
};
