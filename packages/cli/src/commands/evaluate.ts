import type { EvaluatedMenu, Study } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { jsonChunks } from '../json-text.ts';
import { EVALUATION_FILES } from '../report-files.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { type LeftAnswer, type StopReason, unsupervised } from '../supervision/supervisor.ts';
import { outDirectory } from '../write-files.ts';
import { writeChunks } from '../write-json.ts';

export interface EvaluateCommandOptions extends CommonOptions {
  readonly menu: string;
  readonly against?: string;
  readonly customers?: string;
  readonly model?: string;
  readonly scale?: number;
  readonly out?: string;
}

const STOPPED = 'what is not listed was not found';
/** Milliseconds that the page tries numbers of the study for. */
const PATIENCE = 8000;

/** `menusmith evaluate`: what a menu of plans earns, and what changes where it takes another's place. 3 where a buyer's own problem was not solved for surely. */
export const evaluateCommand = async (
  file: string,
  { menu, against, customers, model, scale, out, ...options }: EvaluateCommandOptions,
  output: Output,
): Promise<ExitCode> => {
  const started = performance.now();
  const { timeLimit = Number.POSITIVE_INFINITY } = options;
  const { supervisor = unsupervised } = output;
  supervisor.does('evaluation');
  if (options.timeLimit !== undefined) supervisor.limit(timeLimit);
  const app = await import('@menusmith/app');
  if (model !== undefined && customers === undefined)
    throw new InputError('model', '--model chooses among customers; expected --customers beside it');
  const registry = await registryFor(options);
  const source = await app.openStudy(file, registry, options);
  const { study } = source;
  await app.prepareStudy(study);
  const plansIn = async (path: string) => app.openPlans(await app.readStudyText(path, 'menu'), path, study);
  const asked = {
    menu: await plansIn(menu),
    ...(against === undefined ? {} : { against: await plansIn(against) }),
    ...(scale === undefined ? {} : { scale }),
    ...(customers === undefined ? {} : { customers: app.readCustomers(customers, study, model) }),
  };
  let stopReason: StopReason | undefined;
  /** Whether the page, which solves anew for each number of the study, is to be done without. */
  const isToStop = (): boolean => {
    stopReason ??=
      supervisor.stopReason() ?? (performance.now() - started > 1000 * timeLimit ? 'time-limit' : undefined);
    return stopReason !== undefined;
  };
  const decision = async (): Promise<string | undefined> => {
    const { menu: now, against: before } = asked;
    const { version } = await import('../version.ts');
    const isHeld = before !== undefined && scale === undefined;
    const isPlain = isHeld && source.settings.length === 0;
    const text = { ...source, registry, ...app.filesBeside(file, options) };
    const begun = performance.now();
    const isEnough = (): boolean => performance.now() - begun > PATIENCE;
    const found = isPlain
      ? app.overturning(text, { menu: now.plans, against: before.plans, isToStop, isEnough })
      : undefined;
    if (isPlain && found === undefined) return undefined;
    return app.decisionPage({
      study,
      evaluation,
      menu: now.plans,
      overturning: found,
      ...(isHeld && app.hasIndex(study)
        ? { experiment: app.experimentSize(study, before.plans, now.plans) }
        : {}),
      program: `menusmith ${version}`,
    });
  };
  const directory = out === undefined ? undefined : await outDirectory(out, output);
  const { text, tablesOf, left } = await printed(study, out, options.json === true);
  const evaluating = app.locating(source, () => app.evaluatingMenu(study, asked));
  const { outcome: found } = await supervisedSolve(
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
  const { evaluation } = found;
  await writeChunks(output.stdout, text(found));
  if (!evaluation.solved)
    output.stderr.write('what some buyers take could not be solved for: the numbers are a best effort\n');
  if (evaluation.stopped === true) {
    isToStop();
    output.stderr.write(
      `${stopWords(stopReason ?? 'time-limit', timeLimit)} ended the evaluation: ${STOPPED}\n`,
    );
  }
  const tables = tablesOf(found);
  if (supervisor.isListening) supervisor.leave(left(found));
  supervisor.answered();
  const written = await directory?.fill(EVALUATION_FILES, async (write) => {
    await write('evaluation.json', jsonChunks(evaluation));
    for (const [name, text] of Object.entries(tables)) await write(name, text);
    const page = evaluation.stopped === true ? undefined : await decision();
    if (page !== undefined) await write('decision.html', page);
    if (stopReason === undefined) return 0;
    output.stderr.write(
      `${stopWords(stopReason, timeLimit)} ended the writing: decision.html is not written\n`,
    );
    return 3;
  });
  return written || (evaluation.solved && evaluation.stopped === undefined ? 0 : 3);
};

/** An evaluation as it is printed and written, and as it is left. */
const printed = async (study: Study, out: string | undefined, isJson: boolean) => {
  const app = await import('@menusmith/app');
  const { evaluationReport } = await import('../evaluation-report.ts');
  const text = ({ evaluation }: EvaluatedMenu): Iterable<string> =>
    isJson ? jsonChunks(evaluation) : [evaluationReport(evaluation, study.units)];
  const tablesOf = ({ evaluation, migration }: EvaluatedMenu): Readonly<Record<string, string>> => ({
    'plans.csv': app.menuCsv(app.plansTable(evaluation)),
    ...(migration === undefined ? {} : { 'migration.csv': app.menuCsv(migration) }),
  });
  const left = (found: EvaluatedMenu): LeftAnswer => {
    const content = { 'evaluation.json': [...jsonChunks(found.evaluation)].join(''), ...tablesOf(found) };
    return {
      stdout: [...text(found)].join(''),
      said: STOPPED,
      ...(out === undefined ? {} : { files: { directory: out, replaced: EVALUATION_FILES, content } }),
    };
  };
  return { text, tablesOf, left };
};
