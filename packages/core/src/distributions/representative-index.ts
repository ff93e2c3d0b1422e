/** θ = w s^{1−σ}: the representative type of a value-scale buyer (eq. (12)). */
export const representativeType = (value: number, scale: number, degree: number): number =>
  value === 0 || scale === 0 ? 0 : value * Math.exp((1 - degree) * Math.log(scale));
