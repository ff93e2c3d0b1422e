import type { Input } from './input.ts';
import { signedMargin } from './signed-margin.ts';

/** One of Section 2's assumptions on v, tried at sampled inputs: its margin, unit-free, and the inputs at which it is tightest. */
export interface ProductionAssumption {
  /** Which assumption. */
  readonly name:
    | 'increasing'
    | 'smooth'
    | 'concave'
    | 'positive-cross-partials'
    | 'essential-task-inputs'
    | 'infinite-marginal-product-at-zero'
    | 'vanishing-marginal-product';
  /** Whether it holds. */
  readonly holds: boolean;
  /** By how much: negative where it fails. */
  readonly margin: number;
  /** Where it is tightest: units of each input, or the marginal value and the scale. */
  readonly at: Readonly<Record<string, number>>;
}

type Name = ProductionAssumption['name'];

/** Margins nearer to 0 are rounding. */
export const ROUNDING = 1e-9;

/** A marginal product that goes to ∞ or 0 does so like a power; one that levels off has an exponent near 0. */
const LEAST_POWER = 1e-3;

/** What a margin must exceed for its assumption to hold. */
const least: Readonly<Record<Name, number>> = {
  increasing: 0,
  smooth: -ROUNDING,
  concave: -ROUNDING,
  'positive-cross-partials': -ROUNDING,
  'essential-task-inputs': -ROUNDING,
  'infinite-marginal-product-at-zero': LEAST_POWER,
  'vanishing-marginal-product': LEAST_POWER,
};

/** The least margin of every assumption that was met with, and the amounts at which it was. */
export interface AssumptionMargins {
  /** Keeps the margin if it is the least so far; NaN is less than any. */
  note(name: Name, margin: number, amounts: ArrayLike<number>): void;
  /** Keeps it in any case. */
  set(name: Name, margin: number, amounts: ArrayLike<number>): void;
  get(name: Name): number | undefined;
  assumptions(): ProductionAssumption[];
}

export const assumptionMargins = (inputs: readonly Input[]): AssumptionMargins => {
  const found = new Map<Name, { margin: number; at: Record<string, number> }>();
  const set: AssumptionMargins['set'] = (name, margin, amounts) => {
    const at = Object.fromEntries(inputs.map((input, i) => [input.name, amounts[i]!]));
    found.set(name, { margin, at });
  };
  return {
    note: (name, margin, amounts) => {
      const before = found.get(name)?.margin ?? Number.POSITIVE_INFINITY;
      if (found.has(name) && (Number.isNaN(before) || !(margin < before || Number.isNaN(margin)))) return;
      set(name, margin, amounts);
    },
    set,
    get: (name) => found.get(name)?.margin,
    assumptions: () =>
      [...found].map(([name, { margin: measured, at }]) => {
        const holds = measured > least[name];
        return { name, holds, margin: signedMargin(measured, holds, ROUNDING), at };
      }),
  };
};
