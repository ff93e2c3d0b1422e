import {
  bootstrapOf,
  createRegistry,
  drawing,
  drawSource,
  parseStudy,
  planMarket,
  standardPlugin,
} from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { band } from '../../../packages/app/src/calibration/bootstrap/band.ts';
import {
  customerSeries,
  resampledPanel,
} from '../../../packages/app/src/calibration/bootstrap/resampled-panel.ts';
import { calibrated, normal, oneModel, usageLog } from './usage-logs.ts';

const registry = createRegistry([standardPlugin]);
const log = usageLog({
  seed: 9,
  customers: 300,
  months: 8,
  models: [oneModel, { ...oneModel, name: 'small', share: 0.5, better: -1 }],
  type: (random) => 2 + 0.7 * normal(random),
  noise: 0.3,
});
const { calibration } = calibrated(log);

const source = (draws: number, seed: number) => drawSource(calibration, { draws, seed, registry });
const drawn = (draws: number, seed: number) => {
  const common = source(draws, seed);
  const draw = drawing(common, registry);
  return bootstrapOf(
    common,
    Array.from({ length: draws }, (_, k) => draw(k)),
    draws,
  )!;
};

describe('the bootstrap of customers', () => {
  it('draws customers with all their models and months, each as often as picked', () => {
    const { panel } = calibration;
    const groups = customerSeries(panel);
    expect(groups.starts.length - 1).toBe(300);
    const all = resampledPanel(
      panel,
      groups,
      Uint32Array.from({ length: 300 }, (_, k) => k),
    );
    expect(all.logSpending).toEqual(panel.logSpending);
    expect([all.offsets, all.modelOf]).toEqual([panel.offsets, panel.modelOf]);
    const twice = resampledPanel(panel, groups, Uint32Array.of(5, 5));
    const series = groups.starts[6]! - groups.starts[5]!;
    expect(twice.modelOf.length).toBe(2 * series);
    expect(new Set(twice.customerOf)).toEqual(new Set([0, 1]));
    expect(twice.logSpending.length).toBe(2 * twice.offsets[series]!);
  });

  const bootstrap = drawn(24, 5);

  it('has the same draws by number, wherever and in whatever order they are made', () => {
    const draw = drawing(structuredClone(source(24, 5)), registry);
    expect([7, 0, 3].map((k) => draw(k)!.gain.relative)).toEqual([7, 0, 3].map((k) => bootstrap.changes[k]));
    expect(drawing(source(24, 6), registry)(0)!.gain.relative).not.toBe(bootstrap.changes[0]);
  });

  // The true change: the same tariffs sold to the types and demand that the log was drawn from.
  it('has a band around the fit’s change of profit, which holds the true one', () => {
    const [low, high] = bootstrap.relativeChangeBand;
    expect(low).toBeLessThan(bootstrap.relativeChange);
    expect(high).toBeGreaterThan(bootstrap.relativeChange);
    const truth = parseStudy(
      `production: { use: cobb-douglas, exponents: { input: 0.2, output: 0.3 } }
inputs: { input: { scope: task, cost: 1 }, output: { scope: task, cost: 4 } }
buyers: { kind: representative, type: { use: lognormal, mu: 2, sigma: 0.7, max: 200 } }
contract: packages`,
      { file: 'truth.yaml', registry },
    );
    const market = planMarket(truth);
    const plan = { name: 'list', fee: 0, included: {}, commitment: 0, taskCap: null };
    const today = market.sales([{ ...plan, prices: { input: 2.1, output: 8.4 } }]).profit;
    const change = market.sales(bootstrap.plans).profit / today - 1;
    expect(change).toBeGreaterThan(low);
    expect(change).toBeLessThan(high);
    expect(bootstrap.degree[0]).toBeLessThan(calibration.degree.degree);
    expect(bootstrap.degree[1]).toBeGreaterThan(calibration.degree.degree);
  });

  it('has bands that are less by the optimism, which tariffs that are looked for have', () => {
    const { changes, optimism, optimismDraws, relativeChangeBand } = bootstrap;
    expect([optimism! > 0, optimism! < 0.05, optimismDraws]).toEqual([true, true, 3]);
    const [low, high] = band(changes);
    expect(relativeChangeBand[0]).toBeCloseTo(low - optimism!, 12);
    expect(relativeChangeBand[1]).toBeCloseTo(high - optimism!, 12);
  });
});

describe('a band', () => {
  // Of n + 1 draws each is as likely to be the last one as any other.
  it('has another draw between its ends in nine of ten cases', () => {
    const numbers = (n: number) => Array.from({ length: n }, (_, k) => (7 * k) % n);
    expect(band(numbers(19))).toEqual([0, 18]);
    for (const [n, low, high] of [
      [39, 1, 37],
      [200, 9.05, 189.95],
    ] as const) {
      const ends = band(numbers(n));
      expect(ends[0]).toBeCloseTo(low, 12);
      expect(ends[1]).toBeCloseTo(high, 12);
    }
    expect(band([3])).toEqual([3, 3]);
  });
});
