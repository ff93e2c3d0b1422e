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
