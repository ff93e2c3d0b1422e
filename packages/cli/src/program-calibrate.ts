import { limits } from '@menusmith/core';
import { Option } from 'commander';
import { directoryName, threadCount, wholeNumber } from './argument-values.ts';
import { type AddCommand, addCommand, json, timeLimit } from './program-parts.ts';

/** `menusmith calibrate`, its options. */
export const addCalibrate: AddCommand = (program, output, ended) => {
  addCommand(program, 'calibrate', 'a log of usage to studies: what demand and the types of customers are')
    .argument('<usage>', 'CSV with a row a customer, month and model: customer_id, month, model, NAME_tokens')
    .requiredOption('--prices <file>', 'CSV of model, input, from and price for a million tokens')
    .option('--costs <file>', 'CSV of model, input and cost for a million tokens')
    .option('--elasticity <e>', 'of tokens, such as -2, where prices do not vary')
    .addOption(
      new Option('--assume <what>', 'take today’s prices for the best ones at these costs').choices([
        'list-optimal',
      ]),
    )
    .option(
      '--bootstrap <n>',
      'fit anew to customers drawn with replacement, so many times',
      wholeNumber(1, limits.draws.most),
    )
    .option('--seed <n>', 'of the draws; default: 1', wholeNumber(0, 2 ** 32 - 1))
    .option('--jobs <n>', 'threads that share the draws; default: all cores', threadCount)
    .option('--columns <map>', 'what columns are called, as customer_id=account,input_tokens=prompt')
    .requiredOption('--out <dir>', 'write studies, customers.csv, fit.json and fit.html here', directoryName)
    .option(...timeLimit)
    .option(...json)
    .action(async (file, options) => {
      const { calibrateCommand } = await import('./commands/calibrate.ts');
      ended(await calibrateCommand(file, options, output));
    });
};
