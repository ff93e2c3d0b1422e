import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FitDocument, planMarket } from '@menusmith/app';
import { logGenerator } from './log-generator.ts';
import { type SimulatedTypes, trueStudy, writtenLog } from './simulated-logs.ts';

/** Whether the band of `calibrate --bootstrap` holds what is true of a log's buyers. */
export interface BandOfLog {
  /** Of the change of profit over today's, and of the change in money: −1 where the truth lies below the band, 1 where above, else 0. */
  readonly relative: number;
  readonly absolute: number;
  /** Half of the band's width, over the true change. */
  readonly halfWidth: number;
}

/** Today's list: the prices of the log's last months. */
const TODAY = {
  name: 'list',
  fee: 0,
  included: {},
  prices: { input: 2, output: 8 },
  commitment: 0,
  taskCap: null,
};

/**
 * Runs the command on simulated logs. The truth is what the three tariffs that it recommends earn more than today's list from the true types and demand, which the
 * log was drawn from, under free choice.
 */
export const bandsOfLogs = async (
  types: SimulatedTypes,
  seeds: readonly number[],
  draws: number,
): Promise<readonly BandOfLog[]> => {
  const { usageLog } = await logGenerator();
  const truth = trueStudy(types);
  const market = planMarket(truth);
  const today = market.sales([TODAY]).profit;
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-bands-'));
  const bands: BandOfLog[] = [];
  try {
    for (const seed of seeds) {
      const { usage, prices, costs } = writtenLog(usageLog, truth, seed, folder);
      const { bootstrap } = await calibrated([
        ...['calibrate', usage, '--prices', prices, '--costs', costs, '--out', join(folder, 'out')],
        ...['--bootstrap', String(draws), '--seed', String(seed), '--json'],
      ]);
      const { plans, profitChangeBand, relativeChangeBand } = bootstrap!;
      const change = market.sales(plans).profit - today;
      const [low, high] = relativeChangeBand;
      bands.push({
        relative: side(change / today, relativeChangeBand),
        absolute: side(change, profitChangeBand),
        halfWidth: ((high - low) / 2) * (today / change),
      });
    }
    return bands;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const side = (x: number, [low, high]: readonly [number, number]): number => (x < low ? -1 : x > high ? 1 : 0);

/** What the command prints, in a process of its own and on all cores. */
const calibrated = (argv: readonly string[]): Promise<FitDocument> =>
  new Promise((resolve, reject) => {
    const run = spawn(process.execPath, ['packages/cli/bin/menusmith.js', ...argv], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    run.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    run.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(printed) as FitDocument);
      else reject(new Error(`menusmith ${argv.join(' ')} ended with exit code ${code}`));
    });
  });
