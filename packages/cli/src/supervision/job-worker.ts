import { jobKinds } from '../jobs/job-kinds.ts';
import { workOnJobs } from '../jobs/work-on-jobs.ts';

// One of the threads that share the jobs of a command.
workOnJobs(jobKinds);
