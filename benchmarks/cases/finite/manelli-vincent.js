import { twoGoods } from '../families.js';

// Manelli and Vincent (2006): two goods without cost, at most one of each, types uniform on [0, 1]² at the middles of n × n cells. A linear
// program; in the continuum prices 2/3 and (4 − √2)/3 earn (12 + 2√2)/27.
const sizes = [10, 20, 30, 50];

export default sizes.map((n) => ({
  name: `Manelli–Vincent ${n} × ${n}`,
  isLarge: n > 10,
  study: twoGoods(n, 0, { use: 'linear', rate: 0, max: 1 }),
}));
