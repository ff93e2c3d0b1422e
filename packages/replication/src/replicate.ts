import type { Solution } from '@menusmith/app';
import { example1 } from './example-1.ts';
import type { Formula, MenuContract, Point, SolvedSetting } from './formula.ts';
import { pointName } from './formula.ts';
import { places, type Statement } from './statements/statement.ts';
import { statements } from './statements/statements.ts';
import { uniformSymmetric } from './uniform-symmetric.ts';
import {
  errorOf,
  type JudgedNumbers,
  type Relation,
  type ReplicationVerdict,
  replicationVerdict,
  rightNumber,
  type StatedAs,
} from './verdict.ts';

/** One statement at one point: what is printed, what is right, and what is found without closed forms. */
export interface ReplicationRow extends JudgedNumbers {
  readonly id: string;
  /** A formula gives a number, a claim its sign; definitions and slips of the pen have no number. */
  readonly kind: Statement['kind'];
  readonly place: string;
  /** What of the paper the row covers: '(5)', 'Prop. 1'. */
  readonly covers: readonly string[];
  /** ρ and c in the uniform symmetric setting, null elsewhere; in words what else the row is evaluated at. */
  readonly setting: { readonly ρ: number | null; readonly c: number | null; readonly name: string | null };
  readonly contract: MenuContract | null;
  readonly quantity: string;
  /** What the paper says, and what is right, in words. */
  readonly statement: string | null;
  /** 'w = 0.8, s = 0.6'; '' for a scalar. */
  readonly at: string;
  /** How the number found stands to `printed`, and to `corrected`, by what is stated. */
  readonly printedRelation: Relation;
  readonly correctedRelation: Relation;
  /** Decimals to which `corrected` is given or attained, where fewer than nine. */
  readonly correctedDecimals: number | null;
  /** |numeric − right|, relative where `right` is above 1 in size; null where only a sign is stated. */
  readonly error: number | null;
  readonly erratum: string | null;
  /** Of the statement in this setting: the same for all its points. */
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

/** Every number, formula and claim of the paper, in its order: printed, corrected, closed form, numeric. */
export function replicate(solveSetting: SolveSetting): ReplicationRow[] {
  const rows = [...replicateStatements(statements), ...replicateSettings(solveSetting)];
  return allPlaces.flatMap((place) => rows.filter((row) => row.place === place));
}

/** Example 1 comes with the section that it continues, the uniform symmetric setting at the end of the appendix. */
const allPlaces: readonly string[] = places.flatMap((place) => {
  if (place.startsWith('Section')) return [place, `Example 1, ${place}`];
  return place === 'Appendix, Cost Minimization' ? [place, 'Appendix, Uniform Symmetric Setting'] : [place];
});

/** Example 1 and the appendix's uniform symmetric setting. */
export function replicateSettings(solveSetting: SolveSetting): ReplicationRow[] {
  return replicationSettings.flatMap(({ formulas, ρ, c }) => {
    const allocations = solveSetting(ρ, c, 'allocations');
    const packages = solveSetting(ρ, c, 'packages');
    const solved: SolvedSetting = { ρ, c, allocations, packages };
    return formulas
      .filter(({ statedFor }) => statedFor?.(ρ, c) ?? true)
      .flatMap((formula) => replicateFormula(formula, solved));
  });
}

/** Statements that need no solution from outside. */
export function replicateStatements(stated: readonly Statement[]): ReplicationRow[] {
  return stated.flatMap((statement): ReplicationRow[] => {
    const { kind, cases = () => [] } = statement;
    const common = {
      id: statement.id,
      place: statement.place,
      covers: statement.covers,
      setting: { ρ: null, c: null, name: statement.setting ?? null },
      contract: null,
      quantity: statement.quantity,
      statement: statement.text ?? null,
      erratum: statement.erratum ?? null,
    };
    if (kind === 'definition' || kind === 'wording') {
      const nothing = { printed: null, corrected: null, closedForm: null, numeric: null };
      const reading: StatedAs = { kind: 'formula', printedRelation: '=', correctedRelation: '=' };
      return [{ ...common, kind, ...judged([{ at: '', ...nothing }], reading, 'no number')[0]! }];
    }
    const { printedRelation = '=', correctedRelation = '=', printedDecimals, correctedDecimals } = statement;
    const reading: StatedAs = {
      kind,
      printedRelation,
      correctedRelation,
      ...(printedDecimals !== undefined && { printedDecimals }),
      ...(correctedDecimals !== undefined && { correctedDecimals }),
    };
    const rows = cases().map((one) => ({
      at: one.at ?? '',
      printed: one.printed ?? null,
      corrected: one.corrected ?? null,
      closedForm: one.closedForm ?? null,
      numeric: one.numeric,
    }));
    return judged(rows, reading).map((row) => ({ ...common, kind, ...row }));
  });
}

function replicateFormula(formula: Formula, solved: SolvedSetting): ReplicationRow[] {
  const { id, place, contract, quantity, decimals } = formula;
  const { ρ, c } = solved;
  const rows = formula
    .points(ρ, c)
    .map((point) => ({ at: pointName(point, contract), ...evaluate(formula, solved, point) }));
  const reading: StatedAs = {
    kind: 'formula',
    printedRelation: '=',
    correctedRelation: '=',
    ...(decimals !== undefined && { printedDecimals: decimals }),
  };
  return judged(rows, reading).map((row) => ({
    id,
    kind: 'formula',
    place,
    covers: [place.startsWith('Example 1') ? 'Example 1' : 'Uniform Symmetric Setting'],
    setting: { ρ, c, name: null },
    contract,
    quantity,
    statement: null,
    erratum: formula.erratum ?? null,
    ...row,
  }));
}

function evaluate(formula: Formula, solved: SolvedSetting, point: Point): JudgedNumbers {
  const { ρ, c } = solved;
  return {
    printed: formula.printed?.(point, ρ, c) ?? null,
    corrected: formula.corrected?.(point, ρ, c) ?? null,
    closedForm: formula.closedForm(point, ρ, c),
    numeric: formula.numeric(solved, point),
  };
}

/** The points of one formula or claim with their errors and their common verdict. */
function judged(
  rows: readonly (JudgedNumbers & { readonly at: string })[],
  reading: StatedAs,
  verdict = replicationVerdict(rows, reading),
) {
  return rows.map((row) => ({
    ...row,
    printedRelation: reading.printedRelation,
    correctedRelation: reading.correctedRelation,
    correctedDecimals: reading.correctedDecimals ?? null,
    error: errorOf(row.numeric, rightNumber(row, reading)),
    verdict,
  }));
}
