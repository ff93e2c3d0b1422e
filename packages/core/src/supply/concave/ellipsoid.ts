/** {centre + B w : |w| ≤ 1}, with B kept and not B Bᵀ, so that it stays positive definite however thin it becomes. */
export interface Ellipsoid {
  readonly centre: Float64Array;
  /** Makes it the ball of this radius about what `centre` holds. */
  reset(radius: number): void;
  /** |Bᵀa|: how far it reaches from the centre in direction a. */
  reach(a: Float64Array): number;
  /** Whether it is thinner than this along every coordinate. */
  isWithin(width: number): boolean;
  /** Becomes the least ellipsoid around its part {y: a·(y − centre) ≥ depth}; false where that is nothing. */
  cutOff(a: Float64Array, depth: number): boolean;
}

export const ellipsoid = (n: number): Ellipsoid => {
  const centre = new Float64Array(n);
  const factor = new Float64Array(n * n);
  const along = new Float64Array(n); // Bᵀa
  const step = new Float64Array(n);

  const reach: Ellipsoid['reach'] = (a) => {
    let sum = 0;
    for (let j = 0; j < n; j++) {
      let dot = 0;
      for (let i = 0; i < n; i++) dot += factor[i * n + j]! * a[i]!;
      along[j] = dot;
      sum += dot * dot;
    }
    return Math.sqrt(sum);
  };

  return {
    centre,
    reset: (radius) => {
      factor.fill(0);
      for (let i = 0; i < n; i++) factor[i * n + i] = radius;
    },
    reach,
    isWithin: (width) => {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += factor[i * n + j]! ** 2;
        if (sum > width ** 2) return false;
      }
      return true;
    },
    cutOff: (a, depth) => {
      const length = reach(a);
      const alpha = depth / length;
      if (!(alpha < 1)) return false;
      for (let j = 0; j < n; j++) along[j]! /= length;
      const move = (1 + n * alpha) / (n + 1);
      const squeeze = Math.sqrt(((n - 1) * (1 - alpha)) / ((n + 1) * (1 + alpha))) - 1;
      const swell = Math.sqrt((n * n * (1 - alpha * alpha)) / (n * n - 1));
      for (let i = 0; i < n; i++) {
        let dot = 0;
        for (let j = 0; j < n; j++) dot += factor[i * n + j]! * along[j]!;
        step[i] = dot;
      }
      for (let i = 0; i < n; i++) {
        centre[i]! += move * step[i]!;
        for (let j = 0; j < n; j++)
          factor[i * n + j] = swell * (factor[i * n + j]! + squeeze * step[i]! * along[j]!);
      }
      return true;
    },
  };
};
