import type { Proof } from '@menusmith/verify';
import { verifyProof } from '@menusmith/verify';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provedContinuum } from './continua.ts';
import { listedStudies } from './listed-studies.ts';
import { provedStudy } from './proofs.ts';

/**
 * Proofs are changed in so many ways in all: MENUSMITH_FALSIFICATIONS=10000 asks for more than every run of the tests does.
 */
const CHANGES = Number(process.env.MENUSMITH_FALSIFICATIONS ?? 1000);

type Place = readonly (string | number)[];

/** Places of everything in plain data. */
const placesIn = (data: unknown, path: Place = []): readonly Place[] =>
  typeof data !== 'object' || data === null
    ? [path]
    : [path, ...Object.entries(data).flatMap(([key, inner]) => placesIn(inner, [...path, key]))].filter(
        ({ length }) => length > 0,
      );

const at = (data: unknown, place: Place): unknown =>
  place.reduce((inner: unknown, key) => (inner as Record<string, unknown>)[key], data);

/** Plain data with something else, or nothing, at one place. */
const withChange = <T>(data: T, [key, ...rest]: Place, change: (old: unknown) => unknown): T => {
  if (key === undefined) return change(data) as T;
  const inner = (data as Record<string, unknown>)[key];
  const changed = withChange(inner, rest, change);
  if (Array.isArray(data)) {
    const entries = changed === undefined ? [] : [changed];
    return [...data.slice(0, Number(key)), ...entries, ...data.slice(Number(key) + 1)] as T;
  }
  const { [key]: _, ...others } = data as Record<string, unknown>;
  return (changed === undefined ? others : { ...others, [key]: changed }) as T;
};

const asNumber = (of: (x: number) => unknown) => (old: unknown) =>
  typeof old === 'number' ? of(old) : undefined;

/** Ways to change what stands at a place; `other` is what stands at another. */
const ways = fc.oneof(
  fc.double({ min: -1e-3, max: 1e-3, noNaN: true }).map((share) => () => asNumber((x) => x * (1 + share))),
  fc.double({ min: -2, max: 2, noNaN: true }).map((by) => () => asNumber((x) => x + by)),
  fc.double({ min: -9, max: 9, noNaN: true }).map((power) => () => asNumber((x) => x * 10 ** power)),
  fc
    .constantFrom<unknown>(
      0,
      -1,
      1,
      1e300,
      1e-300,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      null,
      'x',
      [],
      {},
      true,
    )
    .map((value) => () => () => value),
  fc.constant(() => () => undefined),
  fc.constant((other: unknown) => () => other),
);

describe('a proof that was falsified', () => {
  const subjects = {
    goods: 'goods, at most two',
    outside: 'something outside for everybody',
    rival: 'two models beside a rival, with lotteries',
    capacity: 'capacity of two inputs, packages',
    nodes: 'profiles on nodes, two of them alike',
    'a line': undefined,
    'values and scales': undefined,
  } as const;
  const runs = Math.ceil(CHANGES / Object.keys(subjects).length);

  it.each(Object.entries(subjects))(
    'is verified only where what it claims is true all the same: %s',
    async (kind, listed) => {
      const { proof, least, most } =
        listed === undefined
          ? await provedContinuum(kind)
          : await provedStudy(listedStudies[listed]!).then(({ proof, result }) => ({
              proof,
              least: result.certificate.attainedObjective!,
              most: result.certificate.upperBound!,
            }));
      expect(verifyProof(proof as Proof).verified).toBe(true);
      const { study: _, ...rest } = proof;
      const places = placesIn(rest);
      // Most places are amounts: half of all changes are to something else.
      const others = places.filter(([first]) => !['virtual', 'continuum', 'items'].includes(String(first)));
      const place = fc.oneof(
        fc.constantFrom(...places),
        fc.constantFrom(...(others.length > 0 ? others : places)),
      );
      const room = 1e-8;
      fc.assert(
        fc.property(fc.array(fc.tuple(place, place, ways), { minLength: 1, maxLength: 3 }), (changes) => {
          let changed = proof as Proof;
          for (const [to, from, way] of changes) {
            try {
              changed = withChange(changed, to, way(at(proof, from)));
            } catch {
              // A place that an earlier change took away.
            }
          }
          const verdict = verifyProof(changed);
          // The optimum lies between what is attained and the bound, of the study: whatever stands in a proof, what is verified of it is true.
          if (!verdict.verified) {
            expect(verdict.violations.length).toBeGreaterThan(0);
            return;
          }
          expect(changed.claims.attainedObjective).toBeLessThanOrEqual(most + room);
          expect(changed.claims.upperBound).toBeGreaterThanOrEqual(least - room);
          expect(Number(verdict.attainedObjective![0])).toBeLessThanOrEqual(most + room);
          expect(Number(verdict.upperBound![1])).toBeGreaterThanOrEqual(least - room);
        }),
        { numRuns: runs },
      );
    },
    3_600_000,
  );
});
