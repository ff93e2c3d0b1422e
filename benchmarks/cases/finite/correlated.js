import { correlatedGrid } from '../families.js';

const sizes = [
  [8, 0.9],
  [16, 0.9],
  [32, 0.9],
  [64, 0.9, 0.132184394],
  [64, -0.9],
  [128, 0.9],
];

export default sizes.map(([n, theta, profit]) => ({
  name: `Correlated ${n} × ${n}${theta < 0 ? ', negatively' : ''}`,
  ...(profit ? { profit } : {}),
  isLarge: n > 32 || theta < 0,
  study: correlatedGrid(n, theta),
}));
