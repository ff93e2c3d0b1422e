import type { JobKind, JobKinds } from './job.ts';

/** The kinds of jobs that commands share among threads. */
export const jobKinds = {
  draw: async () => (await import('./draw-jobs.ts')).drawJobs as JobKind,
  'drawn-profits': async () => (await import('./drawn-profits-jobs.ts')).drawnProfitsJobs as JobKind,
  sensitivity: async () => (await import('./sensitivity-jobs.ts')).sensitivityJobs as JobKind,
  serve: async () => (await import('../serve/serve-jobs.ts')).serveJobs as JobKind,
  sweep: async () => (await import('../sweep/sweep-job.ts')).sweepJobs as JobKind,
} as const satisfies JobKinds;

export type JobKindName = keyof typeof jobKinds;
