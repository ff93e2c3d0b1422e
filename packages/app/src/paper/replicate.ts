import type { Solution } from '../solution.ts';
import { example1 } from './example-1.ts';
import type { Formula, MenuContract, Point, SolvedSetting } from './formula.ts';
import { pointName } from './formula.ts';
import { uniformSymmetric } from './uniform-symmetric.ts';

/** Follows from the numbers alone. 'not printed': the paper gives no number, and the numeric one is right. */
export type ReplicationVerdict =
  | 'right as printed'
  | 'misprint, corrected'
  | 'misprint, not corrected'
  | 'numeric differs'
  | 'not printed';

/** One formula at one point: what is printed, what is right, and what is found without closed forms. */
export interface ReplicationRow {
  readonly id: string;
  readonly place: string;
  readonly setting: { readonly ρ: number; readonly c: number };
  readonly contract: MenuContract;
  readonly quantity: string;
  /** 'w = 0.8, s = 0.6'; '' for a scalar. */
  readonly at: string;
  readonly printed: number | null;
  readonly corrected: number | null;
  readonly closedForm: number | null;
  readonly numeric: number | null;
  /** |numeric − closed form|, relative where the closed form is above 1 in size. */
  readonly error: number | null;
  readonly erratum: string | null;
  /** Of the formula in this setting: the same for all its points. */
  readonly verdict: ReplicationVerdict;
}

/** Solves the uniform symmetric setting: exponents ρ, costs c, base 1, value and scale uniform and independent. */
export type SolveSetting = (ρ: number, c: number, contract: MenuContract) => Solution;

/** Where formulas are evaluated: Example 1 is ρ = 1/4, c = 1/8. */
export const replicationSettings = [
  { formulas: example1, ρ: 1 / 4, c: 1 / 8 },
  { formulas: uniformSymmetric, ρ: 1 / 4, c: 1 / 20 },
  { formulas: uniformSymmetric, ρ: 1 / 10, c: 1 / 20 },
  { formulas: uniformSymmetric, ρ: 1 / 5, c: 1 / 20 },
] as const;

/** Two numbers are the same up to this difference, relative where they are above 1 in size. */
const tolerance = 1e-9;

/** Every number and formula of Example 1 and the Uniform Symmetric Setting: printed, corrected, closed form, numeric. */
export function replicate(solveSetting: SolveSetting): ReplicationRow[] {
  return replicationSettings.flatMap(({ formulas, ρ, c }) => {
    const allocations = solveSetting(ρ, c, 'allocations');
    const packages = solveSetting(ρ, c, 'packages');
    const solved: SolvedSetting = { ρ, c, allocations, packages };
    return formulas
      .filter(({ statedFor }) => statedFor?.(ρ, c) ?? true)
      .flatMap((formula) => replicateFormula(formula, solved));
  });
}

function replicateFormula(formula: Formula, solved: SolvedSetting): ReplicationRow[] {
  const { id, place, contract, quantity } = formula;
  const { ρ, c } = solved;
  const evaluated = formula.points(ρ, c).map((point) => ({ point, ...evaluate(formula, solved, point) }));
  const verdict = verdictOf(evaluated, formula.decimals);
  return evaluated.map(({ point, ...numbers }) => ({
    id,
    place,
    setting: { ρ, c },
    contract,
    quantity,
    at: pointName(point, contract),
    ...numbers,
    error: error(numbers.numeric, numbers.closedForm ?? numbers.corrected ?? numbers.printed),
    erratum: formula.erratum ?? null,
    verdict,
  }));
}

type Numbers = Pick<ReplicationRow, 'printed' | 'corrected' | 'closedForm' | 'numeric'>;

function evaluate(formula: Formula, solved: SolvedSetting, point: Point): Numbers {
  const { ρ, c } = solved;
  return {
    printed: formula.printed?.(point, ρ, c) ?? null,
    corrected: formula.corrected?.(point, ρ, c) ?? null,
    closedForm: formula.closedForm(point, ρ, c),
    numeric: formula.numeric(solved, point),
  };
}

/** One verdict for all of a formula's points. Comparisons are written so that NaN and null fail. */
function verdictOf(rows: readonly Numbers[], decimals?: number): ReplicationVerdict {
  const rounding = decimals === undefined ? tolerance : 10 ** -decimals / 2;
  const right = (row: Numbers) => row.closedForm ?? row.corrected ?? row.printed;
  const all = (which: 'printed' | 'corrected' | 'numeric', within: number) =>
    rows.every((row) => (error(row[which], right(row)) ?? Number.NaN) <= within);
  if (!all('numeric', tolerance)) return 'numeric differs';
  if (rows.every((row) => row.printed === null)) return 'not printed';
  if (all('printed', rounding)) return 'right as printed';
  return all('corrected', tolerance) ? 'misprint, corrected' : 'misprint, not corrected';
}

function error(value: number | null, right: number | null): number | null {
  return value === null || right === null ? null : Math.abs(value - right) / Math.max(1, Math.abs(right));
}
