/** Distinct places in ascending order. */
export const ascendingPlaces = (places: readonly number[]): number[] =>
  [...new Set(places)].sort((a, b) => a - b);

const DEEPEST = 40;

/** Halves stretches between ascending places until none has more than this mass. */
export const halvedByMass = (
  places: readonly number[],
  survival: (x: number) => number,
  most: number,
): number[] => {
  const halved = [places[0]!];
  const add = (from: number, to: number, depth: number): void => {
    const middle = from + (to - from) / 2;
    // Where survival has no number nothing is known to be halved for.
    if (!(survival(from) - survival(to) > most) || depth === 0) {
      halved.push(to);
      return;
    }
    add(from, middle, depth - 1);
    add(middle, to, depth - 1);
  };
  for (let i = 0; i + 1 < places.length; i++) add(places[i]!, places[i + 1]!, DEEPEST);
  return halved;
};
