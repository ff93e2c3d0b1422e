import { type Distribution, isSingularAt } from '../distributions/distribution.ts';
import { massSplits } from '../distributions/mass-splits.ts';
import { gaussLegendre } from '../integration/gauss-legendre.ts';
import { integrate, piecesBetween } from '../integration/quadrature.ts';
import type { ChainWeights, VirtualValueSample } from './virtual-value.ts';

/** ∫ (1 − F) over [from, to], types. */
export const survivalIntegral = (distribution: Distribution, from: number, to: number): number => {
  const inside = [...distribution.breakpoints, ...massSplits(distribution)].filter((x) => x > from && x < to);
  const isSingular = (end: number): boolean =>
    (end === distribution.min || end === distribution.max || distribution.breakpoints.includes(end)) &&
    isSingularAt(distribution, end);
  const pieces = piecesBetween([from, ...inside.sort((a, b) => a - b), to], isSingular);
  const survival = (x: number, out: Float64Array): void => {
    out[0] = distribution.survival(x);
  };
  return integrate(survival, 1, pieces).values[0]!;
};

/**
 * ∫ φ dF over [from, to] = R(from) − R(to), where R(x) = x(1 − F(x)) + κ ∫ₓ (1 − F) + above · (max − x) is the revenue from offering a unit of quality to
 * x and all above, with the share κ of what it leaves to them.
 */
export const revenueBetween = (
  distribution: Distribution,
  from: number,
  to: number,
  { surplusWeight, above }: ChainWeights,
): number => {
  const plain = from * distribution.survival(from) - to * distribution.survival(to);
  const left = surplusWeight === 0 ? 0 : surplusWeight * survivalIntegral(distribution, from, to);
  return plain + left + above * (to - from);
};

const NODES = 4;

/** R at the sampled types, up to a constant; by low-order quadrature from one to the next. */
export const sampledRevenue = (
  distribution: Distribution,
  { x, survival }: VirtualValueSample,
  { surplusWeight, above }: ChainWeights,
): Float64Array => {
  const revenue = x.map((type, i) => type * survival[i]! - above * type);
  if (surplusWeight === 0) return revenue;
  const { nodes, weights } = gaussLegendre(NODES);
  let surplus = 0;
  for (let i = x.length - 2; i >= 0; i--) {
    const width = x[i + 1]! - x[i]!;
    for (let k = 0; k < NODES; k++)
      surplus += weights[k]! * width * distribution.survival(x[i]! + width * nodes[k]!);
    revenue[i]! += surplusWeight * surplus;
  }
  return revenue;
};
