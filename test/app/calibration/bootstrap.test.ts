import { bootstrapping, createRegistry, parseStudy, planMarket, standardPlugin } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
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

const drawn = (draws: number, seed: number, stopAfter = draws) => {
  const steps = bootstrapping(calibration, { draws, seed, registry });
  let step = steps.next(false);
  while (step.done !== true) step = steps.next(step.value.drawn >= stopAfter);
  return step.value;
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

  it('is the same for the same seed, and stops with the draws that it has', () => {
    const stopped = drawn(24, 5, 3);
    expect([stopped.asked, stopped.draws]).toEqual([24, 3]);
    expect(stopped.changes).toEqual(bootstrap.changes.slice(0, 3));
    expect(drawn(24, 6, 1).changes[0]).not.toBe(bootstrap.changes[0]);
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
    expect(Math.abs(bootstrap.optimism!)).toBeLessThan(0.1);
  });
});
