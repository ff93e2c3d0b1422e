import { technology } from '@menusmith/core';
import fc from 'fast-check';
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { marginalConditions } from '../../../../packages/core/src/supply/newton/marginal-conditions.ts';
import { newtonSystem } from '../../../../packages/core/src/supply/newton/newton-system.ts';

/** A technology of which only the number of inputs matters. */
const shape = (taskCount: number, sharedCount: number) =>
  technology({ value: () => 1 }, [
    ...Array.from({ length: taskCount }, (_, j) => ({
      name: `x${j}`,
      scope: 'task' as const,
      cost: 1,
      max: Number.POSITIVE_INFINITY,
    })),
    ...Array.from({ length: sharedCount }, (_, k) => ({
      name: `z${k}`,
      scope: 'shared' as const,
      cost: 1,
      max: 2,
    })),
  ]);

const cases = fc
  .record({
    tasks: fc.integer({ min: 1, max: 6 }),
    taskCount: fc.integer({ min: 0, max: 4 }),
    sharedCount: fc.integer({ min: 0, max: 4 }),
    numbers: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 600, maxLength: 600 }),
    served: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    states: fc.array(fc.constantFrom(0, 1, 2), { minLength: 4, maxLength: 4 }),
  })
  .filter(({ taskCount, sharedCount }) => taskCount + sharedCount > 0);

describe('the Newton system', () => {
  test('agrees with a dense solve of the whole arrow matrix, with held inputs and unserved tasks at 0', () => {
    fc.assert(
      fc.property(cases, ({ tasks, taskCount, sharedCount, numbers, served, states }) => {
        const n = taskCount + sharedCount;
        const state = marginalConditions(shape(taskCount, sharedCount), tasks);
        let next = 0;
        const draw = (): number => numbers[next++ % numbers.length]!;
        for (let m = 0; m < tasks; m++) {
          for (let a = 0; a < n; a++) {
            // Diagonally dominant, so that the dense solve is well conditioned.
            for (let b = 0; b < n; b++)
              state.elasticities[(m * n + a) * n + b] = (a === b ? -2 * n : 0) + draw();
          }
          for (let k = 0; k < sharedCount; k++) state.shares[m * sharedCount + k] = 0.5 + 0.4 * draw();
        }
        const isServed = Float64Array.from({ length: tasks }, (_, m) => (served[m] ? 1 : 0));
        fc.pre(isServed.some((value) => value > 0));
        const sharedStates = Uint8Array.from(states.slice(0, sharedCount));
        const size = tasks * taskCount + sharedCount;
        const sharedAt = tasks * taskCount;
        const rightHandSide = Float64Array.from({ length: size }, draw);

        // The whole matrix, with rows of the identity for what does not move.
        const matrix = Matrix.eye(size, size);
        const right = Matrix.zeros(size, 1);
        const isFree = (k: number): boolean => sharedStates[k] === 1;
        for (let m = 0; m < tasks; m++) {
          if (isServed[m] === 0) continue;
          const e = (a: number, b: number): number => state.elasticities[(m * n + a) * n + b]!;
          for (let a = 0; a < taskCount; a++) {
            const row = m * taskCount + a;
            right.set(row, 0, -rightHandSide[row]!);
            for (let b = 0; b < taskCount; b++) matrix.set(row, m * taskCount + b, e(a, b));
            for (let k = 0; k < sharedCount; k++)
              matrix.set(row, sharedAt + k, isFree(k) ? e(a, taskCount + k) : 0);
          }
        }
        for (let k = 0; k < sharedCount; k++) {
          if (!isFree(k)) continue;
          const row = sharedAt + k;
          right.set(row, 0, -rightHandSide[row]!);
          for (let column = 0; column < size; column++) matrix.set(row, column, 0);
          for (let m = 0; m < tasks; m++) {
            if (isServed[m] === 0) continue;
            const share = state.shares[m * sharedCount + k]!;
            const e = (b: number): number => share * state.elasticities[(m * n + taskCount + k) * n + b]!;
            for (let b = 0; b < taskCount; b++) matrix.set(row, m * taskCount + b, e(b));
            for (let l = 0; l < sharedCount; l++)
              if (isFree(l)) matrix.set(row, sharedAt + l, matrix.get(row, sharedAt + l) + e(taskCount + l));
          }
        }
        const dense = solve(matrix, right).to1DArray();

        const system = newtonSystem(shape(taskCount, sharedCount), tasks);
        expect(
          system.factor(state, {
            served: isServed,
            sharedStates,
            unused: new Uint8Array(tasks * taskCount),
          }),
        ).toBe(true);
        const step = new Float64Array(size);
        for (let time = 0; time < 2; time++) {
          system.solve(rightHandSide, step); // the same again from one factorisation
          for (let i = 0; i < size; i++) expect(Math.abs(step[i]! - dense[i]!)).toBeLessThan(1e-12);
        }
      }),
      { numRuns: 150, seed: 20261122 },
    );
  });

  test('says that a singular system is singular', () => {
    for (const [taskCount, sharedCount] of [
      [1, 0],
      [2, 0],
      [0, 1],
      [0, 2],
    ] as const) {
      const state = marginalConditions(shape(taskCount, sharedCount), 1);
      const system = newtonSystem(shape(taskCount, sharedCount), 1);
      const active = {
        served: Float64Array.of(1),
        sharedStates: new Uint8Array(sharedCount).fill(1),
        unused: new Uint8Array(taskCount),
      };
      expect(system.factor(state, active)).toBe(false);
      state.elasticities.fill(Number.NaN);
      state.shares.fill(1);
      expect(system.factor(state, active)).toBe(false);
    }
  });
});
