import { type FieldPath, InputError } from '@menusmith/core';

/**
 * Formulas that YAML has cut in pieces at their commas: inside { } or [ ] a comma ends a value, so that `{ formula: min(x, 10) }` is the text `min(x` and a field
 * `10)`. A complaint for each, at the piece with the open parenthesis.
 */
export const splitFormulas = (data: unknown): readonly InputError[] => {
  const found: InputError[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown, path: FieldPath): void => {
    // Aliases can make a file hold itself.
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const isList = Array.isArray(value);
    const entries: [string | number, unknown][] = isList
      ? value.map((item: unknown, i) => [i, item])
      : Object.entries(value);
    entries.forEach(([key, own], i) => {
      if (typeof own === 'string' && openParentheses(own) > 0) {
        const rest = restOf(entries.slice(i + 1), openParentheses(own), isList);
        if (rest !== undefined) found.push(complaint(`${own}, ${rest}`, [...path, key], isList));
      }
      visit(own, [...path, key]);
    });
  };
  visit(data, []);
  return found;
};

/** How many parentheses are opened and not closed. */
const openParentheses = (text: string): number =>
  [...text].reduce((open, letter) => open + (letter === '(' ? 1 : letter === ')' ? -1 : 0), 0);

/** The pieces up to the one that closes what is open: items of a list, or fields without a value. */
const restOf = (
  entries: readonly (readonly [string | number, unknown])[],
  open: number,
  isList: boolean,
): string | undefined => {
  const pieces: string[] = [];
  let left = open;
  for (const [key, value] of entries) {
    if (!isList && value !== null) return undefined;
    const piece = String(isList ? value : key);
    pieces.push(piece);
    left += openParentheses(piece);
    if (left <= 0) return pieces.join(', ');
  }
  return undefined;
};

const complaint = (formula: string, field: FieldPath, isList: boolean): InputError =>
  new InputError(
    'split-formula',
    `a comma inside ${isList ? '[ ]' : '{ }'} ends a value in YAML; put the formula in quotes: "${formula}"`,
    field,
  );
