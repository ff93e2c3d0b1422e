/** The technology of the paper's Example 1, as a study says it. */
export const example1 = {
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
