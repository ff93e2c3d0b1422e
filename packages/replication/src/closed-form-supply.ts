/** What serving a virtual value costs and yields in the uniform symmetric setting. */
export interface ClosedFormSupply {
  /** q, total quality over the s tasks. */
  readonly quality: number;
  /** x = y, input and output tokens on each task. */
  readonly tokens: number;
  /** z, fine-tuning tokens. */
  readonly fineTuning: number;
  /** C(q, s). */
  readonly cost: number;
  /** C_q(q, s), = φ wherever q > 0. */
  readonly marginalCost: number;
  /** S(φ, s) = φq − C(q, s), with ∂S/∂φ = q. */
  readonly surplus: number;
}

/** A branch of Corollary 1: C(q) = k·q^e − f, so C' = φ at q = (φ/(k·e))^{1/(e−1)}. */
interface Branch {
  readonly coefficient: number;
  readonly exponent: number;
  readonly base: number;
}

/**
 * max over q of φq − C(q, s), for v = x^ρ y^ρ (1 + z)^ρ and tokens that all cost c.
 *
 * Corollary 1 with α = β = γ = ρ < 1/3, c_x = c_y = c_z = c, b = 1:
 * C = 2c·s^{−(1−2ρ)/(2ρ)} q^{1/(2ρ)} up to q̂ = s^{1−2ρ}, and 3c·s^{−(1−2ρ)/(3ρ)} q^{1/(3ρ)} − c above.
 * The token packages of Corollary 2 are s = 1.
 */
export function closedFormSupply(
  virtualValue: number,
  scale: number,
  ρ: number,
  c: number,
): ClosedFormSupply {
  if (!(virtualValue > 0 && scale > 0)) {
    return { quality: 0, tokens: 0, fineTuning: 0, cost: 0, marginalCost: 0, surplus: 0 };
  }
  const a = 1 - 2 * ρ;
  const fineTunes = virtualValue > fineTuningThreshold(scale, ρ, c);
  const branch: Branch = fineTunes
    ? { coefficient: 3 * c * scale ** (-a / (3 * ρ)), exponent: 1 / (3 * ρ), base: c }
    : { coefficient: 2 * c * scale ** (-a / (2 * ρ)), exponent: 1 / (2 * ρ), base: 0 };
  const { coefficient: k, exponent: e, base } = branch;
  const quality = (virtualValue / (k * e)) ** (1 / (e - 1));
  const variable = k * quality ** e;
  const cost = variable - base;
  // Cobb–Douglas spends in equal shares: cs·x = cs·y = c(1 + z) = C + c with fine-tuning, over 3.
  const share = variable / (fineTunes ? 3 : 2);
  return {
    quality,
    tokens: share / (c * scale),
    fineTuning: fineTunes ? share / c - 1 : 0,
    cost,
    marginalCost: k * e * quality ** (e - 1),
    surplus: virtualValue * quality - cost,
  };
}

/** C_q(q̂(s), s) = (c/ρ)·s^{−(1−2ρ)}: the virtual value from which fine-tuning pays. */
export function fineTuningThreshold(scale: number, ρ: number, c: number): number {
  return (c / ρ) * scale ** -(1 - 2 * ρ);
}
