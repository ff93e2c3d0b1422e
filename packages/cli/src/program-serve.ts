import { threadCount } from './argument-values.ts';
import { type AddCommand, addCommand, allowFiles } from './program-parts.ts';

export const addServe: AddCommand = (program, output, ended) => {
  addCommand(program, 'serve', 'answer requests of other programs, as JSON-RPC 2.0, until their end')
    .requiredOption('--stdio', 'on standard input and output, one message a line')
    .option(...allowFiles)
    .option('--jobs <count>', 'requests at once; default: one on each core', threadCount)
    .addHelpText('after', help)
    .action(async (options) => {
      const { serveCommand } = await import('./commands/serve.ts');
      ended(await serveCommand(options, output));
    });
};

const help = `
Methods: solve, quote, tiers, evaluate and check, with { "study": text or map, … }:
  set, timeLimit                                    with each of them
  at, supply                                        solve, quote
  count, kind, keep, share, round, minShare, fee,
  deterministic, scale                              tiers
  menu, against, customers, scale                   evaluate
An answer is what the command of that name prints with --json. $/cancelRequest
with { "id": … } ends a request. Files that a study names lie in the current
folder, or anywhere with --allow-files.
  {"jsonrpc":"2.0","id":1,"method":"solve","params":{"study":{ … }}}

Exit code 0 at the end of input and at Ctrl-C.
`;
