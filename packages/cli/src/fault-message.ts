import { printable } from '@menusmith/core';
import { isMachineFault, systemErrorWords } from './system-error.ts';

/** What is said where the program is wrong, or the machine has not what it needs; with its place where that is asked for. */
export const faultMessage = (error: unknown): string => {
  const detail = error instanceof Error ? error : new Error(String(error));
  return printable(
    process.env.DEBUG === 'menusmith'
      ? `${detail.stack}\n`
      : isMachineFault(error)
        ? `menusmith cannot go on: ${systemErrorWords(error)}${placeOf(error)}\n`
        : `menusmith failed, which is a fault of ours: ${detail.message}\n(DEBUG=menusmith shows where)\n`,
  );
};

/** The file at which the machine failed. */
const placeOf = (error: unknown): string => {
  const { path } = error as NodeJS.ErrnoException;
  return path === undefined ? '' : ` at ${path}`;
};
