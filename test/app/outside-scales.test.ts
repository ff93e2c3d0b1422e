import { createRegistry, parseStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../core/reference-cases.ts';

const registry = createRegistry([standardPlugin]);
const solution = (study: object) =>
  solveStudy(parseStudy(JSON.stringify(study), { file: 'study.json', registry }));
const uniform = (min: number, max: number) => ({ use: 'uniform', min, max });
/** v = √x a task at .5: S(φ, s) = sφ²/2 and q = sφ. */
const technology = {
  contract: 'allocations',
  production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
  inputs: { input: { scope: 'task', cost: 0.5 } },
};
const plane = (scales: [number, number], more: object) => ({
  ...technology,
  buyers: { kind: 'value-scale', value: uniform(0, 1), scale: uniform(...scales) },
  ...more,
});
const rival = {
  rival: {
    production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
    inputs: { input: { scope: 'task', price: 0.8 } },
  },
};
const keep = { menu: { plans: [{ name: 'Team', fee: 0.05, prices: { input: 0.6 } }] } };
/** Profit a task beside the rival: u = w²/3.2, q = u′ up to t = 8/11, then q = 2w − 1. */
const perTask =
  ((8 / 11) ** 3 / 3) * (1 / 1.6 - 0.5 / 1.6 ** 2 - 1 / 3.2) +
  (1 - (5 / 11) ** 3) / 12 -
  ((3 / 11) * (8 / 11) ** 2) / 3.2;

/** Largest gain of any of these buyers from another's item, by trying all pairs: of s′ tasks a buyer has the share min(1, s/s′). */
const largestGain = ({ quote }: ReturnType<typeof solution>): number => {
  const places = [0.13, 0.3, 0.45, 0.6, 0.77, 0.9, 1];
  const all = places.flatMap((scale) =>
    places.map((value) => ({ value, scale, ...quote({ value, scale }) })),
  );
  const offered = all.filter(({ takes }) => takes !== 'outside');
  return Math.max(
    ...all.flatMap((own) =>
      offered.map(
        (other) =>
          own.value * Math.min(1, own.scale / other.scale) * other.quality - other.transfer! - own.rent!,
      ),
    ),
  );
};

describe('independent values and scales that have something outside', () => {
  test('a rival without shared inputs: everything is a number of tasks times what it is for one', () => {
    const solved = solution(plane([0.2, 1], { outside: rival }));
    const { result, quote } = solved;
    expect(result.method).toBe('scale-by-scale');
    expect(result.status).toBe('optimal');
    expect(result.certificate.doubts).toBeUndefined();
    expectClose(result.profit!, 0.6 * perTask, 1e-11, 'Π');
    expect(result.outsideShare).toBe(0);
    for (const scale of [0.3, 0.8]) {
      expectClose(quote({ value: 0.4, scale }).rent!, (scale * 0.16) / 3.2, 1e-11, 'U = u');
      expectClose(quote({ value: 0.9, scale }).quality, scale * 0.8, 1e-11, 'q = s(2w − 1)');
    }
    expect(largestGain(solved)).toBeLessThan(1e-10);
  }, 60_000);

  test('a number u₀: at every scale they are served from sφ²/2 = u₀ on', () => {
    const study = plane([0, 1], { outside: { utility: 0.02 } });
    const solved = solution(study);
    const { result, quote } = solved;
    expect(result.status).toBe('optimal');
    // With r = √(2u₀/s) a scale earns ½ ∫ᵣ¹ (sφ²/2 − u₀) dφ, from s = 2u₀ = a on; over these scales:
    const a = 0.04;
    expectClose(
      result.profit!,
      ((1 - a * a) / 12 - (a * (1 - a)) / 2 + (2 / 3) * a ** 1.5 * (1 - Math.sqrt(a))) / 2,
      1e-11,
      'Π',
    );
    // (1 + r)/2 of a scale, and all of smaller ones.
    expectClose(result.outsideShare!, a + ((1 - a) / 2 + Math.sqrt(a) * (1 - Math.sqrt(a))), 1e-9, 'outside');
    expectClose(result.welfare!, result.profit! + result.consumerSurplus!, 1e-12);
    expect(quote({ value: 0.9, scale: 0.03 })).toMatchObject({ takes: 'outside', transfer: 0, rent: 0.02 });
    expect(quote({ value: 0.9, scale: 0 })).toMatchObject({ takes: 'outside', rent: 0.02 });
    expect(quote({ value: 0.9, scale: 0.5 }).takes).toBe('menu');
    expect(largestGain(solved)).toBeLessThan(1e-10);
  }, 120_000);

  test('who has more outside at a smaller scale takes it, and nobody else can', () => {
    const solved = solution(plane([0.5, 1], { outside: { utility: '0.02*(3 - scale)' } }));
    const { result } = solved;
    expect(result.status).toBe('optimal');
    // As above with u = .02(3 − s), by Simpson's rule over scales.
    const earned = (s: number): number => {
      const u = 0.02 * (3 - s);
      const r = Math.sqrt((2 * u) / s);
      return ((s * (1 - r ** 3)) / 6 - u * (1 - r)) / 2;
    };
    const n = 200;
    const sum = Array.from({ length: n + 1 }, (_, i) => {
      const weight = i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2;
      return weight * earned(0.5 + i / (2 * n));
    }).reduce((a, b) => a + b, 0);
    expectClose(result.profit!, sum / (3 * n), 1e-9, 'Π');
    expect(largestGain({ ...solved, quote: clampedTo(0.5, solved.quote) })).toBeLessThan(1e-10);
  }, 60_000);

  test('lotteries, weights on consumer surplus and capacity are those of one scale, times tasks', () => {
    const scales: [number, number] = [0.5, 1];
    const inputs = { input: { scope: 'task', cost: 0.1 } };
    const { result } = solution(
      plane(scales, { inputs, outside: { utility: 'scale*0.75*value*(value/0.12)^(1/3)' } }),
    );
    expect(result.status).toBe('optimal');
    // C = q²/10 beside P = .03q⁴ (DESIGN §6).
    expectClose(result.profit!, 0.75 * 0.1089358, 1e-6);
    expect(result.lotteries).toBe(true);
    expectClose(result.withoutLotteries!.profit!, 0.75 * 0.1064965, 1e-6);
    const weighted = solution(plane(scales, { outside: rival, objective: { consumerSurplus: 0.5 } })).result;
    expect(weighted.status).toBe('optimal');
    expectClose(weighted.objective.value!, weighted.profit! + 0.5 * weighted.consumerSurplus!, 1e-12);
    expect(weighted.profit!).toBeLessThan(0.75 * perTask);
    const within = solution(plane(scales, { outside: rival, capacity: { input: 0.05 } })).result;
    expect(within.status).toBe('optimal');
    expectClose(within.used!.input!, 0.05, 1e-6);
  }, 120_000);

  test('the first best leaves buyers to what is worth more', () => {
    const { result } = solution(
      plane([0.5, 1], { outside: { utility: '0.25*scale*value' }, contract: 'efficient' }),
    );
    // Per task max(w²/2, w/4): ∫₀^½ w/4 + ∫_½¹ w²/2 = 1/32 + 7/48.
    expectClose(result.efficientWelfare!, 0.75 * (1 / 32 + 7 / 48), 1e-11);
    expectClose(result.outsideShare!, 0.5, 1e-11);
  }, 60_000);

  test('is what finer and finer lists of values and scales tend to', () => {
    const scales = [0.4, 0.7, 1];
    const profitOf = (count: number): number =>
      solution({
        ...technology,
        buyers: {
          kind: 'value-scale-grid',
          values: Array.from({ length: count }, (_, i) => (i + 0.5) / count),
          scales,
          mass: Array.from({ length: count }, () => scales.map(() => 1 / (count * scales.length))),
        },
        outside: rival,
      }).result.profit!;
    const [coarse, fine] = [profitOf(20), profitOf(40)];
    // Midpoints are off by O(1/n).
    expect(Math.abs(2 * fine - coarse - 0.7 * perTask)).toBeLessThan(3e-3 * perTask);
    expect(Math.abs(fine - 0.7 * perTask)).toBeGreaterThan(3e-3 * perTask);
  }, 120_000);

  test('who has more outside at a small scale keeps it; where larger scales imitate smaller ones, nothing is said to be optimal', () => {
    const study = plane([0.5, 1], { outside: { utility: '0.3*(1.2 - scale)' } });
    const solved = solution(study);
    const { result } = solved;
    expect(result.status).toBe('feasible');
    const condition = result.conditions.find(({ name }) => name === 'bounded-rent')!;
    expect(condition.holds).toBe(false);
    expect(result.certificate.maxIncentiveViolation!).toBeGreaterThan(1e-3);
    expect(largestGain({ ...solved, quote: clampedTo(0.5, solved.quote) })).toBeGreaterThan(1e-3);
    expect(result.certificate.attainedProfit!).toBeLessThan(result.certificate.upperBound!);
    expect(result.notes.join(' ')).toMatch(/not incentive compatible.*buyers\.grid/);
  }, 120_000);

  test('a utility that bends down in the value is taken scale by scale, and refused on a grid of both', () => {
    // Supply is even on tasks: at every scale the menu is that of u = √w/10 at one task, where types from r = .676989355 on are served.
    const study = plane([0.5, 1], { outside: { utility: 'scale*value^(1/2)/10' } });
    const { result } = solution(study);
    const one = solution({
      ...technology,
      buyers: { kind: 'representative', type: uniform(0, 1) },
      outside: { utility: 'theta^(1/2)/10' },
    }).result;
    expect(result.status).toBe('optimal');
    expectClose(result.profit!, 0.75 * one.profit!, 1e-10, 'E s × profit of a task');
    expect(() =>
      solution({
        ...study,
        buyers: {
          ...study.buyers,
          dependence: { use: 'gaussian', rho: 0.4 },
          grid: { values: 6, scales: 4 },
        },
      }),
    ).toThrow(/whose slope does not fall in value.*scale = /);
  });
});

/** Quotes of the scales that there are. */
const clampedTo =
  (least: number, quote: ReturnType<typeof solution>['quote']): ReturnType<typeof solution>['quote'] =>
  ({ value, scale = 1 }) =>
    quote({ value, scale: Math.max(least, scale) });

describe('independent values and scales that are promised today’s plans', () => {
  /** At price .6 a buyer of s tasks makes sw²/2.4 − .05 of the plan. */
  const kept = ({ value, scale }: { value: number; scale: number }): number =>
    Math.max(0, (scale * value * value) / 2.4 - 0.05);

  test('nobody has less than her share of what they give her, and who keeps one is told', () => {
    const solved = solution(plane([0.4, 1], { keep }));
    const { result, quote } = solved;
    expect(result.status).toBe('optimal');
    expect(result.certificate.doubts).toBeUndefined();
    expect(result.keptShare!).toBeGreaterThan(0.01);
    for (const scale of [0.5, 0.75, 1])
      for (const value of [0.5, 0.7, 0.9, 1])
        expect(quote({ value, scale }).rent!).toBeGreaterThan(kept({ value, scale }) - 1e-10);
    expect(largestGain({ ...solved, quote: clampedTo(0.4, quote) })).toBeLessThan(1e-10);
    // Without the promise: S = sφ²/2 earns s/12.
    expect(result.profit!).toBeLessThan(0.7 / 12);
    const nothing = solution(plane([0.4, 1], { keep: { ...keep, share: 0 } })).result;
    expectClose(nothing.profit!, 0.7 / 12, 1e-10);
    expect(nothing.keptShare).toBe(0);
  }, 120_000);

  test('beside a rival everybody has the better of the two', () => {
    const { result, quote } = solution(plane([0.4, 1], { keep, outside: rival }));
    expect(result.status).toBe('optimal');
    for (const scale of [0.5, 1])
      for (const value of [0.3, 0.6, 0.9, 1])
        expect(quote({ value, scale }).rent!).toBeGreaterThan(
          Math.max((scale * value * value) / 3.2, kept({ value, scale })) - 1e-10,
        );
    expect(result.profit!).toBeLessThan(0.7 * perTask);
  }, 120_000);
});
