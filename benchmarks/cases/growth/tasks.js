import { complements } from '../families.js';

// 40 types whose profiles cross, smooth over ever more tasks; a CES technology.
export default [25, 50, 100, 200, 400, 800].map((tasks) => ({
  name: 'tasks, 40 crossing profiles',
  size: tasks,
  isLarge: tasks > 50,
  study: {
    ...complements,
    buyers: {
      kind: 'profiles',
      tasks: { weights: Array.from({ length: tasks }, () => 1 / tasks) },
      types: Array.from({ length: 40 }, (_, n) => ({
        mass: 1 + (n % 3),
        values: Array.from({ length: tasks }, (_t, m) => {
          const i = (m + 0.5) / tasks;
          return 0.6 + 0.5 * Math.sin(1 + n * 2.4 + (3 + (n % 5)) * i) ** 2;
        }),
      })),
    },
  },
}));
