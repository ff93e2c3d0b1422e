// Types uniform on [1, 2]², two goods (Rochet and Choné), in the number of types.
export default [10, 20, 30, 60, 100].map((n) => ({
  name: 'types, two goods',
  size: n * n,
  isLarge: n > 30,
  study: {
    cost: { use: 'quadratic' },
    buyers: {
      kind: 'profiles',
      tasks: { weights: [1, 1] },
      types: Array.from({ length: n * n }, (_, k) => ({
        mass: 1,
        values: [1 + (Math.floor(k / n) + 0.5) / n, 1 + ((k % n) + 0.5) / n],
      })),
    },
  },
}));
