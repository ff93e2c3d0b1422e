import type { Coordinates, Result, TypeResult } from './result.ts';

/** A solved study: the result, and quotes for any buyer. */
export interface Solution {
  readonly result: Result;
  /** What the buyer with these coordinates gets and pays. */
  quote(buyer: Coordinates): TypeResult;
}
