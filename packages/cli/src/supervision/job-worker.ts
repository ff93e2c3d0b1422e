import { keepCompiledCode } from './compile-cache.ts';

// One of the threads that share the jobs of a command.
keepCompiledCode();
const [{ jobKinds }, { workOnJobs }] = await Promise.all([
  import('../jobs/job-kinds.ts'),
  import('../jobs/work-on-jobs.ts'),
]);
workOnJobs(jobKinds);
