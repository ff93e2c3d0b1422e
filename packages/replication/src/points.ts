import { packageVirtualValue } from './closed-form.ts';
import { fineTuningThreshold } from './closed-form-supply.ts';
import type { Point } from './formula.ts';

/** The two regimes of a served buyer. */
export type Regime = 'plain' | 'fine-tuned';

const buyers = [
  { value: 0.55, scale: 0.5 },
  { value: 0.6, scale: 0.2 },
  { value: 0.95, scale: 0.8 },
  { value: 1, scale: 0.7 },
];
const types = [{ value: 0.35 }, { value: 0.4 }, { value: 0.8 }, { value: 0.95 }];

/** Served buyers (w, s), or those of them in one regime. No scale is 1, where wrong powers of s would hide. */
export const buyersIn = (regime?: Regime) => (ρ: number, c: number) =>
  buyers.filter(({ value, scale }) => {
    const fineTunes = 2 * value - 1 > fineTuningThreshold(scale, ρ, c);
    return regime === undefined || fineTunes === (regime === 'fine-tuned');
  });

/** Served representative types, or those of them in one regime. */
export const typesIn = (regime?: Regime) => (ρ: number, c: number) =>
  types.filter(({ value }) => {
    const fineTunes = packageVirtualValue(value, ρ) > fineTuningThreshold(1, ρ, c);
    return regime === undefined || fineTunes === (regime === 'fine-tuned');
  });

/** Representative types, excluded ones among them. */
export const anyTypes = (): readonly Point[] => [{ value: 0.2 }, { value: 0.5 }, { value: 0.9 }];

/** The one point of a scalar. */
export const scalar = (): readonly Point[] => [{}];

/** Scales at which some buyers fine-tune. */
export const fineTunedScales = (ρ: number, c: number): readonly Point[] =>
  [{ scale: 0.6 }, { scale: 0.85 }].filter(({ scale }) => fineTuningThreshold(scale, ρ, c) < 1);
