import { type EfficientSupply, supplyPoint } from './efficient-supply.ts';
import { signedMargin } from './signed-margin.ts';

/** One of Lemma 1's properties of C(q, s), tried on a grid of marginal values and scales: its margin, and where it is tightest. */
export interface CostProperty {
  /** Which property. */
  readonly name:
    | 'marginal-cost-starts-at-zero'
    | 'cost-convex-in-quality'
    | 'cost-decreasing-in-scale'
    | 'cost-submodular';
  /** Whether it holds. */
  readonly holds: boolean;
  /** By how much: negative where it fails. */
  readonly margin: number;
  /** Where it is tightest. */
  readonly at: {
    /** The marginal value. */
    readonly value: number;
    /** The scale. */
    readonly scale: number;
  };
}

const VALUES = 12;
const SCALES = 6;
/** What fails without falling short of 0, fails by so much. */
const ROUNDING = 1e-9;
/** A share of the highest value below which supply counts as starting at zero. */
const START = 1e-6;

/**
 * Lemma 1 (Section 4.2) for the technology at hand: C_q(0, s) = 0, C_qq > 0, C_s < 0 and C_qs < 0, at the q supplied to marginal values φ = C_q up to `upTo`.
 *
 * The first does not follow from Section 2's assumptions (ERRATA S6). Margins: minus the share of `upTo` below which nothing is supplied;
 * q C_qq/C_q; −s C_s/C; −s C_qs/C_q.
 */
export const costProperties = (
  supply: EfficientSupply,
  upTo: number,
  fromScale: number,
  toScale: number,
): CostProperty[] => {
  const point = supplyPoint(supply.inputs.length);
  const found = new Map<CostProperty['name'], { margin: number; at: CostProperty['at'] }>();
  const note = (name: CostProperty['name'], margin: number, value: number, scale: number): void => {
    const least = found.get(name);
    if (least === undefined || !(margin >= least.margin)) found.set(name, { margin, at: { value, scale } });
  };
  for (let b = 1; b <= SCALES; b++) {
    const scale = fromScale + ((toScale - fromScale) * b) / SCALES;
    supply.supply(START * upTo, scale, point);
    const start = point.quality > 0 ? 0 : (supply.kinks(scale, upTo)[0] ?? upTo);
    note('marginal-cost-starts-at-zero', start === 0 ? 0 : -start / upTo, start, scale);
    for (let a = 1; a <= VALUES; a++) {
      const value = (upTo * a) / VALUES;
      supply.slopes(value, scale, point);
      if (!(point.quality > 0)) continue;
      let taskCost = 0;
      supply.inputs.forEach((input, i) => {
        if (input.scope === 'task') taskCost += input.cost * point.inputs[i]!;
      });
      const slope = point.qualityByValue; // 1/C_qq; 0 where q has jumped to its most
      note('cost-convex-in-quality', slope > 0 ? point.quality / (slope * value) : 0, value, scale);
      note('cost-decreasing-in-scale', (value * point.quality - scale * taskCost) / point.cost, value, scale);
      note('cost-submodular', slope > 0 ? (scale * point.qualityByScale) / (slope * value) : 0, value, scale);
    }
  }
  return [...found].map(([name, { margin: measured, at }]) => {
    const holds = name === 'marginal-cost-starts-at-zero' ? measured >= 0 : measured > 0;
    return { name, holds, margin: signedMargin(measured, holds, ROUNDING), at };
  });
};
