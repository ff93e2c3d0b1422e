/**
 * Characters that a text does not show but that do something: control characters but tab and line breaks, halves of surrogate pairs, separators of lines
 * and paragraphs, controls of writing direction, and what Unicode keeps free of characters. Terminals obey some of them, and XML has none.
 */
const UNPRINTABLE =
  '(?![\\t\\n\\r])[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]';
const unprintable = new RegExp(UNPRINTABLE, 'u');
/** On a terminal a carriage return that ends no line has what follows written over it. */
const obeyed = new RegExp(`${UNPRINTABLE}|\\r(?!\\n)`, 'gu');

/** The first character of the text that is not printable, and where it stands; undefined where all are. */
export const firstUnprintable = (
  text: string,
): { readonly name: string; readonly at: number } | undefined => {
  const found = unprintable.exec(text);
  return found === null ? undefined : { name: codePoint(found[0]), at: found.index };
};

/** The text with what a terminal would obey written as JSON writes it, `\u001b`: a text of JSON stays the same JSON. */
export const printable = (text: string): string =>
  text.replace(obeyed, (character) => `\\u${hex(character).toLowerCase()}`);

/** The number in so many significant digits, for messages; as it is where only ∞ would be as near. */
export const rounded = (x: number, digits: number): number => {
  const near = Number(x.toPrecision(digits));
  return Number.isFinite(near) ? near : x;
};

/** `U+001B`. */
const codePoint = (character: string): string => `U+${hex(character)}`;

const hex = (character: string): string =>
  character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');

/**
 * A number as a message tells it, in `digits` significant digits: `0.25`, and in words where it is none, `not a number`, or beyond all numbers,
 * `infinite`. What JavaScript calls these says nothing to who wrote a study.
 */
export const numberWords = (x: number, digits = 17): string => {
  if (Number.isNaN(x)) return 'not a number';
  if (!Number.isFinite(x)) return x > 0 ? 'infinite' : 'minus infinite';
  return String(digits < 17 ? rounded(x, digits) : x);
};
