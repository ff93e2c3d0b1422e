import { workerData } from 'node:worker_threads';
import { guardThread } from '../supervision/guard-thread.ts';
import { taken } from '../supervision/taken.ts';
import { tellStrayFaults } from '../supervision/tell-stray-faults.ts';
import type { JobKinds } from './job.ts';
import type { JobMessage, JobThreadStart, NumberedJob } from './job-thread.ts';
import { jobWork } from './job-work.ts';

/** Does the work of a thread of jobs, until that is ended. */
export const workOnJobs = (kinds: JobKinds): void => {
  const { port, kind, context, calls, hasPlugins } = taken(workerData as JobThreadStart);
  const tell = (message: JobMessage<unknown>): void => port.postMessage(message);
  guardThread(calls, hasPlugins);
  tellStrayFaults(
    (said) => tell({ said }),
    (fault) => tell({ gone: fault.trimEnd() }),
  );
  const work = jobWork<unknown, unknown>(kinds[kind]!, context);
  let before = Promise.resolve();
  port.on('message', (jobs: readonly NumberedJob<unknown>[]) => {
    before = before.then(async () => {
      for (const { number, job } of jobs) tell({ number, result: await work(job) });
    });
  });
};
