import { InputError } from '@menusmith/core';
import { describe, expect, it } from 'vitest';
import { calibrated, type LogModel, normal, oneModel, usageLog } from './usage-logs.ts';

const fitOf = (options: Partial<Parameters<typeof usageLog>[0]>, asked: object = {}) =>
  calibrated(usageLog({ seed: 1, customers: 200, months: 8, models: [oneModel], ...options }), asked)
    .calibration;

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'taken';
};

const steady: LogModel = { ...oneModel, prices: { input: [[0, 3]], output: [[0, 12]] } };
const small: LogModel = {
  name: 'small',
  share: 0.7,
  exponents: { input: 0.25, output: 0.25 },
  prices: {
    input: [
      [0, 1],
      [5, 0.7],
    ],
    output: [
      [0, 3],
      [5, 2.1],
    ],
  },
  costs: { input: 0.3, output: 1 },
};

/** Logs of so many seeds whose degree is within two standard errors of the truth. */
const covered = (options: Partial<Parameters<typeof usageLog>[0]>, truth: number, seeds = 12): number => {
  let count = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { degree, standardError } = fitOf({ ...options, seed }).degree;
    if (Math.abs(degree - truth) <= 2 * standardError!) count++;
  }
  return count;
};

describe('the degree of demand', () => {
  // Without noise all of spending's variation within customers is that of prices; tokens are rounded to whole ones.
  it('is exact where nothing but prices moves', () => {
    const { degree, models } = fitOf({ noise: 0, type: (random) => 4 + 0.5 * normal(random) });
    expect(degree.degree).toBeCloseTo(0.5, 6);
    expect(degree.standardError).toBeLessThan(1e-6);
    expect(models[0]!.exponents.input).toBeCloseTo(0.2, 6);
    expect(models[0]!.exponents.output).toBeCloseTo(0.3, 6);
  });

  // Of 12 logs more than 11 are expected within two standard errors, and fewer than 9 once in 5000 times.
  it('is within two standard errors of the truth as often as it should be', () => {
    expect(covered({ noise: 0.3 }, 0.5)).toBeGreaterThanOrEqual(9);
  });

  it('is told apart from months in which all spend more, by models whose prices move at different times', () => {
    const season = (t: number): number => 0.06 * t;
    const { degree, shocks } = fitOf({ models: [oneModel, small], season });
    // Seven months of growth by 0.06, with errors of 0.3 over the root of some hundred customers.
    expect(Math.abs(shocks![7]! - shocks![0]! - 0.42)).toBeLessThan(0.2);
    expect(degree.words).toContain('effects of months');
    expect(covered({ models: [oneModel, small], season, noise: 0.3 }, 0.5)).toBeGreaterThanOrEqual(9);
    // Of one model alone the same growth is taken for an answer to prices that fell.
    const alone = fitOf({ season });
    expect(alone.degree.degree).toBeGreaterThan(0.55);
    expect(alone.shocks).toBeUndefined();
  });

  it('is each model’s own where they differ', () => {
    const other = { ...small, exponents: { input: 0.15, output: 0.15 } };
    const { degree, warnings } = fitOf({ models: [oneModel, other], noise: 0.1, customers: 400 });
    expect(degree.byModel[0]).toBeCloseTo(0.5, 1);
    expect(degree.byModel[1]).toBeCloseTo(0.3, 1);
    expect(warnings).toContainEqual(expect.stringContaining('Degrees differ between models'));
  });

  it('is found beside fine-tuning, whose exponent comes from its share of spending', () => {
    const tuned: LogModel = {
      ...oneModel,
      tuning: 0.15,
      prices: { ...oneModel.prices, fine_tune: [[0, 4]] },
      costs: { ...oneModel.costs, fine_tune: 2 },
    };
    const { degree, models } = fitOf({
      models: [tuned],
      noise: 0,
      type: (random) => 3.5 + 0.6 * normal(random),
    });
    expect(degree.degree).toBeCloseTo(0.5, 5);
    expect(models[0]!.exponents.fine_tune).toBeCloseTo(0.15, 5);
  });

  it('is asked for where prices do not vary, and never guessed', () => {
    const message = refusal(() => fitOf({ models: [steady] }));
    expect(message).toMatch(/no customer faces different prices.*--elasticity E.*--assume list-optimal/s);
  });

  it('is 1 − 1/|E| for an elasticity from outside, whatever its sign', () => {
    const { degree, identifiedBy, warnings } = fitOf({ models: [steady] }, { elasticity: -2.5 });
    expect(degree.degree).toBeCloseTo(0.6, 15);
    expect([degree.standardError, warnings]).toEqual([null, []]);
    expect(identifiedBy).toContain('elasticity');
    expect(identifiedBy).not.toContain('prices');
    expect(fitOf({ models: [steady] }, { elasticity: 2.5 }).degree.degree).toBeCloseTo(0.6, 15);
    expect(refusal(() => fitOf({ models: [steady] }, { elasticity: -0.8 }))).toContain('beyond 1 in size');
    const both = { elasticity: -2, assume: 'list-optimal' };
    expect(refusal(() => fitOf({ models: [steady] }, both))).toContain('got both');
  });

  // Costs 1 and 4 at prices of 3 and 12: cost over price is a third for both.
  it('is cost over price for a list that is taken for optimal, with its interval', () => {
    const { degree, identifiedBy } = fitOf({ models: [steady] }, { assume: 'list-optimal' });
    expect(degree.degree).toBeCloseTo(1 / 3, 12);
    expect(degree.interval).toEqual([1 / 3, 1 / 3]);
    expect(identifiedBy).toContain('list-optimal');
    const uneven = { ...steady, costs: { input: 1, output: 9 } };
    const wide = fitOf({ models: [uneven] }, { assume: 'list-optimal' });
    expect(wide.degree.interval).toEqual([1 / 3, 0.75]);
    expect(wide.warnings[0]).toContain('no single degree makes the whole list optimal');
  });

  it('is refused where the fitted demand slopes up', () => {
    const falling = (step: number) => (t: number) => -step * Math.floor(t / 3);
    // Prices fall by a fifth and an eighth, and spending with them: by less than they do, and by more.
    const less = refusal(() => fitOf({ season: falling(0.18), noise: 0.1 }));
    expect(less).toMatch(/spending rises with prices.*--elasticity/s);
    expect(refusal(() => fitOf({ season: falling(0.6), noise: 0.1 }))).toMatch(/slopes up.*--elasticity/s);
  });

  it('warns where one price event carries everything, and of contradictions with what is given', () => {
    const once: LogModel = {
      ...oneModel,
      prices: {
        input: [
          [0, 3],
          [4, 2],
        ],
        output: [
          [0, 12],
          [4, 8],
        ],
      },
    };
    expect(fitOf({ models: [once] }).warnings[0]).toMatch(/^One price event carries everything/);
    const { warnings } = fitOf({ noise: 0.1 }, { elasticity: -5 });
    expect(warnings[0]).toMatch(/^The log’s own changes say otherwise/);
  });

  it('warns of mixes that differ between customers by more than noise, and of those alone', () => {
    const isMix = (text: string): boolean => text.includes('mix');
    expect(fitOf({ mix: 0.3 }).warnings.some(isMix)).toBe(true);
    expect(fitOf({ mix: 0 }).warnings.some(isMix)).toBe(false);
  });

  it('asks for all costs of a model or says which were taken', () => {
    const log = usageLog({ seed: 1, customers: 50, months: 8, models: [oneModel] });
    expect(refusal(() => calibrated({ ...log, costs: 'model,input,cost\nlarge,input,1\n' }))).toContain(
      'expected a cost of output for large, got none',
    );
    const { costs, warnings, degree } = calibrated({
      ...log,
      costs: 'model,input,cost\nother,input,1\n',
    }).calibration;
    expect(costs[0]!.input).toBeCloseTo(degree.degree * 2.1, 10);
    expect(warnings).toContainEqual(expect.stringContaining('has no costs of large'));
  });
});
