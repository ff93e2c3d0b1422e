import type { CobbDouglas, Profile } from './technology.ts';

/** What Cobb–Douglas supplies to φ on s tasks. */
export interface ShareSupply {
  readonly quality: number;
  /** Tokens a task. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly cost: number;
  readonly surplus: number;
  readonly fineTunes: boolean;
}

/**
 * Efficient supply by expenditure shares: of gross value R = φq, α goes to input, β to output and γ to b + z.
 *
 * With s·c_x·x = αR, s·c_y·y = βR, R = φ·s·v gives R^{1−σ} = φ s^{1−σ} (α/c_x)^α (β/c_y)^β b^γ without fine-tuning, and with
 * c_z(b + z) = γR R^{1−κ} = φ s^{1−σ} (α/c_x)^α (β/c_y)^β (γ/c_z)^γ. Fine-tuning pays where γR > c_z b.
 */
export const supplyByShares = (φ: number, s: number, of: CobbDouglas): ShareSupply => {
  const { α, β, γ, cx, cy, cz, b } = of;
  if (!(φ > 0)) return { quality: 0, x: 0, y: 0, z: 0, cost: 0, surplus: 0, fineTunes: false };
  const σ = α + β;
  const common = φ * s ** (1 - σ) * (α / cx) ** α * (β / cy) ** β;
  const plain = (common * b ** γ) ** (1 / (1 - σ));
  const fineTunes = γ * plain > cz * b;
  const gross = fineTunes ? (common * (γ / cz) ** γ) ** (1 / (1 - σ - γ)) : plain;
  const cost = fineTunes ? (σ + γ) * gross - cz * b : σ * gross;
  return {
    quality: gross / φ,
    x: (α * gross) / (s * cx),
    y: (β * gross) / (s * cy),
    z: fineTunes ? (γ * gross) / cz - b : 0,
    cost,
    surplus: gross - cost,
    fineTunes,
  };
};

/** What it costs to supply q on s tasks, z on top of b costing nothing up to b. */
export interface ShareCost {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Without what the base level would cost. */
  readonly cost: number;
  readonly fineTunes: boolean;
}

/**
 * Least cost by expenditure shares: E on tokens is split α : β (: γ), q = s·v then gives E.
 *
 * Without fine-tuning q = s^{1−σ} (αE/(σc_x))^α (βE/(σc_y))^β b^γ; with it b + z = γE/(κc_z), which must exceed b.
 */
export const costByShares = (q: number, s: number, of: CobbDouglas): ShareCost => {
  const { α, β, γ, cx, cy, cz, b } = of;
  const σ = α + β;
  const κ = σ + γ;
  const perUnit = s ** (1 - σ) * (α / cx) ** α * (β / cy) ** β;
  const tuned = (q * κ ** κ) / (perUnit * (γ / cz) ** γ);
  const all = tuned ** (1 / κ);
  const fineTunes = (γ * all) / (κ * cz) > b;
  const spent = fineTunes ? all : ((q * σ ** σ) / (perUnit * b ** γ)) ** (1 / σ);
  const parts = fineTunes ? κ : σ;
  return {
    x: (α * spent) / (parts * s * cx),
    y: (β * spent) / (parts * s * cy),
    z: fineTunes ? (γ * spent) / (κ * cz) - b : 0,
    cost: fineTunes ? spent - cz * b : spent,
    fineTunes,
  };
};

/** θ of a step profile (eq. (10)). */
export const indexOf = ({ values, weights }: Profile, σ: number): number =>
  weights.reduce((sum, weight, m) => sum + weight * Math.max(0, values[m]!) ** (1 / (1 - σ)), 0) ** (1 - σ);

/** q_i = Q (φ_i/θ)^{σ/(1−σ)} and S(θ), with Q at θ by expenditure shares. */
export const profileByShares = (profile: Profile, of: CobbDouglas) => {
  const σ = of.α + of.β;
  const θ = indexOf(profile, σ);
  const { quality, surplus } = supplyByShares(θ, 1, of);
  const qualities = profile.values.map((φ) => (φ > 0 ? quality * (φ / θ) ** (σ / (1 - σ)) : 0));
  return { θ, surplus, qualities };
};

/** θ̂: the θ at which γR = c_z b without fine-tuning. */
export const thresholdByShares = ({ α, β, γ, cx, cy, cz, b }: CobbDouglas): number =>
  ((cz * b) / γ) ** (1 - α - β) / ((α / cx) ** α * (β / cy) ** β * b ** γ);
