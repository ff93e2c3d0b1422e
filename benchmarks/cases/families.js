// Studies that cases of several sizes are made of.
const range = (n) => Array.from({ length: n }, (_, i) => i);

/**
 * Value and scale under an FGM copula: values (i + ½)/n, scales (j + 1)/n, masses in proportion to the density at the middles of cells; the
 * technology of Example 1.
 */
export const correlatedGrid = (n, theta) => ({
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
  buyers: {
    kind: 'value-scale-grid',
    values: range(n).map((i) => (i + 0.5) / n),
    scales: range(n).map((j) => (j + 1) / n),
    mass: range(n).map((i) => range(n).map((j) => 1 + theta * (1 - (2 * i + 1) / n) * (1 - (2 * j + 1) / n))),
  },
});

/** Two goods, types uniform on [from, from + 1]² at the middles of n × n cells. */
export const twoGoods = (n, from, cost) => ({
  cost,
  buyers: {
    kind: 'profiles',
    tasks: { weights: [1, 1] },
    types: range(n * n).map((k) => ({
      mass: 1,
      values: [from + (Math.floor(k / n) + 0.5) / n, from + ((k % n) + 0.5) / n],
    })),
  },
});

/** A CES technology in which inputs are complements. */
export const complements = {
  production: {
    use: 'ces',
    shares: { input: 0.6, output: 0.4 },
    substitution: -0.5,
    degree: 0.5,
    shared: { fineTuning: { exponent: 0.2, base: 0.5 } },
  },
  inputs: {
    input: { scope: 'task', cost: 0.1 },
    output: { scope: 'task', cost: 0.2 },
    fineTuning: { scope: 'shared', cost: 0.15 },
  },
};
