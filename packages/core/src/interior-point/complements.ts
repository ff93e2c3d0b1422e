/** Complementary numbers, primal[i]·dual[i] = barrier on the central path; all stay above 0. */
export interface Complements {
  readonly primal: Float64Array;
  readonly dual: Float64Array;
}

export const complements = (size: number): Complements => ({
  primal: new Float64Array(size),
  dual: new Float64Array(size),
});

/** Σ (primal + t·step)(dual + t·step). */
export const gapAfter = (at: Complements, step: Complements, t: number): number => {
  let sum = 0;
  for (let i = 0; i < at.primal.length; i++) {
    sum += (at.primal[i]! + t * step.primal[i]!) * (at.dual[i]! + t * step.dual[i]!);
  }
  return sum;
};

/** The t at which the first of the numbers reaches 0, at most `most`. */
export const reachAlong = (at: Complements, step: Complements, most: number): number => {
  let reach = most;
  for (let i = 0; i < at.primal.length; i++) {
    if (step.primal[i]! < 0) reach = Math.min(reach, -at.primal[i]! / step.primal[i]!);
    if (step.dual[i]! < 0) reach = Math.min(reach, -at.dual[i]! / step.dual[i]!);
  }
  return reach;
};

/** Writes at + t·step into `out`. */
export const advance = (at: Complements, step: Complements, t: number, out: Complements): void => {
  for (let i = 0; i < at.primal.length; i++) {
    out.primal[i] = at.primal[i]! + t * step.primal[i]!;
    out.dual[i] = at.dual[i]! + t * step.dual[i]!;
  }
};
