import {
  allocationAggregates,
  allocationItem,
  createRegistry,
  packageAggregates,
  packageItem,
  type Result,
  readStudy,
  type Study,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { timeInTurns } from './timing.ts';

/** One line of the report: what was timed, how long it took, and how far its profit and revenue are from the paper's. */
export interface BenchmarkRow {
  readonly task: string;
  readonly least: number;
  readonly median: number;
  readonly p95: number;
  readonly error: number;
}

/** Π* and R* of Example 1 (pages 14 and 16). */
const printed = {
  allocations: { profit: 97 / 960, revenue: 139 / 480 },
  packages: { profit: 97 / 1080, revenue: 139 / 540 },
} as const;

const errorOf = (
  { profit, revenue }: { profit: number | null; revenue: number | null },
  contract: keyof typeof printed,
): number => {
  const right = printed[contract];
  return Math.max(Math.abs(profit! / right.profit - 1), Math.abs(revenue! / right.revenue - 1));
};

const closedForms = {
  allocations: () => {
    for (const [value, scale] of buyers) allocationItem(value, scale, 1 / 4, 1 / 8);
    return allocationAggregates(1 / 4, 1 / 8);
  },
  packages: () => {
    for (const [value, scale] of buyers) packageItem(value * Math.sqrt(scale), 1 / 4, 1 / 8);
    return packageAggregates(1 / 4, 1 / 8)!;
  },
} as const;

const buyers = [
  [0.6, 0.5],
  [0.8, 0.6],
  [0.9, 0.9],
  [1, 1],
] as const;

/**
 * Example 1 under both contracts in a warm process: solved and certified by v and its gradient, by the plugin's closed-form supply, and
 * the paper's formulas evaluated as they stand (corrected where misprinted).
 */
export const benchmarkExample1 = async (turns: number): Promise<BenchmarkRow[]> => {
  const registry = createRegistry([standardPlugin]);
  const tasks: {
    task: string;
    contract: keyof typeof printed;
    run: () => Pick<Result, 'profit' | 'revenue'>;
  }[] = [];
  for (const contract of ['allocations', 'packages'] as const) {
    const study = await readStudy(`examples/example-1-${contract}.yaml`, registry);
    for (const supply of ['numeric', 'closed-form'] as const) {
      const asked: Study = { ...study, solver: { ...study.solver, supply } };
      tasks.push({ task: `${contract}: ${supply} supply`, contract, run: () => solveStudy(asked).result });
    }
    tasks.push({ task: `${contract}: closed forms of the paper`, contract, run: closedForms[contract] });
  }
  const errors: number[] = [];
  const timings = timeInTurns(
    tasks.map(({ run, contract }, i) => () => {
      errors[i] = errorOf(run(), contract);
    }),
    turns,
    10,
  );
  return tasks.map(({ task }, i) => ({ task, ...timings[i]!, error: errors[i]! }));
};
