/** Random numbers in [0, 1), the same for the same seed (mulberry32). */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

type Random = () => number;

const integer = (random: Random, min: number, max: number): number =>
  min + Math.floor(random() * (max - min + 1));

const many = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i));

const shares = (parts: readonly number[]): number[] => {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / whole);
};

const anyProfiles = (random: Random, types: number, tasks: number) => ({
  kind: 'profiles',
  tasks: { weights: shares(many(tasks, () => random() + 0.01)) },
  types: many(types, () => ({ mass: random() ** 2 + 0.001, values: many(tasks, random) })),
});

/** Cobb–Douglas with exponents that sum to `total`, of which the shared input has `shared`. */
const anyTechnology = (random: Random, total: number, shared: number) => {
  const cost = (): number => 10 ** (2 * random() - 1.5);
  const first = total * (1 - shared) * (0.1 + 0.8 * random());
  return {
    production: {
      use: 'cobb-douglas',
      exponents: { x: first, y: total * (1 - shared) - first, ...(shared > 0 ? { z: total * shared } : {}) },
      ...(shared > 0 ? { base: { z: [0, 0.1, 1][integer(random, 0, 2)]! } } : {}),
    },
    inputs: {
      x: { scope: 'task', cost: cost() },
      y: { scope: 'task', cost: cost() },
      ...(shared > 0 ? { z: { scope: 'shared', cost: cost() } } : {}),
    },
  };
};

/** A square grid of values and scales on which large values go with large scales. */
const positiveDependence = (random: Random, size: number) => {
  const peak = [3, 10, 37, 100][integer(random, 0, 3)]!;
  const width = 0.1 + random();
  const kind = integer(random, 0, 2);
  const density = (i: number, j: number): number => {
    if (kind === 0) return i === j ? peak : 1;
    if (kind === 1) return Math.exp(-3 * ((i - j) / (size * width)) ** 2);
    return 1 / (1 + peak * Math.abs(i - j));
  };
  return {
    kind: 'value-scale-grid',
    values: many(size, (i) => (i + 1) / size),
    scales: many(size, (j) => (j + 1) / size),
    mass: many(size, (i) => many(size, (j) => density(i, j))),
  };
};

const anyGrid = (random: Random, values: number, scales: number) => {
  const ascending = (count: number): number[] =>
    many(count, () => 0.05 + 0.95 * random()).sort((a, b) => a - b);
  return {
    kind: 'value-scale-grid',
    values: ascending(values),
    scales: ascending(scales),
    mass: many(values, () => many(scales, () => random() ** 3 + 0.0005)),
  };
};

/** Families of small studies that have been hard: each draws one study a seed. */
export const families: Readonly<
  Record<string, { readonly seeds: readonly number[]; readonly study: (seed: number) => object }>
> = {
  'exponents that sum to more than .9, with a shared input': {
    seeds: many(12, (i) => i),
    study: (seed) => {
      const random = randomNumbers(1000 + seed);
      const technology = anyTechnology(random, 0.9 + 0.07 * random(), 0.1 + 0.6 * random());
      return { ...technology, buyers: anyProfiles(random, integer(random, 3, 8), integer(random, 1, 5)) };
    },
  },
  'inelastic supply: exponents that sum to .02 to .1': {
    // Of the first 100, number 47 ends at a gap of 2e-5.
    seeds: many(13, (i) => i),
    study: (seed) => {
      const random = randomNumbers(2000 + seed);
      const technology = anyTechnology(random, 0.02 + 0.08 * random(), random() < 0.5 ? 0 : 0.5 * random());
      return { ...technology, buyers: anyProfiles(random, integer(random, 3, 8), integer(random, 1, 5)) };
    },
  },
  'even grids with positive dependence': {
    seeds: many(12, (i) => i),
    study: (seed) => {
      const random = randomNumbers(3000 + seed);
      return {
        cost: { use: 'quadratic' },
        buyers: positiveDependence(random, 2 * integer(random, 1, 3)),
      };
    },
  },
  'even grids with positive dependence, by Cobb–Douglas': {
    // 18 to 98: types with φ = 0 exactly; 67 came back to the same checkpoint without end.
    seeds: [...many(12, (i) => i), 18, 42, 53, 67, 85, 98],
    study: (seed) => {
      const random = randomNumbers(6000 + seed);
      const technology = anyTechnology(random, 0.3 + 0.5 * random(), random() < 0.5 ? 0 : 0.5 * random());
      return { ...technology, buyers: positiveDependence(random, 2 * integer(random, 1, 3)) };
    },
  },
  'grids of any values, scales and masses': {
    seeds: many(12, (i) => i),
    study: (seed) => {
      const random = randomNumbers(5000 + seed);
      const technology = anyTechnology(random, 0.3 + 0.6 * random(), random() < 0.5 ? 0 : 0.6 * random());
      return { ...technology, buyers: anyGrid(random, integer(random, 2, 6), integer(random, 2, 6)) };
    },
  },
  'goods whose values are rounded to 7 to 12 digits': {
    seeds: many(8, (i) => i),
    study: (seed) => {
      const random = randomNumbers(8000 + seed);
      const digits = 10 ** integer(random, 7, 12);
      const goods = integer(random, 1, 3);
      const levels = 2 * integer(random, 3, 6);
      const value = (): number => Math.round(((integer(random, 1, levels) - 0.5) / levels) * digits) / digits;
      return {
        cost: { use: 'linear', rate: random() < 0.5 ? 0 : 0.1, max: 1 },
        buyers: {
          kind: 'profiles',
          tasks: { weights: many(goods, () => 1 / goods) },
          types: many(24, () => ({ mass: integer(random, 1, 3), values: many(goods, value) })),
        },
      };
    },
  },
};
