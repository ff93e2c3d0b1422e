import { freeChoice, TIE } from '../screening/free-choice.ts';
import { convexChoice } from './convex-choice.ts';
import { type PlanOffer, type PlanUse, planUse } from './plan-offer.ts';

/** What a buyer makes of a menu of plans; `offer` is −1 where she takes none of them. */
export interface PlanChoice extends PlanUse {
  readonly offer: number;
}

/** u(θ) of a menu of plans, for buyers who differ in one number. */
export interface PlanUtility {
  /** u(θ) = max over plans of θ·quality − payment, and 0: convex and nondecreasing; money. */
  utility(type: number): number;
  /** u′(θ), the quality that she takes; where two plans are as good, that of the one which is better for the seller. */
  slope(type: number): number;
  /** Types in (min, max) at which she changes plan, or u′ has a kink, ascending. */
  readonly breakpoints: readonly number[];
  /** Which offer she takes, and what she makes of it, where she has `outside` otherwise, or nothing. */
  choice(type: number, outside?: number): PlanChoice;
  readonly offers: readonly PlanOffer[];
}

/** What plans on sale give to every type on [min, max], who chooses plan, model and inputs freely, or nothing. */
export const planUtility = (
  offers: readonly PlanOffer[],
  { min, max }: { readonly min: number; readonly max: number },
): PlanUtility => {
  const uses = offers.map(({ inputs }) => planUse(inputs.length));
  const optionsAt = (type: number) =>
    offers.map((offer, k) => {
      const use = uses[k]!;
      offer.use(type, use);
      return { utility: use.utility, slope: use.quality, margin: use.payment - use.cost };
    });
  const nothing = planUse(0);
  const [utilities, margins] = [new Float64Array(offers.length), new Float64Array(offers.length)];
  const chosen = (type: number, outside = 0): number => {
    let worth = 0;
    for (let k = 0; k < offers.length; k++) {
      const use = uses[k]!;
      offers[k]!.use(type, use);
      utilities[k] = use.utility;
      margins[k] = use.payment - use.cost;
      worth = Math.max(worth, type * use.quality);
    }
    return freeChoice(utilities, margins, TIE * worth, outside);
  };
  const choice = (type: number, outside?: number): PlanChoice => {
    const offer = chosen(type, outside);
    const { quality, utility, payment, cost, inputs, solved } = uses[offer] ?? nothing;
    return { quality, utility, payment, cost, inputs: inputs.slice(), solved, offer };
  };
  const isInside = (type: number): boolean => type > min && type < max;
  const kinks = offers.flatMap((offer) => offer.kinks(max)).filter(isInside);
  const ends = [min, ...kinks.sort((a, b) => a - b), max];
  const changes =
    max > min ? convexChoice(optionsAt, ends).flatMap(({ from }) => (isInside(from) ? [from] : [])) : [];
  return {
    offers,
    utility: (type) => {
      let best = 0;
      offers.forEach((offer, k) => {
        const use = uses[k]!;
        offer.use(type, use);
        if (use.utility > best) best = use.utility;
      });
      return best;
    },
    slope: (type) => (uses[chosen(type)] ?? nothing).quality,
    breakpoints: [...new Set([...kinks, ...changes])].sort((a, b) => a - b),
    choice,
  };
};
