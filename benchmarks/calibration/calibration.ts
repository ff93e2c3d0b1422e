import { type Section, table } from '../section.ts';
import { type BandOfLog, bandsOfLogs } from './band-coverage.ts';
import { readingTime } from './reading-time.ts';
import { type SimulatedLog, type SimulatedTypes, simulatedLogs, simulatedTypes } from './simulated-logs.ts';

const median = (list: readonly number[]): number => {
  const sorted = [...list].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
};
const percent = (x: number): string => `${(100 * x).toFixed(2)} %`;
const share = (list: readonly SimulatedLog[], test: (log: SimulatedLog) => boolean): number =>
  list.filter(test).length / list.length;

const LOGS = 100;
const QUICK_LOGS = 5;
/** Of the profit of the best three tariffs. */
const NEAR = 0.98;
const NEAR_WHERE_HEAVY = 0.95;

/** Logs of a kind have seeds of their own: the same noise in all kinds would be one experiment told five times. */
const seedsOf = (kind: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => 1000 * kind + k + 1);

/** What `calibrate` finds in logs whose truth is known. */
export const recoveryFigures = async (isQuick: boolean): Promise<Section> => {
  const count = isQuick ? QUICK_LOGS : LOGS;
  const failures: string[] = [];
  const rows: string[][] = [];
  for (const [kind, types] of simulatedTypes.entries()) {
    const logs = await simulatedLogs(types, seedsOf(kind, count));
    rows.push(rowOf(types, logs));
    // Few logs say little of shares.
    if (!isQuick) failures.push(...faultsOf(types, logs));
  }
  return {
    title: 'Calibration: what is found in logs whose truth is known',
    body: [
      `${count} logs of each kind of types: 1,000 customers by 8 months, three prices of one model, noise of 0.3 from month to month, 3 % of months without use. The degree is 0.5. Profit is what the three two-part tariffs that are best for the fitted study earn from the true types under free choice, of what the best three earn.`,
      table(
        [
          'types',
          'degree within two standard errors',
          'standard error, median',
          `profit, median`,
          'profit, 10th percentile',
          `profit ≥ ${percent(NEAR)}`,
        ],
        rows,
      ),
    ],
    pictures: [],
    failures,
  };
};

/** How long logs take, and their bootstrap. */
export const calibrationTimes = async (isQuick: boolean): Promise<Section> => {
  const failures: string[] = [];
  const sizes: readonly (readonly [number, number])[] = isQuick
    ? [[3000, 6]]
    : [
        [3000, 6],
        [125_000, 8],
        [1_250_000, 8],
      ];
  const times = [];
  for (const [customers, months] of sizes) times.push(await readingTime(customers, months));
  const threads = isQuick ? [2] : [1, 2];
  const drawing = [];
  for (const jobs of threads)
    drawing.push(
      await readingTime(1000, 8, ['--bootstrap', String(isQuick ? 10 : 200), '--jobs', String(jobs)]),
    );
  for (const { rows: count, code } of [...times, ...drawing])
    if (code !== 0) failures.push(`calibrate on ${count} rows ended with exit code ${code}`);
  return {
    title: 'Calibration: time and memory',
    body: [
      'The whole command, from the log to its files, pictures included:',
      table(
        ['rows', 'MB', 'seconds', 'rows a second', 'memory, MB'],
        times.map(({ rows: count, megabytes, seconds, memory }) => [
          count.toLocaleString('en'),
          megabytes.toFixed(1),
          seconds.toFixed(2),
          Math.round(count / seconds).toLocaleString('en'),
          memory.toFixed(0),
        ]),
      ),
      `The same with ${isQuick ? 10 : 200} draws of a bootstrap, of 1,000 customers by 8 months:`,
      table(
        ['threads', 'seconds', 'memory, MB'],
        drawing.map(({ seconds, memory }, k) => [String(threads[k]), seconds.toFixed(1), memory.toFixed(0)]),
      ),
    ],
    pictures: [],
    failures,
  };
};

/** Logs of each kind of smooth types, together a hundred, and draws from each. */
const BAND_LOGS = [34, 33, 33];
const DRAWS = 60;
/** Of all logs, those in which a band of 90 % is to hold the truth. */
const COVERED = [0.85, 0.95] as const;

/** How often the bands of `--bootstrap` hold what is true of the buyers that logs were drawn from. */
export const bandFigures = async (): Promise<Section> => {
  const kinds = simulatedTypes.filter(({ isHeavy }) => isHeavy !== true);
  const found: (readonly [string, readonly BandOfLog[]])[] = [];
  for (const [kind, types] of kinds.entries())
    found.push([types.name, await bandsOfLogs(types, seedsOf(kind, BAND_LOGS[kind]!), DRAWS)]);
  const all = found.flatMap(([, logs]) => logs);
  const holding = (logs: readonly BandOfLog[], field: 'relative' | 'absolute'): number =>
    logs.filter((log) => log[field] === 0).length / logs.length;
  const covered = holding(all, 'relative');
  return {
    title: 'Calibration: how often the bands of the bootstrap hold the truth',
    body: [
      `The 90 % band of the change of profit in ${all.length} logs of smooth types, from ${DRAWS} draws each. The truth is what the three tariffs that the command recommends earn more than today's list from the true types and demand, under free choice; the change is over today's profit, or in money.`,
      table(
        [
          'types',
          'logs',
          'band holds the change',
          'truth below',
          'truth above',
          'holds it in money',
          'half-width',
        ],
        [...found, ['all', all] as const].map(([name, logs]) => [
          name,
          String(logs.length),
          percent(holding(logs, 'relative')),
          String(logs.filter(({ relative }) => relative < 0).length),
          String(logs.filter(({ relative }) => relative > 0).length),
          percent(holding(logs, 'absolute')),
          percent(median(logs.map(({ halfWidth }) => halfWidth))),
        ]),
      ),
    ],
    pictures: [],
    failures:
      covered >= COVERED[0] && covered <= COVERED[1]
        ? []
        : [`calibrate: 90 % bands hold the change in ${percent(covered)} of ${all.length} logs`],
  };
};

const rowOf = ({ name }: SimulatedTypes, logs: readonly SimulatedLog[]): string[] => {
  const profits = logs.map(({ profitShare }) => profitShare).sort((a, b) => a - b);
  return [
    name,
    percent(share(logs, ({ off }) => Math.abs(off) <= 2)),
    median(logs.map(({ standardError }) => standardError)).toFixed(4),
    percent(median(profits)),
    percent(profits[Math.floor(profits.length / 10)]!),
    percent(share(logs, ({ profitShare }) => profitShare >= NEAR)),
  ];
};

const faultsOf = ({ name, isHeavy = false }: SimulatedTypes, logs: readonly SimulatedLog[]): string[] => [
  ...(share(logs, ({ off }) => Math.abs(off) <= 2) < 0.9
    ? [`calibrate, types ${name}: the degree is within two standard errors in less than 90 %`]
    : []),
  ...(isHeavy && median(logs.map(({ profitShare }) => profitShare)) < NEAR_WHERE_HEAVY
    ? [
        `calibrate, types ${name}: half of the logs lead to less than ${percent(NEAR_WHERE_HEAVY)} of the profit`,
      ]
    : []),
  ...(!isHeavy && share(logs, ({ profitShare }) => profitShare >= NEAR) < 0.9
    ? [`calibrate, types ${name}: less than 90 % of the logs lead to ${percent(NEAR)} of the profit`]
    : []),
];
