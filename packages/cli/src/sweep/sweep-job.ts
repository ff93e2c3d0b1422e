import { filesBeside, openSweep, type SweepRequest, type SweepRow } from '@menusmith/app';
import { registryFor } from '../command-context.ts';
import type { JobKind } from '../jobs/job.ts';
import { UnwritableError } from '../unwritable-error.ts';
import type { Chunk } from './chunks.ts';
import { type RowFile, rowFiles } from './row-files.ts';

/** What all chunks of a sweep have in common. */
export interface SweepContext {
  readonly request: SweepRequest;
  /** Modules of plugins, as the user gave them. */
  readonly plugin: readonly string[];
  /** Where rows are kept, and whose they are; absent where they are not. */
  readonly kept?: { readonly directory: string; readonly identity: string };
}

/** What became of a chunk: its rows in order, up to the one that could not be written. */
export interface SolvedChunk {
  readonly rows: readonly SweepRow[];
  readonly unwritable?: { readonly message: string; readonly isWrongPath: boolean };
}

/** Solves chunk by chunk. Distributions and formulas of the combination before serve the next one. */
export const sweepJobs: JobKind<SweepContext, Chunk, SolvedChunk> = {
  async prepare({ request, plugin, kept }) {
    const registry = await registryFor({ plugin });
    const sweep = openSweep(
      request,
      registry,
      () => performance.now() / 1000,
      filesBeside(request.file, request),
    );
    const files = kept && rowFiles(kept.directory, kept.identity, sweep);
    return async (chunk) => {
      const known = files?.read(chunk) ?? new Map<number, SweepRow>();
      const rows: SweepRow[] = [];
      let file: RowFile | undefined;
      try {
        file = files?.goOn(chunk, known);
        for (let k = chunk.first; k < chunk.end; k++) {
          const row = known.get(k) ?? (await sweep.row(k));
          rows.push(row);
          if (!known.has(k)) file?.add(k, row);
        }
        file?.finish();
        return { rows };
      } catch (error) {
        file?.close();
        if (!(error instanceof UnwritableError)) throw error;
        const { message, isWrongPath } = error;
        return { rows, unwritable: { message, isWrongPath } };
      }
    };
  },
};
