import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from '../cases.ts';
import { type Section, table } from '../section.ts';

/** What Node writes of a sampled run. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Shown of each profile. */
const MOST = 8;

/** Where the time goes: the functions that take most of it themselves, by sampling. */
export const profiles = (finite: readonly Case[], closedForm: readonly Case[]): Section => {
  const example = closedForm.find(({ name }) => name === 'Example 1, allocations')!;
  const asked: { title: string; text: string; runs: number }[] = [
    ...['Correlated 64 × 64', 'Rochet–Choné 60 × 60'].map((name) => ({
      title: name,
      text: finite.find((one) => one.name === name)!.text,
      runs: 3,
    })),
    { title: 'Example 1, numeric path', text: `${example.text}\nsolver: { supply: numeric }\n`, runs: 60 },
  ];
  return {
    title: 'Where the time goes',
    body: [
      'Samples of a process that solves the study several times (the share of time spent in the function itself, its own start-up left out):',
      ...asked.flatMap(({ title, text, runs }) => [
        `**${title}**`,
        table(
          ['function', 'file', 'share'],
          profileOf(text, runs).map(({ name, file, share }) => [name, file, `${(100 * share).toFixed(1)} %`]),
        ),
      ]),
      readFileSync('benchmarks/where-the-time-goes.md', 'utf8').trim(),
    ],
    pictures: [],
    failures: [],
  };
};

const profileOf = (text: string, runs: number): { name: string; file: string; share: number }[] => {
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-bench-'));
  try {
    const file = join(folder, 'study.yaml');
    writeFileSync(file, text);
    execFileSync(
      process.execPath,
      [
        '--cpu-prof',
        `--cpu-prof-dir=${folder}`,
        'benchmarks/dist/solvers/finite-case.js',
        file,
        'auto',
        '900',
        String(runs),
      ],
      { stdio: 'ignore' },
    );
    const name = readdirSync(folder).find((entry) => entry.endsWith('.cpuprofile'))!;
    return summaryOf(JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const summaryOf = ({ nodes, samples, timeDeltas }: CpuProfile) => {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<string, { name: string; file: string; time: number }>();
  let total = 0;
  samples.forEach((id, i) => {
    const { functionName, url } = frames.get(id)!;
    const isCollecting = functionName === '(garbage collector)';
    // Node's own start-up, and the loading of modules.
    if (!isCollecting && !url.startsWith('file:')) return;
    const file = isCollecting ? '–' : url.replace(/.*\//, '').replace(/\.js$/, '.ts');
    const name = isCollecting ? 'garbage collection' : functionName || '(anonymous)';
    const key = `${name} ${file}`;
    const entry = times.get(key) ?? { name, file, time: 0 };
    entry.time += timeDeltas[i]!;
    total += timeDeltas[i]!;
    times.set(key, entry);
  });
  return [...times.values()]
    .sort((a, b) => b.time - a.time)
    .slice(0, MOST)
    .map(({ name, file, time }) => ({ name, file, share: time / total }));
};
