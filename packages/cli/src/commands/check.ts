import type { ConditionResult, Registry, Study } from '@menusmith/app';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import type { CheckedStatement } from '../condition-table.ts';
import { conditionTable, namedConditions } from '../condition-table.ts';
import { paragraph } from '../paragraph.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import { writeJson } from '../write-json.ts';

export interface StudyCheck {
  readonly name: string;
  readonly conditions: readonly ConditionResult[];
  readonly assumptions: readonly (CheckedStatement & { readonly model?: string })[];
  readonly notes?: readonly string[];
  readonly doubts?: readonly string[];
}

/** `menusmith check`: what holds and by how much. A condition that fails is an answer, not an error; one of which nothing is known is not certified. */
export const checkCommand = async (
  file: string,
  options: CommonOptions,
  output: Output,
  given: { readonly check?: (study: Study) => StudyCheck; readonly registry?: Registry } = {},
): Promise<ExitCode> => {
  const { supervisor = unsupervised } = output;
  supervisor.does('check');
  if (options.timeLimit !== undefined) supervisor.limit(options.timeLimit);
  const app = await import('@menusmith/app');
  const source = await app.openStudy(file, given.registry ?? (await registryFor(options)), options);
  const { study } = source;
  await app.prepareStudy(study);
  const checked = app.locating(source, () => (given.check ?? app.checkStudy)(study));
  if (options.json === true) await writeJson(output.stdout, checked);
  else {
    const assumptions = checked.assumptions.map(({ name, model, ...rest }) => ({
      ...rest,
      name: name.replaceAll('-', ' ') + (model === undefined ? '' : ` (${model})`),
    }));
    const tables = [
      assumptions.length === 0
        ? '  no assumptions on production to try: cost is given outright, or tasks differ\n'
        : conditionTable('assumptions on production', assumptions),
      ...(checked.conditions.length === 0
        ? []
        : [conditionTable('conditions of the propositions', namedConditions(checked.conditions))]),
      ...(checked.notes ?? []).map(paragraph),
    ];
    output.stdout.write(`${checked.name}\n\n${tables.join('\n')}`);
  }
  return checked.doubts === undefined ? 0 : 3;
};
