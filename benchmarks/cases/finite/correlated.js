// Value and scale under an FGM copula: values (i + ½)/n, scales (j + 1)/n, masses in proportion to the density at the middles of cells; the
// technology of Example 1.
const sizes = [
  [8, 0.9],
  [16, 0.9],
  [32, 0.9],
  [64, 0.9, 0.132184394],
  [64, -0.9],
  [128, 0.9],
];

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

export default sizes.map(([n, theta, profit]) => {
  const cells = Array.from({ length: n }, (_, i) => i);
  return {
    name: `Correlated ${n} × ${n}${theta < 0 ? ', negatively' : ''}`,
    ...(profit ? { profit } : {}),
    isLarge: n > 32 || theta < 0,
    study: {
      ...technology,
      buyers: {
        kind: 'value-scale-grid',
        values: cells.map((i) => (i + 0.5) / n),
        scales: cells.map((j) => (j + 1) / n),
        mass: cells.map((i) => cells.map((j) => 1 + theta * (1 - (2 * i + 1) / n) * (1 - (2 * j + 1) / n))),
      },
    },
  };
});
