import { Argument } from 'commander';
import { type AddCommand, addCommand } from './program-parts.ts';

export const addSchema: AddCommand = (program, output, ended) => {
  addCommand(program, 'schema', 'print the JSON Schema of a file, for editors and validators')
    .addArgument(new Argument('<file>', 'which file').choices(['study', 'result', 'menu']))
    .addHelpText('after', help)
    .action(async (file, options) => {
      const { schemaCommand } = await import('./commands/schema.ts');
      ended(await schemaCommand(file, options, output));
    });
};

const help = `
An editor that knows YAML completes a study with this line in it:
  # yaml-language-server: $schema=study.schema.json
and this command beforehand, with --plugin for entries of your own:
  menusmith schema study > study.schema.json
`;
