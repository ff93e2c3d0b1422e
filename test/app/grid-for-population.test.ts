import {
  createRegistry,
  latexTable,
  menuTable,
  parseStudy,
  type Solution,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { fgm } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { certificateWords } from '../../packages/app/src/report/certificate-words.ts';
import { solveReport } from '../../packages/cli/src/solve-report.ts';
import { example1 } from './samples/example-1.ts';

const registry = createRegistry([standardPlugin]);

const studyOf = (buyers: object, rest: object = example1) =>
  parseStudy(
    JSON.stringify({
      name: 'Grid',
      ...rest,
      buyers: { kind: 'value-scale', value: { use: 'uniform' }, scale: { use: 'uniform' }, ...buyers },
    }),
    { file: 'grid.json', registry },
  );

const grid = (count: number) => ({ values: count, scales: count });

const off = (x: number | null, right: number): number => Math.abs(x! / right - 1);

describe('Example 1 on a grid speaks of the continuous buyers: 97/960, 97/1920, 97/640, 97/480 and one half', () => {
  const study = studyOf({ grid: grid(16) });
  const solution = solveStudy(study);
  const { result } = solution;

  test('profit, surplus, welfare and shares are theirs, far nearer than the grid’s', () => {
    expect(off(result.profit, 97 / 960)).toBeLessThan(3e-4);
    expect(off(result.consumerSurplus, 97 / 1920)).toBeLessThan(1e-3);
    expect(off(result.welfare, 97 / 640)).toBeLessThan(1e-3);
    expect(off(result.efficientWelfare, 97 / 480)).toBeLessThan(1e-7);
    expect(off(result.excludedShare, 1 / 2)).toBeLessThan(1e-6);
    expect(off(result.welfare, result.profit! + result.consumerSurplus!)).toBeLessThan(1e-12);
    expect(off(result.profit, result.revenue! - result.cost!)).toBeLessThan(1e-12);
    // The grid's own: its lowest values stand for cells.
    expect(off(result.grid!.consumerSurplus, 97 / 1920)).toBeGreaterThan(0.1);
    expect(off(result.grid!.efficientWelfare, 97 / 480)).toBeGreaterThan(0.1);
    expect(off(result.grid!.profit, 97 / 960)).toBeGreaterThan(5e-3);
    expect(result.grid!.relativeGap!).toBeLessThan(1e-8);
  });

  test('the certificate is of the population, and optimal to 1e-3 though no tolerance is asked for', () => {
    const { certificate, population, status } = result;
    expect(certificate.of).toBe('population');
    expect(study.solver.tolerance).toBe(1e-3);
    expect(status).toBe('optimal');
    expect(certificate.upperBound).toBeGreaterThanOrEqual((97 / 960) * (1 - 1e-12));
    expect(off(certificate.upperBound, 97 / 960)).toBeLessThan(1e-8);
    expect(certificate.attainedProfit).toBeLessThanOrEqual(result.profit!);
    expect(population).toMatchObject({
      attainedProfit: certificate.attainedProfit,
      upperBound: certificate.upperBound,
      grid: { values: 16, scales: 16 },
    });
    expect(result.grid!.upperBound).toBeLessThan(certificate.attainedProfit!);
  });

  test('a tolerance that the study names is kept, and the grid is solved no worse for it', () => {
    const tight = studyOf({ grid: grid(8) }, { ...example1, solver: { tolerance: 1e-5 } });
    const { result: found } = solveStudy(tight);
    expect(found.status).toBe('feasible');
    expect(found.grid!.relativeGap!).toBeLessThan(1e-8);
    expect(studyOf({}).solver.tolerance).toBe(1e-8);
  });

  test('no text has a bound below 97/960 that does not say in its place that it is the grid’s', () => {
    const menu = menuTable(study, solution);
    const texts = [
      // What is wide stands on a line of its own, under what it is of.
      ...solveReport(result, study, []).replaceAll(':\n      ', ': ').split('\n'),
      ...latexTable(result, menu).split('\n'),
      ...certificateWords(result, undefined).flatMap((sentence) => sentence.split('. ')),
      ...result.notes,
    ];
    let [bounds, ofGrid] = [0, 0];
    for (const text of texts) {
      const numbers = [...text.matchAll(/0\.\d{3,}/g)].map(([digits]) => Number(digits));
      const isOfGrid = /of the grid/i.test(text);
      if (isOfGrid) ofGrid++;
      // The grid's profit and bound are 0.100128.
      else
        expect(
          numbers.some((x) => Math.abs(x - 0.100128) < 3e-5),
          text,
        ).toBe(false);
      if (isOfGrid || !/bound\b/i.test(text) || numbers.length === 0) continue;
      bounds++;
      expect(Math.max(...numbers)).toBeGreaterThanOrEqual(97 / 960);
    }
    expect(bounds).toBeGreaterThan(2);
    expect(ofGrid).toBeGreaterThan(4);
  });

  test('the conditions of the propositions are reported, as without a grid', () => {
    const { conditions } = solveStudy(studyOf({})).result;
    for (const { name, holds, margin } of conditions.filter((each) => each.name !== 'full-extraction')) {
      const found = result.conditions.find((each) => each.name === name)!;
      expect(found.holds).toBe(holds);
      expect(found.margin).toBeCloseTo(margin!, 12);
    }
    expect(conditions.length).toBe(5);
  });
});

test('as the dependence goes to 0 the numbers of Example 1 come out', () => {
  const near = solveStudy(studyOf({ grid: grid(12), dependence: { use: 'fgm', theta: 0.001 } })).result;
  expect(off(near.profit, 97 / 960)).toBeLessThan(1e-3);
  expect(off(near.consumerSurplus, 97 / 1920)).toBeLessThan(2e-3);
  expect(off(near.efficientWelfare, 97 / 480)).toBeLessThan(1e-3);
  expect(off(near.excludedShare, 1 / 2)).toBeLessThan(2e-3);
  expect(near.status).toBe('optimal');
});

describe.each([-0.9, 0.9])('with FGM dependence of %d', (theta) => {
  const copula = fgm.create({ theta });
  const solution: Solution = solveStudy(studyOf({ grid: grid(10), dependence: { use: 'fgm', theta } }));
  const { result } = solution;

  /** The sum over midpoints of even cells, with the copula's mass. */
  const summed = (n: number, of: (value: number, scale: number) => readonly number[]): number[] => {
    const sums: number[] = [];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const [a, b, c, d] = [i / n, (i + 1) / n, j / n, (j + 1) / n];
        const mass = copula.cdf(b, d) - copula.cdf(a, d) - copula.cdf(b, c) + copula.cdf(a, c);
        of((a + b) / 2, (c + d) / 2).forEach((x, k) => {
          sums[k] = (sums[k] ?? 0) + mass * x;
        });
      }
    }
    return sums;
  };

  test('headline numbers are those of many buyers who are quoted one by one', () => {
    const [revenue, cost, surplus, excluded] = summed(80, (value, scale) => {
      const { transfer, inputs, rent, excluded: isExcluded } = solution.quote({ value, scale });
      const tokens = Object.values(inputs).reduce((sum, x) => sum + x, 0);
      return [transfer!, 0.125 * tokens, rent!, isExcluded ? 1 : 0];
    });
    expect(off(result.revenue, revenue!)).toBeLessThan(2e-3);
    expect(off(result.cost, cost!)).toBeLessThan(2e-3);
    expect(off(result.consumerSurplus, surplus!)).toBeLessThan(2e-3);
    expect(Math.abs(result.excludedShare! - excluded!)).toBeLessThan(1e-2);
  });

  test('nobody who is quoted would rather have what another is quoted', () => {
    const places = Array.from({ length: 12 }, (_, i) => (i + 0.7) / 12);
    const quotes = places.flatMap((value) => places.map((scale) => solution.quote({ value, scale })));
    const usedBy = (scale: number, { perTask, taskEnds, inputs }: (typeof quotes)[number]): number =>
      taskEnds!.reduce((sum, end, m) => {
        const weight = Math.max(0, Math.min(scale, end) - (taskEnds![m - 1] ?? 0));
        const [x, y] = [(perTask.input as number[])[m]!, (perTask.output as number[])[m]!];
        return sum + weight * (x * y * (1 + inputs.fineTuning!)) ** 0.25;
      }, 0);
    for (const own of quotes) {
      for (const other of quotes.filter(({ excluded }) => !excluded)) {
        const gain = own.value! * usedBy(own.scale!, other) - other.transfer! - own.rent!;
        expect(gain).toBeLessThan(1e-6);
      }
      if (!own.excluded)
        expect(own.value! * usedBy(own.scale!, own) - own.transfer!).toBeCloseTo(own.rent!, 6);
    }
  });

  test('first best is the double integral of S(w√s): S = θ² up to ½, then 2θ⁴ + 1/8', () => {
    // Without fine-tuning q costs q²/4 a task; z pays from θ = ½ on, where (1 + z)^½ = 4θ².
    const [expected] = summed(400, (value, scale) => {
      const theta = value * Math.sqrt(scale);
      return [theta <= 0.5 ? theta ** 2 : 2 * theta ** 4 + 1 / 8];
    });
    expect(off(result.efficientWelfare, expected!)).toBeLessThan(2e-5);
  });

  test('the flow of the grid bounds profit closer than seen scales do, where hidden ones cost anything', () => {
    const { certificate, status } = result;
    const { extrapolatedProfit, boundBy, observableScale, upperBound } = result.population!;
    expect(certificate.upperBound).toBe(upperBound);
    expect(certificate.attainedProfit).toBeLessThan(upperBound!);
    // From a coarse grid.
    expect(certificate.relativeGap).toBeLessThan(2e-3);
    expect(status).toBe(certificate.relativeGap! <= 1e-3 ? 'optimal' : 'feasible');
    // With negative dependence they cost next to nothing.
    expect(boundBy).toBe(theta > 0 ? 'flow' : 'observable-scale');
    expect(observableScale! > upperBound!).toBe(theta > 0);
    expect(off(result.profit, extrapolatedProfit ?? result.profit!)).toBeLessThan(1e-2);
  });

  test('Assumption 1 is judged by how the rents of seen scales move with the scale', () => {
    // C as above, φ(w | v) = w − (1 − w)(1 − aw)/(1 + a − 2aw), a = θ(1 − 2v): rents U(w, s) = ∫ Q(φ(k | s)√s)·√s dk by sums.
    const steps = 400;
    const q = (w: number, s: number): number => {
      const a = theta * (1 - 2 * s);
      const phi = w - ((1 - w) * (1 - a * w)) / (1 + a - 2 * a * w);
      const index = Math.max(0, phi) * Math.sqrt(s);
      return Math.sqrt(s) * (index <= 0.5 ? 2 * index : 8 * index ** 3);
    };
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let j = 1; j < 40; j++) {
      const [low, high] = [j / 41, (j + 1) / 41];
      let rise = 0;
      for (let i = 0; i < steps; i++) {
        const w = (i + 0.5) / steps;
        rise += (q(w, high) - q(w, low)) / steps;
        const quality = (q(w, low) + q(w, high)) / 2;
        if (quality < 0.03) continue;
        const ratio = (((low + high) / 2) * rise) / ((high - low) * w * quality);
        least = Math.min(least, ratio);
        most = Math.max(most, ratio);
      }
    }
    const found = result.conditions.find(({ name }) => name === 'bounded-rent')!;
    expect(found.holds).toBe(least >= 0 && most <= 1);
    expect(Math.sign(found.margin!)).toBe(Math.sign(Math.min(least, 1 - most)));
    expect(result.conditions.map(({ name }) => name)).toEqual([
      'increasing-virtual-value',
      'bounded-rent',
      'nonincreasing-markup',
      'full-extraction',
    ]);
  });
});

test('no limit of finer grids is told that would stand above the bound: scales in a narrow peak on a coarse grid', () => {
  const { result } = solveStudy(
    studyOf(
      {
        scale: { use: 'truncated-normal', mean: 0.6, sd: 0.01, min: 0, max: 1 },
        dependence: { use: 'gaussian', rho: 0.5 },
        grid: grid(12),
      },
      { cost: { use: 'quadratic' } },
    ),
  );
  const { attainedProfit, upperBound, extrapolatedProfit } = result.population!;
  expect(attainedProfit).toBeLessThanOrEqual(upperBound!);
  if (extrapolatedProfit === null)
    expect(result.notes.join(' ')).toContain('No limit of ever finer grids is told');
  else expect(extrapolatedProfit).toBeLessThanOrEqual(upperBound!);
  expect(result.grid!.extrapolatedProfit).toBe(extrapolatedProfit);
});
