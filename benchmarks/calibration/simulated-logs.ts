import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bestTiers,
  calibratingUsage,
  createRegistry,
  parseStudy,
  planMarket,
  type Study,
  soldProblem,
  standardPlugin,
  studyText,
} from '@menusmith/app';
import { type LogGenerator, logGenerator } from './log-generator.ts';

/** Demand and types that logs are drawn from. */
export interface SimulatedTypes {
  readonly name: string;
  /** As in a study. */
  readonly distribution: string;
  readonly isHeavy?: boolean;
}

/** Of the fourth nine tenths lie below 20, where the tail takes over without a step. */
export const simulatedTypes: readonly SimulatedTypes[] = [
  { name: 'lognormal', distribution: '{ use: lognormal, mu: 2, sigma: 0.8, max: 300 }' },
  {
    name: 'of two kinds',
    distribution:
      '{ use: mixture, parts: [{ weight: 0.7, of: { use: lognormal, mu: 1.5, sigma: 0.5, max: 300 } }, { weight: 0.3, of: { use: lognormal, mu: 3.2, sigma: 0.5, max: 300 } }] }',
  },
  { name: 'beta', distribution: '{ use: beta, a: 1.5, b: 8, min: 0.5, max: 120 }' },
  {
    name: 'lognormal with a Pareto tail',
    distribution:
      '{ use: mixture, parts: [{ weight: 0.90993, of: { use: lognormal, mu: 2, sigma: 0.8, max: 20 } }, { weight: 0.09007, of: { use: pareto, shape: 2.6, min: 20, max: 2000 } }] }',
    isHeavy: true,
  },
  { name: 'Pareto', distribution: '{ use: pareto, shape: 3, min: 3, max: 600 }', isHeavy: true },
];

export interface SimulatedLog {
  /** Standard errors between the degree found and the true one. */
  readonly off: number;
  readonly standardError: number;
  /** What the three tariffs that are best for the fit earn from the true types, of what the best three earn. */
  readonly profitShare: number;
}

const COSTS = { input: 1, output: 4 };
const EXPONENTS = { input: 0.2, output: 0.3 };
const DEGREE = 0.5;
const registry = createRegistry([standardPlugin]);
const inputs = `{ input: { scope: task, cost: ${COSTS.input} }, output: { scope: task, cost: ${COSTS.output} } }`;

export const trueStudy = ({ distribution }: SimulatedTypes): Study =>
  parseStudy(
    `production: { use: cobb-douglas, exponents: { input: ${EXPONENTS.input}, output: ${EXPONENTS.output} } }
inputs: ${inputs}
buyers: { kind: representative, type: ${distribution} }
contract: packages`,
    { file: 'true.yaml', registry },
  );

/** One log of a thousand customers and eight months at three prices, and what is made of it. */
export const simulatedLogs = async (
  types: SimulatedTypes,
  seeds: readonly number[],
): Promise<readonly SimulatedLog[]> => {
  const { usageLog } = await logGenerator();
  const truth = trueStudy(types);
  const best = tariffs(truth).profit;
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-logs-'));
  try {
    return seeds.map((seed) => simulated(usageLog, truth, best, seed, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const simulated = (
  usageLog: LogGenerator['usageLog'],
  truth: Study,
  best: number,
  seed: number,
  folder: string,
): SimulatedLog => {
  const { usage, prices, costs } = writtenLog(usageLog, truth, seed, folder);
  const steps = calibratingUsage({ usage, prices, costs, registry });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const { calibration } = step.value;
  const { degree, standardError } = calibration.degree;
  const words = { name: 'fit', comments: [], costs: COSTS };
  const fit = parseStudy(studyText(calibration.panel, calibration.models[0]!, words), {
    file: 'fit.yaml',
    registry,
  });
  const sold = planMarket(truth).sales(tariffs(fit).plans);
  return {
    off: (degree - DEGREE) / standardError!,
    standardError: standardError!,
    profitShare: sold.profit / best,
  };
};

/** Writes a log of a thousand customers and eight months, drawn from the true types, and its prices and costs. */
export const writtenLog = (
  usageLog: LogGenerator['usageLog'],
  truth: Study,
  seed: number,
  folder: string,
): Readonly<Record<'usage' | 'prices' | 'costs', string>> => {
  const { types } = soldProblem(truth, {}) as { types: { quantile(u: number): number } };
  const log = usageLog({
    seed,
    customers: 1000,
    months: 8,
    noise: 0.3,
    idle: 0.03,
    type: (random) => Math.log(types.quantile(random())),
    models: [
      {
        name: 'model',
        exponents: EXPONENTS,
        costs: COSTS,
        prices: {
          input: [
            [0, 3],
            [3, 2.4],
            [6, 2],
          ],
          output: [
            [0, 12],
            [3, 9.6],
            [6, 8],
          ],
        },
      },
    ],
  });
  const path = (name: 'usage' | 'prices' | 'costs'): string => {
    writeFileSync(join(folder, `${name}.csv`), log[name]);
    return join(folder, `${name}.csv`);
  };
  return { usage: path('usage'), prices: path('prices'), costs: path('costs') };
};

/** The best three two-part tariffs, as plans. */
const tariffs = (study: Study) => {
  const [menu] = bestTiers(study, { counts: [3], kind: 'two-part-tariff' }).menus;
  const plans = menu!.tiers.map(({ tariff }, k) => ({
    name: `tariff ${k + 1}`,
    fee: tariff!.upfront!,
    included: {},
    prices: tariff!.prices as Readonly<Record<string, number>>,
    commitment: 0,
    taskCap: null,
  }));
  return { profit: menu!.profit, plans };
};
