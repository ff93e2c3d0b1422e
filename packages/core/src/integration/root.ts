/**
 * A root of a function that changes sign on [from, to], to the last few bits.
 *
 * Chandrupatla (1997): inverse quadratic interpolation where it is safe, bisection where not. At a jump through zero
 * it returns the jump. Requires f(from)·f(to) ≤ 0; if not, the end with the smaller |f| is returned.
 */
export const root = (f: (x: number) => number, from: number, to: number, tolerance = 0): number => {
  let a = from;
  let b = to;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0)) return Math.abs(fa) < Math.abs(fb) ? a : b;
  let c = a;
  let fc = fa;
  let t = 0.5;
  for (let step = 0; step < 200; step++) {
    const x = a + t * (b - a);
    const fx = f(x);
    if (fx < 0 === fa < 0) {
      c = a;
      fc = fa;
    } else {
      c = b;
      b = a;
      fc = fb;
      fb = fa;
    }
    a = x;
    fa = fx;
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const width = Math.abs(b - a);
    const limit = 2 * Number.EPSILON * Math.abs(best) + tolerance;
    if (fx === 0 || width <= limit) return best;
    const xi = (a - b) / (c - b);
    const phi = (fa - fb) / (fc - fb);
    // Interpolate only where the inverse function is monotone on the bracket.
    if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi) {
      t = (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
    } else {
      t = 0.5;
    }
    const closest = limit / (2 * width);
    t = Math.min(1 - closest, Math.max(closest, t));
    if (!(t > 0 && t < 1)) t = 0.5;
  }
  return a;
};

/** Halvings that leave of a bracket less than rounding does. */
const HALVINGS = 60;

/** The last x on the way to `outside` that is inside, and the first that is not, next to each other: by bisection, from a bracket in either direction. */
export const lastInside = (
  isInside: (x: number) => boolean,
  inside: number,
  outside: number,
): readonly [number, number] => {
  let [near, far] = [inside, outside];
  for (let halving = 0; halving < HALVINGS && near !== far; halving++) {
    const middle = near + (far - near) / 2;
    if (isInside(middle)) near = middle;
    else far = middle;
  }
  return [near, far];
};

/**
 * The place in [from, to] at which a unimodal function is largest, by golden section; both ends are candidates.
 *
 * As a maximum is flat, its place is good to about √ε of the interval and its value to ε.
 */
export const maximizer = (f: (x: number) => number, from: number, to: number, steps = 60): number => {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let a = from;
  let b = to;
  let left = b - ratio * (b - a);
  let right = a + ratio * (b - a);
  let fLeft = f(left);
  let fRight = f(right);
  for (let step = 0; step < steps && b - a > 1e-9 * Math.abs(to - from); step++) {
    if (fLeft >= fRight) {
      b = right;
      right = left;
      fRight = fLeft;
      left = b - ratio * (b - a);
      fLeft = f(left);
    } else {
      a = left;
      left = right;
      fLeft = fRight;
      right = a + ratio * (b - a);
      fRight = f(right);
    }
  }
  let best = fLeft >= fRight ? left : right;
  for (const end of [from, to]) if (f(end) >= f(best)) best = end;
  return best;
};
