import { createRegistry, prepareStudy, readStudy, solveStudy, standardPlugin } from '@menusmith/app';

/** One solve in a process of its own, so that its memory and its first run are what is measured. */
const study = await readStudy(process.argv[2]!, createRegistry([standardPlugin]));
await prepareStudy(study);
const seconds: number[] = [];
let last: ReturnType<typeof solveStudy> | undefined;
for (let run = 0; run < Number(process.argv[3]); run++) {
  const started = performance.now();
  last = solveStudy(study);
  seconds.push((performance.now() - started) / 1000);
}
const { certificate, iterations, profit, status } = last!.result;
process.stdout.write(
  JSON.stringify({
    cold: seconds[0],
    warm: Math.min(...seconds.slice(1), Number.MAX_VALUE),
    iterations,
    status,
    profit,
    gap: certificate.relativeGap,
    violation: certificate.maxIncentiveViolation,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
