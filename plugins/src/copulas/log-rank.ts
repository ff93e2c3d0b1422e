/** −log u for a rank u with 1 − u = rest: accurate at both ends. */
export const minusLog = (u: number, rest: number): number => (u < 0.5 ? -Math.log(u) : -Math.log1p(-rest));

/** log(1 + eˣ). */
export const softplus = (x: number): number =>
  x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
