import type { HeldMenu, SensitivityResult, TierKind } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { idleOptions } from '../idle-options.ts';
import { jsonText } from '../json-text.ts';
import { markedTexts, marking } from '../marked-files.ts';
import { movedParameters } from '../moved-parameters.ts';
import { type PictureOptions, pictureLook } from '../picture-options.ts';
import { SENSITIVITY_FILES } from '../report-files.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { isSignal, type LeftAnswer, unsupervised } from '../supervision/supervisor.ts';
import { outDirectory } from '../write-files.ts';
import { writeJson } from '../write-json.ts';
import { writePictures } from '../write-pictures.ts';

export interface SensitivityCommandOptions extends CommonOptions, PictureOptions {
  /** Needed where no menu is given. */
  readonly count?: string;
  readonly menu?: string;
  readonly kind: TierKind;
  readonly scale?: number;
  /** Per cent. */
  readonly by: number;
  readonly out?: string;
}

/** `menusmith sensitivity`: one menu of few tiers, held fixed while the study's numbers turn out otherwise. 3 where it was stopped. */
export const sensitivityCommand = async (
  file: string,
  { count, menu, kind, scale, by, out, ...options }: SensitivityCommandOptions,
  output: Output,
): Promise<ExitCode> => {
  const clock = () => performance.now() / 1000;
  const started = clock();
  const { supervisor = unsupervised } = output;
  // Whoever makes it part of another program has limits of their own.
  const { timeLimit = supervisor.isListening ? USUAL_SECONDS : undefined } = options;
  supervisor.does('analysis');
  if (timeLimit !== undefined) supervisor.limit(timeLimit);
  const app = await import('@menusmith/app');
  const { sensitivityReport } = await import('../sensitivity-report.ts');
  if ((count === undefined) === (menu === undefined))
    throw new InputError(
      'menu',
      'expected either --count, for the best menu of so many tiers, or --menu, a file with one',
    );
  const counts = count === undefined ? [1] : app.tierCounts(count);
  if (counts.length !== 1)
    throw new InputError('count', `--count: expected one number of tiers such as 3, got ${count}`);
  const look = await pictureLook(options);
  output.stderr.write(idleOptions(options));
  const { source, study, held, provenance } = await readSource(file, menu, options);
  await app.prepareStudy(study);
  const { units } = study;
  const asked = {
    count: counts[0]!,
    kind,
    by: by / 100,
    clock,
    ...(scale === undefined ? {} : { scale }),
    ...(held === undefined ? {} : { menu: held }),
  };
  const directory = out === undefined ? undefined : await outDirectory(out, output);
  const unmoved =
    options.timeLimit === undefined
      ? 'some numbers were not moved; --time-limit gives it longer'
      : 'some numbers were not moved';
  const left = (result: SensitivityResult): LeftAnswer => {
    return {
      stdout: options.json === true ? jsonText({ ...result, provenance }) : sensitivityReport(result, units),
      said: unmoved,
      ...(out === undefined
        ? {}
        : {
            files: {
              directory: out,
              replaced: SENSITIVITY_FILES,
              content: markedTexts({ 'sensitivity.json': { document: result } }, provenance),
            },
          }),
    };
  };
  const analysis = app.locating(source, () => app.openSensitivity(source, asked));
  const holding = analysis.hold();
  const { outcome: known, stopReason: notHeld } = await supervisedSolve<HeldMenu | SensitivityResult>(
    (isToStop) => app.locating(source, () => holding.next(isToStop)),
    output,
    {
      clock,
      started,
      timeLimit,
      left: (found) => left('parameters' in found ? found : analysis.result(found, [])),
      patience: PATIENCE,
    },
  );
  const limit = {
    started,
    timeLimit,
    clock,
    leave: (result: SensitivityResult) => supervisor.leave(left(result)),
  };
  const { clock: _, ...plain } = asked;
  const { plugin = [], allowFiles } = options;
  const context = { text: source.text, file, plugin, options: plain, ...(allowFiles && { allowFiles }) };
  const { result, stopReason: reason } =
    'parameters' in known
      ? { result: known, stopReason: notHeld }
      : await movedParameters(analysis, { ...context, held: known }, limit, output);
  // Whoever is asked to stop with nothing left to do has not been stopped.
  const stopReason = result.stopped === true ? reason : undefined;
  if (options.json === true) await writeJson(output.stdout, { ...result, provenance });
  else output.stdout.write(sensitivityReport(result, units));
  if (stopReason !== undefined)
    output.stderr.write(`${stopWords(stopReason, timeLimit)} ended the analysis: ${unmoved}\n`);
  if (directory !== undefined && supervisor.isListening) supervisor.leave(left(result));
  supervisor.answered();
  const isStopped = (): boolean => isSignal(supervisor.stopReason());
  const written = await directory?.fill(SENSITIVITY_FILES, async (own) => {
    const write = marking(own, provenance);
    await write('sensitivity.json', { document: result });
    await write('sensitivity.csv', app.menuCsv(app.sensitivityTable(result)));
    const picturing = () => [app.tornadoPicture(result, app.moneyUnit(units), units?.money ?? 1)];
    return (await writePictures(write, picturing, output.stderr, isStopped, look)).code;
  });
  return written || (stopReason === undefined ? 0 : 3);
};

/** The study, the menu that is held fixed, where one is given, and by what the answer is made. */
const readSource = async (file: string, menu: string | undefined, options: CommonOptions) => {
  const app = await import('@menusmith/app');
  const registry = await registryFor(options);
  const beside = app.filesBeside(file, options);
  const source = { text: await app.readStudyText(file), file, registry, ...beside };
  const study = app.studyFromText(source.text, source);
  const held = menu === undefined ? undefined : { text: await app.readStudyText(menu), file: menu };
  const given = held === undefined ? [] : [{ path: held.file, text: held.text }];
  const { text } = source;
  const provenance = app.provenanceOf({ text, files: beside.hashes(), given, registry });
  return { source, study, held, provenance };
};

/** Seconds where no limit is given: a study has some twenty numbers, each of which is solved for four times. */
const USUAL_SECONDS = 15;
/** Seconds of work before anything is left. */
const PATIENCE = 0.3;
