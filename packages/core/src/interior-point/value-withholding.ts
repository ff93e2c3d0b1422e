/** Steps of Newton's method at most, and the most that a served value rises or falls by, in logarithms. */
const MOST_STEPS = 40;
const FAR = Math.log(1e4);
const SAME = 1e-13;

/**
 * The served value p′ with Q(p′) − product/p′ = aimed: quality is as aimed, and what is withheld times p′ as given. Q is taken to be a power of p around
 * p, where it is `most`; p′ is at most 10⁴ times as large or small as p.
 */
export const valueWithholding = (
  p: number,
  most: number,
  elasticity: number,
  aimed: number,
  product: number,
): number => {
  let [low, high] = [-FAR, FAR];
  let t = 0;
  for (let i = 0; i < MOST_STEPS; i++) {
    const supplied = most * Math.exp(elasticity * t);
    const withheld = (product / p) * Math.exp(-t);
    const excess = supplied - withheld - aimed;
    if (excess > 0) high = t;
    else low = t;
    // As a difference of logarithms, Newton's steps are good on either side of where the two parts are alike.
    const slope = elasticity * supplied + withheld;
    const next = t - excess / slope;
    const isInside = next > low && next < high;
    const moved = isInside ? next : (low + high) / 2;
    if (Math.abs(moved - t) < SAME * (1 + Math.abs(t))) break;
    t = moved;
  }
  return p * Math.exp(t);
};
