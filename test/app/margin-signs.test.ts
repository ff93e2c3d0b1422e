import {
  checkStudy,
  createRegistry,
  parseStudy,
  type StudyCheck,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);

/** The statements whose margin has not the sign of the verdict; a margin that does not exist has none. */
const contradictions = (statements: StudyCheck['conditions'] | StudyCheck['assumptions']) =>
  statements.filter(
    ({ holds, margin }) =>
      margin !== null && !Number.isNaN(margin) && (holds ? !(margin >= 0) : !(margin < 0)),
  );

const uniform = (min: number, max: number) => ({ use: 'uniform', min, max });
const mixture = (...parts: readonly (readonly [number, object])[]) => ({
  use: 'mixture',
  parts: parts.map(([weight, of]) => ({ weight, of })),
});
const studyOf = (fields: object) =>
  parseStudy(JSON.stringify({ cost: { use: 'quadratic' }, ...fields }), { file: 'study.json', registry });
const representative = (type: object) => studyOf({ buyers: { kind: 'representative', type } });

const share = fc.integer({ min: 1, max: 99 }).map((n) => n / 100);
const shape = fc.integer({ min: 3, max: 60 }).map((n) => n / 10);
const part = fc.oneof(
  fc.tuple(share, share).map(([a, b]) => uniform(Math.min(a, b), Math.max(a, b) + 0.01)),
  fc.tuple(shape, shape).map(([a, b]) => ({ use: 'beta', a: a + 0.8, b: b + 0.8 })),
  fc.tuple(shape, share).map(([a, b]) => ({ use: 'kumaraswamy', a: a + 0.8, b: b + 1 })),
);
const types = fc
  .array(fc.tuple(share, part), { minLength: 1, maxLength: 3 })
  .map((parts) => mixture(...parts));

describe('a condition that fails has a negative margin, and one that holds a nonnegative one', () => {
  test('where φ only jumps down: ¾ − ¼ of the types on either side of .6, with the fall 2·.3/1.1667 over the pool', () => {
    // φ = 2θ − .6·(1/.7)… at .6 from below: .6 − .3/(.7/.6) = .342857; from above .6 − .3/(.3/.4) = .2.
    const { conditions } = solveStudy(
      representative(mixture([0.7, uniform(0, 0.6)], [0.3, uniform(0.6, 1)])),
    ).result;
    const increasing = conditions.find(({ name }) => name === 'increasing-virtual-value')!;
    expect(increasing.holds).toBe(false);
    expect(increasing.margin).toBeLessThan(0);
    expect(increasing.at.value).toBeCloseTo(0.6, 9);
    expect(contradictions(conditions)).toEqual([]);
  });

  test('of any mixture of types', () => {
    fc.assert(
      fc.property(types, (type) => {
        expect(contradictions(solveStudy(representative(type)).result.conditions)).toEqual([]);
      }),
      { numRuns: 25, seed: 14 },
    );
  });

  test('of listed types', () => {
    const listed = fc.array(fc.record({ value: share, mass: share }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(listed, (all) => {
        const study = studyOf({ buyers: { kind: 'representative', types: all } });
        expect(contradictions(solveStudy(study).result.conditions)).toEqual([]);
      }),
      { numRuns: 60, seed: 14 },
    );
  });

  test('of values and scales, with the assumptions on v and on C(q, s)', () => {
    const exponents = fc.record({ x: share, z: share }).map(({ x, z }) => ({ x: x / 2.1, z: z / 2.1 }));
    const production = fc.oneof(
      exponents.map((each) => ({ use: 'cobb-douglas', exponents: each, base: { z: 1 } })),
      exponents.map(({ x, z }) => ({ use: 'expression', formula: `x^${x} * (1 + log(1 + z))^${z} + 0 * x` })),
    );
    fc.assert(
      fc.property(production, types, (made, value) => {
        const study = parseStudy(
          JSON.stringify({
            production: made,
            inputs: { x: { scope: 'task', cost: 0.2 }, z: { scope: 'shared', cost: 0.3 } },
            buyers: { kind: 'value-scale', value, scale: uniform(0, 1) },
          }),
          { file: 'study.json', registry },
        );
        const { conditions, assumptions } = checkStudy(study);
        expect([...contradictions(conditions), ...contradictions(assumptions)]).toEqual([]);
      }),
      { numRuns: 3, seed: 14 },
    );
  });
});
