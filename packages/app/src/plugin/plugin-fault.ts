import { InputError } from '@menusmith/core';
import type { CallSite } from './running-call.ts';

/** A plugin is input: what goes wrong in one of its functions is wrong input, and says in which call of which entry. */
export class PluginFault extends InputError {
  /** `quantile(0.3) threw: no luck`. */
  readonly complaint: string;

  constructor(call: Call, complaint: string, cause?: unknown) {
    const text = callText(call);
    super('plugin-fault', `${text}${call.owner} ${complaint}${placeOf(cause)}`, [], { cause });
    this.complaint = `${text} ${complaint}`;
  }
}

/** A call of a function, with its arguments where they are known. */
export interface Call extends CallSite {
  readonly given?: readonly unknown[];
}

/** `quantile(0.3)`, without arguments at its end that are left out. */
export const callText = ({ name, given }: Call): string => {
  if (given === undefined) return name;
  const count = given.findLastIndex((each) => each !== undefined) + 1;
  return `${name}(${given.slice(0, count).map(shownValue).join(', ')})`;
};

/** What was thrown, on one line; it may be anything. */
export const thrownText = (thrown: unknown): string => {
  try {
    const message = thrown instanceof Error ? String(thrown.message) : '';
    return shortened(message === '' ? String(thrown) : message, MOST_OF_MESSAGE);
  } catch {
    return 'something that cannot be shown';
  }
};

const MOST_OF_MESSAGE = 500;
const MOST_OF_ARGUMENT = 80;
const MOST_ITEMS = 8;

const shortened = (text: string, most: number): string => {
  // It may be of any length, and each of its ends is looked at.
  const line = text
    .slice(0, 10 * most)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
};

/** An argument or an answer, briefly: `0.3`, `[1, 2]`, `{ min: 0, max: 1 }`; … where it is more than data. */
const shownValue = (value: unknown): string => {
  try {
    return shortened(shown(value, 0), MOST_OF_ARGUMENT);
  } catch {
    return '…';
  }
};

const shown = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return '…';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value) || value instanceof Float64Array) {
    const items = Array.from({ length: Math.min(value.length, MOST_ITEMS) }, (_, i) =>
      shown(value[i], depth + 1),
    );
    return `[${[...items, ...(value.length > MOST_ITEMS ? ['…'] : [])].join(', ')}]`;
  }
  const isData = depth < 3 && Object.getPrototypeOf(value) === Object.prototype;
  const fields = isData ? Object.entries(value).map(([key, field]) => [key, shown(field, depth + 1)]) : [];
  if (!isData || fields.some(([, field]) => field === '…')) return '…';
  return fields.length === 0 ? '{}' : `{ ${fields.map(([key, field]) => `${key}: ${field}`).join(', ')} }`;
};

/** What something is, where something else was expected: `nothing`, `a list`, `the text "abc"`. */
export const kindOfValue = (value: unknown): string => {
  try {
    if (value === undefined || value === null) return 'nothing';
    if (Array.isArray(value)) return 'a list';
    if (typeof value === 'string') return `the text ${shownValue(value)}`;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (isPromise(value)) return 'a promise';
    return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  } catch {
    return 'an object';
  }
};

/** Whether it can be waited for. What has a `then` that cannot be read is none. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> => {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return typeof (value as { readonly then?: unknown }).then === 'function';
  } catch {
    return false;
  }
};

/** Where in the plugin's file it was thrown, ` (bad.mjs:3:9)`, as far as that is known. */
const placeOf = (thrown: unknown): string => {
  try {
    const url = placeIn(thrown);
    return url === undefined ? '' : ` (${decodeURIComponent(url.slice(url.lastIndexOf('/') + 1))})`;
  } catch {
    return '';
  }
};

/** `file:///home/me/bad.mjs:3:9`, the place in a plugin's module where it was thrown; undefined where that is not known. */
export const placeIn = (thrown: unknown): string | undefined => {
  const stack = thrown instanceof Error ? String(thrown.stack) : '';
  const mark = stack.indexOf(MARK);
  if (mark < 0) return undefined;
  const url = /\bfile:\/\/[^\s]*$/.exec(stack.slice(Math.max(0, mark - LONGEST_URL), mark))?.[0];
  const place = /^:\d+:\d+/.exec(stack.slice(mark + MARK.length))?.[0];
  return url === undefined || place === undefined ? undefined : `${url}${place}`;
};

/** As the hooks know modules of plugins. */
const MARK = '#menusmith-plugin';
const LONGEST_URL = 5000;
