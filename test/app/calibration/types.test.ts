import { createRegistry, parseStudy, solve, standardPlugin, studyText } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { fittedCopulas } from '../../../packages/app/src/calibration/estimate/fitted-copula.ts';
import { fittedTypes } from '../../../packages/app/src/calibration/estimate/fitted-types.ts';
import { measuredSample } from '../../../packages/app/src/calibration/estimate/measured-sample.ts';
import {
  massAbove,
  pointBelowMass,
  prepared,
} from '../../../packages/app/src/calibration/estimate/type-density.ts';
import { calibrated, normal, oneModel, randomNumbers, usageLog } from './usage-logs.ts';

const registry = createRegistry([standardPlugin]);

/** Measurements of so many types, the means of eight months of noise with deviation 0.4. */
const sampleOf = (draw: (random: () => number) => number, size: number, seed = 7) => {
  const random = randomNumbers(seed);
  const mean = Float64Array.from(
    { length: size },
    () => draw(random) + (0.4 / Math.sqrt(8)) * normal(random),
  );
  return measuredSample(mean, new Uint16Array(size).fill(8), 0.16);
};
const exponential = (random: () => number): number => -Math.log(random());

describe('the distribution of types', () => {
  // 5000 draws: the mean is known to 0.012, the deviation to 0.01.
  it('is one lognormal without the noise of months where types are lognormal', () => {
    const { chosen } = fittedTypes(sampleOf((random) => 1 + 0.8 * normal(random), 5000));
    expect([chosen.density.components.length, chosen.density.tail]).toEqual([1, undefined]);
    expect(chosen.density.components[0]!.mean).toBeCloseTo(1, 1);
    expect(Math.abs(chosen.density.components[0]!.deviation - 0.8)).toBeLessThan(0.03);
  });

  it('has two components where types are of two kinds', () => {
    const { chosen } = fittedTypes(
      sampleOf((random) => (random() < 0.7 ? 0.5 * normal(random) : 2.5 + 0.5 * normal(random)), 2000),
    );
    const [low, high] = chosen.density.components;
    expect(Math.abs(low!.mean)).toBeLessThan(0.1);
    expect(Math.abs(high!.mean - 2.5)).toBeLessThan(0.15);
    expect(Math.abs(low!.weight - 0.7)).toBeLessThan(0.05);
  });

  // log of a normal and an exponential: the tail falls with the exponential's rate.
  it('has a Pareto tail where types have one, with its slope', () => {
    const { chosen } = fittedTypes(sampleOf((random) => exponential(random) / 2.5, 3000));
    expect(chosen.density.tail!.shape).toBeGreaterThan(2.2);
    expect(chosen.density.tail!.shape).toBeLessThan(2.8);
  });

  it('has mass 1, without a jump where body and tail meet', () => {
    const density = prepared({
      components: [
        { weight: 0.6, mean: 0, deviation: 0.5 },
        { weight: 0.4, mean: 1, deviation: 0.7 },
      ],
      tail: { from: 1.4, shape: 2.2 },
    });
    expect(massAbove(density, -20)).toBeCloseTo(1, 12);
    const slope = (x: number): number => (massAbove(density, x - 1e-6) - massAbove(density, x)) / 1e-6;
    expect(slope(1.4 - 1e-9)).toBeCloseTo(slope(1.4 + 2e-6), 4);
    for (const mass of [0.9, 0.5, 0.01, 1e-5])
      expect(massAbove(density, pointBelowMass(density, mass))).toBeCloseTo(mass, 12);
  });

  it('does not change with how measurements are gathered in cells', () => {
    const draw = (random: () => number): number => 0.9 * normal(random);
    const random = randomNumbers(3);
    const mean = Float64Array.from({ length: 2000 }, () => draw(random));
    const counts = new Uint16Array(2000).fill(6);
    const gathered = fittedTypes(measuredSample(mean, counts, 0.1)).chosen;
    const each = {
      x: mean,
      v: Float64Array.from(counts, (n) => 0.1 / n),
      weights: new Float64Array(2000).fill(1),
      size: 2000,
    };
    const { chosen } = fittedTypes(each);
    expect(gathered.density.components[0]!.mean).toBeCloseTo(chosen.density.components[0]!.mean, 3);
    expect(gathered.density.components[0]!.deviation).toBeCloseTo(chosen.density.components[0]!.deviation, 3);
  });
});

describe('the copula of value and scale', () => {
  it.each([
    ['gaussian', { rho: -0.6 }],
    ['clayton', { theta: 2 }],
    ['gumbel', { theta: 2 }],
    ['frank', { theta: 6 }],
  ])('is %s where the sample is', (use, parameters) => {
    const copula = registry.copulas.get(use).create(parameters);
    const random = randomNumbers(11);
    const [u, v]: [number[], number[]] = [[], []];
    for (let i = 0; i < 3000; i++) {
      const [scale, level] = [random(), random()];
      let [low, high] = [0, 1];
      for (let k = 0; k < 40; k++) {
        const middle = (low + high) / 2;
        if (copula.conditional(middle, scale) < level) low = middle;
        else high = middle;
      }
      u.push((low + high) / 2);
      v.push(scale);
    }
    const [best] = fittedCopulas(Float64Array.from(u), Float64Array.from(v), registry.copulas.list());
    expect(best!.use).toBe(use);
    for (const [name, x] of Object.entries(parameters))
      expect(Math.abs(best!.parameters[name]! / x - 1)).toBeLessThan(0.1);
  });

  // Of five families the best gains half a χ² variable of one degree of freedom or little more: 5 is exceeded once in a thousand samples.
  it('is next to independence where the sample is independent', () => {
    const random = randomNumbers(12);
    const draws = () => Float64Array.from({ length: 2000 }, random);
    const found = fittedCopulas(draws(), draws(), registry.copulas.list());
    const independent = found.find(({ use }) => use === 'independent')!;
    expect(independent.logLikelihood).toBe(0);
    expect(found[0]!.logLikelihood).toBeLessThan(5);
  });
});

describe('the study of a log', () => {
  const type = (random: () => number): number =>
    2 + 0.6 * normal(random) + (random() < 0.1 ? exponential(random) / 2.2 : 0);
  const log = usageLog({ seed: 5, customers: 600, months: 8, models: [oneModel], type, noise: 0.3 });
  const { calibration } = calibrated(log);
  const fit = calibration.models[0]!;

  it('solves, and is certified optimal', async () => {
    const text = studyText(calibration.panel, fit, {
      name: 'x: y',
      comments: ['made'],
      costs: calibration.costs[0]!,
    });
    const study = parseStudy(text, { file: 'study.yaml', registry });
    expect(study.name).toBe('x: y');
    expect((await solve(study)).result.status).toBe('optimal');
  });

  // Eight months of noise 0.3: log θ is known to about 0.1 each, beside an error of the degree that all have in common.
  it('has each customer’s lasting type, nearer to the truth than her mean alone', () => {
    const truth = new Map(log.truth.map(({ id, theta }) => [id, Math.log(theta)]));
    const { lasting, expected, deviation } = fit.theta;
    const errors = Array.from(expected, (x, k) => {
      const id = calibration.usage.log.customers.text(calibration.panel.customerOf[lasting.series[k]!]!);
      return [x - truth.get(id)!, lasting.mean[k]! - truth.get(id)!] as const;
    });
    const level = errors.reduce((sum, [own]) => sum + own, 0) / errors.length;
    const spread = (k: 0 | 1): number =>
      Math.sqrt(errors.reduce((sum, pair) => sum + (pair[k] - level) ** 2, 0) / errors.length);
    expect(Math.abs(level)).toBeLessThan(0.1);
    expect(spread(0)).toBeLessThan(spread(1));
    expect(spread(0)).toBeLessThan(0.11);
    const inside = errors.filter(([own], k) => Math.abs(own - level) < 2 * deviation[k]!).length;
    expect(inside / errors.length).toBeGreaterThan(0.9);
  });

  it('has values and scales apart where the log has requests, with their copula', async () => {
    const asked = usageLog({
      seed: 6,
      customers: 400,
      months: 6,
      models: [oneModel],
      noise: 0.2,
      requests: true,
    });
    const { calibration: own } = calibrated(asked);
    const both = own.models[0]!.valueAndScale!;
    // log requests: mean 6, deviation 1.2; 400 draws know it to 0.06.
    const [scale] = both.scale.types.chosen.density.components;
    expect(Math.abs(scale!.mean - 6)).toBeLessThan(0.25);
    expect(Math.abs(scale!.deviation - 1.2)).toBeLessThan(0.15);
    // θ and requests are drawn apart, so that w = θ/s^{1/2} falls with s: corr = −0.6/√(1 + 0.36).
    expect(both.copulas[0]!.use).toBe('gaussian');
    expect(Math.abs(both.copulas[0]!.parameters.rho! + 0.6 / Math.sqrt(1.36))).toBeLessThan(0.08);
    const text = studyText(own.panel, own.models[0]!, { name: 'x', comments: [], costs: own.costs[0]! });
    const study = parseStudy(text, { file: 'study.yaml', registry });
    expect((await solve(study)).result.status).toBe('optimal');
  });
});
