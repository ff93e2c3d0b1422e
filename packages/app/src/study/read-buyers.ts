import type { Registry } from '../registry.ts';
import { readRepresentative, readValueScale } from './buyers.ts';
import { readBuyersFile } from './buyers-file.ts';
import type { BuyersData, BuyersKind } from './buyers-schema.ts';
import { referencesOf } from './construct.ts';
import type { CsvTable } from './csv-table.ts';
import { readGoods } from './goods.ts';
import type { References } from './parameters.ts';
import type { Problems } from './problems.ts';
import { readProfiles } from './profiles.ts';
import type { Buyers } from './study.ts';
import type { StudyData } from './study-schema.ts';
import { readValueScaleGrid } from './value-scale-grid.ts';

/** What a kind of buyers is read with. */
interface Reading {
  readonly registry: Registry;
  readonly references: References;
  /** Columns of a file of buyers that are about something other than their values. */
  readonly beside: readonly string[];
  /** No value on a task is less. */
  readonly least: number;
  readonly problems: Problems;
}

/** How each kind of buyers is read; what has no reader does not compile. */
const readers: {
  readonly [K in BuyersKind]: (data: BuyersData<K>, reading: Reading) => Buyers | undefined;
} = {
  'value-scale': (data, { registry, references, problems }) =>
    readValueScale(data, registry, references, problems),
  representative: (data, { registry, references, problems }) =>
    readRepresentative(data, registry, references, problems),
  'value-scale-grid': (data, { problems }) => readValueScaleGrid(data, problems),
  profiles: (data, { least, problems }) => readProfiles(data, least, problems),
  goods: (data, { registry, references, least, problems }) =>
    readGoods(data, least, registry, references, problems),
  file: (data, { references, beside, least, problems }) =>
    readBuyersFile(data, { beside, least }, references, problems),
};

/** The buyers of a study; complaints go to `problems`. */
export const readBuyers = (
  { buyers, outside, cost }: Pick<StudyData, 'buyers' | 'outside' | 'cost'>,
  registry: Registry,
  csvFiles: (path: string) => CsvTable,
  problems: Problems,
): Buyers | undefined =>
  readKind(buyers, {
    registry,
    references: referencesOf(registry, csvFiles),
    beside: columnsBeside(outside),
    // Where cost is given outright values may be net of something, as of a cost by task.
    least: cost === undefined ? 0 : Number.NEGATIVE_INFINITY,
    problems,
  });

const readKind = <K extends BuyersKind>(data: BuyersData<K>, reading: Reading): Buyers | undefined =>
  readers[data.kind as K](data, reading);

/** The CSV that holds the buyers. */
export const buyersFileOf = ({ buyers }: StudyData): string | undefined =>
  buyers?.kind === 'file' ? buyers.file : undefined;

/** Columns of a file of buyers that are about something other than their values. */
const columnsBeside = (outside: StudyData['outside']): readonly string[] => {
  const utility = outside?.utility;
  return typeof utility === 'object' && 'column' in utility ? [utility.column] : [];
};
