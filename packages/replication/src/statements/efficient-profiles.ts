import {
  asymmetric,
  type CobbDouglas,
  type Profile,
  suppliedTo,
  supplyOnTasks,
  technologyOf,
  totalTokens,
} from './technology.ts';

/** Types that do not fine-tune and types that do, on tasks of unlike measure. */
export const plain: Profile = { values: [0.9, 0.5, 0.2, 0.05], weights: [0.1, 0.2, 0.3, 0.4] };
export const tuned: Profile = { values: [1.6, 1.1, 0.7, 0], weights: [0.4, 0.3, 0.2, 0.1] };
export const profiles = [
  { at: 'plain type', profile: plain },
  { at: 'fine-tuned type', profile: tuned },
];

/** The efficient allocation of a step profile, numerically. */
export const efficient = (profile: Profile, of: CobbDouglas = asymmetric) => {
  const supply = supplyOnTasks(technologyOf(of), profile.weights);
  return { supply, point: suppliedTo(supply, profile.values) };
};

/** θ of a type as it is found: gross value over X^α Y^β (b + Z)^γ at her tokens (Lemma 2). */
export const numericIndex = (profile: Profile): number => {
  const { α, β, γ, b } = asymmetric;
  const { supply, point } = efficient(profile);
  const [X, Y] = totalTokens(supply, point);
  return (point.surplus + point.cost) / (X ** α * Y ** β * (b + point.inputs.shared[0]!) ** γ);
};
