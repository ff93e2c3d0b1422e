import { InputError } from '@menusmith/core';
import { calibrationReport } from '../calibration-report.ts';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { progressLine } from '../progress-line.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import { outDirectory } from '../write-files.ts';
import { writeJson } from '../write-json.ts';

export interface CalibrateCommandOptions extends CommonOptions {
  readonly prices: string;
  readonly costs?: string;
  readonly elasticity?: string;
  readonly assume?: 'list-optimal';
  readonly columns?: string;
  readonly out: string;
}

/** `menusmith calibrate`: a log of usage to studies, one a model, with the types of its customers. 3 where it was stopped. */
export const calibrateCommand = async (
  usage: string,
  { prices, costs, elasticity, assume, columns, out, ...options }: CalibrateCommandOptions,
  output: Output,
): Promise<ExitCode> => {
  const started = performance.now();
  const { timeLimit } = options;
  const { supervisor = unsupervised, stderr } = output;
  supervisor.does('calibration');
  if (timeLimit !== undefined) supervisor.limit(timeLimit);
  const app = await import('@menusmith/app');
  const directory = await outDirectory(out, output);
  const calibrating = app.calibratingUsage({
    usage,
    prices,
    registry: await registryFor(options),
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
  line.clear();
  const { calibration, files } = current.value;
  const { calibrationFiles } = await import('../write-calibration.ts');
  const asked = { usage, prices, costs, elasticity, assume, columns, plugin: options.plugin };
  const made = calibrationFiles(calibration, files, asked);
  if (options.json === true) await writeJson(output.stdout, made.document);
  else output.stdout.write(calibrationReport(made.document, out));
  return directory.fill(made.names, made.write);
};

/** Of a text, so that a minus before it is no option. */
const elasticityOf = (text: string): number => {
  const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text.replace('−', '-'))
    ? Number(text.replace('−', '-'))
    : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new InputError('elasticity', `--elasticity: expected a number such as -2, got "${text}"`);
};
