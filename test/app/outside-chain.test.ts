import { createRegistry, parseStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../core/reference-cases.ts';

const registry = createRegistry([standardPlugin]);
const solution = (study: object) =>
  solveStudy(parseStudy(JSON.stringify(study), { file: 'study.json', registry }));
const uniform = { kind: 'representative', type: { use: 'uniform', min: 0, max: 1 } };
const mussaRosen = { cost: { use: 'quadratic' }, buyers: uniform };
/** v = √x at c: C(q) = cq², S = φ²/(4c). */
const roots = (cost: number) => ({
  production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
  inputs: { input: { scope: 'task', cost } },
  buyers: uniform,
});

describe('buyers along a line who have something outside', () => {
  test('a number u₀: they are served from φ²/2 = u₀ on, and all others have u₀ and pay nothing', () => {
    const { result, quote } = solution({ ...mussaRosen, outside: { utility: 0.02 } });
    const r = Math.sqrt(0.04);
    expect(result.status).toBe('optimal');
    expect(result.certificate.doubts).toBeUndefined();
    expectClose(result.profit!, ((1 - r ** 3) / 6 - (r * r * (1 - r)) / 2) / 2, 1e-11, 'Π');
    expectClose(result.outsideShare!, (1 + r) / 2, 1e-11, 'outside');
    expect(result.lotteries).toBe(false);
    const [told] = result.notes.filter((note) => note.includes('outside option'));
    expect(told).toMatch(/^60 % of the buyers take .* what they have there\.$/);
    // Those served have u₀ + (φ² − r²)/4, others u₀: E = u₀ + ½ ∫ (φ² − r²)/4 dφ.
    expectClose(result.consumerSurplus!, 0.02 + ((1 - r ** 3) / 3 - r * r * (1 - r)) / 8, 1e-11, 'CS');
    expectClose(result.welfare!, result.profit! + result.consumerSurplus!, 1e-12);
    // The first best serves by the seller where θ²/2 > u₀.
    expectClose(result.efficientWelfare!, 0.02 * r + (1 - r ** 3) / 6, 1e-11, 'first best');
    expect(quote({ value: 0.3 })).toMatchObject({
      takes: 'outside',
      excluded: true,
      quality: 0,
      transfer: 0,
    });
    expectClose(quote({ value: 0.3 }).rent!, 0.02, 1e-12);
    expect(quote({ value: 0.9 })).toMatchObject({ takes: 'menu', excluded: false });
  });

  test('where nobody buys, the shares of all buyers are 1, and not what rounding makes of it', () => {
    // No menu earns anything beside u = θ²: the efficient surplus is θ²/2.
    const { result } = solution({ ...mussaRosen, outside: { utility: 'theta^2' } });
    expect([result.outsideShare, result.excludedShare]).toEqual([1, 1]);
  });

  test('the bound is tight where a plan that stays on sale takes over from something outside', () => {
    // u = max(.05θ, θ²/2). Types up to .1 go, those up to 2/3 keep x = θ² at .5, of which a half is cost, and above q = 4θ − 2: they bring −2θ² + 4θ − 5/3.
    const { result } = solution({
      ...roots(0.25),
      contract: 'packages',
      outside: { utility: '0.05*theta' },
      keep: { menu: { plans: [{ name: 'list', prices: { input: 0.5 } }] } },
    });
    const profit = ((2 / 3) ** 3 - 0.1 ** 3) / 12 + 7 / 81;
    expect(result.status).toBe('optimal');
    expectClose(result.profit!, profit, 1e-11, 'Π');
    expectClose(result.certificate.upperBound!, profit, 1e-11, 'bound');
    // Menus along a line are known to rounding, and who keeps is told to that of money that is next to none.
    expect(Math.abs(result.keptShare! - (2 / 3 - 0.1))).toBeLessThan(1e-8);
  });

  test('a rival at higher prices is undercut: everybody has U ≥ her surplus there, and nobody goes', () => {
    // u = θ²/(4·.8), u′ = θ/1.6; φ = 2θ − γ is served 2φ/(4·.5) = φ. γ = (2 − .625)θ up to θ* = 1/1.375, then q = 2θ − 1.
    const rival = {
      production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
      inputs: { input: { scope: 'task', price: 0.8 } },
    };
    const { result, quote } = solution({ ...roots(0.5), outside: { rival } });
    expect(result.status).toBe('optimal');
    expect(result.outsideShare).toBe(0);
    expect(result.notes).toContain(
      'Nobody buys from the rival: the menu leaves every buyer at least as much.',
    );
    expectClose(quote({ value: 0.4 }).quality, 0.25, 1e-9, 'q = u′');
    expectClose(quote({ value: 0.4 }).rent!, 0.05, 1e-9, 'U = u');
    expectClose(quote({ value: 0.9 }).quality, 0.8, 1e-9, 'q = 2θ − 1');
  });

  test('lotteries are told, with what the best menu without them makes', () => {
    // C = q²/10 as √x at .1, P = .03q⁴ by its conjugate u = ¾θ(θ/.12)^⅓.
    const { result, quote } = solution({
      ...roots(0.1),
      outside: { utility: '0.75*theta*(theta/0.12)^(1/3)' },
    });
    expect(result.status).toBe('optimal');
    expectClose(result.profit!, 0.1089358, 1e-6);
    expect(result.lotteries).toBe(true);
    expectClose(result.withoutLotteries!.profit!, 0.1064965, 1e-6);
    expect(quote({ value: 0.6 })).toMatchObject({ takes: 'menu', tariff: null });
    expect(result.notes.join(' ')).toMatch(/lotteries/);
  });

  test('less than nothing: who is served by nobody pays for that, and does not go there', () => {
    // Everybody pays 0.1 more than with nothing outside, where profit is 1/12.
    const { result, quote } = solution({ ...mussaRosen, outside: { utility: -0.1 } });
    expect(result.status).toBe('optimal');
    expectClose(result.profit!, 1 / 12 + 0.1, 1e-12);
    expect([result.outsideShare, result.excludedShare]).toEqual([0, expect.closeTo(0.5, 12)]);
    expect(quote({ value: 0.2 })).toMatchObject({ takes: 'menu', quality: 0, transfer: 0.1, rent: -0.1 });
  });

  test('weights count what is left to all buyers', () => {
    const { result } = solution({
      ...mussaRosen,
      outside: { utility: '0.2*theta^2' },
      objective: { consumerSurplus: 0.5 },
    });
    expect(result.status).toBe('optimal');
    expectClose(result.objective.value!, result.profit! + 0.5 * result.consumerSurplus!, 1e-12);
    expectClose(result.objective.value!, result.certificate.upperBound!, 1e-9);
  });

  test.each([
    ['falls in a straight line', 0.05, 0.05],
    ['falls steeply, and beats the seller for most', 0.2, 0.2],
    ['is less than nothing for all', 0, 0.1],
  ])('u = a − bθ, which %s: the lowest go, and the others have no less', (_, a, b) => {
    // Types from θ = (1 + φ)/2 on have U = u there: φ²/2 f = u f + b (1 − F), so that φ²/2 = a − bφ. Then ½ ∫ φ²/2 dφ − u (1 − θ).
    const φ = -b + Math.sqrt(b * b + 2 * a);
    const last = (1 + φ) / 2;
    const { result, quote } = solution({ ...mussaRosen, outside: { utility: `${a} - ${b}*theta` } });
    expect(result.status).toBe('optimal');
    expectClose(result.profit!, (1 - φ ** 3) / 12 - (a - b * last) * (1 - last), 1e-11, 'Π');
    expectClose(result.outsideShare!, last, 1e-9, 'outside');
    for (const value of [0, 0.3, 0.6, 0.8, 1])
      expect(quote({ value }).rent!).toBeGreaterThanOrEqual(a - b * value - 1e-12);
    expectClose(quote({ value: 0.2 }).rent!, a - b * 0.2, 1e-12, 'U = u of who goes');
  });

  test.each([
    ['rises like a root', '0.1*theta^(1/2)', (x: number) => 0.1 * Math.sqrt(x)],
    ['rises less and less', '0.3*theta - 0.15*theta^2', (x: number) => 0.3 * x - 0.15 * x * x],
    ['rises up to a type', '0.1*min(theta, 0.3)', (x: number) => 0.1 * Math.min(x, 0.3)],
    ['rises and falls', '0.2*theta*(1 - theta)', (x: number) => 0.2 * x * (1 - x)],
    ['falls faster and faster', '-0.3*theta^2', (x: number) => -0.3 * x * x],
  ])('a utility that bends down and %s: those from the best type on are served', (_, utility, u) => {
    // From r on q = 2θ − 1 at U(r) = u(r), whoever is below going elsewhere: the best r by trying many, of those with which nobody above has less than u.
    const positive = (x: number): number => Math.max(0, 2 * x - 1);
    const isKept = (r: number): boolean =>
      Array.from({ length: 101 }, (_, k) => r + ((1 - r) * k) / 100).every(
        (x) => u(r) + (positive(x) ** 2 - positive(r) ** 2) / 4 >= u(x) - 1e-12,
      );
    const profit = (r: number): number => (1 - positive(r) ** 3) / 12 - u(r) * (1 - r);
    const best = Array.from({ length: 40_001 }, (_, k) => k / 40_000)
      .filter(isKept)
      .reduce((most, r) => Math.max(most, profit(r)), 0);
    const { result, quote } = solution({ ...mussaRosen, outside: { utility } });
    expect(result.status).toBe('optimal');
    expect(result.lotteries).toBe(false);
    expect(Math.abs(result.profit! - best)).toBeLessThan(1e-9);
    expect(Math.abs(result.certificate.upperBound! - best)).toBeLessThan(1e-9);
    for (const value of [0, 0.3, 0.6, 0.8, 1])
      expect(quote({ value }).rent!).toBeGreaterThanOrEqual(u(value) - 1e-12);
  });

  test('beside one that bends down where all buy, the message says what is missing, with its field', () => {
    let caught: unknown;
    try {
      solution({ ...mussaRosen, outside: { utility: '0.6*theta*(1 - theta) - 0.3' } });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(InputError);
    expect((caught as InputError).field).toEqual(['outside', 'utility']);
    expect((caught as InputError).message).toMatch(/slope falls.*listed types, for which any will do/);
  });
});

describe('buyers along a line who are promised a share of today’s plans', () => {
  const menu = { plans: [{ name: 'Team', fee: 0.05, prices: { input: 0.6 } }] };
  const study = { ...roots(0.5) };
  // At price .6 she makes θ²/2.4 − .05 of it: u is 0 up to √.12, and convex.
  const utility = (type: number): number => Math.max(0, (type * type) / 2.4 - 0.05);

  test('all have it, fewer earn more, and at share 0 it is the menu without promise', () => {
    let last = Number.NEGATIVE_INFINITY;
    for (const share of [1, 0.9, 0.5, 0]) {
      const { result, quote } = solution({ ...study, keep: { menu, share } });
      expect(result.status, `share ${share}`).toBe('optimal');
      expect(result.profit!).toBeGreaterThanOrEqual(last - 1e-12);
      last = result.profit!;
      for (const value of [0.2, 0.5, 0.8, 1]) {
        const { rent } = quote({ value });
        expect(rent!).toBeGreaterThanOrEqual(share * utility(value) - 1e-9);
      }
      if (share < 1) expect(result.keptShare).toBe(0);
    }
    // U[0, 1] and S = φ²/2: 1/12.
    expectClose(last, 1 / 12, 1e-10);
  });
});
