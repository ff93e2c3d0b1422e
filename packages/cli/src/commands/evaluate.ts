import type {
  EvaluatedMenu,
  EvaluationOptions,
  GivenContent,
  Provenance,
  Registry,
  Study,
  StudyFile,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';
import type { ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import type { DrawsOptions } from '../drawn-band.ts';
import { jsonChunks } from '../json-text.ts';
import { markedTexts, marking } from '../marked-files.ts';
import { EVALUATION_FILES } from '../report-files.ts';
import { stoppedAnswer } from '../stopped-answer.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { type LeftAnswer, type StopReason, unsupervised } from '../supervision/supervisor.ts';
import { outDirectory } from '../write-files.ts';
import { writeChunks } from '../write-json.ts';

export interface EvaluateCommandOptions extends DrawsOptions {
  readonly menu: string;
  readonly against?: string;
  readonly customers?: string;
  readonly model?: string;
  readonly scale?: number;
  readonly out?: string;
}

const STOPPED = 'what is not listed was not found';

/** `menusmith evaluate`: what a menu of plans earns, and what changes where it takes another's place. 3 where a buyer's own problem was not solved for surely, or it was stopped. */
export const evaluateCommand = async (
  file: string,
  options: EvaluateCommandOptions,
  output: Output,
): Promise<ExitCode> => {
  const started = performance.now();
  const { timeLimit = Number.POSITIVE_INFINITY, out } = options;
  const { supervisor = unsupervised, stderr } = output;
  supervisor.does('evaluation');
  if (options.timeLimit !== undefined) supervisor.limit(timeLimit);
  const app = await import('@menusmith/app');
  const { source, registry, asked, given } = await readAsked(file, options);
  let stopReason: StopReason | undefined;
  /** Whether what takes longer is to be done without. */
  const isToStop = (): boolean => {
    stopReason ??=
      supervisor.stopReason() ?? (performance.now() - started > 1000 * timeLimit ? 'time-limit' : undefined);
    return stopReason !== undefined;
  };
  const ended = (what: string): void => {
    isToStop();
    stderr.write(`${stopWords(stopReason ?? 'time-limit', timeLimit)} ended the ${what}\n`);
  };
  const { bandedEvaluation, knownDraws } = await import('../drawn-band.ts');
  const known = await knownDraws(source, file, asked, options);
  const directory = out === undefined ? undefined : await outDirectory(out, output);
  const provenance = app.provenanceOf({
    ...source,
    given: [...given, ...(known.read === undefined ? [] : [known.read])],
  });
  const { text, tablesOf, left } = await printed(source.study, out, options.json === true, provenance);
  // The first menu is sold in one step.
  if (supervisor.isListening)
    supervisor.leave(unsold(source.study, asked, options.json === true, provenance));
  const evaluating = app.locating(source, () => app.evaluatingMenu(source.study, asked));
  const { outcome } = await supervisedSolve(
    (isStopped) => app.locating(source, () => evaluating.next(isStopped)),
    output,
    {
      clock: () => performance.now() / 1000,
      started: started / 1000,
      timeLimit: options.timeLimit,
      patience: 0,
      left,
    },
  );
  const isStopped = outcome.evaluation.stopped === true;
  if (known.draws !== undefined && supervisor.isListening)
    supervisor.leave({ ...left(outcome), said: 'the change has no band' });
  const banded = await bandedEvaluation(outcome.evaluation, isStopped ? {} : known, asked, options, output);
  const { evaluation, undone } = banded;
  const found = { ...outcome, evaluation };
  await writeChunks(output.stdout, text(found));
  if (!evaluation.solved)
    stderr.write('what some buyers take could not be solved for: the numbers are a best effort\n');
  if (isStopped) ended(`evaluation: ${STOPPED}`);
  if (undone > 0) ended(`band, which ${undone} draws are missing from`);
  if (supervisor.isListening) supervisor.leave(left(found));
  supervisor.answered();
  const written = await directory?.fill(EVALUATION_FILES, async (own) => {
    const write = marking(own, provenance);
    await write('evaluation.json', { document: evaluation });
    for (const [name, content] of Object.entries(tablesOf(found))) await write(name, content);
    const { decisionFile } = await import('../decision-file.ts');
    const page =
      isStopped || undone > 0
        ? undefined
        : decisionFile({ source, evaluation, registry, ...asked }, options, isToStop);
    if (page !== undefined) await write('decision.html', page);
    if (stopReason === undefined) return 0;
    ended('writing: decision.html is not written');
    return 3;
  });
  return written || (evaluation.solved && !isStopped && undone === 0 ? 0 : 3);
};

/** What is left while nothing is known of what the menu sells. */
const unsold = (
  { name }: Study,
  { menu }: EvaluationOptions,
  isJson: boolean,
  provenance: Provenance,
): LeftAnswer => ({
  stdout: stoppedAnswer('The evaluation was stopped before it was known what the menu sells.', isJson, {
    name,
    plans: menu.plans.map((plan) => ({ name: plan.name })),
    provenance,
  }),
  said: STOPPED,
});

interface Asked {
  readonly source: StudyFile;
  readonly registry: Registry;
  readonly asked: EvaluationOptions;
  /** Files of the options. */
  readonly given: readonly GivenContent[];
}

/** Reads the study, its menus and customers. */
const readAsked = async (
  file: string,
  { menu, against, customers, model, scale, draws, ...options }: EvaluateCommandOptions,
): Promise<Asked> => {
  const app = await import('@menusmith/app');
  if (model !== undefined && customers === undefined)
    throw new InputError('model', '--model chooses among customers; expected --customers beside it');
  if (draws !== undefined && against === undefined)
    throw new InputError('draws', '--draws gives a change its band; expected --against beside it');
  const registry = await registryFor(options);
  const source = await app.openStudy(file, registry, options);
  const { study } = source;
  await app.prepareStudy(study);
  const given: GivenContent[] = [];
  const plansIn = async (path: string) => {
    const text = await app.readStudyText(path, 'menu');
    given.push({ path, text });
    return app.openPlans(text, path, study);
  };
  const [plans, before] = [await plansIn(menu), against === undefined ? undefined : await plansIn(against)];
  const known = customers === undefined ? undefined : app.readCustomers(customers, study, model);
  if (known !== undefined) given.push({ path: customers!, text: known.text });
  return {
    source,
    registry,
    given,
    asked: {
      menu: plans,
      ...(before === undefined ? {} : { against: before }),
      ...(scale === undefined ? {} : { scale }),
      ...(known === undefined ? {} : { customers: known.customers }),
    },
  };
};

/** An evaluation as it is printed and written, and as it is left. */
const printed = async (study: Study, out: string | undefined, isJson: boolean, provenance: Provenance) => {
  const app = await import('@menusmith/app');
  const { evaluationReport } = await import('../evaluation-report.ts');
  const text = ({ evaluation }: EvaluatedMenu): Iterable<string> =>
    isJson ? jsonChunks({ ...evaluation, provenance }) : [evaluationReport(evaluation, study.units)];
  const tablesOf = ({ evaluation, migration }: EvaluatedMenu): Readonly<Record<string, string>> => ({
    'plans.csv': app.menuCsv(app.plansTable(evaluation)),
    ...(migration === undefined ? {} : { 'migration.csv': app.menuCsv(migration) }),
  });
  const left = (found: EvaluatedMenu): LeftAnswer => {
    const content = markedTexts(
      { 'evaluation.json': { document: found.evaluation }, ...tablesOf(found) },
      provenance,
    );
    return {
      stdout: [...text(found)].join(''),
      said: STOPPED,
      ...(out === undefined ? {} : { files: { directory: out, replaced: EVALUATION_FILES, content } }),
    };
  };
  return { text, tablesOf, left };
};
