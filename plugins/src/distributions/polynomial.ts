/** Σ c_k t^k, coefficients from the lowest power up. */
export type Polynomial = readonly number[];

export const valueAt = (coefficients: Polynomial, t: number): number => {
  let value = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) value = value * t + coefficients[k]!;
  return value;
};

export const derivative = (coefficients: Polynomial): Polynomial =>
  coefficients.slice(1).map((c, k) => (k + 1) * c);

/** Coefficients in r of p(1 − r): the same polynomial seen from t = 1. */
export const reflected = (coefficients: Polynomial): Polynomial => {
  // Repeated synthetic division by t − 1 gives the powers of t − 1; odd ones change sign.
  const shifted = [...coefficients];
  const n = shifted.length;
  for (let k = 0; k + 1 < n; k++) {
    for (let j = n - 2; j >= k; j--) shifted[j]! += shifted[j + 1]!;
  }
  return shifted.map((c, k) => (k % 2 === 0 ? c : -c));
};

/**
 * The points inside (0, 1) at which the polynomial changes sign, ascending: between the critical points, which are
 * found in the same way, it is monotone.
 */
export const signChanges = (coefficients: Polynomial): number[] => {
  if (coefficients.length <= 1) return [];
  const ends = [0, ...signChanges(derivative(coefficients)), 1];
  const changes: number[] = [];
  for (let e = 0; e + 1 < ends.length; e++) {
    let [low, high] = [ends[e]!, ends[e + 1]!];
    const atLow = valueAt(coefficients, low);
    if (!(atLow < 0 !== valueAt(coefficients, high) < 0)) continue;
    for (;;) {
      const middle = low + (high - low) / 2;
      if (!(middle > low && middle < high)) break;
      if (valueAt(coefficients, middle) < 0 === atLow < 0) low = middle;
      else high = middle;
    }
    changes.push(low);
  }
  return changes.filter((t) => t > 0 && t < 1);
};
