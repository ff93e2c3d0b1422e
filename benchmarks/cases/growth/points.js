// Finitely many representative types, one-dimensional: θ = (i + ½)/n with a mass that makes φ fall in the middle, so that there is ironing.
export default [100, 1000, 10_000, 100_000].map((n) => ({
  name: 'types, one-dimensional',
  size: n,
  isLarge: n > 10_000,
  study: {
    production: {
      use: 'cobb-douglas',
      exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 },
      base: { fineTuning: 1 },
    },
    inputs: {
      input: { scope: 'task', cost: 0.125 },
      output: { scope: 'task', cost: 0.125 },
      fineTuning: { scope: 'shared', cost: 0.125 },
    },
    contract: 'packages',
    buyers: {
      kind: 'representative',
      types: Array.from({ length: n }, (_, i) => {
        const value = (i + 0.5) / n;
        return { value, mass: 1 + 3 * Math.exp(-(((value - 0.6) / 0.08) ** 2)) };
      }),
    },
  },
}));
