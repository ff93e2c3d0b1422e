const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/** The n-th Halton point of [0, 1)^dimensions, n ≥ 1: laws are tried at the same points every time. */
const halton = (n: number, dimensions: number): readonly number[] =>
  Array.from({ length: dimensions }, (_, d) => {
    const base = PRIMES[d % PRIMES.length]!;
    let fraction = 0;
    let weight = 1 / base;
    for (let rest = n + Math.floor(d / PRIMES.length); rest > 0; rest = Math.floor(rest / base)) {
      fraction += (rest % base) * weight;
      weight /= base;
    }
    return fraction;
  });

/** The first `count` Halton points. */
export const haltonPoints = (count: number, dimensions: number): readonly (readonly number[])[] =>
  Array.from({ length: count }, (_, n) => halton(n + 1, dimensions));

/** low·(high/low)^u: the point at share u of [low, high] on a logarithmic scale. */
export const logarithmic = (u: number, low: number, high: number): number =>
  low * Math.exp(u * Math.log(high / low));
