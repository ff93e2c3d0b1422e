import { didYouMean, InputError } from '@menusmith/core';
import { columnNames, complaint } from '../../study/csv-table.ts';
import { jsonFault } from '../../study/json-data.ts';

/** Where the columns of a log stand. */
export interface UsageColumns {
  readonly customer: number;
  readonly month: number;
  /** undefined where all rows are of one model. */
  readonly model: number | undefined;
  readonly requests: number | undefined;
  readonly spend: number | undefined;
  /** Of tokens, `input` for a column input_tokens. */
  readonly inputs: readonly { readonly name: string; readonly at: number }[];
  /** Names of the others. */
  readonly others: readonly string[];
}

const FIXED = ['customer_id', 'month', 'model', 'requests', 'spend'];
const isKnown = (name: string): boolean => FIXED.includes(name) || /^\w+_tokens$/.test(name);

/**
 * What a log's columns are called in it, by the names that they have here, from `customer_id=account,input_tokens=prompt`, or the same as a JSON object; either
 * side may be ours. Throws InputError for a text that says something else.
 */
export const columnMap = (text: string): ReadonlyMap<string, string> => {
  const map = new Map<string, string>();
  for (const [left, right, said] of pairsOf(text)) {
    const [ours, theirs] = isKnown(left) ? [left, right] : [right, left];
    if (left === '' || right === '' || !isKnown(ours))
      throw new InputError(
        'columns',
        `--columns: expected pairs such as customer_id=account,input_tokens=prompt, with one of ${FIXED.join(', ')} or NAME_tokens in each, got "${said}"`,
      );
    if (map.has(ours)) throw new InputError('columns', `--columns: expected one column for ${ours}, got two`);
    map.set(ours, theirs);
  }
  return map;
};

type Pair = readonly [left: string, right: string, said: string];

const pairsOf = (text: string): readonly Pair[] => {
  if (!text.trimStart().startsWith('{'))
    return text.split(',').map((pair) => {
      const [left = '', ...rest] = pair.split('=').map((word) => word.trim());
      return [left, rest.join('='), pair];
    });
  if (jsonFault(text) !== undefined)
    throw new InputError('columns', `--columns: expected a JSON object, got "${text}"`);
  return Object.entries(JSON.parse(text) as Record<string, unknown>).map(([left, right]) => [
    left,
    typeof right === 'string' ? right : '',
    left,
  ]);
};

/** The columns of a log by its header, with names of `map` in the place of the usual ones. */
export const usageColumns = (
  header: readonly string[],
  map: ReadonlyMap<string, string>,
  file: string,
  line: number,
): UsageColumns => {
  header.forEach((name, k) => {
    if (header.indexOf(name) < k)
      throw complaint(file, line, `expected each column once, got a second "${name}"`);
  });
  const placeOf = (ours: string): number | undefined => {
    const theirs = map.get(ours) ?? ours;
    const at = header.indexOf(theirs);
    if (at >= 0) return at;
    if (!map.has(ours) && ours !== 'customer_id' && ours !== 'month') return undefined;
    const remedy = map.has(ours) ? '' : `; --columns ${ours}=NAME says which it is`;
    throw complaint(
      file,
      line,
      `no column called "${theirs}"${didYouMean(theirs, header)} (columns: ${columnNames(header)})${remedy}`,
    );
  };
  const renamed = [...map.keys()].filter((name) => name.endsWith('_tokens'));
  const taken = new Set(map.values());
  const counted = [
    ...renamed,
    ...header.filter((name) => /^\w+_tokens$/.test(name) && !taken.has(name) && !map.has(name)),
  ];
  const inputs = counted
    .map((name) => ({ name: name.replace(/_tokens$/, ''), at: placeOf(name)! }))
    .sort((a, b) => a.at - b.at);
  if (inputs.length === 0)
    throw complaint(
      file,
      line,
      `expected columns of tokens such as input_tokens and output_tokens, got ${columnNames(header)}; --columns input_tokens=NAME says which they are`,
    );
  const columns = {
    customer: placeOf('customer_id')!,
    month: placeOf('month')!,
    model: placeOf('model'),
    requests: placeOf('requests'),
    spend: placeOf('spend'),
    inputs,
  };
  const used = [
    columns.customer,
    columns.month,
    columns.model,
    columns.requests,
    columns.spend,
    ...inputs.map(({ at }) => at),
  ];
  return { ...columns, others: header.filter((_, k) => !used.includes(k)) };
};
