// The same grids as cases/finite/correlated.js, in the number of types: FGM 0.9, the technology of Example 1.
const sizes = [16, 32, 64, 128, 256];

const technology = {
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
};

export default sizes.map((n) => {
  const cells = Array.from({ length: n }, (_, i) => i);
  const rank = (i) => 1 - (2 * i + 1) / n;
  return {
    name: 'types, value and scale correlated',
    size: n * n,
    isLarge: n > 32,
    study: {
      ...technology,
      buyers: {
        kind: 'value-scale-grid',
        values: cells.map((i) => (i + 0.5) / n),
        scales: cells.map((j) => (j + 1) / n),
        mass: cells.map((i) => cells.map((j) => 1 + 0.9 * rank(i) * rank(j))),
      },
    },
  };
});
