import { costByShares, supplyByShares, thresholdByShares } from './expenditure-shares.ts';
import type { Case, Statement } from './statement.ts';
import { asymmetric, costOf, numericOf, supplied } from './technology.ts';

export const place = 'Appendix, Cost Minimization' as const;
const { α, β, γ, cx, cy, cz, b } = asymmetric;
const setting = asymmetric.name;

type OfQualityAndScale = (q: number, s: number) => number;

/** A formula of (q, s) on one side of q̂(s). */
interface CostFormula {
  readonly id: string;
  readonly covers: readonly string[];
  readonly quantity: string;
  readonly side: 'below' | 'above';
  readonly at: readonly number[];
  readonly printed: OfQualityAndScale;
  readonly shares: (found: ReturnType<typeof costByShares>) => number;
  readonly read: (found: ReturnType<typeof costOf>) => number;
}

const isBelow = (q: number, s: number): boolean => !costByShares(q, s, asymmetric).fineTunes;

const costFormula = (formula: CostFormula): Statement => ({
  id: formula.id,
  kind: 'formula',
  place,
  covers: formula.covers,
  quantity: `${formula.quantity}, q ${formula.side === 'below' ? '<' : '≥'} q̂`,
  setting,
  cases: () => {
    const supply = numericOf(asymmetric);
    return formula.at.flatMap((s) =>
      [0.05, 0.3, 0.9, 2, 5]
        .filter((q) => isBelow(q, s) === (formula.side === 'below'))
        .slice(0, 3)
        .map(
          (q): Case => ({
            at: formula.at.length > 1 ? `q = ${q}, s = ${s}` : `q = ${q}`,
            printed: formula.printed(q, s),
            closedForm: formula.shares(costByShares(q, s, asymmetric)),
            numeric: formula.read(costOf(supply, q, s)),
          }),
        ),
    );
  },
});

interface Printed {
  readonly x: OfQualityAndScale;
  readonly y: OfQualityAndScale;
  readonly z: OfQualityAndScale;
}

/** C on both sides of q̂; `added` is what the base would cost, where the paper's C has it. */
export const costFormulas = (
  prefix: string,
  covers: readonly string[],
  at: readonly number[],
  quantity: string,
  printed: { readonly below: OfQualityAndScale; readonly above: OfQualityAndScale },
  added = 0,
): Statement[] =>
  (['below', 'above'] as const).map((side) =>
    costFormula({
      id: `${prefix}.cost.${side}`,
      covers,
      quantity,
      side,
      at,
      printed: printed[side],
      shares: ({ cost }) => cost + added,
      read: ({ cost }) => cost + added,
    }),
  );

/** Tokens a task on both sides of q̂; in Lemma 4 z includes the base. */
export const tokenFormulas = (
  prefix: string,
  covers: readonly string[],
  at: readonly number[],
  name: string,
  printed: { readonly below: Printed; readonly above: Printed; readonly addedBase: number },
): Statement[] =>
  (['below', 'above'] as const).flatMap((side) =>
    (['x', 'y', 'z'] as const).map((token, j) => {
      const added = token === 'z' ? printed.addedBase : 0;
      return costFormula({
        id: `${prefix}.${token}.${side}`,
        covers,
        quantity: `${name}${token}*(q)`,
        side,
        at,
        printed: printed[side][token],
        shares: (found) => found[token] + added,
        read: ({ point }) => point.inputs[j]! + added,
      });
    }),
  );

/** The paper's products of powers, as printed. */
export const plainPower = (q: number): number =>
  (cx / α) ** (α / (α + β)) * (cy / β) ** (β / (α + β)) * (1 / b) ** (γ / (α + β)) * q ** (1 / (α + β));
export const tunedPower = (q: number): number =>
  (cx / α) ** (α / (α + β + γ)) *
  (cy / β) ** (β / (α + β + γ)) *
  (cz / γ) ** (γ / (α + β + γ)) *
  q ** (1 / (α + β + γ));

/** q̂(s) as it is found: quality where fine-tuning starts. */
export const numericLimit = (s: number): number => {
  const supply = numericOf(asymmetric);
  return supplied(supply, supply.kinks(s, 50)[0] ?? Number.NaN, s).quality;
};
export const limitByShares = (s: number): number =>
  supplyByShares(thresholdByShares(asymmetric) * s ** -(1 - α - β), s, asymmetric).quality;
