import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, mutantsOf, someLines } from './mutants.ts';
import { type NamedFault, namedFaults } from './named-faults.ts';
import { rooms } from './rooms.ts';
import { scorePage, scoresOf, shareOf, sumOf } from './scores.ts';

const PAGE = 'mutation/SCORES.md';

/*
 * Whether tests notice when checking stops. `npm run mutate` puts in the faults that have names, then every change to the files of `rooms`;
 * `--named` does only the former, `--room NAME` and `--file PATH[:FROM-TO]`, which may be repeated, only these of the latter; `--lines N` takes N lines
 * of each file, others by another `--seed`, and only changes within one line. With `--known`
 * what the last run with it found is looked for again only where a file or its tests have changed. The scores of files that were changed from end to end go into SCORES.md.
 */
const { values: asked } = parseArgs({
  options: {
    named: { type: 'boolean', default: false },
    known: { type: 'boolean', default: false },
    lines: { type: 'string' },
    seed: { type: 'string', default: '1' },
    room: { type: 'string', multiple: true, default: [] },
    file: { type: 'string', multiple: true, default: [] },
  },
});
const isAll = !asked.named && asked.room.length === 0 && asked.file.length === 0;

/** Whether some of its tests fail where a named fault is in. */
const isNoticed = (fault: NamedFault): boolean => {
  const folder = mkdtempSync('mutation/dist/fault-');
  const report = join(folder, 'report.json');
  spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config=mutation/vitest.config.ts',
      '--bail=1',
      '--maxWorkers=1',
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    {
      env: { ...process.env, MENUSMITH_TESTS: fault.tests.join(','), MENUSMITH_FAULT: JSON.stringify(fault) },
      stdio: 'ignore',
    },
  );
  const { numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as { numFailedTests: number };
  rmSync(folder, { recursive: true });
  return numFailedTests > 0;
};

const missed: string[] = [];
if (isAll || asked.named)
  for (const fault of namedFaults) {
    const noticed = isNoticed(fault);
    console.log(`${noticed ? 'noticed ' : 'MISSED  '} ${fault.name}`);
    if (!noticed) missed.push(fault.name);
  }

const found: Mutant[] = [];
for (const [name, { files, tests }] of Object.entries(rooms)) {
  const own = asked.file.filter((path) => files.includes(path.replace(/:[\d-]+$/, '')));
  const wanted = isAll || asked.room.includes(name) ? files : own;
  const { lines, seed } = asked;
  const places =
    lines === undefined ? wanted : wanted.flatMap((file) => someLines(file, Number(lines), Number(seed)));
  if (wanted.length > 0)
    found.push(...(await mutantsOf(places, tests, asked.known ? `mutation/dist/${name}.json` : undefined)));
}
for (const { file, line, text, change, outcome } of found)
  if (outcome === 'survived') console.log(`${file}:${line}\n  ${text}\n  → ${change}`);
const day = new Date().toISOString().slice(0, 10);
const scores = scoresOf(found, day);
for (const score of scores.length > 0 ? [...scores, sumOf(scores, 'all')] : []) {
  const { file, killed, survived, equivalent } = score;
  const [noticed, missed, same] = [killed, survived, equivalent].map((count) => String(count).padStart(4));
  console.log(
    `${shareOf(score).toFixed(1).padStart(5)} %  ${noticed} killed ${missed} survived ${same} equivalent  ${file}`,
  );
}
// What is said of a file is said of the whole of it.
const whole = scores.filter(
  ({ file }) => asked.lines === undefined && !asked.file.some((path) => path.startsWith(`${file}:`)),
);
if (whole.length > 0)
  writeFileSync(PAGE, scorePage(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '', whole));
if (missed.length > 0) process.exitCode = 1;
