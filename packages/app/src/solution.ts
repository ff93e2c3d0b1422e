import type { Coordinates, Result, TypeResult } from './result.ts';
import type { Study } from './study/study.ts';

/** A solved study: the result, and quotes for any buyer. */
export interface Solution {
  readonly result: Result;
  /** What the buyer with these coordinates gets and pays. */
  quote(buyer: Coordinates): TypeResult;
  /** With capacity: the study at costs c + ρ, without it. Its best menu is this one, and at its costs are prices and markups made. */
  readonly priced?: Study;
}

/** Whether there is a menu to quote from: there is none where a distribution contradicts itself. */
export const hasMenu = ({ result }: Solution): boolean =>
  result.certificate.doubts === undefined || result.welfare !== null;

/** The study of which the menu is the best one: the study itself, or, with capacity, the one at costs c + ρ. */
export const menuStudy = (study: Study, { priced }: Solution): Study => priced ?? study;
