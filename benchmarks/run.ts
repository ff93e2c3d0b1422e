import { cpus } from 'node:os';
import { benchmarkExample1 } from './example-1.ts';
import { benchmarkFinite } from './finite.ts';
import { benchmarkWholeProcess } from './whole-process.ts';

const isQuick = process.argv.includes('--quick');
const rows = [...(await benchmarkExample1(isQuick ? 5 : 60)), ...benchmarkWholeProcess(isQuick ? 2 : 9)];

const milliseconds = (time: number): string =>
  `${time < 0.1 ? time.toFixed(4) : time.toFixed(2)} ms`.padStart(11);
console.log(`Example 1 on ${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.version}\n`);
console.log(`${''.padEnd(42)}${'least'.padStart(11)}${'median'.padStart(11)}${'p95'.padStart(11)}   error`);
for (const { task, least, median, p95, error } of rows) {
  console.log(
    `${task.padEnd(42)}${milliseconds(least)}${milliseconds(median)}${milliseconds(p95)}   ${error.toExponential(1)}`,
  );
}
// A wrong answer makes every time meaningless.
if (!rows.every((row) => row.error <= 1e-10)) {
  console.error('an answer is wrong by more than 1e-10');
  process.exitCode = 1;
}
if (!benchmarkFinite(isQuick)) {
  console.error('a finite study is not certified, or its profit is wrong');
  process.exitCode = 1;
}
