/** Scales looked at first, and how near a change is found, as a share of the range: what a menu makes has a bend there, of which an integral sees the square. */
const PROBES = 8;
const NEAR = 2 ** -24;
/** Changes that are looked for: more of them are noise. */
const MOST = 4;
/** The lowest scale that is looked at, as a share of the range. */
const LOWEST = 2 ** -10;

/** The scales in (from, to) at which the shape of what a scale is sold changes, each to `near` of the range; a shape is any text. */
export const scaleChanges = (
  shape: (scale: number) => string,
  from: number,
  to: number,
  near = NEAR,
): number[] => {
  const nearest = Math.max(NEAR, near) * (to - from);
  const changes: number[] = [];
  const search = (low: number, atLow: string, high: number, atHigh: string): void => {
    if (atLow === atHigh || changes.length >= MOST) return;
    const middle = low + (high - low) / 2;
    if (high - low <= nearest) {
      changes.push(middle);
      return;
    }
    const atMiddle = shape(middle);
    search(low, atLow, middle, atMiddle);
    search(middle, atMiddle, high, atHigh);
  };
  let low = from + LOWEST * (to - from);
  let atLow = shape(low);
  for (let i = 1; i <= PROBES; i++) {
    const high = from + ((to - from) * i) / PROBES;
    const atHigh = shape(high);
    search(low, atLow, high, atHigh);
    [low, atLow] = [high, atHigh];
  }
  return changes;
};
