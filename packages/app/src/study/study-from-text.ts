import { countFormulaStepsAnew, InputError, printable } from '@menusmith/core';
import type { FileHashes } from '../provenance/provenance.ts';
import type { Registry } from '../registry.ts';
import { checkCost } from './check-cost.ts';
import type { CsvTable } from './csv-table.ts';
import { shortenedWord } from './describe-value.ts';
import { checkDependence, checkSupply, checkTasks, checkTechnology } from './fitting-parts.ts';
import { isStudyData, kindOf, noStudy } from './is-study.ts';
import { LocatedInputError } from './located-input-error.ts';
import type { Problems } from './problems.ts';
import { gatherProblems } from './problems.ts';
import { buyersFileOf, readBuyers } from './read-buyers.ts';
import { readSolver } from './read-solver.ts';
import { readTerms } from './read-terms.ts';
import { readUnits } from './read-units.ts';
import { defaultTolerance, isSoldBeyondGrid, isSolvedOnGrid } from './solved-on-grid.ts';
import { splitFormulas } from './split-formulas.ts';
import { structureProblems } from './structure-problems.ts';
import type { Study } from './study.ts';
import type { StudyData } from './study-schema.ts';
import { type StudySetting, settingOf, withSettings } from './study-settings.ts';
import { type StudySource, studySource } from './study-source.ts';
import { textFault } from './study-texts.ts';
import { readTechnology } from './technology.ts';

/** What a study's text does not say itself. */
export interface StudySurroundings {
  /** How the user named the text. */
  readonly file: string;
  readonly registry: Registry;
  /** The CSV file that a study names; throws InputError where there is none. */
  readonly csvFiles: (path: string) => CsvTable;
  /** The content of a JSON file that a study names; throws InputError where there is none. */
  readonly jsonFiles?: (path: string) => unknown;
  /** Fields with other values than the text gives them. */
  readonly settings?: readonly StudySetting[];
}

/** How files that a study names are read, and what was. */
export interface StudyFiles {
  /** The table in a CSV file, read once; throws InputError where there is none. */
  readonly csvFiles: (path: string) => CsvTable;
  /** The content of a JSON file; throws InputError where there is none. */
  readonly jsonFiles: (path: string) => unknown;
  /** Of what was read until now, by the study's names. */
  readonly hashes: () => FileHashes;
}

/**
 * The study that a text describes, checked and constructed. Touches no disk, and so runs in a browser.
 *
 * Throws LocatedInputError for the first problem in file order.
 */
export const studyFromText = (text: string, surroundings: StudySurroundings): Study =>
  studyFromSource(studySource(text, surroundings.file), surroundings);

/** The study of a text that has been parsed, as the same one is with many settings. */
export const studyFromSource = (source: StudySource, surroundings: StudySurroundings): Study => {
  countFormulaStepsAnew();
  const { settings = [] } = surroundings;
  const data = withSettings(source.data, settings);
  if (!isStudyData(data)) throw source.locate(noStudy(kindOf(data)));
  const unfit = textFault(data);
  if (unfit !== undefined) throw located(unfit, source, settings);
  const problems = gatherProblems();
  const broken = new Set<string | number | undefined>();
  for (const problem of splitFormulas(data)) problems.add(problem);
  for (const problem of structureProblems(data)) {
    problems.add(problem);
    broken.add(problem.field[0]);
  }
  // Sections whose structure is sound are built even beside broken ones: the first problem may be in there.
  const study = broken.has(undefined) ? undefined : build(data as StudyData, broken, surroundings, problems);
  const [first] = problems
    .all()
    .map((problem) => ({ problem, order: source.orderOf(problem.field) }))
    .sort((a, b) => a.order - b.order);
  if (first !== undefined) throw located(first.problem, source, settings);
  return study!;
};

/** The complaint with its place: in the file, or in the setting that gave the field its value. */
const located = (
  error: InputError,
  source: Pick<StudySource, 'locate'>,
  settings: readonly StudySetting[],
): LocatedInputError => {
  const setting = settingOf(settings, error.field);
  return setting === undefined
    ? source.locate(error)
    : new LocatedInputError(error, shortenedWord(setting.text));
};

/** Runs `work` on a study that was read from this text; what it then complains of is said with file, line and column. */
export const locating = <T>(
  { text, file, settings = [] }: Pick<StudySurroundings, 'file' | 'settings'> & { readonly text: string },
  work: () => T,
): T => {
  // Places are looked for once something is wrong.
  return locatingIn({ file, locate: (error) => studySource(text, file).locate(error) }, settings, work);
};

/** The same for a text that has been parsed. */
export const locatingIn = <T>(
  source: Pick<StudySource, 'file' | 'locate'>,
  settings: readonly StudySetting[],
  work: () => T,
): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof LocatedInputError) throw error;
    throw error.field.length === 0
      ? new LocatedInputError(error, source.file)
      : located(error, source, settings);
  }
};

const build = (
  data: StudyData,
  broken: ReadonlySet<unknown>,
  surroundings: StudySurroundings,
  problems: Problems,
): Study | undefined => {
  const { file, registry } = surroundings;
  const technology = readTechnology(data, broken, registry, problems);
  const buyers = broken.has('buyers')
    ? undefined
    : readBuyers(data, registry, surroundings.csvFiles, problems.within('buyers'));
  const solver = broken.has('solver')
    ? undefined
    : readSolver(data.solver ?? {}, registry, problems.within('solver'));
  const contract = broken.has('contract') ? undefined : (data.contract ?? 'allocations');
  if (technology !== undefined && contract !== undefined && buyers !== undefined) {
    problems.within('contract').attempt(() => checkTechnology(technology, contract, buyers));
  }
  if (buyers !== undefined && contract !== undefined) {
    problems.within('buyers').attempt(() => checkDependence(buyers, contract, technology));
  }
  const { implementation = 'direct' } = broken.has('implementation') ? {} : data;
  const units =
    data.units === undefined || broken.has('units')
      ? undefined
      : readUnits(data.units, technology, problems.within('units'));
  if (technology !== undefined && buyers !== undefined) {
    problems.within('buyers', 'kind').attempt(() => checkTasks(technology, buyers));
    if (technology.kind === 'cost') problems.within('cost').attempt(() => checkCost(technology, buyers));
  }
  if (technology !== undefined && solver !== undefined) {
    problems.within('solver', 'supply').attempt(() => checkSupply(technology, solver.supply));
  }
  const terms = readTerms(
    data,
    broken,
    { technology, buyers, contract, units, file: buyersFileOf(data) },
    surroundings,
    problems,
  );
  if (technology === undefined || buyers === undefined || solver === undefined || contract === undefined)
    return undefined;
  const isOfPopulation =
    isSolvedOnGrid({ buyers, contract, solver }) || isSoldBeyondGrid({ buyers, contract, terms, solver });
  return {
    name: data.name ?? stem(file),
    technology,
    buyers,
    contract,
    implementation,
    terms,
    ...(units === undefined ? {} : { units }),
    solver: {
      ...solver,
      isToleranceNamed: solver.tolerance !== undefined,
      tolerance: solver.tolerance ?? defaultTolerance[isOfPopulation ? 'population' : 'otherwise'],
    },
  };
};

/** The file's name without folders and ending. */
const stem = (file: string): string => {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const dot = name.lastIndexOf('.');
  // Systems allow nearly anything in the name of a file.
  return printable(dot > 0 ? name.slice(0, dot) : name).replace(/\s+/g, ' ');
};
