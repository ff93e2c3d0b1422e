import { InputError } from '@menusmith/core';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { jsonChunks } from '../json-text.ts';
import { EVALUATION_FILES } from '../report-files.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { type StopReason, unsupervised } from '../supervision/supervisor.ts';
import { outDirectory } from '../write-files.ts';
import { writeJson } from '../write-json.ts';

export interface EvaluateCommandOptions extends CommonOptions {
  readonly menu: string;
  readonly against?: string;
  readonly customers?: string;
  readonly model?: string;
  readonly scale?: number;
  readonly out?: string;
}

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
  const { evaluation, migration } = app.locating(source, () => app.evaluateMenu(study, asked));
  if (options.json === true) await writeJson(output.stdout, evaluation);
  else {
    const { evaluationReport } = await import('../evaluation-report.ts');
    output.stdout.write(evaluationReport(evaluation, study.units));
  }
  if (!evaluation.solved)
    output.stderr.write('what some buyers take could not be solved for: the numbers are a best effort\n');
  const tables = {
    'plans.csv': app.menuCsv(app.plansTable(evaluation)),
    ...(migration === undefined ? {} : { 'migration.csv': app.menuCsv(migration) }),
  };
  if (out !== undefined && supervisor.isListening) {
    const content = { 'evaluation.json': [...jsonChunks(evaluation)].join(''), ...tables };
    supervisor.leave({
      stdout: '',
      said: '',
      files: { directory: out, replaced: EVALUATION_FILES, content },
    });
  }
  supervisor.answered();
  const written = await directory?.fill(EVALUATION_FILES, async (write) => {
    await write('evaluation.json', jsonChunks(evaluation));
    for (const [name, text] of Object.entries(tables)) await write(name, text);
    const page = await decision();
    if (page !== undefined) await write('decision.html', page);
    if (stopReason === undefined) return 0;
    output.stderr.write(
      `${stopWords(stopReason, timeLimit)} ended the writing: decision.html is not written\n`,
    );
    return 3;
  });
  return written || (evaluation.solved ? 0 : 3);
};
