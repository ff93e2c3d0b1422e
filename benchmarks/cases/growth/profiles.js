import { twoGoods } from '../families.js';

// Rochet and Choné's problem, in the number of types.
export default [10, 20, 30, 60, 100].map((n) => ({
  name: 'types, two goods',
  size: n * n,
  isLarge: n > 30,
  study: twoGoods(n, 1, { use: 'quadratic' }),
}));
