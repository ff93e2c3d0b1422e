import { pathToFileURL } from 'node:url';

type Changes = readonly (readonly [month: number, price: number])[];

/** As much of examples/usage/generate.js as benchmarks use. */
export interface LogGenerator {
  usageLog(options: {
    readonly seed: number;
    readonly customers: number;
    readonly months: number;
    readonly noise?: number;
    readonly idle?: number;
    readonly type?: (random: () => number) => number;
    readonly models: readonly {
      readonly name: string;
      readonly exponents: Readonly<Record<string, number>>;
      readonly prices: Readonly<Record<string, Changes>>;
      readonly costs: Readonly<Record<string, number>>;
    }[];
  }): { readonly usage: string; readonly prices: string; readonly costs: string };
}

/** The generator is plain JavaScript, for whoever runs it: its name is one that the compiler does not follow. Benchmarks run in the repository's folder. */
export const logGenerator = async (): Promise<LogGenerator> =>
  (await import(pathToFileURL('examples/usage/generate.js').href)) as LogGenerator;
