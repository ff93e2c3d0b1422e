import { availableParallelism } from 'node:os';
import { jobPool, jobValue } from '@menusmith/cli';
import { colours, pictureConfig, type Section, small, table } from '../section.ts';
import { type Drawn, drawnTechnologies, type PathError, type TechnologyJob } from './technology-jobs.ts';

const TECHNOLOGIES = 500;
const LISTED = 1e-8;
/** Technologies that go to a thread at once. */
const CHUNK = 10;

/** What became of each, in order, by all cores. In a quick run every tenth has the minimizers. */
async function* solved(
  technologies: readonly Drawn[],
  isQuick: boolean,
): AsyncGenerator<readonly PathError[] | null> {
  const jobs = technologies.map(
    (drawn, index): TechnologyJob => ({ drawn, hasMinimizers: !isQuick || index % 10 === 0 }),
  );
  const pool = jobPool<TechnologyJob, readonly PathError[] | null>(
    { kind: 'technology', context: null, jobs, threads: availableParallelism(), chunk: CHUNK },
    {
      url: new URL('./technology-thread.js', import.meta.url),
      printed: process.stderr,
      stopped: new Promise(() => undefined),
    },
  );
  for await (const result of pool) yield jobValue(result);
}

const nameOf = ({ exponents, inputs }: Drawn): string => {
  const list = (values: readonly number[]): string => values.map((v) => v.toPrecision(3)).join(', ');
  return `exponents ${list(exponents)}; costs ${list(inputs.map(({ cost }) => cost))}`;
};

/** 500 technologies at random: how far the numeric paths are from the closed form, the worst and every one above 1e-8. */
export const technologySweep = async (isQuick: boolean): Promise<Section> => {
  const count = TECHNOLOGIES;
  const technologies = drawnTechnologies(count);
  const errors = new Map<string, number[]>();
  const failures = new Map<string, number>();
  const listed: string[][] = [];
  let [index, outOfRange] = [0, 0];
  for await (const result of solved(technologies, isQuick)) {
    const drawn = technologies[index++]!;
    if (result === null) outOfRange++;
    for (const { path, error, isSolved, failures: known } of result ?? []) {
      const list = errors.get(path) ?? [];
      list.push(error);
      errors.set(path, list);
      if (known !== undefined) failures.set(path, (failures.get(path) ?? 0) + known);
      else if (!(error <= LISTED))
        listed.push([nameOf(drawn), path, small(error), isSolved ? 'solved' : 'says so']);
    }
  }
  const rows = [...errors].map(([name, list]) => {
    const sorted = [...list].sort((a, b) => a - b);
    const at = (share: number): string => {
      const error = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
      return Number.isFinite(error) ? small(error) : 'no answer';
    };
    const failed = failures.get(name);
    const wrong = list.filter((error) => !(error <= LISTED)).length;
    return [
      name,
      String(list.length),
      at(0.5),
      at(0.9),
      at(1),
      String(wrong),
      failed === undefined ? '–' : String(failed),
    ];
  });
  const wrong = listed.filter(([, , , word]) => word === 'solved');
  return {
    title: 'A random sweep of technologies',
    body: [
      `${count} Cobb–Douglas technologies with one to three task inputs and none to two shared ones; exponents at random, every tenth with one of about 1e-3 and every tenth with a sum of .99; costs over four decades, bases, values and scales over two, two and one. The error is the largest relative one in quality, surplus and every input.${outOfRange > 0 ? ` In ${outOfRange} of them the right quality is beyond 1e±40; they are left out.` : ''}${isQuick ? ' The minimizers had every tenth.' : ''}`,
      table(['path', 'technologies', 'median', '90 %', 'worst', 'above 1e-8', 'failures known'], rows),
      listed.length === 0
        ? 'No case of our paths is worse than 1e-8.'
        : table(['case worse than 1e-8', 'path', 'error', 'status'], listed),
    ],
    pictures: [picture(errors)],
    failures: wrong.map(
      ([name, path, error]) => `${name}: ${path} is off by ${error} and takes it for solved`,
    ),
  };
};

const picture = (errors: ReadonlyMap<string, readonly number[]>): Section['pictures'][number] => {
  const values = [...errors].flatMap(([path, list]) =>
    [...list]
      .sort((a, b) => a - b)
      .map((error, i) => ({
        path,
        share: (i + 1) / list.length,
        error: Number.isFinite(error) ? Math.min(10, Math.max(1e-16, error)) : 10,
      })),
  );
  const order = [...errors.keys()];
  return {
    name: 'technology-sweep',
    caption:
      'The share of random technologies on which a path is wrong by at most the error on the horizontal axis: the further up and left, the better.',
    specification: {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      title: { text: 'Random technologies: how often a path is how wrong', anchor: 'start', offset: 12 },
      data: { values },
      width: 520,
      height: 280,
      mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2 },
      encoding: {
        x: {
          field: 'error',
          type: 'quantitative',
          scale: { type: 'log', domain: [1e-16, 10] },
          title: 'largest relative error in quality, surplus and inputs',
          axis: { format: '.0e', tickCount: 9 },
        },
        y: {
          field: 'share',
          type: 'quantitative',
          title: 'share of technologies',
          axis: { format: '.0%' },
          scale: { domain: [0, 1] },
        },
        color: {
          field: 'path',
          type: 'nominal',
          sort: order,
          scale: { domain: order, range: order.map((_, i) => colours[(i + 1) % colours.length]!) },
          legend: { title: null, orient: 'bottom', columns: 3, labelLimit: 0 },
        },
      },
      config: pictureConfig,
    },
  };
};
