import type { Audit, Certificate, Condition, Totals } from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import {
  certificateResult,
  conditionResult,
  efficientAnswer,
  fullExtraction,
  lotteriesResult,
  objectiveResult,
  poolResults,
  populationCertificate,
  sharesTaken,
  statusResult,
  totalsResult,
  withCrumbs,
} from '../../packages/app/src/solve/assemble.ts';

/** Revenue 10 − 2, cost 3: profit 5; the bound by its own integral 6. */
const totals: Totals = {
  servedSurplus: 6,
  cost: 3,
  grossValue: 10,
  rent: 2,
  excluded: 0.25,
  fineTuned: 0.5,
  outside: 0.125,
  kept: 0.375,
  error: 1 / 64,
  solved: true,
};
const audit: Audit = { maxIncentiveViolation: 0.03, maxParticipationViolation: 0.04, loss: 0.5 };
const certificate: Certificate = {
  of: 'grid',
  attained: 5,
  upperBound: 8,
  maxIncentiveViolation: 0.03,
  maxParticipationViolation: 0.04,
};

describe('the certificate of a continuous population', () => {
  test('attains what the transfers bring, less what the audited deviation loses', () => {
    expect(populationCertificate(totals, audit).attained).toBeCloseTo(10 - 3 - 2 - 0.5, 14);
    expect(populationCertificate(totals, { ...audit, loss: Number.NaN }).attained).toBeNaN();
  });

  test('counts the share κ of what is left to buyers', () => {
    expect(populationCertificate(totals, audit, 0.25).attained).toBeCloseTo(10 - 3 - 0.75 * 2 - 0.5, 14);
  });

  test('attains the whole welfare where nobody is paid', () => {
    expect(populationCertificate(totals, undefined)).toMatchObject({
      of: 'population',
      attained: 7,
      maxIncentiveViolation: 0,
      maxParticipationViolation: 0,
    });
  });

  test('is bounded by the dual integral, raised by the error of its quadrature', () => {
    expect(populationCertificate(totals, audit).upperBound).toBe(6.09375);
    expect(populationCertificate({ ...totals, error: 0 }, audit).upperBound).toBe(6);
  });

  test('has no bound where a supply was not solved', () => {
    expect(populationCertificate({ ...totals, solved: false }, audit).upperBound).toBeNaN();
  });

  test('has the violations of the audit', () => {
    const { of, maxIncentiveViolation, maxParticipationViolation } = populationCertificate(totals, audit);
    expect([of, maxIncentiveViolation, maxParticipationViolation]).toEqual(['population', 0.03, 0.04]);
  });
});

test('the efficient allocation is certified by its welfare', () => {
  expect(efficientAnswer(totals)).toEqual({
    method: 'efficient',
    certificate: {
      of: 'population',
      attained: 7,
      upperBound: 6.09375,
      maxIncentiveViolation: 0,
      maxParticipationViolation: 0,
    },
    money: 7,
    conditions: [],
    pools: [],
  });
  expect(efficientAnswer({ ...totals, solved: false }).certificate.upperBound).toBeNaN();
});

describe('a certificate as a result has it', () => {
  test('with profit alone', () => {
    expect(certificateResult(certificate)).toEqual({
      of: 'grid',
      attainedObjective: 5,
      attainedProfit: 5,
      upperBound: 8,
      relativeGap: 3 / 8,
      maxIncentiveViolation: 0.03,
      maxParticipationViolation: 0.04,
    });
    // What buyers have is nothing of it.
    for (const rent of [2, Number.NaN])
      expect(certificateResult(certificate, { profit: 1, consumerSurplus: 0 }, rent).attainedProfit).toBe(5);
  });

  test('in the study’s weights, with profit apart: 5 = Π + (1/2) 2', () => {
    expect(certificateResult(certificate, { profit: 2, consumerSurplus: 1 }, 2)).toMatchObject({
      attainedObjective: 10,
      attainedProfit: 4,
      upperBound: 16,
      relativeGap: 3 / 8,
    });
  });

  test('numbers that are none are null', () => {
    const none = {
      ...certificate,
      attained: Number.NaN,
      upperBound: Number.POSITIVE_INFINITY,
      maxIncentiveViolation: Number.NaN,
      maxParticipationViolation: Number.NaN,
    };
    expect(Object.values(certificateResult(none))).toEqual(['grid', null, null, null, null, null, null]);
  });
});

describe('totals', () => {
  const efficient = { ...totals, grossValue: 14, cost: 4 };

  test('profit, revenue, surplus and welfare add up', () => {
    expect(totalsResult(totals, efficient, false)).toEqual({
      profit: 5,
      revenue: 8,
      cost: 3,
      consumerSurplus: 2,
      welfare: 7,
      efficientWelfare: 10,
      excludedShare: 0.25,
      fineTunedShare: 0.5,
    });
  });

  test('without transfers there is no profit, revenue or consumer surplus', () => {
    expect(totalsResult(totals, efficient, true)).toMatchObject({
      profit: null,
      revenue: null,
      cost: 3,
      consumerSurplus: null,
      welfare: 7,
    });
  });
});

const terms = (more: object = {}) =>
  ({ contract: 'allocations', terms: { objective: { profit: 2, consumerSurplus: 0.5 }, ...more } }) as never;

describe('the objective', () => {
  const made = { profit: 5, consumerSurplus: 2, welfare: 7 };

  test('is what the weights make of profit and consumer surplus', () => {
    expect(objectiveResult(terms(), made)).toEqual({ profit: 2, consumerSurplus: 0.5, value: 11 });
  });

  test('is no number where one of them is none', () => {
    expect(objectiveResult(terms(), { ...made, profit: null }).value).toBeNull();
    expect(objectiveResult(terms(), { ...made, consumerSurplus: null }).value).toBeNull();
  });

  test('is welfare where nothing is hidden', () => {
    expect(objectiveResult({ contract: 'efficient' } as never, made)).toEqual({
      profit: 1,
      consumerSurplus: 1,
      value: 7,
    });
  });
});

test('shares of those outside and of those who keep a plan are there where the study has such', () => {
  expect(sharesTaken(terms(), totals)).toEqual({});
  expect(sharesTaken(terms({ outside: {} }), totals)).toEqual({ outsideShare: 0.125 });
  expect(sharesTaken(terms({ keep: {} }), totals)).toEqual({ keptShare: 0.375 });
  const { outside: _, kept: __, ...neither } = totals;
  expect(sharesTaken(terms({ outside: {}, keep: {} }), neither)).toEqual({
    outsideShare: null,
    keptShare: null,
  });
});

test('lotteries, and what the menu without them makes, in the study’s weights', () => {
  const objective = { profit: 2, consumerSurplus: 1 };
  expect(lotteriesResult({}, objective)).toStrictEqual({});
  expect(lotteriesResult({ lotteries: false }, objective)).toEqual({ lotteries: false });
  expect(
    lotteriesResult(
      { lotteries: true, withoutLotteries: () => ({ profit: 3, attained: 4, use: {} }) },
      objective,
    ),
  ).toEqual({ lotteries: true, withoutLotteries: { profit: 3, objective: 8 } });
});

test('a condition’s margin is null where it is no number', () => {
  const condition: Condition = { name: 'bounded-rent', holds: false, margin: -0.5, at: { value: 1 } };
  expect(conditionResult(condition)).toEqual(condition);
  expect(conditionResult({ ...condition, margin: Number.NaN }).margin).toBeNull();
});

test('a pool is quoted by the item of its middle', () => {
  const itemOf = (type: number) => ({ value: type }) as never;
  expect(poolResults([{ from: 0.2, to: 0.6, ironedVirtualValue: 0.1 }], itemOf)).toEqual([
    { from: 0.2, to: 0.6, ironedVirtualValue: 0.1, item: { value: 0.4 } },
  ]);
});

describe('full extraction', () => {
  test('holds where profit is the efficient welfare, to the error of quadrature', () => {
    expect(fullExtraction(10, 10)).toMatchObject({ name: 'full-extraction', holds: true, margin: 0 });
    expect(fullExtraction(10 * (1 - 5e-10), 10).holds).toBe(true);
    expect(fullExtraction(10 * (1 - 2e-9), 10).holds).toBe(false);
  });

  test('fails by the share that is lost or left to buyers', () => {
    expect(fullExtraction(7.5, 10)).toMatchObject({ holds: false, margin: -0.25 });
  });

  test('holds where there is nothing to extract', () => {
    expect(fullExtraction(0, 0)).toMatchObject({ holds: true, margin: 0 });
  });
});

describe('the status', () => {
  const proven = {
    method: 'scale-by-scale' as const,
    certificate: { ...certificate, upperBound: 5, maxIncentiveViolation: 0, maxParticipationViolation: 0 },
    money: 1,
    conditions: [] as readonly Condition[],
  };
  const condition = (name: string, holds: boolean): Condition => ({ name, holds, margin: 0, at: {} });
  const statusWith = (changed: Partial<Parameters<typeof statusResult>[0]>) =>
    statusResult({ ...proven, ...changed }, 1e-8);

  test('is what the certificate says', () => {
    expect(statusWith({})).toBe('optimal');
    expect(statusWith({ certificate })).toBe('feasible');
    expect(statusWith({ certificate: { ...certificate, attained: Number.NaN } })).toBe('uncertified');
    expect(statusWith({ money: 1e9, certificate: { ...proven.certificate, maxIncentiveViolation: 1 } })).toBe(
      'optimal',
    );
  });

  test('is feasible at best where a grid alone is certified, and buyers are continuous', () => {
    expect(statusResult(proven, 1e-8, true)).toBe('feasible');
    expect(
      statusResult({ ...proven, certificate: { ...certificate, attained: Number.NaN } }, 1e-8, true),
    ).toBe('uncertified');
  });

  test('is feasible at best for a scale-by-scale menu where Assumption 1 fails, whatever the audit met', () => {
    const conditions = [condition('nonincreasing-markup', true), condition('bounded-rent', false)];
    expect(statusWith({ conditions })).toBe('feasible');
    expect(statusWith({ conditions: [condition('bounded-rent', true)] })).toBe('optimal');
    // Other conditions say nothing of incentives.
    expect(
      statusWith({ conditions: [condition('bounded-rent', true), condition('full-extraction', false)] }),
    ).toBe('optimal');
    expect(statusWith({ method: 'finite', conditions })).toBe('optimal');
    expect(statusWith({ conditions, certificate: { ...certificate, attained: Number.NaN } })).toBe(
      'uncertified',
    );
  });
});

describe('crumbs that a solver leaves for who takes nothing', () => {
  /** Totals in which `meant` is profit, and a menu that attains `attained`. */
  const worth = (meant: number, attained: number) => {
    const before = { grossValue: meant + 3, rent: 2, cost: 1 };
    const after = withCrumbs(before, { ...certificate, attained }, 0);
    return { added: after.grossValue - before.grossValue, isSame: after === before };
  };

  test('are worth what is paid for them, so that profit is what is attained', () => {
    expect(worth(999_999.5, 1e6)).toEqual({ added: 0.5, isSame: false });
    expect(worth(-1e6 - 0.5, -1e6)).toEqual({ added: 0.5, isSame: false });
    const { grossValue, cost, rent } = withCrumbs(
      { ...totals, grossValue: 11 },
      { ...certificate, attained: 7 + 2 ** -20 },
      0.5,
    );
    expect(grossValue - cost - 0.5 * rent).toBe(7 + 2 ** -20);
  });

  test('are a millionth of what is attained at most', () => {
    expect(worth(999_999, 1e6).added).toBe(1);
    expect(worth(999_998.9, 1e6)).toEqual({ added: 0, isSame: true });
    expect(worth(-1e6 - 1.1, -1e6).isSame).toBe(true);
  });

  test('are more than rounding, and never less than nothing', () => {
    expect(worth(1e13 - 1, 1e13).isSame).toBe(true);
    expect(worth(1e13 - 2, 1e13).added).toBe(2);
    expect(worth(1e6 + 0.5, 1e6).isSame).toBe(true);
  });
});
