import type { Contract, Solution } from '@menusmith/app';

/** The contracts that have a menu. */
export type MenuContract = Exclude<Contract, 'efficient'>;

/** Where a formula is evaluated: a buyer (w, s), a representative type θ (value alone), a scale; {} for a scalar. */
export interface Point {
  readonly value?: number;
  readonly scale?: number;
}

/** A number that a formula gives at a point, for the setting's exponent ρ and cost c. */
export type At<T> = (point: Point, ρ: number, c: number) => T;

/** The uniform symmetric setting of one ρ and c, solved without closed forms under both contracts. */
export interface SolvedSetting extends Readonly<Record<MenuContract, Solution>> {
  readonly ρ: number;
  readonly c: number;
}

/**
 * One formula of the paper, beside what it is held against.
 *
 * `printed` is copied from the page, misprints and all; `corrected` is there only where the printed one is wrong.
 * `closedForm` is derived from Corollaries 1 and 2 alone, and `numeric` read off a solution found without them.
 */
export interface Formula {
  /** 'E1.alloc.q.plain': where, under which contract, what, in which regime. */
  readonly id: string;
  /** 'Example 1, Section 4.2'. */
  readonly place: string;
  /** 'q(w, s), no fine-tuning'. */
  readonly quantity: string;
  readonly contract: MenuContract;
  /** The erratum's number, where the printed formula is wrong. */
  readonly erratum?: string;
  /** Decimals that the paper prints, where it rounds. */
  readonly decimals?: number;
  /** Points inside the formula's region. */
  readonly points: (ρ: number, c: number) => readonly Point[];
  /** Where the paper states it; absent means for every ρ and c. */
  readonly statedFor?: (ρ: number, c: number) => boolean;
  /** null where the paper speaks of the quantity and prints no number. */
  readonly printed: At<number> | null;
  readonly corrected?: At<number>;
  readonly closedForm: At<number | null>;
  readonly numeric: (solved: SolvedSetting, point: Point) => number | null;
}

/** 'w = 0.8, s = 0.6' with allocations, 'θ = 0.7' with packages, '' for a scalar. */
export function pointName({ value, scale }: Point, contract: MenuContract): string {
  const parts: string[] = [];
  if (value !== undefined) parts.push(`${contract === 'allocations' ? 'w' : 'θ'} = ${value}`);
  if (scale !== undefined) parts.push(`s = ${scale}`);
  return parts.join(', ');
}
