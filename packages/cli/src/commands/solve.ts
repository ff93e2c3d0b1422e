import type {
  MenuTable,
  Registry,
  Result,
  Solution,
  SolveProgress,
  Study,
  SupplyChoice,
  TypeResult,
} from '@menusmith/app';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { idleOptions } from '../idle-options.ts';
import { jsonText } from '../json-text.ts';
import { paragraph } from '../paragraph.ts';
import { type PictureOptions, pictureLook, pictureWords } from '../picture-options.ts';
import { REPORT_FILES } from '../report-files.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { isSignal, type LeftAnswer, unsupervised } from '../supervision/supervisor.ts';
import { checkColumns, shapeWords, type TableShape } from '../table-shape.ts';
import { outDirectory } from '../write-files.ts';
import { writeJson } from '../write-json.ts';
import { writeProof } from '../write-proof.ts';

export interface SolveOptions extends CommonOptions, TableShape, PictureOptions {
  readonly at: readonly string[];
  readonly out?: string;
  readonly supply?: SupplyChoice;
  /** A file for the proof. */
  readonly proof?: string;
  /** Items of the small menu in the report; 0 for none. */
  readonly tiers?: number;
}

/** What a solve takes from the world around it; the process's own where none is given. */
export interface SolveSurroundings {
  readonly registry?: Registry;
  readonly solving?: (
    study: Study,
    options: { readonly clock: () => number },
  ) => Generator<SolveProgress<Solution>, Solution, boolean | undefined>;
  /** Seconds. */
  readonly clock?: () => number;
}

/** `menusmith solve`: 0 where the result is certified optimal, 3 where it is not. */
export const solveCommand = async (
  file: string,
  options: SolveOptions,
  output: Output,
  given: SolveSurroundings = {},
): Promise<ExitCode> => {
  const clock = given.clock ?? (() => performance.now() / 1000);
  const started = clock();
  const { supervisor = unsupervised } = output;
  supervisor.does('solve');
  if (options.timeLimit !== undefined) supervisor.limit(options.timeLimit);
  const app = await import('@menusmith/app');
  const [{ solveReport }, { marking, markedTexts }] = await Promise.all([
    import('../solve-report.ts'),
    import('../marked-files.ts'),
  ]);
  const source = await app.openStudy(file, given.registry ?? (await registryFor(options)), options);
  const { study: read } = source;
  const { supply } = options;
  if (supply !== undefined) app.checkSupply(read.technology, supply);
  const study: Study = supply === undefined ? read : { ...read, solver: { ...read.solver, supply } };
  if (options.proof !== undefined) app.locating(source, () => app.requireProof(study, source));
  const points = options.at.map((text) => app.readAskedBuyers(text, study.buyers));
  const asked = points.flatMap((point) => point.asked);
  const provenance = app.provenanceOf({ ...source, given: points.flatMap(({ read }) => read) });
  checkColumns(app, study, asked, options);
  const look = await pictureLook(options);
  output.stderr.write(idleOptions(options));

  const answerOf = (solution: Solution, buyers = asked) => {
    const quotes = app.quotedBuyers(solution, buyers);
    // Finite buyers are all in the result; of continuous ones it holds those that were asked for.
    const types = app.namedBuyers(study.buyers).kind === 'list' ? solution.result.types : quotes;
    const result: Result = { ...solution.result, types };
    return { result, quotes };
  };
  const { columns, rows } = options;
  const menuOf = (solution: Solution, quotes: readonly TypeResult[]): MenuTable =>
    app.menuTable(study, solution, { quotes, columns, rows });
  /** Of an answer so far, which may be that nothing is sold, rows of buyers are those who were asked for. */
  const reportOf = (
    solution: Solution,
    { result, quotes }: ReturnType<typeof answerOf>,
    isEnd: boolean,
  ): string => {
    const isShown = quotes.length > 0 || (isEnd && (columns !== undefined || rows !== undefined));
    return solveReport(
      result,
      solution.onGrid ?? study,
      quotes,
      isShown ? menuOf(solution, quotes) : undefined,
    );
  };
  const left = (solution: Solution, buyers = asked): LeftAnswer => {
    const answer = answerOf(solution, buyers);
    const { result } = answer;
    return {
      stdout: options.json === true ? jsonText({ ...result, provenance }) : reportOf(solution, answer, false),
      said: `the result is ${result.status}`,
      ...leftFiles(options.out, () => markedTexts({ 'result.json': { document: result } }, provenance)),
    };
  };
  if (supervisor.isListening) supervisor.leave(left(app.nothingSold(study), []));

  await app.prepareStudy(study);
  const directory = options.out === undefined ? undefined : await outDirectory(options.out, output);
  const solving = app.locating(source, () => (given.solving ?? app.solvingStudy)(study, { clock }));
  const { outcome: solution, stopReason } = await supervisedSolve(
    (isToStop) => app.locating(source, () => solving.next(isToStop)),
    output,
    { clock, started, timeLimit: options.timeLimit, left },
  );
  const answer = answerOf(solution);
  const { result, quotes } = answer;

  if (options.json === true) await writeJson(output.stdout, { ...result, provenance });
  else output.stdout.write(reportOf(solution, answer, true));
  output.stderr.write(shortfall(result, stopReason, options.timeLimit));
  if (directory !== undefined && supervisor.isListening) supervisor.leave(left(solution));
  supervisor.answered();
  const isStopped = (): boolean => isSignal(supervisor.stopReason());
  const written = await directory?.fill(REPORT_FILES, async (write) => {
    const { REPORTED_TIERS, writeSolution } = await import('../write-solution.ts');
    const { set, at, plugin, tiers = REPORTED_TIERS, digits } = options;
    const shapes = [...shapeWords(options), ...pictureWords(options)];
    const command = { file, text: source.text, set, at, supply, plugin, tiers, shapes };
    const solved = { study, solution, result, menu: menuOf(solution, quotes), digits, look };
    return writeSolution(marking(write, provenance), solved, command, output.stderr, isStopped);
  });
  const proved =
    options.proof === undefined
      ? 0
      : await writeProof(
          options.proof,
          app.proofDocument(study, solution, { ...source, ...app.filesBeside(file, options) }, provenance),
          output,
        );
  return written || proved || (result.status === 'optimal' ? 0 : 3);
};

/** Why a result is not certified, and what may help; empty where it is. */
const shortfall = (
  { status, reasons }: Result,
  stopReason: Parameters<typeof stopWords>[0] | undefined,
  timeLimit: number | undefined,
): string => {
  if (stopReason !== undefined)
    return `${stopWords(stopReason, timeLimit)} ended the solve: the result is ${status}\n`;
  if (status === 'optimal') return '';
  const why = reasons.slice(0, 1).map(({ what, remedy }) => paragraph(`${what} ${remedy}`));
  return `not certified within the limits: the result is ${status}\n${why.join('')}`;
};

/** What of a report is left in the directory, where there is to be one. */
const leftFiles = (
  directory: string | undefined,
  content: () => NonNullable<LeftAnswer['files']>['content'],
): Pick<LeftAnswer, 'files'> =>
  directory === undefined ? {} : { files: { directory, replaced: REPORT_FILES, content: content() } };
