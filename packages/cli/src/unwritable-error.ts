import { isWrongPath, systemErrorWords } from './system-error.ts';

/** Files could not be written: the message says which, why, and what stands there now. */
export class UnwritableError extends Error {
  override readonly name = 'UnwritableError';
  /** Whether another path would help; else it is the disk, or the machine. */
  readonly isWrongPath: boolean;

  constructor(path: string, cause: unknown, state = 'nothing is written') {
    super(`cannot write ${path}: ${systemErrorWords(cause)}; ${state}`, { cause });
    this.isWrongPath = isWrongPath(cause);
  }
}

/** An error as the operating system's own. */
export const systemError = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });
