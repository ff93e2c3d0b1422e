import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result, Solution, Study } from '@menusmith/app';
import { menuCsv, menuTable } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { jsonChunks } from './json-text.ts';

/** Writes result.json and menu.csv into the directory, which is made where it is not there. */
export const writeSolution = async (
  directory: string,
  study: Study,
  solution: Solution,
  result: Result,
): Promise<void> => {
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'result.json'), jsonChunks(result));
    await writeFile(join(directory, 'menu.csv'), menuCsv(menuTable(study, solution)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError('unwritable', `--out ${directory}: expected a directory to write into (${code})`);
  }
};
