/** The lines w ↦ slope·w − transfer that are highest somewhere, by ascending slope; `order` holds them so sorted. Answers with their number. */
export const upperEnvelope = (
  order: Int32Array,
  lines: number,
  slopes: Float64Array,
  transfers: Float64Array,
  hull: Int32Array,
): number => {
  let size = 0;
  for (let i = 0; i < lines; i++) {
    const k = order[i]!;
    const [slope, transfer] = [slopes[k]!, transfers[k]!];
    if (size > 0 && slopes[hull[size - 1]!] === slope) {
      if (transfers[hull[size - 1]!]! <= transfer) continue;
      size--;
    }
    while (size >= 2) {
      const a = hull[size - 2]!;
      const b = hull[size - 1]!;
      // b is nowhere highest if the new line overtakes a before b does.
      const isNeeded =
        (transfer - transfers[a]!) * (slopes[b]! - slopes[a]!) >
        (transfers[b]! - transfers[a]!) * (slope - slopes[a]!);
      if (isNeeded) break;
      size--;
    }
    hull[size++] = k;
  }
  return size;
};

/** Visits the members, by ascending value, with the line of the envelope that is highest at each one's value, and what it is there. */
export const walkEnvelope = (
  members: Int32Array,
  valueAlong: (member: number) => number,
  slopes: Float64Array,
  transfers: Float64Array,
  hull: Int32Array,
  size: number,
  visit: (member: number, line: number, utility: number) => void,
): void => {
  let h = 0;
  for (const n of members) {
    const value = valueAlong(n);
    let utility = value * slopes[hull[h]!]! - transfers[hull[h]!]!;
    while (h + 1 < size) {
      const next = value * slopes[hull[h + 1]!]! - transfers[hull[h + 1]!]!;
      if (!(next >= utility)) break;
      utility = next;
      h++;
    }
    visit(n, hull[h]!, utility);
  }
};
