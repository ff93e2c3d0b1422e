/**
 * Whole numbers below `below`: sfc32, with a state of 128 bits (Doty-Humphrey 2014, PractRand). Each stream of a seed has numbers of its own, so that it does not
 * matter in which order, or where, they are drawn.
 */
export const randomNumbers = (seed: number, stream: number): ((below: number) => number) => {
  let [a, b, c, counter] = [seed | 0, stream | 0, 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let k = 0; k < MIXING; k++) next();
  return (below) => Math.floor((next() / 4_294_967_296) * below);
};

/** Rounds after which seeds that differ in one bit have nothing in common. */
const MIXING = 15;
