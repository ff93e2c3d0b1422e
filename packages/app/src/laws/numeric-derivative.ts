/** f′(t) by central differences at steps h and h/2, extrapolated: order 4. */
export const numericDerivative = (f: (t: number) => number, t: number, h: number): number => {
  const central = (step: number): number => (f(t + step) - f(t - step)) / (2 * step);
  return (4 * central(h / 2) - central(h)) / 3;
};
