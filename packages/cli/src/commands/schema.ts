import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { writeJson } from '../write-json.ts';

/** `menusmith schema study|result|menu`: the JSON Schema of that file, on standard output. Plugins add their entries to that of a study. */
export const schemaCommand = async (
  file: 'study' | 'result' | 'menu',
  options: CommonOptions,
  output: Output,
): Promise<ExitCode> => {
  const { menuJsonSchema, resultJsonSchema, studyJsonSchema } = await import('@menusmith/app');
  const schemas = {
    study: async () => studyJsonSchema(await registryFor(options)),
    result: resultJsonSchema,
    menu: menuJsonSchema,
  };
  await writeJson(output.stdout, await schemas[file]());
  return 0;
};
