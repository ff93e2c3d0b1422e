import { closedFormSupply, fineTuningThreshold } from './closed-form-supply.ts';

/** A buyer's item with its two-part tariff; null where no closed form exists. */
export interface ClosedFormItem {
  readonly virtualValue: number;
  readonly quality: number;
  readonly tokens: number;
  readonly fineTuning: number;
  readonly cost: number;
  readonly marginalCost: number;
  readonly transfer: number | null;
  readonly rent: number | null;
  /** m = w/φ; null where the buyer is excluded. */
  readonly markup: number | null;
  /** p_0 = T − mC. */
  readonly upfront: number | null;
  /** p = m·c, the same for the three kinds of token. */
  readonly price: number | null;
}

/**
 * The item of a buyer (w, s) when allocations are contractible.
 *
 * φ = 2w − 1 has slope 2 and ∂S/∂φ = q, so the rent is ∫ q dw = S(φ, s)/2, in both regimes (S is continuous).
 */
export function allocationItem(value: number, scale: number, ρ: number, c: number): ClosedFormItem {
  return item(value, 2 * value - 1, scale, 1 / 2, ρ, c);
}

/**
 * The package of the representative type θ = w·s^{1−2ρ}.
 *
 * φ(θ) has a constant slope, 3/2, only at ρ = 1/4: there the rent is ∫ Q dθ = (2/3)·S(φ); elsewhere null.
 */
export function packageItem(θ: number, ρ: number, c: number): ClosedFormItem {
  return item(θ, packageVirtualValue(θ, ρ), 1, ρ === 1 / 4 ? 2 / 3 : null, ρ, c);
}

function item(
  value: number,
  virtualValue: number,
  scale: number,
  rentShare: number | null,
  ρ: number,
  c: number,
): ClosedFormItem {
  const { surplus, ...served } = closedFormSupply(virtualValue, scale, ρ, c);
  const rent = rentShare === null ? null : rentShare * surplus;
  const transfer = rent === null ? null : value * served.quality - rent;
  const markup = virtualValue > 0 ? value / virtualValue : null;
  return {
    ...served,
    virtualValue,
    transfer,
    rent,
    markup,
    upfront: transfer === null || markup === null ? null : transfer - markup * served.cost,
    price: markup === null ? null : markup * c,
  };
}

/**
 * ŵ(s) = (1 + φ̂(s))/2 with φ̂ = C_q(q̂(s), s): the value from which a buyer fine-tunes.
 *
 * Above 1 where no buyer of that scale does.
 */
export function fineTuningValue(scale: number, ρ: number, c: number): number {
  return (1 + fineTuningThreshold(scale, ρ, c)) / 2;
}

/** 1 − F_θ(t) = ∫ max(0, 1 − t·s^{−a}) ds over [0, 1], with a = 1 − 2ρ. */
export function packageSurvival(θ: number, ρ: number): number {
  const a = 1 - 2 * ρ;
  return 1 - θ ** (1 / a) - (θ * (1 - θ ** ((1 - a) / a))) / (1 - a);
}

/** f_θ(t) = ∫ s^{−a} ds over [t^{1/a}, 1], with a = 1 − 2ρ. */
export function packageDensity(θ: number, ρ: number): number {
  const a = 1 - 2 * ρ;
  return (1 - θ ** ((1 - a) / a)) / (1 - a);
}

/** φ(θ) = θ − (1 − F_θ)/f_θ; both vanish at θ = 1, where φ = 1. */
export function packageVirtualValue(θ: number, ρ: number): number {
  return θ < 1 ? θ - packageSurvival(θ, ρ) / packageDensity(θ, ρ) : 1;
}

/**
 * The types at which service and fine-tuning begin, φ(θ) = 0 and φ(θ) = c/ρ.
 *
 * At ρ = 1/4: 1 − F = (1 − θ)², f = 2(1 − θ), φ = (3θ − 1)/2. Not closed elsewhere: null.
 */
export function packageCutoffs(ρ: number, c: number): { service: number; fineTuning: number } | null {
  return ρ === 1 / 4 ? { service: 1 / 3, fineTuning: Math.min(1, (1 + 2 * (c / ρ)) / 3) } : null;
}
