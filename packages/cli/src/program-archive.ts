import { directoryName } from './argument-values.ts';
import { type AddCommand, addCommand, allowFiles, setting } from './program-parts.ts';

export const addArchive: AddCommand = (program, output, ended) => {
  addCommand(
    program,
    'archive',
    'studies, their data and results in one folder, with a script that makes them again',
  )
    .argument('<study...>', 'study files, YAML or JSON')
    .requiredOption('--out <dir>', 'make this directory; one that is there must be empty', directoryName)
    .option(...setting)
    .option(...allowFiles)
    .addHelpText('after', help)
    .action(async (files, options) => {
      const { archiveCommand } = await import('./commands/archive.ts');
      ended(await archiveCommand(files, options, output));
    });
};

const help = `
For the replication package of a paper. The directory stands alone:
  studies/NAME/      each study, and the files that it names
  plugins/           the modules given with --plugin
  results/NAME/      what solve --out writes: result.json, menu.csv, table.tex,
                     pictures, report.html
  run.js             makes the results again and compares them byte by byte
  archive.json       what run.js runs, and by what the results were made
  package.json, package-lock.json
                     the versions of menusmith and of what it loads
  README.md          as the data editors of economics journals ask for it: data,
                     software, time and memory as measured, how to run, which
                     output comes from where; what only you know is in brackets
  SHA256SUMS         checksums of all that
Files beside a study keep their places. Files elsewhere, which need
--allow-files, come into studies/NAME/files, and the study names them there.
A plugin may import menusmith and Node, and no files beside it.
  menusmith archive figure-1.yaml figure-2.yaml --out replication
  cd replication && npm install && node run.js

Exit codes:
  0  every result is certified optimal
  1  not all could be written, as on a full disk
  2  the input is wrong; nothing is written
  3  a result is not certified optimal; the archive is written
`;
