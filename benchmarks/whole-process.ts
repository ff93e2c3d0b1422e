import { execFileSync } from 'node:child_process';
import type { BenchmarkRow } from './example-1.ts';
import { timeInTurns } from './timing.ts';

/** Example 1 solved by the command as a whole process, JSON written: start-up, imports, reading, solving, certifying. */
export const benchmarkWholeProcess = (turns: number): BenchmarkRow[] => {
  const contracts = ['allocations', 'packages'] as const;
  const printed = { allocations: 97 / 960, packages: 97 / 1080 } as const;
  const errors: number[] = [];
  const timings = timeInTurns(
    contracts.map((contract, i) => () => {
      const study = `examples/example-1-${contract}.yaml`;
      const json = execFileSync(process.execPath, [
        'packages/cli/bin/menusmith.js',
        'solve',
        study,
        '--supply',
        'numeric',
        '--json',
      ]);
      const { profit } = JSON.parse(json.toString()) as { profit: number };
      errors[i] = Math.abs(profit / printed[contract] - 1);
    }),
    turns,
    1,
  );
  return contracts.map((contract, i) => ({
    task: `${contract}: menusmith solve, whole process`,
    ...timings[i]!,
    error: errors[i]!,
  }));
};
