/**
 * For each of `count` ascending types, the index of the item she likes best; −1 for all where there are no items.
 *
 * Where higher types want items further up (∂²u/∂type∂item ≥ 0), choices are monotone, and divide and conquer finds all of them in
 * O((types + items) log types). Of items that she likes equally well the first is taken.
 */
export const monotoneChoices = (
  count: number,
  items: number,
  utility: (type: number, item: number) => number,
): Int32Array => {
  const favourite = new Int32Array(count).fill(-1);
  const choose = (from: number, to: number, first: number, last: number): void => {
    if (from > to) return;
    const middle = (from + to) >> 1;
    let best = Number.NEGATIVE_INFINITY;
    let which = first;
    for (let j = first; j <= last; j++) {
      const own = utility(middle, j);
      if (own > best) {
        best = own;
        which = j;
      }
    }
    favourite[middle] = which;
    choose(from, middle - 1, first, which);
    choose(middle + 1, to, which, last);
  };
  if (items > 0) choose(0, count - 1, 0, items - 1);
  return favourite;
};
