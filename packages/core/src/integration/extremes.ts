/** The largest of numbers, or −∞ of none. Math.max takes what is spread into it from the stack, which has no room for a hundred thousand. */
export const largestOf = (numbers: Iterable<number>): number => {
  let most = Number.NEGATIVE_INFINITY;
  for (const each of numbers) most = Math.max(most, each);
  return most;
};

/** The smallest of numbers, or ∞ of none. */
export const smallestOf = (numbers: Iterable<number>): number => {
  let least = Number.POSITIVE_INFINITY;
  for (const each of numbers) least = Math.min(least, each);
  return least;
};
