import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CalibratedUsage, calibratingUsage, createRegistry, standardPlugin } from '@menusmith/app';

type Changes = readonly (readonly [month: number, price: number])[];

export interface LogModel {
  readonly name: string;
  readonly share?: number;
  readonly better?: number;
  readonly exponents: Readonly<Record<string, number>>;
  readonly tuning?: number;
  readonly prices: Readonly<Record<string, Changes>>;
  readonly costs: Readonly<Record<string, number>>;
}

/** What the generator of examples/usage takes. */
interface LogOptions {
  readonly seed: number;
  readonly customers: number;
  readonly months: number;
  readonly models: readonly LogModel[];
  readonly type?: (random: () => number) => number;
  readonly noise?: number;
  readonly season?: (month: number) => number;
  readonly idle?: number;
  readonly mix?: number;
  readonly requests?: boolean;
}

export interface Log {
  readonly usage: string;
  readonly prices: string;
  readonly costs: string;
  readonly truth: readonly { readonly id: string; readonly model: string; readonly theta: number }[];
}

interface Generator {
  usageLog(options: LogOptions): Log;
  normal(random: () => number): number;
  randomNumbers(seed: number): () => number;
}

// By a name that the compiler does not follow: the generator is plain JavaScript, for whoever runs it.
const generator = join(import.meta.dirname, '../../../examples/usage/generate.js');
export const { usageLog, normal, randomNumbers } = (await import(generator)) as Generator;

/** One model at two prices, and then a third. */
export const oneModel: LogModel = {
  name: 'large',
  exponents: { input: 0.2, output: 0.3 },
  prices: {
    input: [
      [0, 3],
      [3, 2.4],
      [6, 2.1],
    ],
    output: [
      [0, 12],
      [3, 9.6],
      [6, 8.4],
    ],
  },
  costs: { input: 1, output: 4 },
};

/** Files of a log in a folder of their own. */
export const writtenLog = ({ usage, prices, costs }: Pick<Log, 'usage' | 'prices' | 'costs'>) => {
  const folder = mkdtempSync(join(tmpdir(), 'calibrate-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  return {
    folder,
    usage: file('usage.csv', usage),
    prices: file('prices.csv', prices),
    costs: file('costs.csv', costs),
  };
};

const registry = createRegistry([standardPlugin]);

/** What a log is calibrated to. */
export const calibrated = (
  log: Pick<Log, 'usage' | 'prices' | 'costs'>,
  asked: Partial<Parameters<typeof calibratingUsage>[0]> = {},
): CalibratedUsage => {
  const { usage, prices, costs } = writtenLog(log);
  const steps = calibratingUsage({ usage, prices, costs, registry, ...asked });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
};
