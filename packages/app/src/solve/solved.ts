import type { Certificate, Condition, Totals } from '@menusmith/core';
import type {
  Coordinates,
  FiniteResult,
  GridResult,
  ImplementationResult,
  PoolResult,
  PopulationResult,
  Result,
  TwoTypesResult,
  TypeResult,
} from '../result.ts';
import type { InputUse } from './input-use.ts';

/** What each kind of problem answers with; `solveStudy` makes the result of it. */
export interface Solved {
  readonly method: Result['method'];
  readonly totals: Totals;
  readonly efficient: Totals;
  readonly certificate: Certificate;
  /** The largest transfer: violations are judged against it. */
  readonly money: number;
  readonly conditions: readonly Condition[];
  readonly pools: readonly PoolResult[];
  /** All types of finite buyers, in the study's order. */
  readonly types: readonly TypeResult[];
  quote(buyer: Coordinates): TypeResult;
  readonly implementation?: ImplementationResult;
  readonly twoTypes?: TwoTypesResult;
  readonly finite?: FiniteResult;
  readonly population?: PopulationResult;
  readonly grid?: GridResult;
  /** The one model that serves everybody who is served, where several were to choose from and finitely many types are solved. */
  readonly servedBy?: string;
  /** Mean use of the inputs; found when asked for. */
  use(): InputUse;
  /** The same of the grid that stood for continuous buyers. */
  gridUse?(): InputUse;
  /** Iterations of a solver, where there was one. */
  readonly iterations?: number;
}
