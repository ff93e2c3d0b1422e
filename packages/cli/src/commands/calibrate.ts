import type { ReadSoFar } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { calibrationReport } from '../calibration-report.ts';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import type { DrawnBootstrap } from '../drawn-bootstrap.ts';
import { jsonText } from '../json-text.ts';
import { progressLine } from '../progress-line.ts';
import { stoppedAnswer } from '../stopped-answer.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { isSignal, unsupervised } from '../supervision/supervisor.ts';
import type { CalibrationFiles } from '../write-calibration.ts';
import { outDirectory } from '../write-files.ts';
import { writeJson } from '../write-json.ts';

export interface CalibrateCommandOptions extends CommonOptions {
  readonly prices: string;
  readonly costs?: string;
  readonly elasticity?: string;
  readonly assume?: 'list-optimal';
  readonly columns?: string;
  readonly bootstrap?: number;
  readonly seed?: number;
  readonly jobs?: number;
  readonly out: string;
}

/** `menusmith calibrate`: a log of usage to studies, one a model, with the types of its customers. 3 where it was stopped. */
export const calibrateCommand = async (
  usage: string,
  {
    prices,
    costs,
    elasticity,
    assume,
    columns,
    bootstrap: draws,
    seed = 1,
    jobs,
    out,
    ...options
  }: CalibrateCommandOptions,
  output: Output,
): Promise<ExitCode> => {
  const started = performance.now();
  const { timeLimit } = options;
  const { supervisor = unsupervised, stderr } = output;
  supervisor.does('calibration');
  if (timeLimit !== undefined) supervisor.limit(timeLimit);
  const app = await import('@menusmith/app');
  const directory = await outDirectory(out, output);
  const registry = await registryFor(options);
  const calibrating = app.calibratingUsage({
    usage,
    prices,
    registry,
    ...(costs === undefined ? {} : { costs }),
    ...(elasticity === undefined ? {} : { elasticity: elasticityOf(elasticity) }),
    ...(assume === undefined ? {} : { assume }),
    ...(columns === undefined ? {} : { columns }),
  });
  const line = progressLine(stderr);
  const json = options.json === true;
  let current = calibrating.next();
  while (current.done !== true) {
    const { rows } = current.value;
    line.show(`${app.formatNumber(rows)} rows read`, (performance.now() - started) / 1000);
    const reason = supervisor.stopReason();
    const stdout = readingStopped(current.value, json);
    if (reason !== undefined) {
      line.clear();
      output.stdout.write(stdout);
      stderr.write(`${stopWords(reason, timeLimit)} ended the calibration: ${NOTHING_WRITTEN}\n`);
      return 3;
    }
    supervisor.leave({ stdout, said: NOTHING_WRITTEN });
    current = calibrating.next();
  }
  const { calibration, read } = current.value;
  const { calibrationFiles } = await import('../write-calibration.ts');
  const asked = { usage, prices, costs, elasticity, assume, columns, draws, seed, plugin: options.plugin };
  const filesOf = (drawn?: DrawnBootstrap) =>
    calibrationFiles(calibration, { given: read, registry }, asked, drawn);
  const leave = ({ document, names, tables }: CalibrationFiles): void => {
    if (!supervisor.isListening) return;
    const { bootstrap } = document;
    supervisor.leave({
      stdout: json ? jsonText(document) : calibrationReport(document, out),
      said: `what was fitted has ${bootstrap === undefined ? 'no bootstrap' : `a bootstrap of ${bootstrap.draws} of ${draws} draws`}, and fit.html is not written`,
      files: { directory: out, replaced: names, content: tables() },
    });
  };
  let drawn: DrawnBootstrap | undefined;
  if (draws !== undefined) {
    line.clear();
    leave(filesOf());
    const { drawnBootstrap } = await import('../drawn-bootstrap.ts');
    const plugins = options.plugin ?? [];
    const asFiles = (so: DrawnBootstrap): void => leave(filesOf(so));
    drawn = await drawnBootstrap(
      calibration,
      { draws, seed, jobs, registry, plugins, leave: asFiles },
      output,
    );
  }
  const done = drawn?.draws.length ?? 0;
  const stopped = draws !== undefined && done < draws ? supervisor.stopReason() : undefined;
  line.clear();
  const made = filesOf(drawn);
  if (json) await writeJson(output.stdout, made.document);
  else output.stdout.write(calibrationReport(made.document, out));
  if (stopped !== undefined)
    stderr.write(`${stopWords(stopped, timeLimit)} ended the bootstrap after ${done} of ${draws} draws\n`);
  leave(made);
  supervisor.answered();
  const isStopped = (): boolean => isSignal(supervisor.stopReason());
  const code = await directory.fill(made.names, (write) => made.write(write, isStopped));
  if (code === 3)
    stderr.write(`${stopWords(supervisor.stopReason()!)} ended the writing: fit.html is not written\n`);
  return code || (stopped === undefined ? 0 : 3);
};

const NOTHING_WRITTEN = 'nothing is written';

/** What is printed where nothing was fitted yet. */
const readingStopped = ({ rows, customers, models }: ReadSoFar, isJson: boolean): string =>
  stoppedAnswer(
    `The calibration was stopped before anything was fitted: it had read ${rows} rows, of ${customers} customers and ${models.length} models.`,
    isJson,
    { rows, customers, models },
  );

/** Of a text, so that a minus before it is no option. */
const elasticityOf = (text: string): number => {
  const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text.replace('−', '-'))
    ? Number(text.replace('−', '-'))
    : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new InputError('elasticity', `--elasticity: expected a number such as -2, got "${text}"`);
};
