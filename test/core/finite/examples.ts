import {
  type CurvedPoint,
  curvedPoint,
  type EfficientSupply,
  type FiniteProblem,
  type FiniteSolver,
  type Input,
  type ItemProfiles,
  interiorPoint,
  numericProfileSupply,
  type ProductionFunction,
  type ProfileSupply,
  profileTypes,
  solveFinite,
  supplyByIndex,
  supplyTaskByTask,
  type TypePairs,
  type TypeSpace,
  technology,
  type ValueScaleTypes,
  valueScaleTypes,
} from '@menusmith/core';
import { cobbDouglas, expression, quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { Matrix } from 'ml-matrix';

export const sum = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const each of numbers) total += each;
  return total;
};

/** Multiples of 1/20, so that numbers tie now and then. */
export const anyNumber = (most: number, least = 0): fc.Arbitrary<number> =>
  fc.integer({ min: 20 * least, max: 20 * most }).map((n) => n / 20);

export const anyNumbers = (count: number, most: number, least = 0): fc.Arbitrary<Float64Array> =>
  fc
    .array(anyNumber(most, least), { minLength: count, maxLength: count })
    .map((numbers) => Float64Array.from(numbers));

/** Masses from 1 down to 10⁻³ of one another. */
export const anyMass = (count: number): fc.Arbitrary<Float64Array> =>
  fc.array(fc.integer({ min: 0, max: 300 }), { minLength: count, maxLength: count }).map((exponents) => {
    const parts = exponents.map((each) => 10 ** (-each / 100));
    return Float64Array.from(parts, (part) => part / sum(parts));
  });

/** With types that are alike, and some without value or reach; `least` weight of a task. */
export const anyValueScaleTypes = (count: number, tasks: number, least = 0): fc.Arbitrary<ValueScaleTypes> =>
  fc
    .tuple(
      anyNumbers(count, 1),
      fc.array(fc.integer({ min: 0, max: tasks }), { minLength: count, maxLength: count }),
      anyNumbers(tasks, 1, least),
    )
    .map(([values, reach, weights]) => valueScaleTypes(values, Int32Array.from(reach), weights));

export const anyProfileTypes = (count: number, tasks: number, least = 0): fc.Arbitrary<TypeSpace> =>
  fc
    .tuple(anyNumbers(count * tasks, 1), anyNumbers(tasks, 1, least))
    .map(([values, weights]) => profileTypes(values, weights));

/** Items in blocks of any lengths, qualities of 0 and items without blocks among them. */
export const anyItems = (offered: number, tasks: number): fc.Arbitrary<ItemProfiles> =>
  fc
    .array(
      fc.array(fc.record({ quality: anyNumber(0.5), isEnd: fc.boolean() }), {
        minLength: tasks,
        maxLength: tasks,
      }),
      { minLength: offered, maxLength: offered },
    )
    .map((drawn) => {
      const blocks = drawn.map((item) =>
        item.flatMap(({ quality, isEnd }, m) => (isEnd ? [{ quality, end: m + 1 }] : [])),
      );
      const offsets = new Int32Array(offered + 1);
      blocks.forEach((own, k) => {
        offsets[k + 1] = offsets[k]! + own.length;
      });
      return {
        offsets,
        ends: Int32Array.from(blocks.flat(), ({ end }) => end),
        quality: Float64Array.from(blocks.flat(), ({ quality }) => quality),
      };
    });

/** Quality of item k task by task, from the definition of a profile in blocks. */
export const profileOf = ({ offsets, ends, quality }: ItemProfiles, k: number, tasks: number): number[] =>
  Array.from({ length: tasks }, (_, m) => {
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++) if (m < ends[b]!) return quality[b]!;
    return 0;
  });

/** ⟨w_n, q_k⟩ for every type n and item k, task by task. */
export const allWorths = (types: TypeSpace, items: ItemProfiles): number[][] => {
  const tasks = types.weights.length;
  const profiles = Array.from({ length: items.offsets.length - 1 }, (_, k) => profileOf(items, k, tasks));
  return Array.from({ length: types.count }, (_, n) =>
    profiles.map((profile) => sum(profile.map((q, m) => types.weights[m]! * types.valueAt(n, m) * q))),
  );
};

/**
 * What each type gains by items above `least`, from worths task by task, and what `tempted` visits; everybody has her rent from her own item.
 * Gains within rounding of `least` are nudged away from it.
 */
export const temptedPairs = (types: TypeSpace, items: ItemProfiles, rents: Float64Array, least: number) => {
  const worths = allWorths(types, items);
  const enough = least + 1e-9;
  const transfers = rents.map((rent, k) => worths[k]![k]! - rent);
  const visited = worths.map(() => new Map<number, number>());
  types.tempted(items, transfers, rents, enough, (n, k, gain) => {
    visited[n]!.set(k, gain);
  });
  const tempting = worths.map((own, n) => {
    const gains = own.map((worth, k) => [k, worth - transfers[k]! - rents[n]!] as const);
    return new Map(gains.filter(([k, gain]) => k !== n && gain > enough));
  });
  return { visited, tempting };
};

export const listed = ({ from, to }: TypePairs): (readonly [number, number])[] =>
  Array.from(from, (n, e) => [n, to[e]!] as const);

const noCap = Number.POSITIVE_INFINITY;
const inputsOf = (task: readonly string[], shared: readonly string[], costs: readonly number[]): Input[] =>
  [...task, ...shared].map((name, i) => ({
    name,
    scope: i < task.length ? 'task' : 'shared',
    cost: costs[i]!,
    max: noCap,
  }));

export interface CobbDouglas {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly base?: number;
  readonly costs?: readonly number[];
  readonly cap?: number;
}

/** v = x^α y^β (b + z)^γ: its supply in closed form, and to profiles from v and its gradient alone. */
export const cobbDouglasSupply = ({
  alpha,
  beta,
  gamma,
  base = 1,
  costs = [0.1, 0.1, 0.1],
  cap = noCap,
}: CobbDouglas): {
  readonly supply: EfficientSupply;
  readonly degree: number;
  numeric(tasks: number): ProfileSupply;
} => {
  const production = cobbDouglas.create(
    { exponents: { x: alpha, y: beta, z: gamma }, base: { z: base } },
    { task: ['x', 'y'], shared: ['z'] },
  );
  const inputs = inputsOf(['x', 'y'], ['z'], costs).map((input) =>
    input.scope === 'shared' ? { ...input, max: cap } : input,
  );
  return {
    supply: production.closedForm!(inputs),
    degree: alpha + beta,
    numeric: (tasks) => numericProfileSupply(technology(production, inputs), tasks),
  };
};

/** The technology of the paper's Example 1. */
export const example1 = cobbDouglasSupply({
  alpha: 0.25,
  beta: 0.25,
  gamma: 0.25,
  base: 1,
  costs: [1, 1, 1].map(() => 0.25),
});

export const halfSquares = (tasks: number): ProfileSupply => supplyTaskByTask(quadratic.create({}), tasks);

export const curvedExample1 = (tasks: number): ProfileSupply =>
  supplyByIndex(example1.supply, example1.degree, tasks);

const formulaSupply = (
  formula: string,
  task: readonly string[],
  shared: readonly string[],
  costs: readonly number[],
  tasks: number,
): ProfileSupply => {
  const production: ProductionFunction = expression.create(
    { formula, parameters: {} },
    { task: [...task], shared: [...shared] },
  );
  return numericProfileSupply(technology(production, inputsOf(task, shared, costs)), tasks);
};

/** Powers of concave functions with exponents that sum to less than 1: concave, and not homogeneous. */
export const oneShared = (tasks: number): ProfileSupply =>
  formulaSupply(
    '(1 - exp(-x))^0.4 * (1 - exp(-y))^0.3 * (1 + z)^0.2',
    ['x', 'y'],
    ['z'],
    [0.1, 0.05, 0.05],
    tasks,
  );

export const twoShared = (tasks: number): ProfileSupply =>
  formulaSupply(
    '(1 - exp(-x))^0.5 * (0.02 + y)^0.15 * (0.02 + z)^0.25',
    ['x'],
    ['y', 'z'],
    [0.1, 0.03, 0.06],
    tasks,
  );

/** Supply starts at a positive value (ERRATA S6). */
export const lateStart = (tasks: number): ProfileSupply =>
  formulaSupply(
    'sqrt(1 + z) * log(1 + sqrt(x * y) / sqrt(1 + z))',
    ['x', 'y'],
    ['z'],
    [0.3, 0.3, 0.02],
    tasks,
  );

/** Tasks that differ: exponents from 0.2 to 0.5 and from 0.4 to 0.1. */
export const unlikeTasks = (tasks: number): ProfileSupply => {
  const production = cobbDouglas.create(
    { exponents: { x: '0.2 + 0.3*i', y: '0.4 - 0.3*i', z: 0.25 }, base: { z: 0.1 } },
    { task: ['x', 'y'], shared: ['z'] },
  );
  const inputs = inputsOf(['x', 'y'], ['z'], [0.1, 0.2, 0.1]);
  const made = (i: number) => technology(production.atTask!(i), inputs);
  const gradients = Array.from({ length: tasks }, (_, m) => made((m + 0.5) / tasks).gradient);
  return numericProfileSupply(made(0.5), tasks, gradients);
};

/** The point that supply makes, in buffers of its own. */
export const suppliedAt = (
  supply: ProfileSupply,
  values: Float64Array,
  weights: Float64Array,
  count = values.length,
): CurvedPoint => {
  const point = curvedPoint(supply);
  supply.supply(values, weights, count, point);
  return point;
};

/** diag(ω h) + Σ c ωg ωgᵀ. */
export const hessianOf = (point: CurvedPoint, weights: Float64Array, count = weights.length): Matrix => {
  const hessian = Matrix.zeros(count, count);
  const { rank, factors, coefficients, diagonal } = point.curvature;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let entry = a === b ? weights[a]! * diagonal[a]! : 0;
      for (let r = 0; r < rank; r++) {
        entry +=
          coefficients[r]! * weights[a]! * factors[r * count + a]! * weights[b]! * factors[r * count + b]!;
      }
      hessian.set(a, b, entry);
    }
  }
  return hessian;
};

/** Small problems: types by profiles or by value and scale, with a quadratic cost or Example 1's. */
export const anyProblem: fc.Arbitrary<FiniteProblem> = fc
  .record({
    count: fc.integer({ min: 1, max: 6 }),
    tasks: fc.integer({ min: 1, max: 4 }),
    isGrid: fc.boolean(),
    isQuadratic: fc.boolean(),
  })
  .chain(({ count, tasks, isGrid, isQuadratic }) =>
    fc
      .tuple(
        isGrid ? anyValueScaleTypes(count, tasks, 0.05) : anyProfileTypes(count, tasks, 0.05),
        anyMass(count),
      )
      .map(
        ([types, mass]): FiniteProblem => ({
          types,
          mass,
          supply: isQuadratic ? halfSquares(tasks) : curvedExample1(tasks),
          ...(isQuadratic ? { cost: quadratic.create({}).form! } : {}),
        }),
      ),
  );

/** Values type by type, masses and weights, as reports of failures show them. */
export const inWords = ({ types, mass, cost }: FiniteProblem): string =>
  JSON.stringify({
    values: Array.from({ length: types.count }, (_, n) =>
      Array.from(types.weights, (_, m) => types.valueAt(n, m)),
    ),
    mass: [...mass],
    weights: [...types.weights],
    cost: cost === undefined ? 'Example 1' : 'quadratic',
  });

export const ownSolver: FiniteSolver = { refuses: () => undefined, proposals: interiorPoint };

export const solved = (problem: FiniteProblem, tolerance = 1e-9) => {
  const solve = solveFinite(problem, ownSolver, tolerance);
  let step = solve.next();
  while (!step.done) step = solve.next();
  return step.value;
};
