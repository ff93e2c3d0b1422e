import { conditionalDistribution } from '../conditional-distribution.ts';
import type { Copula } from '../copula.ts';
import type { Distribution } from '../distribution.ts';
import type { EfficientSupply } from '../efficient-supply.ts';
import { gaussLegendre } from '../gauss-legendre.ts';
import { iron } from '../ironing.ts';
import { scaleMenu } from '../scale-menu.ts';
import { trueValue } from '../served-value.ts';

/** A continuous population of values and scales. */
export interface ValueScalePopulation {
  readonly values: Distribution;
  readonly scales: Distribution;
  readonly copula: Copula;
}

/** t³(10 − 15t + 6t²): crowds towards 0 and 1, where dependence can have singularities. */
const crowded = (t: number): number => t * t * t * (10 - 15 * t + 6 * t * t);

/** What could be earned from a population whose scales were seen, and the efficient welfare. */
export interface ObservableScale {
  /** E[S(φ̄(w | s), s)]: no menu earns more where scales are hidden as well. */
  readonly profit: number;
  readonly efficientWelfare: number;
  readonly solved: boolean;
}

/**
 * Observable-scale profit in the continuum: at each scale the one-dimensional optimum for the values given that scale, ironed; integrated
 * over the ranks of scales by Gauss–Legendre on `nodes` nodes between the distribution's breakpoints.
 */
export const observableScale = (
  { values, scales, copula }: ValueScalePopulation,
  supply: EfficientSupply,
  nodes: number,
): ObservableScale => {
  const ends = [0, ...scales.breakpoints.map((s) => scales.cdf(s)), 1];
  const rule = gaussLegendre(nodes);
  let profit = 0;
  let efficientWelfare = 0;
  let solved = true;
  for (let piece = 0; piece + 1 < ends.length; piece++) {
    const [from, to] = [ends[piece]!, ends[piece + 1]!];
    rule.nodes.forEach((node, i) => {
      const v = from + (to - from) * crowded(node);
      const scale = scales.quantile(v);
      if (!(scale > 0)) return;
      const weight = (to - from) * 30 * (node * (1 - node)) ** 2 * rule.weights[i]!;
      const types = conditionalDistribution(values, copula, v, 1 - to + (to - from) * crowded(1 - node));
      const menu = scaleMenu({ types, served: iron(types), supply, scale }).totals();
      const best = scaleMenu({ types, served: trueValue(types), supply, scale }).totals();
      profit += weight * menu.servedSurplus * (1 + menu.error);
      efficientWelfare += weight * best.servedSurplus;
      solved &&= menu.solved && best.solved;
    });
  }
  return { profit, efficientWelfare, solved };
};
