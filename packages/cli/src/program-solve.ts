import { menuColumnNames } from '@menusmith/app/menu-column-names';
import { Option } from 'commander';
import { collect, digits, directoryName, menuRows, names, tierCount } from './argument-values.ts';
import { paragraph } from './paragraph.ts';
import { addPictureOptions } from './picture-options.ts';
import { type AddCommand, addCommand, allowFiles, json, setting, timeLimit } from './program-parts.ts';

/** `menusmith solve`, its options. */
export const addSolve: AddCommand = (program, output, ended) => {
  const command = addCommand(program, 'solve', 'solve a study: the optimal menu and its certificate')
    .argument('<study>', 'study file, YAML or JSON; - for standard input')
    .option(...setting)
    .option(...allowFiles)
    .option(...json)
    .option(
      '--at <buyer>',
      'quote a buyer, as value=0.8,scale=0.5; several, as value=0:1:11,scale=0.5 (from, to, how many; the first named moves slowest); or those of a CSV file with these columns (repeatable)',
      collect,
      [],
    )
    .option('--out <dir>', 'write a report, its pictures and tables into this directory', directoryName)
    .option(
      '--columns <list>',
      'columns of menu.csv and table.tex, and of buyers asked for, as value,quality,transfer,price.output (see below)',
      names,
    )
    .option(
      '--rows <which>',
      'rows of menu.csv and table.tex: all, served, so many, as 20, or served,20; default: all, and in table.tex as many as fit a page',
      menuRows,
    )
    .option('--digits <n>', 'significant digits in table.tex; default: 6, and 5 in its menu', digits)
    .addOption(
      new Option('--supply <how>', 'how supply is computed').choices(['auto', 'closed-form', 'numeric']),
    )
    .option(
      '--tiers <count>',
      'with --out: items of the small menu in the report, 0 for none; default: 3',
      tierCount,
    )
    .option('--proof <file>', 'write a proof of the certificate, which `menusmith verify` checks')
    .option(...timeLimit);
  addPictureOptions(command)
    .addHelpText('after', solveHelp)
    .action(async (file, options) => {
      const { solveCommand } = await import('./commands/solve.ts');
      ended(await solveCommand(file, options, output));
    });
};

/** What the help of `solve` says below its options. */
const solveHelp = (): string => `
Columns, in the order of menu.csv (INPUT is an input of the study, TASK a task or
good; price alone is the prices of all inputs, and so for total):
${paragraph(menuColumnNames.join(', '))}
A CSV of buyers has columns value and scale, as its study's buyers have; theta is
taken for the value of buyers who have no scale. Its other columns are repeated
beside what each buyer gets and pays. Lines that begin with # are comments.
  menusmith solve study.yaml --at customers.csv --columns customer_id,transfer,price --out report
`;
