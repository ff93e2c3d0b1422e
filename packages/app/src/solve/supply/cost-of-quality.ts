import { type EfficientSupply, supplyPoint } from '@menusmith/core';

/**
 * C(q, s) from supply alone, as the convex conjugate max over φ of φq − S(φ): at the φ from which on at least q is supplied, by bisection. Where no φ
 * supplies q, the most that is.
 */
export const costOfQuality = (
  supply: EfficientSupply,
  scale: number,
  quality: number,
): { quality: number; cost: number } => {
  const point = supplyPoint(supply.inputs.length);
  let [low, high] = [0, 1];
  for (let doublings = 0; doublings < 200; doublings++) {
    supply.supply(high, scale, point);
    if (point.quality >= quality) break;
    low = high;
    high *= 2;
  }
  if (!(point.quality >= quality)) return { quality: point.quality, cost: point.cost };
  for (let step = 0; step < 100 && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2;
    supply.supply(middle, scale, point);
    if (point.quality >= quality) high = middle;
    else low = middle;
  }
  supply.supply(high, scale, point);
  return { quality, cost: high * quality - point.surplus };
};
