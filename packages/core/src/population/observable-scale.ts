import { conditionalDistribution } from '../distributions/conditional-distribution.ts';
import type { Copula } from '../distributions/copula.ts';
import type { Distribution } from '../distributions/distribution.ts';
import { integrate } from '../integration/quadrature.ts';
import { chainMenu } from '../screening/chain-menu.ts';
import type { ChainProblem } from '../screening/chain-problem.ts';
import { iron } from '../screening/ironing.ts';
import { scaleMenu } from '../screening/scale-menu.ts';
import { trueValue } from '../screening/served-value.ts';
import type { EfficientSupply } from '../supply/efficient-supply.ts';

/** A continuous population of values and scales. */
export interface ValueScalePopulation {
  readonly values: Distribution;
  readonly scales: Distribution;
  readonly copula: Copula;
}

/** What could be earned from a population whose scales were seen. */
export interface ObservableScale {
  /** E[S(φ̄(w | s), s)], raised by its estimated error: no menu earns more where scales are hidden as well. */
  readonly profit: number;
  /** E[S(w, s)], the most welfare that there is: nothing is hidden, whatever the contract. */
  readonly efficientWelfare: number;
  readonly solved: boolean;
  /** Some scales, ascending, and what each buyer of these would bring on average; money. */
  readonly byScale: readonly { readonly scale: number; readonly profit: number }[];
}

const TOLERANCE = 1e-9;
/** A chain with participation takes a hundred times as long. */
const PROMISED_TOLERANCE = 1e-6;
const PROMISED_SEGMENTS = 6;

interface ScaleBound {
  readonly bound: number;
  readonly efficient: number;
  readonly solved: boolean;
}

const plainBound = (
  types: Distribution,
  supply: EfficientSupply,
  scale: number,
  surplusWeight: number,
): ScaleBound => {
  const menu = scaleMenu({ types, served: iron(types, surplusWeight), supply, scale }).totals();
  const efficient = scaleMenu({ types, served: trueValue(types), supply, scale }).totals();
  return {
    bound: menu.servedSurplus * (1 + menu.error),
    efficient: efficient.servedSurplus,
    solved: menu.solved && efficient.solved,
  };
};

const promisedBound = (problem: ChainProblem, surplusWeight: number): ScaleBound => {
  const menu = chainMenu({ ...problem, surplusWeight });
  const best = chainMenu({ ...problem, surplusWeight: 1 }).totals();
  return {
    bound: menu.certificate().upperBound,
    efficient: best.grossValue - best.cost,
    solved: menu.totals().solved && best.solved,
  };
};

/** t³(10 − 15t + 6t²): crowds towards 0 and 1, where dependence can have singularities. */
const crowded = (t: number): number => t * t * t * (10 - 15 * t + 6 * t * t);

/**
 * Observable-scale profit, with a weight κ on consumer surplus beside it, and first-best welfare, in the continuum: at each scale the one-dimensional optimum for the values given that scale, ironed, integrated
 * over the ranks of scales. Adaptive, so that the scales at which fine-tuning starts to pay do not matter.
 */
export const observableScale = (
  { values, scales, copula }: ValueScalePopulation,
  supply: EfficientSupply,
  surplusWeight = 0,
  chainAt?: (types: Distribution, scale: number) => ChainProblem,
): ObservableScale => {
  const sold = (types: Distribution, scale: number) =>
    chainAt
      ? promisedBound(chainAt(types, scale), surplusWeight)
      : plainBound(types, supply, scale, surplusWeight);
  const ends = [0, ...scales.breakpoints.map((s) => scales.cdf(s)), 1];
  let solved = true;
  let [profit, efficientWelfare] = [0, 0];
  const byScale = new Map<number, number>();
  for (let piece = 0; piece + 1 < ends.length; piece++) {
    const [from, to] = [ends[piece]!, ends[piece + 1]!];
    const found = integrate(
      (t, out) => {
        const v = from + (to - from) * crowded(t);
        const scale = scales.quantile(v);
        out.fill(0);
        if (!(scale > 0)) return;
        const types = conditionalDistribution(values, copula, v, 1 - to + (to - from) * crowded(1 - t));
        const own = sold(types, scale);
        solved &&= own.solved;
        byScale.set(scale, own.bound);
        const weight = (to - from) * 30 * (t * (1 - t)) ** 2;
        out[0] = weight * own.bound;
        out[1] = weight * own.efficient;
      },
      2,
      [{ from: 0, to: 1, singular: 'none' }],
      chainAt ? PROMISED_TOLERANCE : TOLERANCE,
      chainAt ? PROMISED_SEGMENTS : undefined,
    );
    profit += found.values[0]! + (chainAt ? found.wrong[0]! : found.values[0]! * found.error);
    efficientWelfare += found.values[1]!;
  }
  return {
    profit,
    efficientWelfare,
    solved,
    byScale: Array.from(byScale, ([scale, own]) => ({ scale, profit: own })).sort(
      (one, other) => one.scale - other.scale,
    ),
  };
};
