/* A thread of the sweep of technologies. */
import { type JobKind, workOnJobs } from '@menusmith/cli';
import { technologyJobs } from './technology-jobs.ts';

workOnJobs({ technology: async () => technologyJobs as JobKind });
