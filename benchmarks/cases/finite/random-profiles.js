import { complements } from '../families.js';

// Profiles that cross one another at random, the same at every run: with quadratic costs, which every solver takes, and with a CES technology.
const random = (seed) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
};

const buyers = (types, tasks) => {
  const next = random(12345);
  return {
    kind: 'profiles',
    tasks: { weights: Array.from({ length: tasks }, () => 1 / tasks) },
    types: Array.from({ length: types }, () => ({
      mass: 0.5 + next(),
      values: Array.from({ length: tasks }, () => 0.1 + next()),
    })),
  };
};

export default [
  { name: 'Random profiles 12 × 6, quadratic', study: { cost: { use: 'quadratic' }, buyers: buyers(12, 6) } },
  {
    name: 'Random profiles 50 × 20, quadratic',
    isLarge: true,
    study: { cost: { use: 'quadratic' }, buyers: buyers(50, 20) },
  },
  { name: 'Random profiles 50 × 200, CES', study: { ...complements, buyers: buyers(50, 200) } },
  {
    name: 'Random profiles 200 × 50, quadratic',
    isLarge: true,
    study: { cost: { use: 'quadratic' }, buyers: buyers(200, 50) },
  },
];
