/** Where in the caller's input something is wrong: keys and indices from the outside in. */
export type FieldPath = readonly (string | number)[];

/** Letters of a message at most: it repeats what came only as far as one can read it. */
const LONGEST = 2000;

/** Line breaks and tabs as JSON writes them. What came may hold some, and would look like more of what the program says. */
const inOneLine = (message: string): string => {
  const line = message.replace(/[\t\n\r]/g, (character) => JSON.stringify(character).slice(1, -1));
  if (line.length <= LONGEST) return line;
  // What is wrong stands behind the name of a file, and may stand before what was given.
  return `${line.slice(0, LONGEST / 2)} … ${line.slice(-LONGEST / 2)}`;
};

/**
 * The caller's input is wrong: the message says who complains, what was expected, what came and what would do.
 *
 * The message is one line of about 2000 letters at most, whatever it repeats.
 *
 * `field` locates the fault inside the value that was handed over, so that a caller who knows where that
 * value stands (a study file, say) can point at the line.
 */
export class InputError extends Error {
  /** Tells it from other errors, also across copies of the package. */
  override readonly name = 'InputError';
  /** What kind of fault it is, as `unknown-name`: for programs. */
  readonly code: string;
  /** Where the fault is, from the outside in; empty where it is in the value as a whole. */
  readonly field: FieldPath;
  /** The file that it is in, as the caller named it; undefined where it is in no file. */
  declare readonly file?: string;

  constructor(code: string, message: string, field: FieldPath = [], options?: ErrorOptions) {
    super(inOneLine(message), options);
    this.code = code;
    this.field = field;
  }

  /** The same complaint, seen from one level further out. */
  within(...outer: FieldPath): InputError {
    return new InputError(this.code, this.message, [...outer, ...this.field], { cause: this.cause });
  }
}
