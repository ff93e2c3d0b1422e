import { Option } from 'commander';
import { collect, directoryName, threadCount } from './argument-values.ts';
import { addPictureOptions } from './picture-options.ts';
import { type AddCommand, addCommand, allowFiles, json, setting, timeLimit } from './program-parts.ts';

/** `menusmith worker`, its options. */
export const addWorker: AddCommand = (program, output, ended) => {
  addCommand(program, 'worker', 'solve combinations of sweeps that share a Redis')
    .requiredOption('--redis <url>', 'where sweeps are, as redis://host:6379')
    .option('--jobs <n>', 'threads; default: all cores', threadCount)
    .addHelpText('after', workerHelp)
    .action(async (options) => {
      const { workerCommand } = await import('./commands/worker.ts');
      ended(await workerCommand(options, output));
    });
};

/** `menusmith sweep`, its options. */
export const addSweep: AddCommand = (program, output, ended) => {
  const command = addCommand(
    program,
    'sweep',
    'solve a study for every combination of what some of its fields are',
  )
    .argument('<study>', 'study file, YAML or JSON; - for standard input')
    .option(
      '--vary <field>',
      'a field and its values, as production.exponents.input=0.1:0.4:7 (from, to, how many) or solver.use=auto,dual (repeatable; the first moves slowest)',
      collect,
      [],
    )
    .option('--vary-file <file>', 'CSV of combinations: fields in its header, their values in each row')
    .option(
      '--columns <list>',
      'more columns: numbers of the result, as certificate.upperBound or shadowPrices.input; of a buyer, as transfer@value=0.8,scale=0.5; of few tiers, as tiers.3.profit',
    )
    .option(...setting)
    .option('--jobs <n>', 'threads that share the combinations; default: all cores', threadCount)
    .option('--shard <part>', 'solve one part of several, as 3/8; all write into the same --out')
    .option('--redis <url>', 'have workers solve the combinations, as redis://host:6379 (see below)')
    .option('--out <dir>', 'keep rows there as they come, and write table and pictures', directoryName)
    .addOption(
      new Option('--format <format>', 'of the table in --out').choices(['csv', 'parquet']).default('csv'),
    )
    .option(...timeLimit)
    .option(...allowFiles)
    .option(...json);
  addPictureOptions(command)
    .addHelpText('after', help)
    .action(async (file, options) => {
      const { sweepCommand } = await import('./commands/sweep.ts');
      ended(await sweepCommand(file, options, output));
    });
};

const help = `
A combination that is not certified, or that makes the study wrong, is a row
that says so; the sweep goes on and ends with exit code 3. With --out every row
is on disk before the next begins: the same command goes on where a run was
ended, in whatever way. On several machines each solves a part, and a run
without --shard gathers them:

  menusmith sweep STUDY --vary FIELD=VALUES --out DIR --shard 1/2
  menusmith sweep STUDY --vary FIELD=VALUES --out DIR --shard 2/2
  menusmith sweep STUDY --vary FIELD=VALUES --out DIR

Or workers solve it that share a Redis. They may come and go, and wait for the
next sweep; the sweep gathers what they solve. --jobs is then an option of worker:

  menusmith worker --redis redis://HOST:6379             (on every machine)
  menusmith sweep STUDY --vary FIELD=VALUES --out DIR --redis redis://HOST:6379

Study and files go to the workers; plugins do not: give each worker the same
--plugin. --redis takes the packages bullmq and ioredis. A password may be left
out of the URL, and be in REDISCLI_AUTH.
`;

const workerHelp = `
A worker serves sweeps of its own version of menusmith, and of the same plugins
in the same order. Ctrl-C or SIGTERM ends it: others go on with what it was at,
as they do 20 s after one that was killed. For what is in Redis it reads no
file, writes none and loads no code.
`;
