import type { ConditionResult, Registry, SolveProgress, Study } from '@menusmith/app';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import type { CheckedStatement } from '../condition-table.ts';
import { conditionTable, namedConditions } from '../condition-table.ts';
import { jsonChunks } from '../json-text.ts';
import { paragraph } from '../paragraph.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import { writeChunks } from '../write-json.ts';

export interface StudyCheck {
  readonly name: string;
  readonly conditions: readonly ConditionResult[];
  readonly assumptions: readonly (CheckedStatement & { readonly model?: string })[];
  readonly notes?: readonly string[];
  readonly doubts?: readonly string[];
  readonly stopped?: true;
}

type Checking = Generator<SolveProgress<StudyCheck>, StudyCheck, boolean | undefined>;

/** `menusmith check`: what holds and by how much. A condition that fails is an answer, not an error; one of which nothing is known is not certified. */
export const checkCommand = async (
  file: string,
  options: CommonOptions,
  output: Output,
  given: {
    readonly checking?: (study: Study) => Checking;
    readonly registry?: Registry;
  } = {},
): Promise<ExitCode> => {
  const clock = (): number => performance.now() / 1000;
  const started = clock();
  const { timeLimit } = options;
  const { supervisor = unsupervised } = output;
  supervisor.does('check');
  if (timeLimit !== undefined) supervisor.limit(timeLimit);
  const app = await import('@menusmith/app');
  const source = await app.openStudy(file, given.registry ?? (await registryFor(options)), options);
  const { study } = source;
  const provenance = app.provenanceOf(source);
  await app.prepareStudy(study);
  const text = (checked: StudyCheck): Iterable<string> =>
    options.json === true ? jsonChunks({ ...checked, provenance }) : [checkReport(checked)];
  const checking: Checking = app.locating(source, () => (given.checking ?? app.checkingStudy)(study));
  const { outcome: checked, stopReason } = await supervisedSolve(
    (isToStop) => app.locating(source, () => checking.next(isToStop)),
    output,
    {
      clock,
      started,
      timeLimit,
      patience: 0,
      left: (found) => ({ stdout: [...text(found)].join(''), said: STOPPED }),
    },
  );
  await writeChunks(output.stdout, text(checked));
  supervisor.answered();
  if (checked.stopped === true)
    output.stderr.write(`${stopWords(stopReason ?? 'interrupt', timeLimit)} ended the check: ${STOPPED}\n`);
  return checked.doubts === undefined && checked.stopped === undefined ? 0 : 3;
};

const STOPPED = 'what is not listed was not tried';

const checkReport = (checked: StudyCheck): string => {
  const assumptions = checked.assumptions.map(({ name, model, ...rest }) => ({
    ...rest,
    name: name.replaceAll('-', ' ') + (model === undefined ? '' : ` (${model})`),
  }));
  const isStopped = checked.stopped === true;
  const tables = [
    assumptions.length === 0
      ? isStopped
        ? ''
        : '  no assumptions on production to try: cost is given outright, or tasks differ\n'
      : conditionTable('assumptions on production', assumptions),
    ...(checked.conditions.length === 0
      ? []
      : [conditionTable('conditions of the propositions', namedConditions(checked.conditions))]),
    ...(checked.notes ?? []).map(paragraph),
  ];
  return `${checked.name}\n\n${tables.filter((text) => text !== '').join('\n')}`;
};
