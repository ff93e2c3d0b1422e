import { type Certificate, relativeGap, statusOf } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const good: Certificate = {
  of: 'grid',
  attained: 2,
  upperBound: 2 + 1e-12,
  maxIncentiveViolation: 0,
  maxParticipationViolation: 0,
};
const status = (change: Partial<Certificate>, tolerance = 1e-9, money = 4) =>
  statusOf({ ...good, ...change }, tolerance, money);

test('the relative gap is (bound − attained)/|bound|, absolute at a bound of 0', () => {
  expect(relativeGap({ ...good, attained: 3, upperBound: 4 })).toBe(0.25);
  expect(relativeGap({ ...good, attained: -3, upperBound: -2 })).toBe(0.5);
  expect(relativeGap({ ...good, attained: -0.5, upperBound: 0 })).toBe(0.5);
});

describe('the status', () => {
  test('is optimal where the gap and both violations are within tolerance', () => {
    expect(status({})).toBe('optimal');
    expect(status({ maxIncentiveViolation: 3.9e-9, maxParticipationViolation: 3.9e-9 })).toBe('optimal');
    expect(status({ attained: 0, upperBound: 0 })).toBe('optimal');
    // Of 4 the tolerance is a quarter: a gap of 1, and violations of 1, are within it.
    const just = { attained: 3, upperBound: 4, maxIncentiveViolation: 1, maxParticipationViolation: 1 };
    expect(status(just, 0.25, 4)).toBe('optimal');
  });

  test.each<[string, Partial<Certificate>]>([
    ['the gap is too wide', { upperBound: 2 + 1e-8 }],
    ['the bound lies below what is attained', { upperBound: 2 - 1e-8 }],
    ['incentives are violated', { maxIncentiveViolation: 4.1e-9 }],
    ['participation is violated', { maxParticipationViolation: 4.1e-9 }],
    ['the bound is NaN', { upperBound: Number.NaN }],
    ['the bound is infinite', { upperBound: Number.POSITIVE_INFINITY }],
    ['the incentive violation is NaN', { maxIncentiveViolation: Number.NaN }],
    ['the participation violation is NaN', { maxParticipationViolation: Number.NaN }],
  ])('is feasible where %s', (_, change) => expect(status(change)).toBe('feasible'));

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'is uncertified where the attained profit is %f',
    (attained) => {
      expect(status({ attained })).toBe('uncertified');
      expect(status({ attained, upperBound: attained })).toBe('uncertified');
    },
  );

  test('is never optimal with a tolerance or a size of money that is NaN', () => {
    expect(status({}, Number.NaN)).toBe('feasible');
    expect(status({}, 1e-9, Number.NaN)).toBe('feasible');
  });

  test('is optimal for no certificate that has NaN or ∞ in it', () => {
    const any = fc.constantFrom(
      0,
      1,
      -1,
      1e-12,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    );
    fc.assert(
      fc.property(any, any, any, any, (attained, upperBound, ic, ir) => {
        const got = status({
          attained,
          upperBound,
          maxIncentiveViolation: ic,
          maxParticipationViolation: ir,
        });
        const isBad =
          [attained, upperBound].some((x) => !Number.isFinite(x)) || [ic, ir].some((x) => !(x < 1));
        if (isBad) expect(got).not.toBe('optimal');
        expect(got === 'uncertified').toBe(!Number.isFinite(attained));
      }),
      { numRuns: 500, seed: 20261122 },
    );
  });
});
