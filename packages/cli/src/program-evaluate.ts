import { directoryName, positiveNumber, threadCount } from './argument-values.ts';
import { type AddCommand, addCommand, allowFiles, json, setting, timeLimit } from './program-parts.ts';

/** `menusmith evaluate`, its options. */
export const addEvaluate: AddCommand = (program, output, ended) => {
  addCommand(program, 'evaluate', 'what any menu of plans earns when buyers choose plan and tokens freely')
    .argument('<study>', 'study file, YAML or JSON; - for standard input')
    .requiredOption('--menu <file>', 'the menu: a menu file, or what tiers --json prints')
    .option('--against <file>', 'the menu that it replaces, as today’s: what changes, and for whom')
    .option(
      '--customers <file>',
      'CSV of customer_id and theta, or value and scale: what becomes of each of them',
    )
    .option(
      '--draws <file>',
      'draws of customers, for the change’s band; default: draws.json beside the study',
    )
    .option('--jobs <n>', 'threads that share the draws; default: all cores', threadCount)
    .option('--model <name>', 'of customers of several models, those of this one')
    .option('--scale <s>', 'the one scale of all buyers, for allocations by value and scale', positiveNumber)
    .option(
      '--out <dir>',
      'write the numbers, the plans, migration.csv and a page for who decides into this directory',
      directoryName,
    )
    .option(...setting)
    .option(...timeLimit)
    .option(...allowFiles)
    .option(...json)
    .action(async (file, options) => {
      const { evaluateCommand } = await import('./commands/evaluate.ts');
      ended(await evaluateCommand(file, options, output));
    });
};
