import { twoGoods } from '../families.js';

// Rochet and Choné (1998): two goods, C = |q|²/2, types uniform on [1, 2]² at the middles of n × n cells. Their menu bunches.
const known = { 10: 1.5801454, 20: 1.5473689, 30: 1.5365147 };
const sizes = [10, 20, 30, 60, 100];

export default sizes.map((n) => ({
  name: `Rochet–Choné ${n} × ${n}`,
  ...(known[n] ? { profit: known[n] } : {}),
  isLarge: n > 30 || n === 20,
  study: twoGoods(n, 1, { use: 'quadratic' }),
}));
