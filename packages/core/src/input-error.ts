/** Where in the caller's input something is wrong: keys and indices from the outside in. */
export type FieldPath = readonly (string | number)[];

/**
 * The caller's input is wrong: the message says who complains, what was expected, what came and what would do.
 *
 * `field` locates the fault inside the value that was handed over, so that a caller who knows where that
 * value stands (a study file, say) can point at the line.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: string;
  readonly field: FieldPath;

  constructor(code: string, message: string, field: FieldPath = [], options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.field = field;
  }

  /** The same complaint, seen from one level further out. */
  within(...outer: FieldPath): InputError {
    return new InputError(this.code, this.message, [...outer, ...this.field], { cause: this.cause });
  }
}
