import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ChildTask } from './child.ts';
import { bundledPrograms } from './programs.ts';
import { runInputs, type Tried } from './run-inputs.ts';
import { summary } from './summary.ts';

/* `npm run fuzz`: inputs of a series, on all cores, with what was wrong as it is found. */

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '100000' },
    processes: { type: 'string', default: String(availableParallelism()) },
    verbose: { type: 'boolean', default: false },
    out: { type: 'string', default: join(tmpdir(), 'menusmith-fuzz-faults') },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const from = Number(values.from);

/** The series from its first input on. */
function* series(): Generator<ChildTask> {
  for (let k = 0; k < Number(values.count); k++) yield { seed, index: from + k };
}

/** `12 tiers: exit 2 after 0.01 s: study.yaml: expected …` */
const outcomeLine = ({ index, input, outcome, isAlone }: Tried): string => {
  const { code, seconds, stderr } = outcome;
  const said = stderr.trim().split('\n')[0]!.slice(0, 200);
  return `${index} ${input.argv[0]}: exit ${code} after ${seconds.toFixed(2)} s${isAlone ? ', alone' : ''}: ${said}\n`;
};

const total = summary(seed);
const programs = await bundledPrograms(process.cwd());
const started = performance.now();
const progress = setInterval(
  () => process.stderr.write(`${total.line()}, ${Math.round((performance.now() - started) / 1000)} s\n`),
  10_000,
);
try {
  await runInputs(series(), {
    programs,
    processes: Number(values.processes),
    onTried(tried) {
      total.add(tried);
      if (values.verbose) process.stdout.write(outcomeLine(tried));
      if (tried.faults.length === 0) return;
      const { index, input, faults } = tried;
      mkdirSync(values.out, { recursive: true });
      const file = join(values.out, `${seed}-${index}.json`);
      // Kept inputs are part of the repository: where this machine has it is nobody's business.
      const why = faults.join('; ').replaceAll(/(file:\/\/)?\/\S*?(?=node_modules\/)/g, '');
      writeFileSync(file, `${JSON.stringify({ why, ...input }, undefined, 2)}\n`);
      process.stdout.write(
        `--seed ${seed} --from ${index} --count 1: ${input.argv.join(' ')}\n${faults.map((fault) => `  ${fault}\n`).join('')}  kept in ${file}\n`,
      );
    },
  });
} finally {
  clearInterval(progress);
  programs.remove();
}
process.stdout.write(`${total.text()}\n`);
process.exitCode = total.faults === 0 ? 0 : 1;
