/** inf {t ∈ [from, to] : holds(t)}, from above to within the tolerance, for a property that, once true, stays true; `to` where it never is. */
export const threshold = (
  holds: (t: number) => boolean,
  { from, to }: { readonly from: number; readonly to: number },
  tolerance: number,
): number => {
  if (!holds(to)) return to;
  let [below, above] = [from, to];
  while (above - below > tolerance) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) break;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
};
