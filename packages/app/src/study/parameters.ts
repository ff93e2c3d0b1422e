import type { Distribution, FieldPath, InputNames, Parameter, ParameterValues } from '@menusmith/core';
import { didYouMean, InputError, limits, requireWithin } from '@menusmith/core';
import { beyondTheory } from './beyond-theory.ts';
import type { EntryCall } from './buyers-schema.ts';
import { type CsvTable, columnNumbers } from './csv-table.ts';
import { describeValue } from './describe-value.ts';
import { readNamed } from './input-parameters.ts';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';

/** What declares parameters: any plugin entry. */
export interface Declaration {
  readonly name: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** What parameters can refer to beside plain data. */
export interface References {
  distribution(call: EntryCall, problems: Problems): Distribution | undefined;
  /** The table in the CSV file of this name; throws InputError where it cannot be read. */
  table(file: string): CsvTable;
}

type Fields = Readonly<Record<string, unknown>>;

const noInputs: InputNames = { task: [], shared: [] };

/**
 * The given fields as the entry's parameters: each declared one checked, defaults filled in.
 *
 * Complaints go to `problems`; the answer is undefined where there was one. The field `use` is the caller's.
 */
export const readParameters = (
  entry: Declaration,
  given: Fields,
  problems: Problems,
  inputs: InputNames = noInputs,
  references?: References,
): ParameterValues | undefined => {
  const before = problems.count();
  const declared = Object.keys(entry.parameters);
  for (const key of Object.keys(given)) {
    if (key !== 'use' && !declared.includes(key)) problems.add(unknownParameter(entry.name, key, declared));
  }
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(entry.parameters)) {
    const own = problems.within(name);
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    values[name] = own.attempt(() => {
      if (parameter.kind === 'column') {
        return readColumn(value, missing(parameter), given[parameter.file], references, {
          file: problems.within(parameter.file),
        });
      }
      if (parameter.kind === 'weighted-distributions') {
        return readWeighted(value, missing(parameter), references, own);
      }
      return readParameter(parameter, value, inputs, own);
    });
  }
  return problems.count() === before ? values : undefined;
};

const readParameter = (
  parameter: Exclude<Parameter, { kind: 'weighted-distributions' | 'column' }>,
  value: unknown,
  inputs: InputNames,
  problems: Problems,
): unknown => {
  if (parameter.kind === 'by-input' || parameter.kind === 'fields-by-input' || parameter.kind === 'by-name') {
    return readNamed(parameter, value, missing(parameter), inputs, problems);
  }
  if (value === undefined && parameter.default !== undefined) return parameter.default;
  if (value === undefined && parameter.kind === 'number' && parameter.optional) return undefined;
  if (value === undefined || value === null) throw missing(parameter);
  if (parameter.kind === 'number' || parameter.kind === 'text') {
    if (!parameter.perTask || !Array.isArray(value)) return readOne(parameter, value, []);
    if (value.length === 0) throw new InputError('tasks', 'expected one a task, got an empty list');
    return value.map((item, m) => readOne(parameter, item, [m]));
  }
  if (!Array.isArray(value))
    throw new InputError('numbers', `expected a list of numbers, got ${describeValue(value)}`);
  requireWithin(limits.parameterNumbers, value.length);
  const { minLength = 0 } = parameter;
  if (value.length < minLength) {
    throw new InputError('numbers', `expected at least ${minLength} numbers, got ${value.length}`);
  }
  return value.map((item, index) => numberWithin(item, parameter, [index]));
};

const readOne = (
  parameter: Extract<Parameter, { kind: 'number' | 'text' }>,
  value: unknown,
  field: FieldPath,
): number | string => {
  if (parameter.kind === 'number') return numberWithin(value, parameter, field);
  if (typeof value === 'string') return value;
  throw new InputError('text', `expected a text, got ${describeValue(value)}`, field);
};

/** The parts of a mixture, each { weight, of }, with `of` constructed. */
const readWeighted = (
  value: unknown,
  whenMissing: InputError,
  references: References | undefined,
  problems: Problems,
): unknown => {
  if (value === undefined || value === null) throw whenMissing;
  if (references === undefined) throw outOfReach('distributions');
  if (!Array.isArray(value)) {
    throw new InputError('parts', `expected a list of { weight, of }, got ${describeValue(value)}`);
  }
  if (value.length === 0) throw new InputError('parts', 'expected at least one part, got none');
  return value.map((part: unknown, index) => {
    const own = problems.within(index);
    if (!isMap(part)) {
      own.add(new InputError('parts', `expected { weight, of }, got ${describeValue(part)}`));
      return undefined;
    }
    for (const key of Object.keys(part)) {
      const message = `no such field${didYouMean(key, ['weight', 'of'])} (known: weight, of)`;
      if (key !== 'weight' && key !== 'of') own.add(new InputError('unknown-field', message, [key]));
    }
    const weight = own.within('weight').attempt(() => {
      if (part.weight === undefined) throw new InputError('missing', 'missing: the weight of the part');
      return numberWithin(part.weight, { min: 0 });
    });
    const { of } = part;
    if (!isMap(of)) {
      const came = of === undefined ? 'missing: expected' : `expected`;
      const got = of === undefined ? '' : `, got ${describeValue(of)}`;
      own.within('of').add(new InputError('parts', `${came} a distribution, as { use: NAME, … }${got}`));
      return undefined;
    }
    if (typeof of.use !== 'string') {
      const came =
        of.use === undefined ? 'missing: expected a text' : `expected a text, got ${describeValue(of.use)}`;
      own.within('of', 'use').add(new InputError('missing', came));
      return undefined;
    }
    return { weight, of: references.distribution(of as EntryCall, own.within('of')) };
  });
};

/** The numbers of a column of a table beside the study; a file that cannot be read is the file parameter's fault. */
const readColumn = (
  value: unknown,
  whenMissing: InputError,
  file: unknown,
  references: References | undefined,
  problems: { readonly file: Problems },
): unknown => {
  if (value === undefined || value === null) throw whenMissing;
  if (typeof value !== 'string') throw new InputError('text', `expected a text, got ${describeValue(value)}`);
  if (typeof file !== 'string') return undefined; // the file parameter has its own complaint
  if (references === undefined) throw outOfReach('files');
  const table = problems.file.attempt(() => references.table(file));
  return table && columnNumbers(table, value);
};

const outOfReach = (what: string): InputError =>
  new InputError('unsupported', `only the entries that describe buyers can refer to ${what}`);

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const missing = (parameter: Parameter): InputError =>
  new InputError('missing', `missing: ${parameter.doc.replace(/\.$/, '')}`);

const unknownParameter = (entry: string, key: string, declared: readonly string[]): InputError => {
  const sentence = beyondTheory(key);
  if (sentence !== undefined) return new InputError('beyond-theory', sentence, [key]);
  const known = declared.length === 0 ? `${entry} has none` : `known: ${declared.join(', ')}`;
  return new InputError(
    'unknown-field',
    `${entry} has no such parameter${didYouMean(key, declared)} (${known})`,
    [key],
  );
};
