import type { Bootstrap } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { calibrationReport } from '../calibration-report.ts';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { jsonChunks } from '../json-text.ts';
import { progressLine } from '../progress-line.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { type StopReason, unsupervised } from '../supervision/supervisor.ts';
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
  readonly out: string;
}

/** Milliseconds between two bootstraps that are left, and so many times what it takes to leave one. */
const PATIENCE = 500;
const LEAVING = 10;

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
  let current = calibrating.next();
  while (current.done !== true) {
    line.show(`${app.formatNumber(current.value)} rows read`, (performance.now() - started) / 1000);
    const reason = supervisor.stopReason();
    if (reason !== undefined) {
      line.clear();
      stderr.write(`${stopWords(reason, timeLimit)} ended the calibration: nothing was written\n`);
      return 3;
    }
    current = calibrating.next();
  }
  const { calibration, files } = current.value;
  const { calibrationFiles } = await import('../write-calibration.ts');
  const asked = { usage, prices, costs, elasticity, assume, columns, draws, seed, plugin: options.plugin };
  const leave = ({ document, names, tables }: CalibrationFiles, drawn = 0): void => {
    if (!supervisor.isListening) return;
    const has = drawn === 0 ? 'no bootstrap' : `a bootstrap of ${drawn} of ${draws} draws`;
    supervisor.leave({
      stdout: options.json === true ? [...jsonChunks(document)].join('') : calibrationReport(document, out),
      said: `what was fitted has ${has}, and fit.html is not written`,
      files: { directory: out, replaced: names, content: tables() },
    });
  };
  let stopped: StopReason | undefined;
  let bootstrap: Bootstrap | undefined;
  if (draws !== undefined) {
    leave(calibrationFiles(calibration, files, asked));
    const drawing = app.bootstrapping(calibration, { draws, seed, registry });
    let draw = drawing.next(false);
    let due = performance.now() + PATIENCE;
    while (draw.done !== true) {
      const { drawn, soFar } = draw.value;
      line.show(`${drawn} of ${draws} draws`, (performance.now() - started) / 1000);
      const before = performance.now();
      if (supervisor.isListening && before > due) {
        const known = soFar();
        if (known.draws > 0) leave(calibrationFiles(calibration, files, asked, known), known.draws);
        // To leave what there is takes a tenth of the time at most.
        due = performance.now() + Math.max(PATIENCE, LEAVING * (performance.now() - before));
      }
      stopped ??= supervisor.stopReason();
      // Whoever asks for a stop is heard between two draws.
      await new Promise(setImmediate);
      draw = drawing.next(stopped !== undefined);
    }
    bootstrap = draw.value.draws > 0 ? draw.value : undefined;
  }
  line.clear();
  const made = calibrationFiles(calibration, files, asked, bootstrap);
  if (options.json === true) await writeJson(output.stdout, made.document);
  else output.stdout.write(calibrationReport(made.document, out));
  if (stopped !== undefined)
    stderr.write(
      `${stopWords(stopped, timeLimit)} ended the bootstrap after ${bootstrap?.draws ?? 0} of ${draws} draws\n`,
    );
  leave(made, bootstrap?.draws);
  supervisor.answered();
  const code = await directory.fill(made.names, made.write);
  return code || (stopped === undefined ? 0 : 3);
};

/** Of a text, so that a minus before it is no option. */
const elasticityOf = (text: string): number => {
  const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text.replace('−', '-'))
    ? Number(text.replace('−', '-'))
    : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new InputError('elasticity', `--elasticity: expected a number such as -2, got "${text}"`);
};
