import {
  bestTiers,
  checkStudy,
  createRegistry,
  parseStudy,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import type { Certificate, Distribution, Totals } from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import { type Answer, doubtsAbout } from '../../packages/app/src/solve/doubts.ts';
import { example1 } from './samples/example-1.ts';

const unit = { use: 'uniform', min: 0, max: 1 };
const valueScale = { kind: 'value-scale', value: unit, scale: unit };
const registry = createRegistry([standardPlugin]);
const studyOf = (document: object, from = registry) =>
  parseStudy(JSON.stringify({ ...example1, ...document }), { file: 'study.json', registry: from });

// Example 1: revenue 139/480, profit 97/960, rents 97/1920, first best 97/480; nobody of value below 1/2 is served.
const [profit, revenue, rent, firstBest] = [97 / 960, 139 / 480, 97 / 1920, 97 / 480];
const totals: Totals = {
  servedSurplus: profit,
  cost: revenue - profit,
  grossValue: revenue + rent,
  rent,
  excluded: 0.5,
  fineTuned: 0.1,
  error: 1e-14,
  solved: true,
};
const certificate: Certificate = {
  of: 'population',
  attained: profit,
  upperBound: profit,
  maxIncentiveViolation: 0,
  maxParticipationViolation: 0,
};
const efficientTotals: Totals = {
  ...totals,
  grossValue: 2 * firstBest,
  cost: firstBest,
  rent: 0,
  servedSurplus: firstBest,
};
const right: Answer = { totals, efficient: () => efficientTotals, certificate };
const doubts = (changed: Partial<Answer>, document: object = { buyers: valueScale }): string =>
  doubtsAbout(studyOf(document), { ...right, ...changed }).join('; ');

describe('an answer that cannot be true is doubted', () => {
  test('the right answer is not', () => {
    expect(doubts({})).toBe('');
  });

  test('numbers that are none', () => {
    for (const name of ['cost', 'grossValue', 'rent', 'excluded', 'fineTuned'] as const)
      expect(doubts({ totals: { ...totals, [name]: Number.NaN } }), name).toContain('is not a number');
    expect(doubts({ certificate: { ...certificate, attained: Number.NaN } })).toContain('is not a number');
    expect(doubts({ certificate: { ...certificate, maxIncentiveViolation: Number.NaN } })).toContain(
      'is not a number',
    );
  });

  test('shares outside of [0, 1]', () => {
    expect(doubts({ totals: { ...totals, excluded: 1.29 } })).toContain('1.29');
    expect(doubts({ totals: { ...totals, fineTuned: -0.01 } })).toContain('−0.01');
    expect(doubts({ totals: { ...totals, fineTuned: 0.6 } })).toContain('more than there are');
  });

  test('profit above welfare, welfare above the first best, a profit below that of selling nothing', () => {
    expect(doubts({ totals: { ...totals, rent: -0.01 } })).toContain('surplus');
    expect(doubts({ totals: { ...totals, grossValue: 1 } })).toContain('above the first best');
    expect(doubts({ totals: { ...totals, cost: -0.1 } })).toContain('cost');
    expect(doubts({ certificate: { ...certificate, attained: -0.025 } })).toContain('selling nothing');
  });

  test('everybody excluded, with a bound of 0 to match', () => {
    const nothing = {
      ...totals,
      servedSurplus: 0,
      cost: 0,
      grossValue: 0,
      rent: 0,
      excluded: 1,
      fineTuned: 0,
    };
    const nobody = { totals: nothing, certificate: { ...certificate, attained: 0, upperBound: 0 } };
    for (const contract of ['allocations', 'packages'])
      for (const dependence of [{ use: 'independent' }, { use: 'clayton', theta: 2 }]) {
        const document = { contract, buyers: { ...valueScale, dependence } };
        const efficient = () => ({ ...efficientTotals, grossValue: firstBest + efficientTotals.cost });
        expect(doubts({ ...nobody, efficient }, document)).toMatch(
          /the (upper bound|first best) is given as/,
        );
      }
  });

  test('mass that profit and bound have both lost, and mass that both have twice', () => {
    const lost = { ...certificate, attained: 0.9 * profit, upperBound: 0.9 * profit };
    expect(doubts({ certificate: lost })).toContain('the upper bound is given as');
    const twice = { ...certificate, attained: 1.2 * profit, upperBound: 1.2 * profit };
    expect(doubts({ certificate: twice })).toContain('no menu earns more');
    const efficient = () => ({ ...efficientTotals, grossValue: 1.9 * firstBest });
    expect(doubts({ efficient })).toContain('the first best is given as');
  });

  test('tariffs that earn more than the bound', () => {
    const implementation = {
      kind: 'two-part-tariff',
      attainedProfit: 0.11,
      maxDeviationGain: 0,
      deviatingShare: 0,
    } as const;
    expect(doubts({ implementation })).toContain('above the bound');
  });
});

test('finitely many types: a bound below what one item earns', () => {
  const buyers = {
    kind: 'profiles',
    tasks: { weights: [0.5, 0.5] },
    types: [
      { mass: 0.5, values: [1, 0.5] },
      { mass: 0.3, values: [0.5, 1] },
      { mass: 0.2, values: [0.7, 0.7] },
    ],
  };
  const study = studyOf({ buyers });
  const solution = solveStudy(study).result;
  expect(solution.certificate.doubts).toBeUndefined();
  expect(solution.status).toBe('optimal');
  const few = { ...totals, cost: 0, rent: 0, grossValue: 0, excluded: 1, fineTuned: 0 };
  const answer: Answer = {
    totals: few,
    efficient: () => ({ ...few, grossValue: solution.efficientWelfare! }),
    certificate: { ...certificate, of: 'grid', attained: 0, upperBound: 0 },
  };
  expect(doubtsAbout(study, answer).join()).toContain('the upper bound is given as');
});

describe('a distribution that contradicts itself is never certified, and the result says why', () => {
  const withDistribution = (made: Distribution) =>
    createRegistry([
      standardPlugin,
      { name: 'test', distributions: [{ name: 'odd', doc: 'odd', parameters: {}, create: () => made }] },
    ]);
  const even: Distribution = {
    min: 0,
    max: 1,
    breakpoints: [],
    density: () => 1,
    cdf: (x) => Math.min(1, Math.max(0, x)),
    survival: (x) => 1 - Math.min(1, Math.max(0, x)),
    quantile: (u) => u,
  };
  const solved = (made: Distribution, document: object) =>
    solveStudy(studyOf(document, withDistribution(made))).result;
  const odd = { use: 'odd' };

  test.each([
    ['a density that is not a number', { density: () => Number.NaN }],
    [
      'no function that is a number',
      { density: () => Number.NaN, cdf: () => Number.NaN, survival: () => Number.NaN },
    ],
    ['twice the density', { density: () => 2 }],
    ['quantiles of other types', { quantile: (u: number) => u * u }],
  ])('%s', (_, changed) => {
    for (const contract of ['allocations', 'packages', 'efficient'])
      for (const buyers of [
        { ...valueScale, value: odd },
        { kind: 'representative', type: odd },
      ]) {
        if (buyers.kind === 'representative' && contract === 'allocations') continue;
        const { status, certificate: of, notes } = solved({ ...even, ...changed }, { contract, buyers });
        expect(status).toBe('uncertified');
        expect(of.doubts!.join()).toContain('contradicts itself');
        expect(notes.join()).toContain(of.doubts![0]);
      }
  });

  test('nor are few tiers, nor the conditions that rest on it', () => {
    const study = studyOf(
      { contract: 'packages', buyers: { kind: 'representative', type: odd } },
      withDistribution({ ...even, density: () => 2 }),
    );
    expect(() => bestTiers(study, { counts: [1, 2] })).toThrow('contradicts itself');
    const check = checkStudy(study);
    expect(check.conditions).toEqual([]);
    expect(check.doubts!.join()).toContain('contradicts itself');
    expect(check.notes[0]).toContain('contradicts itself');
  });

  test('one that does not is', () => {
    expect(solved(even, { buyers: { ...valueScale, value: odd } }).status).toBe('optimal');
  });
});
