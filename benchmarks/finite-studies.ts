/** A study of the finite benchmark, as the file that it would be, and the profit that is known of it. */
export interface FiniteStudy {
  readonly name: string;
  readonly types: number;
  readonly study: object;
  readonly profit?: number;
}

const example1 = {
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

const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Values (i + .5)/n, scales (j + 1)/n, masses in proportion to the FGM density at the middles of cells. */
export const correlatedGrid = (n: number, theta: number, profit?: number): FiniteStudy => ({
  name: `FGM ${theta}, ${n} × ${n} values and scales`,
  types: n * n,
  ...(profit === undefined ? {} : { profit }),
  study: {
    ...example1,
    buyers: {
      kind: 'value-scale-grid',
      values: indices(n).map((i) => (i + 0.5) / n),
      scales: indices(n).map((j) => (j + 1) / n),
      mass: indices(n).map((i) =>
        indices(n).map((j) => 1 + theta * (1 - (2 * i + 1) / n) * (1 - (2 * j + 1) / n)),
      ),
    },
  },
});

/** Rochet and Choné (1998): two goods, types uniform on [1, 2]², at the middles of n × n cells; C = |q|²/2. */
export const rochetChone = (n: number, profit?: number): FiniteStudy => ({
  name: `Rochet–Choné, ${n} × ${n}`,
  types: n * n,
  ...(profit === undefined ? {} : { profit }),
  study: {
    cost: { use: 'quadratic' },
    buyers: {
      kind: 'profiles',
      tasks: { weights: [1, 1] },
      types: indices(n * n).map((k) => ({
        mass: 1,
        values: [1 + (Math.floor(k / n) + 0.5) / n, 1 + ((k % n) + 0.5) / n],
      })),
    },
  },
});

/** Types with profiles that cross one another at random, on `tasks` tasks, served by a CES technology; the same at every run. */
export const crossingProfiles = (types: number, tasks: number): FiniteStudy => {
  let state = 12345;
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return {
    name: `${types} crossing profiles, ${tasks} tasks, CES`,
    types,
    study: {
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
      buyers: {
        kind: 'profiles',
        tasks: { weights: indices(tasks).map(() => 1 / tasks) },
        types: indices(types).map(() => ({
          mass: 0.5 + random(),
          values: indices(tasks).map(() => 0.1 + random()),
        })),
      },
    },
  };
};
