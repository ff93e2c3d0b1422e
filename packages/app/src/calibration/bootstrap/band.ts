/** From the 5th to the 95th percentile of draws. */
export type Band = readonly [number, number];

/** Of the draws that a band holds. */
export const LEVEL = 0.9;

/** The order statistics at ranks (n + 1)·0.05 and (n + 1)·0.95, of which another draw lies between in nine of ten cases however few there are (Davison and Hinkley 1997, section 5.2.1). */
export const band = (numbers: readonly number[]): Band => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = Math.max(0, Math.min(sorted.length - 1, share * (sorted.length + 1) - 1));
    const below = Math.floor(place);
    const low = sorted[below]!;
    return low + (place - below) * ((sorted[below + 1] ?? low) - low);
  };
  return [at((1 - LEVEL) / 2), at((1 + LEVEL) / 2)];
};
