import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRegistry,
  openSweep,
  solveStudy,
  standardPlugin,
  studyFromText,
  variedField,
  variedSettings,
} from '@menusmith/app';
import { duration, type Section, table } from './section.ts';

const registry = createRegistry([standardPlugin]);

/** A study that is solved in no time: what is left is what a row costs beside its solve. */
const light = `cost: { use: quadratic }
buyers: { kind: representative, types: [{ value: 1, mass: 0.5 }, { value: 2, mass: 0.5 }] }
`;
const LIGHT = 'buyers.types[1].value=1.5:3';
/** One of the paper's. */
const HEAVY = 'examples/example-1-allocations.yaml';
const HEAVY_FIELD = 'production.exponents.fineTuning=0.05:0.3';

/** Rows a second on one and two threads, what a row takes beside its solve, and how long rows that are there take to become a table. */
export const sweepFigures = async (isQuick: boolean): Promise<Section> => {
  const failures: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-sweep-'));
  try {
    const study = join(folder, 'light.yaml');
    writeFileSync(study, light);
    const heavy = isQuick ? 40 : 400;
    const runs = [1, 2].map((jobs) => {
      const out = join(folder, `jobs-${jobs}`);
      const milliseconds = swept(failures, HEAVY, `${HEAVY_FIELD}:${heavy}`, out, '--jobs', String(jobs));
      return { jobs, milliseconds, csv: readFileSync(join(out, 'sweep.csv'), 'utf8') };
    });
    if (runs[0]!.csv !== runs[1]!.csv) failures.push('rows differ with the number of threads');

    const count = isQuick ? 2000 : 100_000;
    const out = join(folder, 'merged');
    const solving = swept(failures, study, `${LIGHT}:${count}`, out);
    unlinkSync(join(out, 'sweep.csv'));
    const merging = swept(failures, study, `${LIGHT}:${count}`, out);
    const rows = readFileSync(join(out, 'sweep.csv'), 'utf8').trimEnd().split('\r\n').length - 2;
    if (rows !== count) failures.push(`${rows} rows came together, of ${count}`);
    const beside = await overhead(isQuick ? 500 : 5000);
    return {
      title: 'Sweeps',
      body: [
        `Example 1 under allocations at ${heavy} exponents of fine-tuning, from the start of the command to its last file, pictures included:`,
        table(
          ['threads', 'time', 'combinations a second'],
          runs.map(({ jobs, milliseconds }) => [
            String(jobs),
            duration(milliseconds),
            ((1000 * heavy) / milliseconds).toFixed(1),
          ]),
        ),
        `Of a list of two types a row takes ${duration(beside.row)}, of which its solve is ${duration(beside.solve)}: reading the study and making the row take ${duration(beside.row - beside.solve)}. ${count.toLocaleString('en')} such rows take ${duration(solving)} on all cores, each on disk before the next. Put together again from what is on disk, pictures included, they take ${duration(merging)}.`,
      ],
      pictures: [],
      failures,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Milliseconds of a whole `menusmith sweep`. */
const swept = (
  failures: string[],
  study: string,
  vary: string,
  out: string,
  ...more: readonly string[]
): number => {
  const started = performance.now();
  const { status } = spawnSync(
    process.execPath,
    ['packages/cli/bin/menusmith.js', 'sweep', study, '--vary', vary, '--out', out, ...more],
    { stdio: 'ignore' },
  );
  if (status !== 0) failures.push(`sweep --vary ${vary} ended with exit code ${status}`);
  return performance.now() - started;
};

/** Milliseconds of a row of the light study, and of its solve alone. */
const overhead = async (count: number): Promise<{ readonly row: number; readonly solve: number }> => {
  const varied = [variedField(`${LIGHT}:${count}`)];
  const csvFiles = (): never => {
    throw new Error('it reads none');
  };
  const request = { text: light, file: 'light.yaml', settings: [], varied };
  const sweep = openSweep(request, registry, () => 0, { csvFiles, jsonFiles: csvFiles });
  const each = async (work: (k: number) => unknown): Promise<number> => {
    const started = performance.now();
    for (let k = 0; k < count; k++) await work(k);
    return (performance.now() - started) / count;
  };
  const studies = Array.from({ length: count }, (_, k) =>
    studyFromText(light, {
      file: 'light.yaml',
      registry,
      settings: variedSettings(varied, k),
      csvFiles,
    }),
  );
  // The first ones warm the code up.
  await each((k) => sweep.row(k));
  return { row: await each((k) => sweep.row(k)), solve: await each((k) => solveStudy(studies[k]!)) };
};
