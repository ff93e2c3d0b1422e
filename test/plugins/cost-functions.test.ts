import {
  type EfficientSupply,
  type FiniteProblem,
  type FiniteSolver,
  formOnTasks,
  InputError,
  profilePoint,
  profileSupplyAtCost,
  profileTypes,
  relativeGap,
  solveFinite,
  statusOf,
} from '@menusmith/core';
import {
  clarabelSolver,
  expressionCost,
  highsSolver,
  interiorPointSolver,
  linear,
  quadratic,
} from '@menusmith/plugins';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, test } from 'vitest';

const TOLERANCE = 1e-8;
const [interiorPoint, highs, clarabel] = [interiorPointSolver, highsSolver, clarabelSolver].map((entry) =>
  entry.create({}),
) as [FiniteSolver, FiniteSolver, FiniteSolver];

beforeAll(async () => {
  for (const solver of [highs, clarabel]) await solver.prepare?.();
});

const costBy = (formula: string | readonly string[], max?: number | readonly number[], parameters = {}) =>
  expressionCost.create({ formula, max, parameters });

const complaint = (make: () => unknown): readonly [message: string, field: readonly (string | number)[]] => {
  try {
    make();
  } catch (error) {
    if (error instanceof InputError) return [error.message, error.field];
    throw error;
  }
  throw new Error('it was accepted');
};

/** Three tasks, in the middles of thirds. */
const positions = Float64Array.of(1 / 6, 1 / 2, 5 / 6);

const suppliedTo = (cost: EfficientSupply, values: readonly number[], weights: readonly number[]) => {
  const supply = profileSupplyAtCost(cost, positions.slice(0, values.length));
  const point = profilePoint(supply);
  supply.supply(Float64Array.from(values), Float64Array.from(weights), values.length, point);
  return point;
};

describe('costs by task', () => {
  it('are those of a list, or of a formula in the place of the task', () => {
    const weights = [0.5, 1, 2];
    const values = [1, 2, 3];
    const quality = (cost: EfficientSupply) => [...suppliedTo(cost, values, weights).quality];
    expect(quality(quadratic.create({ coefficient: [1, 4, 2] }))).toEqual([1, 0.5, 1.5]);
    expect(quality(linear.create({ rate: [2, 0.5, 0], max: [1, 2, 3] }))).toEqual([0, 2, 3]);
    expect(quality(costBy(['q^2/2', 'a*q + q^2', 'q^2'], [0.7, 5, 5], { a: 1 }))).toEqual([0.7, 0.5, 1.5]);
    quality(costBy('(1 + i)*q^2/2')).forEach((q, m) => {
      expect(q).toBeCloseTo(values[m]! / (1 + positions[m]!), 14);
    });
  });

  it('that are all the same are no costs by task', () => {
    expect(quadratic.create({ coefficient: 2 }).byTask).toBeUndefined();
    expect(linear.create({ rate: 1, max: 2 }).byTask).toBeUndefined();
    expect(costBy('q^2').byTask).toBeUndefined();
  });

  it('cannot be supplied to tasks that are alike', () => {
    const point = profilePoint({ tasks: 1 });
    const out = {
      ...point,
      quality: 0,
      inputs: new Float64Array(0),
      regime: 0,
      qualityByValue: 0,
      qualityByScale: 0,
      model: 0,
    };
    linear.create({ rate: [1, 2] }).supply(3, 1, out);
    expect(out.solved).toBe(false);
  });

  it('are refused with their place', () => {
    expect(complaint(() => linear.create({ rate: [1, 2], max: [1, 2, 3] }))).toEqual([
      'expected as many entries as rate has, 2, one a task, got 3',
      ['max'],
    ]);
    expect(complaint(() => costBy(['q^2', 'sqrt(q)']))[1]).toEqual(['formula', 1]);
    expect(complaint(() => costBy('q^2 + x'))).toEqual([
      'column 7: no name "x"; did you mean q? (names: q, i)',
      ['formula'],
    ]);
    expect(complaint(() => costBy('q^2', undefined, { q: 1 }))[1]).toEqual(['parameters', 'q']);
  });
});

describe('a total', () => {
  it('goes to the tasks on which a unit is worth most', () => {
    // Worth a unit: 0.5·(3 − 1) = 1, 1·(2.5 − 1) = 1.5, 2·(1.2 − 1) = 0.4.
    const cost = linear.create({ rate: 1, max: 1, total: 1.5 });
    const { quality, surplus, cost: spent } = suppliedTo(cost, [3, 2.5, 1.2], [0.5, 1, 2]);
    expect([...quality]).toEqual([0.5, 1, 0]);
    expect(surplus).toBeCloseTo(2, 15);
    expect(spent).toBeCloseTo(0.5 * 0.5 + 1, 15);
  });

  test('leaves as much as the best of all vertices, of random costs', () => {
    const number = fc.integer({ min: -40, max: 80 }).map((n) => n / 20);
    const positive = fc.integer({ min: 1, max: 30 }).map((n) => n / 10);
    const three = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        three(number),
        three(positive),
        three(positive),
        three(positive),
        positive,
        (values, weights, rates, caps, total) => {
          const cost = linear.create({ rate: rates, max: caps, total });
          const { surplus } = suppliedTo(cost, values, weights);
          // At a vertex all but one task has nothing or its most, and that one what is left or what it can have.
          let best = 0;
          for (let choice = 0; choice < 8; choice++) {
            for (let last = 0; last < 3; last++) {
              const q = caps.map((cap, m) => (m !== last && (choice >> m) & 1 ? cap : 0));
              const left = total - q.reduce((sum, each) => sum + each, 0);
              if (left < 0) continue;
              q[last] = Math.min(caps[last]!, left);
              for (const share of [0, 1]) {
                const worth = q.reduce(
                  (sum, each, m) =>
                    sum + weights[m]! * (values[m]! - rates[m]!) * each * (m === last ? share : 1),
                  0,
                );
                best = Math.max(best, worth);
              }
            }
          }
          expect(surplus).toBeCloseTo(best, 12);
        },
      ),
      { numRuns: 300, seed: 15 },
    );
  });
});

const solved = (problem: FiniteProblem, solver: FiniteSolver) => {
  const solve = solveFinite(problem, solver, TOLERANCE);
  let step = solve.next();
  while (!step.done) step = solve.next();
  const { menu } = step.value;
  const { certificate, money } = menu;
  return {
    profit: certificate.attained,
    gap: relativeGap(certificate),
    status: statusOf(certificate, TOLERANCE, money),
    menu,
  };
};

/** Values of up to eight types on three tasks, some of them below 0. */
const problemsAt = (cost: EfficientSupply): fc.Arbitrary<FiniteProblem> =>
  fc
    .integer({ min: 1, max: 8 })
    .chain((types) =>
      fc.tuple(
        fc.array(fc.integer({ min: -15, max: 60 }), { minLength: 3 * types, maxLength: 3 * types }),
        fc.array(fc.integer({ min: 1, max: 10 }), { minLength: types, maxLength: types }),
        fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 3, maxLength: 3 }),
      ),
    )
    .map(([values, shares, parts]) => {
      const total = shares.reduce((sum, each) => sum + each, 0);
      return {
        types: profileTypes(
          Float64Array.from(values, (value) => value / 20),
          Float64Array.from(parts, (part) => part / 5),
        ),
        mass: Float64Array.from(shares, (share) => share / total),
        supply: profileSupplyAtCost(cost, positions),
        cost: formOnTasks(cost, positions)!,
      };
    })
    .filter(({ types, supply }) => {
      const point = profilePoint(supply);
      const values = Float64Array.from({ length: 3 }, (_, m) => types.valueAt(0, m));
      supply.supply(values, types.weights, 3, point);
      return point.surplus > 0;
    });

describe.each([
  ['highs', highs, 'rates by task', linear.create({ rate: [0.1, 1, 0.4], max: 1 })],
  ['highs', highs, 'at most one', linear.create({ rate: [0.1, 1, 0.4], max: 1, total: 1 })],
  ['highs', highs, 'a total between', linear.create({ rate: 0.2, max: [1, 2, 0.5], total: 1.7 })],
  ['highs', highs, 'straight pieces', costBy('max(0.2*q, q - 0.3)', 1)],
  ['interior-point', interiorPoint, 'coefficients by task', quadratic.create({ coefficient: [1, 3, 0.5] })],
  ['interior-point', interiorPoint, 'a starting slope and a most', costBy('0.2*q + q^2/2', 0.7)],
  [
    'interior-point',
    interiorPoint,
    'kinks, starts and mosts by task',
    costBy(['0.5*q + q^2/2', 'max(q^2/2, q^2 - 0.05)', 'q^2/4 + max(0, q - 0.3)'], [0.6, 1, 3]),
  ],
] as const)('%s', (_, solver, what, cost) => {
  test(`is certified with ${what}, and attains what Clarabel does`, () => {
    fc.assert(
      fc.property(problemsAt(cost), (problem) => {
        const own = solved(problem, solver);
        const yardstick = solved(problem, clarabel);
        expect(own.status).toBe('optimal');
        expect(yardstick.status).toBe('optimal');
        expect(Math.abs(own.profit - yardstick.profit)).toBeLessThanOrEqual(1e-7 * yardstick.profit);
      }),
      { numRuns: 60, seed: 15 },
    );
  });
});

test('interior-point is certified where a cost is no polynomial', () => {
  for (const cost of [
    costBy('exp(q) - 1'),
    costBy('q^1.5'),
    costBy('exp(q) - 1 + max(0, q - 0.3)'),
    costBy('-log(1 - q)', 1),
    costBy('(1 + i)*q + q^3'),
  ]) {
    fc.assert(
      fc.property(problemsAt(cost), (problem) => {
        const { cost: form, ...rest } = problem;
        expect(form).toBeUndefined();
        // Where items that belong together differ by rounding, rents cannot be mended to the last.
        expect(solved(rest, interiorPoint).gap).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 30, seed: 15 },
    );
  }
});

test('a cost that is straight in a part and curved in another comes to the same by chords and by Clarabel', () => {
  for (const problem of fc.sample(problemsAt(costBy('max(0.2*q, q^2 - 0.3)')), { numRuns: 8, seed: 15 })) {
    expect(interiorPoint.refuses(problem)).toContain('linear in a part');
    const [chords, whole] = [solved(problem, highs), solved(problem, clarabel)];
    expect(chords.status).toBe('optimal');
    expect(whole.status).toBe('optimal');
    expect(Math.abs(chords.profit - whole.profit)).toBeLessThan(1e-6);
  }
});

test('no linear program is near a cost that is curved throughout', () => {
  const [problem] = fc.sample(problemsAt(costBy('q^2/2')), { numRuns: 1, seed: 15 });
  expect(highs.refuses(problem!)).toContain('curved throughout');
});

test('a proposal beyond the total is not counted', () => {
  const cost = linear.create({ rate: 0, max: 1, total: 1 });
  const problem: FiniteProblem = {
    types: profileTypes(Float64Array.of(2, 2, 2), Float64Array.of(1, 1, 1)),
    mass: Float64Array.of(1),
    supply: profileSupplyAtCost(cost, positions),
    cost: formOnTasks(cost, positions)!,
  };
  const cheat: FiniteSolver = {
    refuses: () => undefined,
    *proposals() {
      yield {
        flows: { from: new Int32Array(0), to: new Int32Array(0), amount: new Float64Array(0) },
        rents: Float64Array.of(0),
        quality: {
          offsets: Int32Array.of(0, 3),
          ends: Int32Array.of(1, 2, 3),
          quality: Float64Array.of(1, 1, 1),
        },
        iterations: 1,
        expectedGap: 0,
      };
    },
  };
  // All of it would be worth 6; one good is worth 2.
  expect(solved(problem, cheat).profit).not.toBe(6);
  expect(solved(problem, highs).profit).toBeCloseTo(2, 12);
});
