/** Looks at the function, pairs of steps that are remembered, and shortenings of one step. */
const [MOST_LOOKS, REMEMBERED, MOST_CUTS] = [120, 12, 12];
/** A step is to bring this share of what the gradient promises. */
const PROMISED = 1e-4;
/** The first step, and pairs of steps that say nothing of curvature. */
const [FIRST, FLAT] = [0.02, 1e-18];

const product = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let p = 0; p < a.length; p++) sum += a[p]! * b[p]!;
  return sum;
};

/**
 * A lower point of a convex function of x ≥ 0: the projected quasi-Newton method with a limited memory (Nocedal and Wright, Numerical Optimization, 7.2) on those x that are not held at 0. `reach` is about how far
 * each may move, as a share; those with 0 stay. `look` answers with the function and writes its gradient. No point is worse than `start`. Yields between looks.
 */
export function* descent(
  start: Float64Array,
  reach: Float64Array,
  look: (x: Float64Array, gradient: Float64Array) => number,
): Generator<undefined, Float64Array, unknown> {
  let x = start;
  let gradient = new Float64Array(x.length);
  let value = look(x, gradient);
  const memory: { readonly step: Float64Array; readonly turn: Float64Array; readonly along: number }[] = [];
  for (let looks = 1; looks < MOST_LOOKS; ) {
    const direction = towards(gradient, memory, x, reach);
    let length = 1;
    let isFound = false;
    for (let cut = 0; cut < MOST_CUTS && !isFound; cut++, length /= 3) {
      yield;
      const next = x.map((each, p) => Math.max(0, each + length * direction[p]!));
      const slope = new Float64Array(x.length);
      const found = look(next, slope);
      looks++;
      const step = next.map((each, p) => each - x[p]!);
      if (!(found <= value + PROMISED * product(gradient, step))) continue;
      const turn = slope.map((each, p) => each - gradient[p]!);
      const along = product(step, turn);
      if (along > FLAT) memory.push({ step, turn, along });
      if (memory.length > REMEMBERED) memory.shift();
      [x, gradient, value, isFound] = [next, slope, found, true];
    }
    if (!isFound) break;
  }
  return x;
}

const towards = (
  gradient: Float64Array,
  memory: readonly { readonly step: Float64Array; readonly turn: Float64Array; readonly along: number }[],
  x: Float64Array,
  reach: Float64Array,
): Float64Array => {
  const isFree = x.map((each, p) => (reach[p]! > 0 && (each > 0 || gradient[p]! < 0) ? 1 : 0));
  const direction = gradient.map((each, p) => -each * isFree[p]!);
  const shares = memory.map(() => 0);
  for (let k = memory.length - 1; k >= 0; k--) {
    const { step, turn, along } = memory[k]!;
    const share = product(step, direction) / along;
    shares[k] = share;
    for (let p = 0; p < x.length; p++) direction[p]! -= share * turn[p]!;
  }
  const last = memory.at(-1);
  const size = last
    ? last.along /
      product(
        last.turn,
        last.turn.map((each, p) => each * reach[p]!),
      )
    : FIRST;
  for (let p = 0; p < x.length; p++) direction[p]! *= size * reach[p]!;
  memory.forEach(({ step, turn, along }, k) => {
    const back = shares[k]! - product(turn, direction) / along;
    for (let p = 0; p < x.length; p++) direction[p]! += back * step[p]!;
  });
  for (let p = 0; p < x.length; p++) direction[p]! *= isFree[p]!;
  return direction;
};
