import { didYouMean, InputError } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import { readRepresentative, readValueScale } from './buyers.ts';
import { readBuyersFile } from './buyers-file.ts';
import { referencesOf } from './construct.ts';
import type { CsvTable } from './csv-table.ts';
import { degreeOf } from './degree.ts';
import { readGoods } from './goods.ts';
import { LocatedInputError } from './located-input-error.ts';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';
import { gatherProblems } from './problems.ts';
import { readProfiles } from './profiles.ts';
import { readTerms } from './read-terms.ts';
import { readUnits } from './read-units.ts';
import { defaultTolerance, isSolvedOnGrid } from './solved-on-grid.ts';
import { splitFormulas } from './split-formulas.ts';
import { structureProblems } from './structure-problems.ts';
import type {
  Buyers,
  Contract,
  IndirectImplementation,
  SolverSettings,
  Study,
  SupplyChoice,
  Technology,
  ValueScaleBuyers,
} from './study.ts';
import type { StudyData } from './study-schema.ts';
import { type StudySetting, settingOf, withSettings } from './study-settings.ts';
import { type StudySource, studySource } from './study-source.ts';
import { readCost, readInputs, readModels, readProduction } from './technology.ts';
import { readValueScaleGrid } from './value-scale-grid.ts';

/** Solvers of finite problems that `auto` prefers, before all others. */
const preferredSolvers = ['one-dimensional', 'interior-point', 'highs'];

/** Needs no gradient, so it can be asked whatever the production function. */
const defaultMinimizer = 'fmin-nelder-mead';

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

/**
 * The study that a text describes, checked and constructed. Touches no disk, and so runs in a browser.
 *
 * Throws LocatedInputError for the first problem in file order.
 */
export const studyFromText = (text: string, surroundings: StudySurroundings): Study => {
  const { file, settings = [] } = surroundings;
  const source = studySource(text, file);
  const data = withSettings(source.data, settings);
  const problems = gatherProblems();
  const broken = new Set<string | number | undefined>();
  for (const problem of splitFormulas(data)) problems.add(problem);
  for (const problem of structureProblems(data)) {
    problems.add(problem);
    broken.add(problem.field[0]);
  }
  // Sections whose structure is sound are built even beside broken ones: the first problem may be in there.
  const study = broken.has(undefined) ? undefined : build(data as StudyData, broken, surroundings, problems);
  const [first] = [...problems.all()].sort((a, b) => source.orderOf(a.field) - source.orderOf(b.field));
  if (first !== undefined) throw located(first, source, settings);
  return study!;
};

/** The complaint with its place: in the file, or in the setting that gave the field its value. */
const located = (
  error: InputError,
  source: Pick<StudySource, 'locate'>,
  settings: readonly StudySetting[],
): LocatedInputError => {
  const setting = settingOf(settings, error.field);
  return setting === undefined ? source.locate(error) : new LocatedInputError(error, `--set ${setting.text}`);
};

/** Runs `work` on a study that was read from this text; what it then complains of is said with file, line and column. */
export const locating = <T>(
  { text, file, settings = [] }: Pick<StudySurroundings, 'file' | 'settings'> & { readonly text: string },
  work: () => T,
): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof LocatedInputError) throw error;
    throw error.field.length === 0
      ? new LocatedInputError(error, file)
      : located(error, studySource(text, file), settings);
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
  const buyers = broken.has('buyers') ? undefined : readBuyers(data, surroundings, problems.within('buyers'));
  const solver = broken.has('solver')
    ? undefined
    : readSolver(data.solver ?? {}, registry, problems.within('solver'));
  const contract = broken.has('contract') ? undefined : (data.contract ?? 'allocations');
  const isOnGrid =
    buyers !== undefined &&
    solver !== undefined &&
    contract !== undefined &&
    isSolvedOnGrid({ buyers, contract, solver });
  if (technology !== undefined && contract !== undefined && buyers !== undefined) {
    problems.within('contract').attempt(() => checkTechnology(technology, contract, buyers));
  }
  if (buyers !== undefined && contract !== undefined) {
    problems.within('buyers').attempt(() => checkDependence(buyers, contract, technology));
  }
  const { implementation = 'direct' } = broken.has('implementation') ? {} : data;
  if (buyers !== undefined && contract !== undefined && implementation !== 'direct') {
    problems
      .within('implementation')
      .attempt(() => checkImplementation(implementation, buyers, contract, solver));
  }
  const units =
    data.units === undefined || broken.has('units')
      ? undefined
      : readUnits(data.units, technology, problems.within('units'));
  if (technology !== undefined && buyers !== undefined) {
    problems.within('buyers', 'kind').attempt(() => checkTasks(technology, buyers));
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
      tolerance: solver.tolerance ?? defaultTolerance[isOnGrid ? 'population' : 'otherwise'],
    },
  };
};

/** The file's name without folders and ending. */
const stem = (file: string): string => {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
};

const readTechnology = (
  data: StudyData,
  broken: ReadonlySet<unknown>,
  registry: Registry,
  problems: Problems,
): Technology | undefined => {
  const { production, inputs, cost, models } = data;
  if (models !== undefined) {
    const other = (['production', 'inputs', 'cost'] as const).find((field) => data[field] !== undefined);
    if (other !== undefined) {
      const message = `expected either models or production with inputs or cost, got models and ${other}`;
      problems.within('models').add(new InputError('both', message));
      return undefined;
    }
    return broken.has('models') ? undefined : readModels(models, registry, problems.within('models'));
  }
  if (cost !== undefined && (production !== undefined || inputs !== undefined)) {
    const other = production === undefined ? 'inputs' : 'production';
    problems
      .within('cost')
      .add(new InputError('both', `expected either cost or production with inputs, got cost and ${other}`));
    return undefined;
  }
  if (cost === undefined && production === undefined) {
    problems
      .within('production')
      .add(new InputError('missing', 'missing: expected production with inputs, or cost'));
  }
  if (production !== undefined && inputs === undefined) {
    problems
      .within('inputs')
      .add(new InputError('missing', 'missing: expected every input of the production function'));
  }
  if (cost !== undefined)
    return broken.has('cost') ? undefined : readCost(cost, registry, problems.within('cost'));
  const read =
    inputs === undefined || broken.has('inputs') ? undefined : readInputs(inputs, problems.within('inputs'));
  if (production === undefined || read === undefined || broken.has('production')) return undefined;
  return readProduction(production, read, registry, problems.within('production'));
};

const readBuyers = (
  { buyers: data, outside }: StudyData,
  { registry, csvFiles }: StudySurroundings,
  problems: Problems,
): Buyers | undefined => {
  const references = referencesOf(registry, csvFiles);
  if (data.kind === 'value-scale') return readValueScale(data, registry, references, problems);
  if (data.kind === 'profiles') return readProfiles(data, problems);
  if (data.kind === 'representative') return readRepresentative(data, registry, references, problems);
  if (data.kind === 'goods') return readGoods(data, registry, references, problems);
  if (data.kind === 'value-scale-grid') return readValueScaleGrid(data, problems);
  return readBuyersFile(data, columnsBeside(outside), references, problems);
};

const buyersFileOf = ({ buyers }: StudyData): string | undefined =>
  buyers?.kind === 'file' ? buyers.file : undefined;

/** Columns of a file of buyers that are about something other than their values. */
const columnsBeside = (outside: StudyData['outside']): readonly string[] => {
  const utility = outside?.utility;
  return typeof utility === 'object' && 'column' in utility ? [utility.column] : [];
};

const readSolver = (
  { use = 'auto', tolerance, supply = 'auto', minimizer }: NonNullable<StudyData['solver']>,
  registry: Registry,
  problems: Problems,
): Omit<SolverSettings, 'tolerance'> & { readonly tolerance: number | undefined } => {
  if (tolerance !== undefined)
    problems.within('tolerance').attempt(() => numberWithin(tolerance, { above: 0, below: 1 }));
  const names = registry.solvers.list().map((entry) => entry.name);
  if (use !== 'auto' && !names.includes(use)) {
    const known = ['auto', ...names];
    const message = `no solver called "${use}"${didYouMean(use, known)} (known: ${known.join(', ')})`;
    problems.within('use').add(new InputError('unknown-name', message));
  }
  const finite = orderedSolvers(use, names).map((name) => ({
    name,
    solver: registry.solvers.get(name).create({}),
  }));
  const isKnown = registry.minimizers.list().some((entry) => entry.name === defaultMinimizer);
  const name = minimizer ?? (isKnown ? defaultMinimizer : undefined);
  if (name === undefined) return { use, tolerance, supply, finite };
  const made = problems.within('minimizer').attempt(() => registry.minimizers.get(name).create({}));
  return { use, tolerance, supply, finite, ...(made === undefined ? {} : { minimizer: made }) };
};

const orderedSolvers = (use: string, names: readonly string[]): readonly string[] => {
  if (use !== 'auto') return names.filter((name) => name === use);
  const preferred = preferredSolvers.filter((name) => names.includes(name));
  return [...preferred, ...names.filter((name) => !preferred.includes(name))];
};

const checkTechnology = (technology: Technology, contract: Contract, buyers: Buyers): void => {
  if (contract !== 'packages') return;
  if (technology.kind === 'cost') {
    throw new InputError(
      'cost-of-packages',
      'expected allocations or efficient, as cost is given outright; got packages',
    );
  }
  if (doTasksDiffer(technology)) {
    throw new InputError(
      'tasks-differ',
      'packages need tasks that are alike, and production differs from task to task',
    );
  }
  // A representative type is one number already, whatever the technology.
  if (buyers.kind !== 'representative' && degreeOf(technology) === undefined) {
    const degrees =
      technology.kind === 'models' ? technology.models.map(({ production }) => production.degree) : [];
    const isDeclared = degrees.length > 0 && degrees.every((degree) => degree !== undefined);
    throw new InputError(
      'not-homogeneous',
      isDeclared
        ? `packages need models of one degree in the task inputs, and these have ${degrees.join(', ')}`
        : `packages need a production function that is homogeneous in the task inputs, and "${technology.use}" does not ` +
            'say that it is; its plugin declares it with `degree`',
    );
  }
};

const doTasksDiffer = (technology: Technology): boolean => {
  if (technology.kind === 'cost') return false;
  const made = technology.kind === 'models' ? technology.models : [technology];
  return made.some(({ production }) => production.atTask !== undefined);
};

/** Only profiles say which task is which. */
const checkTasks = (technology: Technology, buyers: Buyers): void => {
  if (!doTasksDiffer(technology) || buyers.kind === 'profiles') return;
  throw new InputError(
    'tasks-differ',
    `production differs from task to task, and only profiles name tasks; expected profiles, got ${buyers.kind}`,
  );
};

/**
 * Tariffs and caps on spending need a menu along one line: of one number, or scale by scale. Whether that is best for a list of values and scales is
 * known once their menus are made.
 */
const checkImplementation = (
  implementation: IndirectImplementation,
  buyers: Buyers,
  contract: Contract,
  solver: Pick<SolverSettings, 'use'> | undefined,
): void => {
  if (contract !== 'allocations') return;
  const given =
    buyers.kind === 'profiles'
      ? 'profiles'
      : buyers.kind === 'value-scale'
        ? gridOf(buyers, solver?.use ?? 'auto')
        : undefined;
  if (given === undefined) return;
  throw new InputError(
    'unsupported',
    `${implementation} is for packages, representative buyers, lists of values and scales, and independent value and scale without a grid; ` +
      `expected direct, got ${implementation} with allocations to ${given}`,
  );
};

/** Why continuous buyers are solved on a grid; undefined where they are not. */
const gridOf = ({ dependence, grid }: ValueScaleBuyers, use: string): string | undefined => {
  if (!dependence.independent) return 'dependent value and scale';
  if (grid !== undefined) return 'a grid of value and scale';
  return use === 'auto' ? undefined : `a grid of value and scale, for the solver "${use}"`;
};

/** Without allocations, dependent value and scale and samples of them are solved through θ = w s^{1−σ}. */
const checkDependence = (buyers: Buyers, contract: Contract, technology: Technology | undefined): void => {
  const isSample = buyers.kind === 'file' || buyers.kind === 'value-scale-grid';
  const isDependent = buyers.kind === 'value-scale' && !buyers.dependence.independent;
  if (contract !== 'efficient' || !(isSample || isDependent)) return;
  const what = isSample ? 'a list of values and scales' : 'dependence of value and scale';
  const field = buyers.kind === 'file' ? 'file' : isSample ? 'mass' : 'dependence';
  if (technology !== undefined && degreeOf(technology) === undefined) {
    throw unsupported(`${what} without a homogeneous production function`).within(field);
  }
};

/** Throws where this way of computing supply is not there for this technology. */
export const checkSupply = (technology: Technology, supply: SupplyChoice): void => {
  if (supply !== 'closed-form' || technology.kind === 'cost') return;
  const made = technology.kind === 'models' ? technology.models : [technology];
  const without = made.find(({ production }) => production.closedForm === undefined);
  if (without !== undefined) {
    throw new InputError('no-closed-form', `"${without.use}" has no closed form; expected auto or numeric`);
  }
};

const unsupported = (what: string): InputError =>
  new InputError('unsupported', `${what} is not supported yet`);
