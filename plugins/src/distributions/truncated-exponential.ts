/*
 * The exponential distribution of rate 1 conditioned on [0, below + above], seen at a point `below` from the lower end and
 * `above` from the upper one. Both distances are asked for, so that either end can be approached without cancellation.
 */

/** F = (1 − e^{−below}) / (1 − e^{−(below + above)}). */
export const massBelow = (below: number, above: number): number =>
  Math.expm1(-below) / Math.expm1(-(below + above));

/** 1 − F = e^{−below} (1 − e^{−above}) / (1 − e^{−(below + above)}). */
export const massAbove = (below: number, above: number): number =>
  (Math.exp(-below) * Math.expm1(-above)) / Math.expm1(-(below + above));

/** f = e^{−below} / (1 − e^{−(below + above)}). */
export const densityAt = (below: number, above: number): number =>
  -Math.exp(-below) / Math.expm1(-(below + above));

/** The distance from the lower end, of [0, total], at which F = u. */
export const distanceAt = (u: number, total: number): number => {
  const mass = u * Math.expm1(-total);
  return mass > -0.5 ? -Math.log1p(mass) : -Math.log(1 - u + u * Math.exp(-total));
};
