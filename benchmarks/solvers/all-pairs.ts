import type { TypePairs } from '@menusmith/core';

/** All ordered pairs of types: every incentive constraint there is. */
export const allPairs = (count: number): TypePairs => {
  const from: number[] = [];
  const to: number[] = [];
  for (let k = 0; k < count; k++) {
    for (let n = 0; n < count; n++) {
      if (n === k) continue;
      from.push(n);
      to.push(k);
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
};
