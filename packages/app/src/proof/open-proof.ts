import { InputError, limits } from '@menusmith/core';
import { jsonData } from '../study/json-data.ts';
import { LocatedInputError } from '../study/located-input-error.ts';
import { readStudyText, STANDARD_INPUT } from '../study/read-study.ts';
import type { ProofDocument } from './proof-document.ts';

/** The proof in the file at `path`, `-` for standard input. Whether it holds, and whether all of it is there, the checker says. Throws InputError where it is none. */
export const openProof = async (path: string): Promise<ProofDocument> => {
  const file = path === '-' ? STANDARD_INPUT : path;
  const text = await readStudyText(path, 'proof', limits.fileBytes);
  try {
    const data = jsonData(text) as Partial<ProofDocument> | null;
    const isProof =
      typeof data === 'object' && data !== null && data.proof === 1 && typeof data.study === 'object';
    if (!isProof) throw new InputError('proof', 'expected a proof as solve --proof writes it');
    return data as ProofDocument;
  } catch (error) {
    throw error instanceof InputError ? new LocatedInputError(error, file) : error;
  }
};
