import { basename, dirname } from 'node:path';
import type { ProofDocument } from '@menusmith/app';
import type { ExitCode, Output } from './command-context.ts';
import { jsonChunks } from './json-text.ts';
import { outDirectory } from './write-files.ts';

/** Writes a proof into a file of its own; answers with 0, or the exit code of a path that cannot be written to. */
export const writeProof = async (file: string, proof: ProofDocument, output: Output): Promise<ExitCode> =>
  (await outDirectory(dirname(file), output)).fill([], async (write) => {
    await write(basename(file), jsonChunks(proof));
    return 0;
  });
