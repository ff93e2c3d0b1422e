import { Argument, Command, Option } from 'commander';
import {
  amounts,
  dayText,
  directoryName,
  portNumber,
  positiveNumber,
  rounding,
  share,
} from './argument-values.ts';
import type { ExitCode, Output } from './command-context.ts';
import { addPictureOptions } from './picture-options.ts';
import { addArchive } from './program-archive.ts';
import { addCalibrate } from './program-calibrate.ts';
import { addEvaluate } from './program-evaluate.ts';
import { type AddCommand, addCommand, allowFiles, json, setting, timeLimit } from './program-parts.ts';
import { addSchema } from './program-schema.ts';
import { addServe } from './program-serve.ts';
import { addSolve } from './program-solve.ts';
import { addSweep, addWorker } from './program-sweep.ts';
import { version } from './version.ts';

/** The command line `menusmith`: its commands, their options, and the exit code with which one ends. */
export const createProgram = (output: Output, ended: (code: ExitCode) => void): Command => {
  const program = new Command('menusmith')
    .description('Optimal menus when buyers hide their types, with a certificate.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ sortSubcommands: false })
    .configureOutput({
      writeOut: (text) => void output.stdout.write(text),
      writeErr: (text) => void output.stderr.write(text),
    })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', exitCodes);
  for (const add of [
    addSolve,
    addVerify,
    addCheck,
    addTiers,
    addEvaluate,
    addSensitivity,
    addSweep,
    addWorker,
    addSheet,
    addCalibrate,
    addExport,
    addArchive,
    addReplicate,
    addPlugins,
    addPlugin,
    addLaws,
    addSchema,
    addServe,
    addExplore,
    addDemo,
  ])
    add(program, output, ended);
  return program;
};

const exitCodes = `
Exit codes:
  0  done
  1  a fault of ours, or not all could be printed or written, as on a full disk
  2  the input is wrong, or --out names what cannot be written to; the result is still printed
  3  not certified within the limits; the best result is still printed

To cite it: Menusmith contributors, Menusmith ${version}. CITATION.cff has the rest.
`;

const study = '<study>';
const addVerify: AddCommand = (program, output, ended) => {
  addCommand(program, 'verify', 'check a proof of solve --proof without a solver; exit code 3 where it fails')
    .argument('<proof>', 'file that solve --proof wrote; - for standard input')
    .option(...json)
    .action(async (file, options) => {
      const { verifyCommand } = await import('./commands/verify.ts');
      ended(await verifyCommand(file, options, output));
    });
};

const addCheck: AddCommand = (program, output, ended) => {
  addCommand(program, 'check', 'check the assumptions on production and the conditions of the propositions')
    .argument(study, 'study file, YAML or JSON; - for standard input')
    .option(...setting)
    .option(...timeLimit)
    .option(...allowFiles)
    .option(...json)
    .action(async (file, options) => {
      const { checkCommand } = await import('./commands/check.ts');
      ended(await checkCommand(file, options, output));
    });
};

const addTiers: AddCommand = (program, output, ended) => {
  addCommand(program, 'tiers', 'the best menu of few tiers, and what it keeps of the full menu’s profit')
    .argument(study, 'study file, YAML or JSON; - for standard input')
    .option(...setting)
    .option(...timeLimit)
    .option(...allowFiles)
    .requiredOption('--count <tiers>', 'how many tiers: 3, or 1..8 for a menu of each number')
    .addOption(
      new Option(
        '--kind <kind>',
        'what a tier is: tokens at one price; a fee with token prices; a fee, an allowance and prices beyond it; or the least that is spent at token prices',
      )
        .choices(['bundle', 'two-part-tariff', 'three-part-tariff', 'commitment'])
        .default('bundle'),
    )
    .option('--keep <menu>', 'today’s plans: they stay on sale, or nobody’s surplus falls below --share')
    .option('--share <share>', 'of what today’s plans give each buyer, at least so much: 0.95', share)
    .option(
      '--round <step>',
      'fees, prices and commitments are multiples of it, as 0.05, or end in 9, as 29 or 0.99: ending-9',
      rounding,
    )
    .option('--fee <amounts>', 'what the fee of a new plan is: 30; or one of several: 20,100', amounts)
    .option('--min-share <share>', 'each new plan has at least this share of the buyers: 0.01', share)
    .option('--deterministic', 'no item is a lottery, of goods or tasks at a linear cost either')
    .option('--menu-out <file>', 'write all that is on sale as a menu file')
    .option('--scale <s>', 'the one scale of all buyers, for allocations by value and scale', positiveNumber)
    .addOption(
      new Option('--format <format>', 'how the menus are written, in the study’s units')
        .choices(['table', 'csv', 'json', 'latex', 'markdown'])
        .default('table'),
    )
    .addOption(new Option('--json', 'print JSON and nothing else').implies({ format: 'json' }))
    .action(async (file, options) => {
      const { tiersCommand } = await import('./commands/tiers.ts');
      ended(await tiersCommand(file, options, output));
    });
};

const addSensitivity: AddCommand = (program, output, ended) => {
  const command = addCommand(
    program,
    'sensitivity',
    'what a menu of few tiers earns if the study’s numbers are off',
  )
    .argument(study, 'study file, YAML or JSON')
    .option(...allowFiles)
    .option('--count <tiers>', 'the best menu of so many tiers')
    .option('--menu <file>', 'a menu as tiers --json prints it, in place of the best one')
    .addOption(
      new Option('--kind <kind>', 'what a tier is: tokens at one price, or a fee with token prices')
        .choices(['bundle', 'two-part-tariff'])
        .default('bundle'),
    )
    .option('--scale <s>', 'the one scale of all buyers, for allocations by value and scale', positiveNumber)
    .option('--by <percent>', 'by how much every number is off, up and down', positiveNumber, 10)
    .option('--out <dir>', 'write a tornado chart and tables into this directory', directoryName)
    .option(...timeLimit)
    .option(...json);
  addPictureOptions(command).action(async (file, options) => {
    const { sensitivityCommand } = await import('./commands/sensitivity.ts');
    ended(await sensitivityCommand(file, options, output));
  });
};

const addSheet: AddCommand = (program, output, ended) => {
  addCommand(program, 'sheet', 'hold a list of prices against the model: markups, ratios, dominated items')
    .argument(
      '<file>',
      'CSV of model, tier, and input, output, cached, training prices, or JSON of llm-prices, LiteLLM or OpenRouter',
    )
    .option('--costs <file>', 'costs by kind of token: a CSV, or the inputs of a study')
    .option('--date <day>', 'of prices with dates those of this day, YYYY-MM-DD; default: today', dayText)
    .option('--across', 'compare all items, and not only those of one model')
    .option('--tolerance <share>', 'relative difference up to which ratios are equal', positiveNumber, 0.01)
    .option(...json)
    .action(async (file, options) => {
      const { sheetCommand } = await import('./commands/sheet.ts');
      ended(await sheetCommand(file, options, output));
    });
};

const addExport: AddCommand = (program, output, ended) => {
  addCommand(program, 'export', 'write a menu of plans as files for a billing system, or as a table')
    .argument('<menu>', 'menu file, JSON; - for standard input')
    .addOption(
      new Option('--to <system>', 'whose files')
        .choices(['lago', 'stripe', 'openmeter', 'csv'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <dir>', 'write the files into this directory', directoryName)
    .option('--metrics <file>', 'ids that the system has given to metrics, JSON by input')
    .option('--per <tokens>', 'tokens to a unit of the menu', positiveNumber, 1_000_000)
    .option('--currency <code>', 'as USD, of a menu that does not say')
    .option('--period <period>', 'as month, of a menu that does not say')
    .option('--caps-elsewhere', 'leave out what holds use back and the system cannot say')
    .option(...json)
    .action(async (file, options) => {
      const { exportCommand } = await import('./commands/export.ts');
      ended(await exportCommand(file, options, output));
    });
};

const addReplicate: AddCommand = (program, output, ended) => {
  addCommand(
    program,
    'replicate',
    'every number, formula and claim of the paper: printed, corrected, computed, error',
  )
    .option(...json)
    .addOption(new Option('--errata', 'print the errata with their numbers, as Markdown').conflicts('json'))
    .action(async (options) => {
      const { replicateCommand } = await import('./commands/replicate.ts');
      ended(await replicateCommand(options, output));
    });
};

const addPlugins: AddCommand = (program, output, ended) => {
  addCommand(program, 'plugins', 'list what is registered, or describe one entry')
    .argument('[name]', 'name of an entry')
    .option(...json)
    .action(async (name, options) => {
      const { pluginsCommand } = await import('./commands/plugins.ts');
      ended(await pluginsCommand(name, options, output));
    });
};

const addPlugin: AddCommand = (program, output, ended) => {
  program
    .command('plugin')
    .description('begin a plugin: a package that works, with the laws of its kind as its tests')
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<action>', 'what to do').choices(['new']))
    .argument('<name>', 'folder of the new package, and its name')
    .option(
      '--kind <kind>',
      'production-function, distribution, copula, cost, minimizer or solver',
      'distribution',
    )
    .action(async (_action, name, options) => {
      const { newPluginCommand } = await import('./commands/plugin.ts');
      ended(await newPluginCommand(name, options, output));
    });
};

const addLaws: AddCommand = (program, output, ended) => {
  addCommand(program, 'laws', 'put a plugin through the laws of its kind; exit code 2 where one is broken')
    .argument('<plugin>', 'name of an entry, as `plugins` lists them')
    .option(...json)
    .option('--time-limit <seconds>', 'time for each entry; default: 60', positiveNumber)
    .addHelpText('after', lawsHelp)
    .action(async (name, options) => {
      const { lawsCommand } = await import('./commands/laws.ts');
      ended(await lawsCommand(name, options, output));
    });
};

const addExplore: AddCommand = (program, output, ended) => {
  addCommand(
    program,
    'explore',
    'serve the explorer, a web page on which a menu follows its parameters, on 127.0.0.1',
  )
    .argument('[study]', 'study file to begin with, YAML or JSON')
    .option(...allowFiles)
    .option(
      '--port <port>',
      'port to listen on; default: 4747, or a free one where that is taken',
      portNumber,
    )
    .action(async (file, options) => {
      const { exploreCommand } = await import('./commands/explore.ts');
      ended(await exploreCommand(file, options, output));
    });
};

const addDemo: AddCommand = (program, output, ended) => {
  addCommand(program, 'demo', 'solve the examples and write their menus and pictures')
    .option('--out <dir>', 'directory for what is written', directoryName, 'output')
    .action(async (options) => {
      const { demoCommand } = await import('./commands/demo.ts');
      ended(await demoCommand(options, output));
    });
};

const lawsHelp = `
The laws run on the examples that the entry declares. An exception in the plugin is a broken law,
and so is a call that does not return.
  menusmith laws my-distribution --plugin ./my-plugin.mjs

Exit codes:
  0  every law holds
  2  a law is broken, and the report says which, with which parameters, where,
     what was expected and what came; or there is no such entry
`;
