import { printable } from '@menusmith/core';

/** What is said where the program is wrong; with its place where that is asked for. */
export const faultMessage = (error: unknown): string => {
  const detail = error instanceof Error ? error : new Error(String(error));
  return printable(
    process.env.DEBUG === 'menusmith'
      ? `${detail.stack}\n`
      : `menusmith failed, which is a fault of ours: ${detail.message}\n(DEBUG=menusmith shows where)\n`,
  );
};
