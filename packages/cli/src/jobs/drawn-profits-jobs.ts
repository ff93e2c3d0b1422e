import type { DrawnProfits, StudyDraws } from '@menusmith/app';
import type { Plan } from '@menusmith/core';
import { registryFor } from '../command-context.ts';
import type { JobKind } from './job.ts';

/** Two menus, and the draws of buyers to whom they are sold. */
export interface DrawnProfitsContext {
  readonly draws: StudyDraws;
  readonly menus: { readonly menu: readonly Plan[]; readonly against: readonly Plan[] };
  readonly plugins: readonly string[];
}

/** A job is the number of a draw. */
export const drawnProfitsJobs: JobKind<DrawnProfitsContext, number, DrawnProfits | null> = {
  prepare: async ({ draws, menus, plugins }) => {
    const { drawnProfits } = await import('@menusmith/app');
    return drawnProfits(draws, menus, await registryFor({ plugin: plugins }));
  },
};
