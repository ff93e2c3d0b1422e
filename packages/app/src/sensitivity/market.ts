import type { SoldProblem } from '../problem/sold-problem.ts';
import type { SolveProgress } from '../solve/solved.ts';
import type { Study } from '../study/study.ts';
import type { TierKind, TierMenu } from '../tiers/tiers-result.ts';
import type { SoldMenu } from './fixed-menu.ts';
import type { SaleOutcome } from './sale-outcome.ts';

/** A study with its buyers, in which menus are made and sold. */
export interface Market {
  readonly study: Study;
  /** Absent where plans are sold to them. */
  readonly buyers?: SoldProblem;
  /** Whether buyers differ in one number; else they are types of any kind. */
  readonly isOneNumber: boolean;
  /** The one scale of all buyers, where that was asked for. */
  readonly scale: number | null;
  /** How many distinct types there are. */
  readonly types: number;
  /** Looks for the best menu of so many tiers, and yields the best so far. */
  finding(kind: TierKind, count: number): Generator<SolveProgress<TierMenu>, TierMenu, boolean | undefined>;
  /** What the best menu makes of the objective; null where it would take too long to find again and again. */
  bestWorth(kind: TierKind, count: number): number | null;
  /** Sells a menu that was made in another market. */
  sale(menu: SoldMenu, madeIn: Market): SaleOutcome;
  /** The same with all values multiplied. */
  scaled(factor: number): Market;
}
