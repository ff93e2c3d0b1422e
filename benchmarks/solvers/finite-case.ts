import { readFileSync } from 'node:fs';
import {
  createRegistry,
  type ProductionTechnology,
  parseStudy,
  prepareStudy,
  type Study,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import type { FiniteSolver } from '@menusmith/core';
import { cobbDouglasCost } from './cobb-douglas-cost.ts';
import { conicSolver } from './conic.ts';
import { type ExternalRun, externalScripts, externalSolver, pythonFor } from './external.ts';
import { highsQuadratic } from './highs-quadratic.ts';

/** One solver on one study in a process of its own, so that its memory and its first run are what is measured. */
const [file, name] = [process.argv[2]!, process.argv[3]!];
const [mostSeconds, mostRuns] = [Number(process.argv[4]), Number(process.argv[5])];

const study = parseStudy(readFileSync(file, 'utf8'), { file, registry: createRegistry([standardPlugin]) });
const cobbDouglas =
  study.technology.kind === 'production'
    ? cobbDouglasCost(study.technology as ProductionTechnology)
    : undefined;
/** Solves are repeated until they have taken this long. */
const MOST_SECONDS = 2;
const outside: ExternalRun = { seconds: Number.NaN, status: '' };

const foreign = (): FiniteSolver | undefined => {
  if (name === 'clarabel' && cobbDouglas !== undefined) return conicSolver(cobbDouglas);
  if (name === 'highs-qp') return highsQuadratic(mostSeconds);
  const script = externalScripts.find((each) => each.name === name);
  const python = script && pythonFor(script);
  return script && python && externalSolver(script, python.command, cobbDouglas, mostSeconds, outside);
};

const asked = (): Study => {
  const solver = foreign();
  if (solver !== undefined)
    return { ...study, solver: { ...study.solver, use: name, finite: [{ name, solver }] } };
  const finite = study.solver.finite.filter((each) => name === 'auto' || each.name === name);
  return { ...study, solver: { ...study.solver, use: name, finite } };
};

try {
  const solved = asked();
  await prepareStudy(solved);
  const seconds: number[] = [];
  let result: ReturnType<typeof solveStudy>['result'] | undefined;
  let spent = 0;
  while (seconds.length === 0 || (seconds.length < mostRuns && spent < MOST_SECONDS)) {
    const started = performance.now();
    result = solveStudy(solved).result;
    const whole = (performance.now() - started) / 1000;
    spent += whole;
    // Of a script, the time of its solver alone.
    seconds.push(Number.isFinite(outside.seconds) ? outside.seconds : whole);
  }
  const { certificate, iterations, status, finite } = result!;
  process.stdout.write(
    JSON.stringify({
      seconds,
      iterations,
      status,
      solver: finite?.solver,
      attained: certificate.attainedProfit,
      bound: certificate.upperBound,
      gap: certificate.relativeGap,
      violation: certificate.maxIncentiveViolation,
      megabytes: process.resourceUsage().maxRSS / 1024,
      outside: outside.status,
    }),
  );
} catch (thrown) {
  const { signal, message } = thrown as { signal?: string; message: string };
  // A script that was stopped by its alarm, or by us.
  const failed =
    signal === 'SIGALRM' || signal === 'SIGTERM' ? `none in ${mostSeconds} s` : message.split('\n')[0];
  process.stdout.write(JSON.stringify({ failed }));
}
