import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What it takes the command to fit a log of so many customers and months. */
export interface ReadingTime {
  readonly rows: number;
  readonly megabytes: number;
  readonly seconds: number;
  /** The most that the process had in memory at once, in MB. */
  readonly memory: number;
  readonly code: number | null;
}

/** Runs `menusmith calibrate` on a log written for it, with further options. */
export const readingTime = async (
  customers: number,
  months: number,
  options: readonly string[] = [],
): Promise<ReadingTime> => {
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-reading-'));
  try {
    const usage = join(folder, 'usage.csv');
    writeLog(usage, customers, months);
    writeFileSync(join(folder, 'prices.csv'), PRICES);
    writeFileSync(join(folder, 'costs.csv'), 'model,input,cost\nlarge,input,1\nlarge,output,4\n');
    const words = [
      'calibrate',
      usage,
      '--prices',
      join(folder, 'prices.csv'),
      '--costs',
      join(folder, 'costs.csv'),
    ];
    const started = performance.now();
    const { code, memory } = await measured([...words, '--out', join(folder, 'out'), ...options]);
    const seconds = (performance.now() - started) / 1000;
    return { rows: customers * months, megabytes: statSync(usage).size / 1e6, seconds, memory, code };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const PRICES = `model,input,from,price
large,input,2025-01-01,3
large,output,2025-01-01,12
large,input,2025-05-01,2
large,output,2025-05-01,8
`;

/** Prices fall by a third, and tokens rise as with a degree of a half. */
const writeLog = (path: string, customers: number, months: number): void => {
  const file = openSync(path, 'w');
  let text = 'customer_id,month,model,input_tokens,output_tokens,spend\n';
  for (let i = 0; i < customers; i++) {
    const type = Math.exp(2 + 3 * ((i * 0.6180339887498949) % 1));
    for (let t = 0; t < months; t++) {
      const level = type ** 2 * (t < 4 ? 1 : 2.25) * (1 + 0.3 * Math.sin(i + 7 * t));
      const [input, output] = [Math.round(3e4 * level), Math.round(1e4 * level)];
      text += `customer-${i},2025-${String(t + 1).padStart(2, '0')},large,${input},${output},${((3 * input + 12 * output) / 1e6).toFixed(2)}\n`;
    }
    if (text.length > 1e6) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
};

/** Milliseconds between two looks at a process's memory. */
const INTERVAL = 50;

/** Runs the command in a process of its own; Linux tells how much memory it had, other systems do not. */
const measured = (argv: readonly string[]): Promise<{ code: number | null; memory: number }> =>
  new Promise((resolve) => {
    const run = spawn(process.execPath, ['packages/cli/bin/menusmith.js', ...argv], { stdio: 'ignore' });
    let memory = Number.NaN;
    const look = setInterval(() => {
      memory = highWater(run.pid) ?? memory;
    }, INTERVAL);
    run.on('close', (code) => {
      clearInterval(look);
      resolve({ code, memory });
    });
  });

/** The most memory that a process has had so far, in MB. */
const highWater = (pid: number | undefined): number | undefined => {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found === null ? undefined : Number(found[1]) / 1000;
  } catch {
    return undefined;
  }
};
