import { didYouMean, InputError } from '@menusmith/core';
import { columnNames, complaint } from '../../study/csv-table.ts';

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
 * What a log's columns are called in it, by the names that they have here, from `customer_id=account,input_tokens=prompt`; either side may be ours. Throws
 * InputError for a text that says something else.
 */
export const columnMap = (text: string): ReadonlyMap<string, string> => {
  const map = new Map<string, string>();
  for (const pair of text.split(',')) {
    const [left = '', right = '', ...rest] = pair.split('=').map((word) => word.trim());
    const [ours, theirs] = isKnown(left) ? [left, right] : [right, left];
    if (left === '' || right === '' || rest.length > 0 || !isKnown(ours))
      throw new InputError(
        'columns',
        `--columns: expected pairs such as customer_id=account,input_tokens=prompt, with one of ${FIXED.join(', ')} or NAME_tokens in each, got "${pair}"`,
      );
    if (map.has(ours)) throw new InputError('columns', `--columns: expected one column for ${ours}, got two`);
    map.set(ours, theirs);
  }
  return map;
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
