import type { Draw, DrawSource } from '@menusmith/app';
import { registryFor } from '../command-context.ts';
import type { JobKind } from './job.ts';

/** What draws of a bootstrap have in common. */
export interface DrawContext {
  readonly source: DrawSource;
  readonly plugins: readonly string[];
}

/** A job is the number of a draw. */
export const drawJobs: JobKind<DrawContext, number, Draw | null> = {
  prepare: async ({ source, plugins }) => {
    const { drawing } = await import('@menusmith/app');
    return drawing(source, await registryFor({ plugin: plugins }));
  },
};
