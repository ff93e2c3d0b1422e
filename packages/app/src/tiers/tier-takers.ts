import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { BuyerRange, TierResult } from './tiers-result.ts';

const MOST_NAMES = 8;

/** Who takes item `k`; null for nobody. */
export const takersOf = (
  { listed, mass }: FiniteBuyers,
  choices: Int32Array,
  k: number,
): Required<Pick<TierResult, 'share' | 'buyers'>> | null => {
  const takers = Array.from(choices, (_, n) => n).filter((n) => choices[n] === k && mass[n]! > 0);
  if (takers.length === 0) return null;
  const known = takers.map((n) => listed[n]!);
  const names = known.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return {
    share: takers.reduce((sum, n) => sum + mass[n]!, 0),
    buyers: { types: takers.length, names: names.slice(0, MOST_NAMES), ...rangeOf(known) },
  };
};

const rangeOf = (listed: FiniteBuyers['listed']): { range?: BuyerRange } => {
  const values = listed.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const scales = listed.flatMap(({ scale }) => (scale === undefined ? [] : [scale]));
  if (values.length === 0 || scales.length === 0) return {};
  const ends = (of: readonly number[]): [number, number] => [
    of.reduce((a, b) => Math.min(a, b)),
    of.reduce((a, b) => Math.max(a, b)),
  ];
  return { range: { value: ends(values), scale: ends(scales) } };
};
