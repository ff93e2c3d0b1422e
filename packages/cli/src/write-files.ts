import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@menusmith/core';

/** Writes files by name into a directory, which is made where it is not there. */
export const writeFiles = async (
  directory: string,
  files: Readonly<Record<string, string | Uint8Array | Iterable<string>>>,
): Promise<void> => {
  try {
    await mkdir(directory, { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError('unwritable', `--out ${directory}: expected a directory to write into (${code})`);
  }
};
