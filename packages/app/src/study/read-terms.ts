import { compileFormula, derivative, didYouMean, InputError, namesIn, parseFormula } from '@menusmith/core';
import { readPlans } from '../plans/menu-file.ts';
import type { Registry } from '../registry.ts';
import { type CsvTable, columnNumbers } from './csv-table.ts';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';
import type {
  Buyers,
  Contract,
  Kept,
  Objective,
  OutsideOption,
  OutsideUtility,
  Technology,
  Terms,
} from './study.ts';
import type { StudyData } from './study-schema.ts';
import { readInputs, readProduction } from './technology.ts';
import { plainTerms } from './terms.ts';
import type { Units } from './units.ts';

/** Files beside the study that its terms name. */
export interface TermsSurroundings {
  readonly registry: Registry;
  readonly csvFiles: (path: string) => CsvTable;
  /** The content of a JSON file; absent where none can be read. */
  readonly jsonFiles?: (path: string) => unknown;
}

/** The rest of the study, as far as it could be read. */
interface StudyParts {
  readonly technology?: Technology | undefined;
  readonly buyers?: Buyers | undefined;
  readonly contract?: Contract | undefined;
  readonly units?: Units | undefined;
  /** The CSV that holds the buyers. */
  readonly file?: string | undefined;
}

/** Reads `objective`, `outside`, `keep` and `capacity`; complaints go to `problems`. */
export const readTerms = (
  data: StudyData,
  broken: ReadonlySet<unknown>,
  parts: StudyParts,
  surroundings: TermsSurroundings,
  problems: Problems,
): Terms => {
  const section = <K extends 'objective' | 'outside' | 'keep' | 'capacity', T>(
    field: K,
    read: (given: NonNullable<StudyData[K]>, own: Problems) => T | undefined,
  ): T | undefined => {
    const given = data[field];
    return given === undefined || broken.has(field)
      ? undefined
      : read(given as NonNullable<StudyData[K]>, problems.within(field));
  };
  const objective = section('objective', readObjective) ?? plainTerms.objective;
  const outside = section('outside', (given, own) => readOutside(given, parts, surroundings, own));
  const keep = section('keep', (given, own) => readKeep(given, parts, surroundings, own));
  const capacity = section('capacity', (given, own) => readCapacity(given, parts.technology, own));
  return {
    objective,
    ...(outside ? { outside } : {}),
    ...(keep ? { keep } : {}),
    ...(capacity ? { capacity } : {}),
  };
};

const readObjective = (
  { profit = 1, consumerSurplus = 0 }: NonNullable<StudyData['objective']>,
  problems: Problems,
): Objective | undefined => {
  const before = problems.count();
  problems.within('profit').attempt(() => numberWithin(profit, { above: 0 }));
  problems.within('consumerSurplus').attempt(() => numberWithin(consumerSurplus, { min: 0 }));
  if (problems.count() > before) return undefined;
  if (consumerSurplus > profit) {
    problems
      .within('consumerSurplus')
      .add(
        new InputError(
          'weights',
          `expected at most the weight of profit, ${profit}, got ${consumerSurplus}: the seller would give money away without end`,
        ),
      );
    return undefined;
  }
  return { profit, consumerSurplus };
};

const readOutside = (
  { utility, rival }: NonNullable<StudyData['outside']>,
  parts: StudyParts,
  surroundings: TermsSurroundings,
  problems: Problems,
): OutsideOption | undefined => {
  if ((utility === undefined) === (rival === undefined)) {
    const came = utility === undefined ? 'neither' : 'both';
    problems.add(
      new InputError(
        'outside',
        `expected either utility (a number, a formula, { column }, or one number a type) or rival, got ${came}`,
      ),
    );
    return undefined;
  }
  if (rival !== undefined) return readRival(rival, surroundings.registry, problems.within('rival'));
  const own = problems.within('utility');
  const { buyers, contract } = parts;
  if (buyers === undefined || contract === undefined) return undefined;
  return own.attempt(() => {
    if (typeof utility === 'number' || typeof utility === 'string')
      return readUtility(String(utility), variablesOf(buyers, contract));
    if (Array.isArray(utility)) return listedUtilities(utility, buyers);
    return columnUtilities(utility as { readonly column: string }, buyers, parts.file, surroundings);
  });
};

const readRival = (
  { production, inputs }: NonNullable<NonNullable<StudyData['outside']>['rival']>,
  registry: Registry,
  problems: Problems,
): OutsideOption | undefined => {
  const priced = Object.fromEntries(
    Object.entries(inputs).map(([name, { scope, price, max }]) => [
      name,
      { scope, cost: price, ...(max === undefined ? {} : { max }) },
    ]),
  );
  const own = problems.within('inputs');
  for (const [name, { price }] of Object.entries(inputs))
    own.within(name, 'price').attempt(() => numberWithin(price, { above: 0 }));
  const read = readInputs(priced, own);
  const technology = read && readProduction(production, read, registry, problems.within('production'));
  return technology && { kind: 'rival', technology };
};

/** What of a buyer a formula can speak of. */
const variablesOf = (buyers: Buyers, contract: Contract): readonly string[] => {
  if (buyers.kind === 'representative' || contract === 'packages') return ['theta'];
  return buyers.kind === 'profiles' ? [] : ['value', 'scale'];
};

const readUtility = (text: string, names: readonly string[]): OutsideUtility => {
  const formula = parseFormula(text, names);
  const at = compileFormula(formula, names);
  const [first] = names;
  const slope =
    first === undefined || !namesIn(formula).has(first)
      ? () => 0
      : compileFormula(derivative(formula, first), names);
  return {
    kind: 'utility',
    text,
    names,
    formula,
    at: (values) => at(values),
    slope: (values) => slope(values),
  };
};

const listedUtilities = (utilities: readonly unknown[], buyers: Buyers): OutsideOption => {
  if (!('types' in buyers) || buyers.kind === 'file')
    throw new InputError(
      'outside',
      'a list of utilities is for types that the study lists; expected a number, a formula, or { column } of a file',
    );
  if (utilities.length !== buyers.types.length)
    throw new InputError(
      'outside',
      `expected ${buyers.types.length} utilities, one a type in the order of buyers.types, got ${utilities.length}`,
    );
  return { kind: 'listed', utilities: Float64Array.from(utilities, (u, n) => numberWithin(u, {}, [n])) };
};

const columnUtilities = (
  { column }: { readonly column: string },
  buyers: Buyers,
  file: string | undefined,
  { csvFiles }: TermsSurroundings,
): OutsideOption => {
  if (file === undefined)
    throw new InputError(
      'outside',
      `a column is for buyers of kind file, whose CSV has it; got buyers of kind ${buyers.kind}`,
      ['column'],
    );
  return { kind: 'listed', utilities: Float64Array.from(columnNumbers(csvFiles(file), column)) };
};

const readKeep = (
  { menu, share = 1 }: NonNullable<StudyData['keep']>,
  { technology, units }: StudyParts,
  { jsonFiles }: TermsSurroundings,
  problems: Problems,
): Kept | undefined => {
  problems.within('share').attempt(() => numberWithin(share, { min: 0, max: 1 }));
  if (technology === undefined) return undefined;
  if (technology.kind === 'cost') {
    problems.add(
      new InputError(
        'no-inputs',
        'today’s plans sell inputs, and this study gives the cost of quality outright; expected production with inputs',
      ),
    );
    return undefined;
  }
  const plans = problems.within('menu').attempt(() => {
    if (typeof menu !== 'string') return readPlans(menu, technology, units);
    if (jsonFiles === undefined)
      throw new InputError(
        'menu',
        `${menu}: no file can be read here; expected the menu itself, { plans: [ … ] }`,
      );
    const data = jsonFiles(menu);
    if (typeof data !== 'object' || data === null || Array.isArray(data))
      throw new InputError('menu', `${menu}: expected a menu { plans: [ … ] }, got another file`);
    return namingFile(menu, () => readPlans(data as Readonly<Record<string, unknown>>, technology, units));
  });
  return plans && { plans, share };
};

/** What is wrong in a file is said with its name and field there. */
const namingFile = <T>(file: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const field = error.field.length > 0 ? `${error.field.join('.')}: ` : '';
    throw new InputError(error.code, `${file}: ${field}${error.message}`);
  }
};

const readCapacity = (
  given: NonNullable<StudyData['capacity']>,
  technology: Technology | undefined,
  problems: Problems,
): Readonly<Record<string, number>> | undefined => {
  if (technology === undefined) return undefined;
  if (technology.kind === 'cost') {
    problems.add(
      new InputError(
        'no-inputs',
        'capacity is for inputs, and this study gives the cost of quality outright; expected production with inputs',
      ),
    );
    return undefined;
  }
  const made = technology.kind === 'models' ? technology.models : [technology];
  const known = [...new Set(made.flatMap(({ inputs }) => inputs.map(({ name }) => name)))];
  const before = problems.count();
  for (const [name, most] of Object.entries(given)) {
    const own = problems.within(name);
    if (!known.includes(name)) {
      const message = `no input called "${name}"${didYouMean(name, known)} (inputs: ${known.join(', ')})`;
      own.add(new InputError('unknown-input', message));
    } else own.attempt(() => numberWithin(most, { above: 0 }));
  }
  return problems.count() > before ? undefined : given;
};
