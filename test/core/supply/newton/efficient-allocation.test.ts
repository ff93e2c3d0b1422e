import {
  efficientAllocator,
  gaussLegendre,
  type Input,
  type ProductionFunction,
  supplyPoint,
  technology,
} from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose, references, technologyNamed } from '../../reference-cases.ts';

const noCap = Number.POSITIVE_INFINITY;

interface Tasks {
  readonly weights: Float64Array;
  readonly values: Float64Array;
}

/** Profit of any inputs, straight from the definition: Σ ω(φ v(x, z) − c·x) − c·z. */
const profitOf = (
  production: ProductionFunction,
  inputs: readonly Input[],
  { weights, values }: Tasks,
  x: readonly (readonly number[])[],
  z: readonly number[],
): number => {
  const taskCosts = inputs.filter(({ scope }) => scope === 'task').map(({ cost }) => cost);
  const sharedCosts = inputs.filter(({ scope }) => scope === 'shared').map(({ cost }) => cost);
  let profit = 0;
  x.forEach((amounts, m) => {
    const spent = amounts.reduce((sum, amount, j) => sum + taskCosts[j]! * amount, 0);
    const quality = spent > 0 ? production.value(Float64Array.from(amounts), Float64Array.from(z)) : 0;
    profit += weights[m]! * (values[m]! * quality - spent);
  });
  return z.reduce((sum, amount, k) => sum - sharedCosts[k]! * amount, profit);
};

const solved = (production: ProductionFunction, inputs: readonly Input[], tasks: Tasks) => {
  const made = technology(production, inputs);
  const allocator = efficientAllocator(made, tasks.weights.length);
  const allocation = allocator.solve(tasks.weights, tasks.values);
  const x = Array.from(tasks.weights, (_, m) =>
    Array.from({ length: made.taskCount }, (_, j) =>
      allocation.unserved[m] ? 0 : Math.exp(allocation.conditions.logX[m * made.taskCount + j]!),
    ),
  );
  const z = [...allocation.conditions.z];
  return { allocation, allocator, x, z, profit: profitOf(production, inputs, tasks, x, z) };
};

describe('value profiles of the reference table', () => {
  /** Nodes between the jumps of the profile, crowded like t⁴ towards both ends, where i² and 1 − i are 0. */
  const nodesOn = (ends: readonly number[], count: number) => {
    const { nodes, weights } = gaussLegendre(count);
    const at: number[] = [];
    const weight: number[] = [];
    ends.slice(1).forEach((to, e) => {
      const [from, middle] = [ends[e]!, (ends[e]! + to) / 2];
      nodes.forEach((t, i) => {
        const grade = 4 * t ** 3 * weights[i]! * (middle - from);
        at.push(from + (middle - from) * t ** 4, to - (middle - from) * t ** 4);
        weight.push(grade, grade);
      });
    });
    return { at, weight };
  };
  const profiles: Readonly<Record<string, { w: (i: number) => number; ends: number[] }>> = {
    'i^2': { w: (i) => i * i, ends: [0, 1] },
    '1.5+sin(2 pi i)': { w: (i) => 1.5 + Math.sin(2 * Math.PI * i), ends: [0, 1] },
    '1-i': { w: (i) => 1 - i, ends: [0, 1] },
    '0.3*(i<0.4)+1.2*(i>=0.4)': { w: (i) => (i < 0.4 ? 0.3 : 1.2), ends: [0, 0.4, 1] },
    'exp(-3i)': { w: (i) => Math.exp(-3 * i), ends: [0, 1] },
  };

  type Row = Readonly<Record<string, string>> & {
    readonly points: readonly Readonly<Record<string, string>>[];
  };
  const rows = references.b_asymmetric_cd.efficient as unknown as Row[];
  test.each(rows)(
    '$tech, $profile: z, X, Y, gross value, net surplus and points to 1e-9, θ by Lemma 2',
    (row) => {
      const { production, inputs, degree, closedForm } = technologyNamed(row.tech!);
      const { w, ends } = profiles[row.profile!]!;
      const { at, weight } = nodesOn(ends, 24);
      // The table's points take part as tasks of next to no weight.
      const points = row.points.map(({ i }) => Number(i));
      const tasks = {
        weights: Float64Array.from([...weight, ...points.map(() => 1e-40)]),
        values: Float64Array.from([...at, ...points].map(w)),
      };
      const { allocation, x, z, profit } = solved(production, inputs, tasks);
      expect(allocation.solved).toBe(true);
      const expected = (key: string): number => Number(row[key]);
      const total = (term: (m: number) => number): number =>
        tasks.weights.reduce((sum, omega, m) => sum + omega * term(m), 0);
      expectClose(z[0]!, expected('z'), 1e-9, 'z');
      expectClose(
        total((m) => x[m]![0]!),
        expected('X'),
        1e-9,
        'X',
      );
      expectClose(
        total((m) => x[m]![1]!),
        expected('Y'),
        1e-9,
        'Y',
      );
      const gross = total((m) => tasks.values[m]! * allocation.conditions.quality[m]!);
      expectClose(gross, expected('gross_value'), 1e-9, 'gross value');
      expectClose(profit, expected('net_surplus'), 1e-9, 'net surplus');
      expectClose(allocation.conditions.profit, profit, 1e-13, 'profit as reported');
      row.points.forEach((point, p) => {
        const m = weight.length + p;
        expectClose(x[m]![0]!, Number(point.x), 1e-9, `x(${point.i})`);
        expectClose(x[m]![1]!, Number(point.y), 1e-9, `y(${point.i})`);
        expectClose(allocation.conditions.quality[m]!, Number(point.q), 1e-9, `q(${point.i})`);
      });
      // Lemma 2: tokens bought at cost serve the profile like a single task of value θ.
      const theta = total((m) => tasks.values[m]! ** (1 / (1 - degree))) ** (1 - degree);
      expectClose(theta, expected('theta'), 1e-9, 'θ');
      const point = supplyPoint(3);
      closedForm.supply(theta, 1, point);
      expectClose(profit, point.surplus, 1e-9, 'S(θ)');
    },
  );
});

const sharedThree = cobbDouglas.create(
  { exponents: { x: 0.3, y: 0.2, z: 0.1, u: 0.15, t: 0.1 }, base: { z: 1, u: 0, t: 0.3 } },
  { task: ['x', 'y'], shared: ['z', 'u', 't'] },
);
const threeInputs = (cap: number): Input[] => [
  { name: 'x', scope: 'task', cost: 0.1, max: noCap },
  { name: 'y', scope: 'task', cost: 0.2, max: noCap },
  { name: 'z', scope: 'shared', cost: 0.3, max: noCap },
  { name: 'u', scope: 'shared', cost: 0.05, max: cap },
  { name: 't', scope: 'shared', cost: 0.1, max: cap / 2 },
];
/** Saturating in its tasks' inputs, and given by v alone. */
const saturating: ProductionFunction = {
  value: (x, z) => (-Math.expm1(-x[0]!)) ** 0.4 * (-Math.expm1(-x[1]!)) ** 0.3 * (0.5 + z[0]!) ** 0.2,
};
const saturatingInputs: Input[] = [
  { name: 'x', scope: 'task', cost: 0.1, max: noCap },
  { name: 'y', scope: 'task', cost: 0.15, max: noCap },
  { name: 'z', scope: 'shared', cost: 0.2, max: 3 },
];

const cases: [string, ProductionFunction, readonly Input[]][] = [
  ['three shared inputs, uncapped', sharedThree, threeInputs(noCap)],
  ['three shared inputs, tightly capped', sharedThree, threeInputs(0.2)],
  ['three shared inputs, from v alone', { value: sharedThree.value }, threeInputs(2)],
  ['a saturating technology, from v alone', saturating, saturatingInputs],
];

describe.each(cases)('with %s', (_, production, inputs) => {
  const sharedInputs = inputs.filter(({ scope }) => scope === 'shared');
  const profile = fc.array(
    fc.record({
      omega: fc.double({ min: 0.05, max: 1, noNaN: true }),
      // A third of the tasks are worth nothing, or less.
      phi: fc.integer({ min: -1000, max: 2500 }).map((n) => n / 1000),
    }),
    { minLength: 1, maxLength: 5 },
  );
  const tasksOf = (rows: readonly { omega: number; phi: number }[]): Tasks => ({
    weights: Float64Array.from(rows, ({ omega }) => omega),
    values: Float64Array.from(rows, ({ phi }) => phi),
  });

  test('first-order conditions hold at every task and every shared input, bounds included', () => {
    fc.assert(
      fc.property(profile, (rows) => {
        const tasks = tasksOf(rows);
        const { allocation, x, z } = solved(production, inputs, tasks);
        expect(allocation.solved).toBe(true);
        const served = x.map((_, m) => allocation.unserved[m] === 0);
        served.forEach((isServed, m) => {
          if (!(tasks.values[m]! > 0)) expect(isServed).toBe(false);
        });
        if (!served.includes(true)) return;
        // Marginal profits per unit of cost, by central differences of the definition.
        const slope = (change: (h: number) => number, size: number, cost: number): number =>
          (change(1e-5 * size) - change(-1e-5 * size)) / (2e-5 * size * cost);
        const taskInputs = inputs.filter(({ scope }) => scope === 'task');
        served.forEach((isServed, m) => {
          if (!isServed) return;
          taskInputs.forEach(({ cost }, j) => {
            const moved = (h: number): number =>
              profitOf(
                production,
                inputs,
                tasks,
                x.map((amounts, n) => (n === m ? amounts.map((a, i) => (i === j ? a + h : a)) : amounts)),
                z,
              );
            expect(Math.abs(slope(moved, x[m]![j]!, tasks.weights[m]! * cost)), `x${j} of ${m}`).toBeLessThan(
              3e-4,
            );
          });
        });
        sharedInputs.forEach(({ cost, max }, k) => {
          const moved = (h: number): number =>
            profitOf(
              production,
              inputs,
              tasks,
              x,
              z.map((amount, i) => (i === k ? amount + h : amount)),
            );
          const pull = z[k] === 0 ? (moved(1e-6) - moved(0)) / (1e-6 * cost) : slope(moved, z[k]!, cost);
          if (z[k] === 0) expect(pull).toBeLessThan(1e-4);
          else if (z[k] === max) expect(pull).toBeGreaterThan(-3e-4);
          else expect(Math.abs(pull)).toBeLessThan(3e-4);
          expect(z[k]).toBeLessThanOrEqual(max);
        });
      }),
      { numRuns: 40, seed: 20261122 },
    );
  });

  test('no random feasible change of inputs raises profit', () => {
    fc.assert(
      fc.property(profile, fc.integer({ min: 1, max: 1_000_000 }), (rows, seed) => {
        const tasks = tasksOf(rows);
        const { allocation, x, z, profit } = solved(production, inputs, tasks);
        expect(allocation.solved).toBe(true);
        expect(profit).toBeGreaterThanOrEqual(0);
        let state = seed;
        const normal = (): number => {
          // Park–Miller numbers, summed.
          let sum = -6;
          for (let i = 0; i < 12; i++) {
            state = (state * 48271) % 2147483647;
            sum += state / 2147483647;
          }
          return sum;
        };
        for (let trial = 0; trial < 60; trial++) {
          const size = [1e-3, 0.1, 2][trial % 3]!;
          const nextX = x.map((amounts) =>
            amounts.map((a) =>
              a > 0 ? a * Math.exp(size * normal()) : trial % 2 === 0 ? 0 : Math.abs(size * normal()),
            ),
          );
          const nextZ = z.map((a, k) =>
            Math.min(
              sharedInputs[k]!.max,
              a > 0 ? a * Math.exp(size * normal()) : Math.max(0, size * normal()),
            ),
          );
          const other = profitOf(production, inputs, tasks, nextX, nextZ);
          expect(other).toBeLessThanOrEqual(profit + 1e-12 * (1 + Math.abs(profit)));
        }
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  test('a solve from wherever the last one ended equals a fresh one to 1e-10', () => {
    fc.assert(
      fc.property(fc.array(profile, { minLength: 2, maxLength: 4 }), (sequence) => {
        const allocator = efficientAllocator(technology(production, inputs), 5);
        for (const rows of sequence) {
          const padded = tasksOf([
            ...rows,
            ...Array.from({ length: 5 - rows.length }, () => ({ omega: 0.5, phi: -1 })),
          ]);
          const warm = allocator.solve(padded.weights, padded.values);
          const fresh = solved(production, inputs, padded);
          expect(warm.solved).toBe(true);
          expectClose(warm.conditions.profit, fresh.profit, 1e-10, 'profit', 1);
          warm.conditions.z.forEach((z, k) => {
            expectClose(z, fresh.z[k]!, 1e-8, 'z', 1);
          });
        }
      }),
      { numRuns: 20, seed: 11 },
    );
  });
});

describe('profiles in which nothing is worth making', () => {
  const { production, inputs } = technologyNamed('EX1');
  test.each([
    ['all values 0', [0, 0]],
    ['all values negative', [-1, -0.5]],
    ['no weight', [1, 1], [0, 0]],
  ])('%s: nothing is made, and that is solved', (_, values, weights = [0.5, 0.5]) => {
    const tasks = { weights: Float64Array.from(weights), values: Float64Array.from(values) };
    const { allocation, x, z, profit } = solved(production, inputs, tasks);
    expect(allocation.solved).toBe(true);
    expect([...x.flat(), ...z, profit, allocation.conditions.profit]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('after which a profile of worth is solved again', () => {
    const allocator = efficientAllocator(technology(production, inputs), 1);
    const profits = [1, -1, 1, 0, 1].map((value) => {
      const { conditions, solved: isSolved } = allocator.solve(Float64Array.of(1), Float64Array.of(value));
      expect(isSolved).toBe(true);
      return conditions.profit;
    });
    // Example 1 at φ = 1: x = y = 16 and z = 15 give v = 8, and 8 − 47/8 = 17/8.
    for (const [i, profit] of profits.entries())
      expectClose(profit, i % 2 === 0 ? 17 / 8 : 0, 1e-13, `${i}`, 1e-3);
  });
});

test('the answer of the allocation to its value is the derivative of log inputs, by differences', () => {
  const { production, inputs } = technologyNamed('ASYM_b0.05');
  const allocator = efficientAllocator(technology(production, inputs), 2);
  const weights = Float64Array.of(0.6, 0.4);
  const at = (first: number): number[] => {
    const { conditions } = allocator.solve(weights, Float64Array.of(first, 0.7));
    return [...conditions.logX, Math.log(conditions.z[0]! + 0.05)];
  };
  const h = 1e-4;
  const [up, down] = [at(1 + h), at(1 - h)];
  const values = Float64Array.of(1, 0.7);
  const { conditions } = allocator.solve(weights, values);
  allocator.linearize(weights);
  // log φ of task 0 enters its own conditions, and that of the shared input by its share.
  const effect = Float64Array.of(1, 1, 0, 0, conditions.shares[0]!);
  allocator.respond(effect);
  effect.forEach((slope, i) => {
    expectClose(slope, (up[i]! - down[i]!) / (2 * h), 1e-6, `coordinate ${i}`, 1);
  });
});
