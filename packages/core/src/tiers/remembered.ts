/** The function, asked once for every number: a distribution may have to integrate for its answer. */
export const remembered = (f: (x: number) => number): ((x: number) => number) => {
  const known = new Map<number, number>();
  return (x) => {
    const before = known.get(x);
    if (before !== undefined) return before;
    const value = f(x);
    known.set(x, value);
    return value;
  };
};
