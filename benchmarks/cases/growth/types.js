import { correlatedGrid } from '../families.js';

export default [16, 32, 64, 128, 256].map((n) => ({
  name: 'types, value and scale correlated',
  size: n * n,
  isLarge: n > 32,
  study: correlatedGrid(n, 0.9),
}));
