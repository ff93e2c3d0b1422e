import { didYouMean, finished, InputError } from '@menusmith/core';
import type { Cell } from '../menu-table.ts';
import { askedBuyers } from '../problem/asked-buyers.ts';
import type { Coordinates, Headline, Result } from '../result.ts';
import type { Solution } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { findingTiers } from '../tiers/best-tiers.ts';

/** A column that a sweep was asked for, beside those that every sweep has. */
export interface SweepColumn {
  /** As the user wrote it, and the column's head. */
  readonly name: string;
  readonly read: (study: Study, solution: Solution) => Cell;
  /** Throws InputError where the study as it stands has no such buyer. */
  readonly check?: (study: Study) => void;
}

/**
 * The columns that `--columns` asks for, between commas:
 * - `certificate.upperBound`, `shadowPrices.input`, `conditions.bounded-rent.margin`, `types.H.transfer`: what the result of `solve --json` has there; a list
 *   of things with names is gone into by name;
 * - `transfer@value=0.8,scale=0.5`: that of a buyer's quote;
 * - `tiers.3.profit`, `tiers.3.share`: what the best menu of at most three bundles earns, and of how much.
 *
 * Throws InputError for what is none of these.
 */
export const sweepColumns = (text: string): readonly SweepColumn[] => columnNames(text).map(columnOf);

/** What is between commas, where those of a buyer's coordinates are not meant. */
const columnNames = (text: string): readonly string[] => {
  const names: string[] = [];
  for (const piece of text.split(',').map((part) => part.trim())) {
    const last = names.length - 1;
    if (piece.includes('=') && !piece.includes('@') && names[last]?.includes('@')) names[last] += `,${piece}`;
    else names.push(piece);
  }
  return names;
};

const columnOf = (name: string): SweepColumn => {
  const fail = (message: string): InputError => new InputError('columns', `columns ${name}: ${message}`);
  const [path = '', point, ...more] = name.split('@');
  const keys = path.split('.');
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) throw fail('expected characters that are printed');
  if (keys.includes('') || more.length > 0)
    throw fail('expected a number of the result, as certificate.upperBound or transfer@value=0.8');
  if (point !== undefined) return quoted(name, keys, point);
  if (keys[0] === 'tiers') return { name, read: ofTiers(keys, fail) };
  if (inEveryRow.has(name)) throw fail('every sweep has it, and further columns are expected here');
  if (!known.includes(keys[0]!))
    throw fail(`no such number${didYouMean(keys[0]!, known)} (a result has: ${known.join(', ')})`);
  return { name, read: (_, { result }) => cellAt(result, keys) };
};

/** Columns that there are without being asked for. */
export const totals = [
  'profit',
  'revenue',
  'cost',
  'consumerSurplus',
  'welfare',
  'efficientWelfare',
  'excludedShare',
  'fineTunedShare',
] as const satisfies readonly (keyof Headline)[];
/** Every row has these, in this order, after the varied fields. */
export const sweptColumns = [...totals, 'relativeGap', 'status', 'error'] as const;
const inEveryRow: ReadonlySet<string> = new Set(sweptColumns);

/** Fields of a result that hold numbers, or things with numbers. */
const known: readonly string[] = [
  'method',
  'supply',
  'objective',
  'outsideShare',
  'keptShare',
  'lotteries',
  'withoutLotteries',
  'models',
  'certificate',
  'conditions',
  'pools',
  'types',
  'implementation',
  'twoTypes',
  'binding',
  'finite',
  'population',
  'grid',
  'used',
  'shadowPrices',
  'seconds',
  'iterations',
  'tiers',
] satisfies readonly (keyof Result | 'tiers')[];

const quoted = (name: string, keys: readonly string[], point: string): SweepColumn => ({
  name,
  read(study, solution) {
    const buyer = buyerOf(point, study, name);
    return buyer === undefined ? null : cellAt(solution.quote(buyer), keys);
  },
  check(study) {
    if (askedBuyers(point, study.buyers, `columns ${name}`).length !== 1)
      throw new InputError('columns', `columns ${name}: expected one buyer, got a range`);
  },
});

/** The buyer at these coordinates; none where a combination has moved the buyers elsewhere. */
const buyerOf = (point: string, study: Study, name: string): Coordinates | undefined => {
  try {
    return askedBuyers(point, study.buyers, name)[0];
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
};

const ofTiers = (
  [, count = '', field = '', ...more]: readonly string[],
  fail: (message: string) => InputError,
): SweepColumn['read'] => {
  const tiers = Number(count);
  if (!Number.isInteger(tiers) || tiers < 1 || (field !== 'profit' && field !== 'share') || more.length > 0)
    throw fail('expected tiers.COUNT.profit or tiers.COUNT.share, as tiers.3.profit');
  return (study) => {
    const [menu] = finished(findingTiers(study, { counts: [tiers], kind: 'bundle' })).menus;
    return menu?.[field] ?? null;
  };
};

/** What stands at the end of the path, null where nothing does. */
const cellAt = (from: unknown, keys: readonly string[]): Cell => {
  let at = from;
  for (const key of keys) {
    if (Array.isArray(at))
      at = at.find((each: { readonly name?: unknown }) => each?.name === key) ?? at[Number(key)];
    else if (typeof at === 'object' && at !== null && Object.hasOwn(at, key))
      at = (at as Readonly<Record<string, unknown>>)[key];
    else return null;
  }
  return typeof at === 'number' || typeof at === 'string' || typeof at === 'boolean' ? at : null;
};
