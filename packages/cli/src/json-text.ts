type Numbers = readonly number[] | Float64Array;

/** A chunk is handed on once it is this long. Longer strings are collected more slowly by V8, and halve the speed. */
const CHUNK_LENGTH = 2 ** 16;
/** Numbers to a piece of a list: at most 25 letters each, with the comma. */
const PIECE_LENGTH = 2 ** 10;
/** How long runs must be on average before their text is reused: below that the built-in `JSON.stringify` is faster. */
const RUN_LENGTH = 4;

/**
 * The JSON text of plain data, in chunks of some 64 kB: laid out as by `JSON.stringify(value, null, 2)`, but with lists of numbers on
 * one line.
 *
 * A Float64Array counts as a list; a number that is not finite is null, and so is a member of a list that is undefined; such members of
 * objects are left out. `toJSON` is not called. No string grows with the data: V8 ends at half a gigabyte.
 */
export function* jsonChunks(value: unknown): Generator<string, void, undefined> {
  let chunk = '';
  const names = new Map<string, string>();
  const nameText = (key: string): string => {
    let text = names.get(key);
    if (text === undefined) {
      text = `${JSON.stringify(key)}: `;
      names.set(key, text);
    }
    return text;
  };

  function* appendNumbers(numbers: Numbers): Generator<string, void, undefined> {
    for (let from = 0; from < numbers.length; from += PIECE_LENGTH) {
      chunk += from === 0 ? '[' : ',';
      chunk += numbersText(
        numbers.length <= PIECE_LENGTH ? numbers : numbers.slice(from, from + PIECE_LENGTH),
      );
      if (chunk.length >= CHUNK_LENGTH) {
        yield chunk;
        chunk = '';
      }
    }
    chunk += numbers.length === 0 ? '[]' : ']';
  }

  function* append(item: object, margin: string): Generator<string, void, undefined> {
    if (isNumbers(item)) return yield* appendNumbers(item);
    const isList = Array.isArray(item);
    const [open, close] = isList ? '[]' : '{}';
    const inner = `${margin}  `;
    let before = open;
    for (const [key, member] of isList ? item.entries() : Object.entries(item)) {
      if (!isList && isAbsent(member)) continue;
      chunk += before + inner;
      if (typeof key === 'string') chunk += nameText(key);
      if (typeof member === 'object' && member !== null) yield* append(member, inner);
      else chunk += scalarText(member);
      before = ',';
      if (chunk.length >= CHUNK_LENGTH) {
        yield chunk;
        chunk = '';
      }
    }
    chunk += before === open ? `${open}${close}` : `${margin}${close}`;
  }

  if (typeof value === 'object' && value !== null) yield* append(value, '\n');
  else chunk += scalarText(value);
  yield `${chunk}\n`;
}

/** The same as one text, which is to be short. */
export const jsonText = (value: unknown): string => [...jsonChunks(value)].join('');

const isNumbers = (item: object): item is Numbers => {
  if (!Array.isArray(item)) return item instanceof Float64Array;
  for (let k = 0; k < item.length; k++) if (typeof item[k] !== 'number') return false;
  return true;
};

const isAbsent = (member: unknown): boolean =>
  member === undefined || typeof member === 'function' || typeof member === 'symbol';

const scalarText = (scalar: unknown): string => (isAbsent(scalar) ? 'null' : JSON.stringify(scalar));

/** Numbers between commas. Menus repeat themselves from task to task, so runs of equal ones are put into text once. */
const numbersText = (numbers: Numbers): string => {
  const { length } = numbers;
  let runs = 1;
  for (let k = 1; k < length; k++) if (numbers[k] !== numbers[k - 1]) runs++;
  if (runs * RUN_LENGTH > length) {
    return JSON.stringify(Array.isArray(numbers) ? numbers : Array.from(numbers)).slice(1, -1);
  }
  let text = '';
  for (let end = 0; end < length; ) {
    const first = end++;
    while (end < length && numbers[end] === numbers[first]) end++;
    text += `${scalarText(numbers[first])},`.repeat(end - first);
  }
  return text.slice(0, -1);
};
