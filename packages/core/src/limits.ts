import { type FieldPath, InputError } from './input-error.ts';

/** The most of something that is taken, and what it is counted in. */
export interface Limit {
  readonly most: number;
  /** As it follows a number: `cells of a grid`. */
  readonly unit: string;
}

/**
 * What the program takes at most; docs/LIMITS.md has the same table with reasons. Beyond it an input is refused, by `requireWithin`, with
 * InputError 'limit', before memory or time is spent on it.
 */
export const limits = {
  studyBytes: { most: 10_000_000, unit: 'bytes of a study' },
  yamlCharacters: { most: 1_000_000, unit: 'characters of YAML' },
  fileBytes: { most: 100_000_000, unit: 'bytes of a CSV or JSON file' },
  pluginBytes: { most: 10_000_000, unit: 'bytes of a plugin' },
  columns: { most: 5000, unit: 'columns' },
  text: { most: 10_000, unit: 'characters of a text' },
  nesting: { most: 100, unit: 'levels of nesting' },
  aliases: { most: 100, unit: 'unfolded aliases' },
  gridCells: { most: 65_536, unit: 'cells' },
  goodsCells: { most: 10_000, unit: 'cells in all' },
  spaceTypes: { most: 65_536, unit: 'types without an order' },
  spaceValues: { most: 10_000_000, unit: 'values, one a type and task' },
  chainTypes: { most: 150_000, unit: 'types along a line' },
  proofTypes: { most: 20_000, unit: 'types of a proof' },
  mixtureParts: { most: 1000, unit: 'parts of a mixture' },
  indexParts: { most: 120, unit: 'parts of values and scales under packages' },
  parameterNumbers: { most: 5000, unit: 'numbers of a parameter' },
  inputs: { most: 100, unit: 'inputs of a production function' },
  models: { most: 100, unit: 'models' },
  plans: { most: 1000, unit: 'plans' },
  priceItems: { most: 10_000, unit: 'items of a list of prices' },
  simulatedTypes: { most: 4096, unit: 'types who choose among each other’s offers' },
  tasks: { most: 4096, unit: 'tasks' },
  nodes: { most: 4096, unit: 'nodes' },
  tiers: { most: 200, unit: 'tiers' },
  quotes: { most: 10_000, unit: 'buyers' },
  combinations: { most: 1_000_000, unit: 'combinations' },
  threads: { most: 256, unit: 'threads' },
  draws: { most: 10_000, unit: 'draws' },
  formulaCharacters: { most: 10_000, unit: 'characters of a formula' },
  formulaNesting: { most: 100, unit: 'levels of nesting' },
  formulaTerms: { most: 1000, unit: 'terms or factors in a row' },
  usageCells: { most: 50_000_000, unit: 'customers × models × months of a log' },
  usageModels: { most: 500, unit: 'models of a log' },
  usageLine: { most: 4_000_000, unit: 'bytes of a line of a log' },
  formulaSteps: { most: 400_000_000, unit: 'steps of a formula' },
  requestBytes: { most: 10_000_000, unit: 'bytes of a request' },
  openRequests: { most: 1000, unit: 'requests at once' },
  batch: { most: 1000, unit: 'requests of a batch' },
  address: { most: 200_000, unit: 'characters of an address' },
} as const satisfies Readonly<Record<string, Limit>>;

/** Throws InputError 'limit' where more came than is taken; `came` may be Infinity for what was not counted to its end, and `note` says more of it. */
export const requireWithin = (
  { most, unit }: Limit,
  came: number,
  field: FieldPath = [],
  note = '',
): void => {
  if (came <= most) return;
  throw new InputError('limit', `${atMost({ most, unit })}, got ${cameWords(came, unit)}${note}`, field);
};

/** `expected at most 100 levels of nesting`. */
export const atMost = ({ most, unit }: Limit): string =>
  isBytes(unit) ? `expected at most ${most / 1e6} MB` : `expected at most ${most} ${unit}`;

const isBytes = (unit: string): boolean => unit.startsWith('bytes');

const cameWords = (came: number, unit: string): string => {
  if (!Number.isFinite(came)) return 'more';
  return isBytes(unit) ? `${(came / 1e6).toFixed(1)} MB` : String(came);
};

/** Of a value's or a scale's density under packages: the least power of the distance from an end, times that of the other, with which it rises there. Products of fewer leave the range of numbers. */
export const LEAST_POWER = 1e-200;
