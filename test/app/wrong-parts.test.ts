/*
 * Menus are right, so that nothing would be seen of a check that no longer checks. Here the parts they are made of are wrong on purpose: a cost whose supply, surplus or
 * verdict is false, a solver that proposes what it likes. Whatever kind the buyers are, the result must say so.
 */
import { createRegistry, parseStudy, type Result, solveStudy, standardPlugin } from '@menusmith/app';
import type { EfficientSupply, FiniteSolver, Plugin, Proposal, SupplyPoint } from '@menusmith/core';
import { interiorPointSolver } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

/** C = q²/2 on every task, q(φ) = φ, with something wrong about it. */
const supplyWith = (wrong: (value: number, point: SupplyPoint, scale: number) => void): EfficientSupply => {
  const supply: EfficientSupply['supply'] = (value, scale, out) => {
    const quality = Math.max(0, value);
    out.quality = scale * quality;
    out.cost = (scale * quality ** 2) / 2;
    out.surplus = value * out.quality - out.cost;
    out.regime = 0;
    out.model = 0;
    out.qualityByValue = scale;
    out.qualityByScale = quality;
    out.solved = true;
    wrong(value, out, scale);
  };
  return { inputs: [], taskCost: (q) => q ** 2 / 2, supply, slopes: supply, kinks: () => [] };
};
const supplies: Readonly<Record<string, EfficientSupply>> = {
  right: supplyWith(() => {}),
  // Who is worth more than ½ gets ¼.
  falling: supplyWith((value, point, scale) => {
    if (!(value > 0.5)) return;
    point.quality = scale / 4;
    point.cost = scale / 32;
    point.surplus = value * point.quality - point.cost;
  }),
  unsolved: supplyWith((value, point) => {
    point.solved = !(value > 0.5);
  }),
  'unsolved-at-the-top': supplyWith((value, point) => {
    point.solved = !(value > 0.95);
  }),
  'too-little': supplyWith((_, point) => {
    point.surplus *= 0.9;
  }),
  'too-much': supplyWith((_, point) => {
    point.surplus *= 1.1;
  }),
};
const noFlows = { from: new Int32Array(0), to: new Int32Array(0), amount: new Float64Array(0) };
/** Our own solver, with what it proposes changed; nothing of that is proposed where `change` answers with nothing. */
const solverOf = (change: (proposal: Proposal) => Proposal | undefined): FiniteSolver => ({
  refuses: () => undefined,
  *proposals(problem, money) {
    for (const proposal of interiorPointSolver.create({}).proposals(problem, money)) {
      const changed = change(proposal);
      if (changed !== undefined) yield changed;
    }
  },
});
const solvers: Readonly<Record<string, FiniteSolver>> = {
  silent: solverOf(() => undefined),
  // Its menus are right, and it proves nothing.
  'without-flows': solverOf((proposal) => ({ ...proposal, flows: noFlows })),
  // Who is tempted and whose item tempts are mistaken for one another.
  backwards: solverOf((proposal) => {
    const { from, to, amount } = proposal.flows;
    return { ...proposal, flows: { from: to, to: from, amount } };
  }),
};
const named = <T>(parts: Readonly<Record<string, T>>) =>
  Object.entries(parts).map(([name, part]) => ({ name, doc: name, parameters: {}, create: () => part }));
const wrongParts: Plugin = { name: 'wrong', costFunctions: named(supplies), solvers: named(solvers) };
const registry = createRegistry([standardPlugin, wrongParts]);

const solved = (study: object): Result =>
  solveStudy(
    parseStudy(JSON.stringify({ contract: 'allocations', ...study }), { file: 'study.json', registry }),
  ).result;

const unit = { use: 'uniform', min: 0, max: 1 };
const profiles = (...types: readonly (readonly [mass: number, values: readonly number[]])[]) => ({
  kind: 'profiles',
  tasks: { weights: [0.5, 0.5] },
  types: types.map(([mass, values]) => ({ mass, values })),
});
const buyers = {
  'a distribution along a line': { kind: 'representative', type: unit },
  'a list along a line': {
    kind: 'representative',
    types: [
      { value: 0.4, mass: 1 },
      { value: 0.7, mass: 2 },
      { value: 1, mass: 2 },
    ],
  },
  'independent values and scales': { kind: 'value-scale', value: unit, scale: unit },
  'a grid of values and scales': {
    kind: 'value-scale-grid',
    values: [0.4, 0.7, 1],
    scales: [0.5, 1],
    mass: [
      [3, 1],
      [2, 2],
      [1, 3],
    ],
  },
  'dependent values and scales': {
    kind: 'value-scale',
    value: unit,
    scale: unit,
    dependence: { use: 'fgm', theta: 0.5 },
    grid: { values: 8, scales: 4 },
  },
  'two profiles': profiles([1, [1, 0.5]], [2, [0.3, 0.6]]),
  'three profiles': profiles([1, [1, 0.5]], [2, [0.3, 0.6]], [2, [0.3, 0.9]]),
};
const everybody = Object.entries(buyers);
const solvedFor = (of: object, use: string): Result =>
  solved({ cost: { use }, buyers: of, solver: { tolerance: 2e-3 } });

describe.each(everybody)('with %s', (_, of) => {
  test('the right supply is certified', () => {
    const { status, certificate, types } = solvedFor(of, 'right');
    expect(status).toBe('optimal');
    expect(certificate.maxIncentiveViolation).toBeLessThan(1e-12);
    expect(certificate.maxParticipationViolation).toBeLessThan(1e-12);
    for (const { rent } of types) expect(rent).toBeGreaterThan(-1e-12);
  });

  test('a supply that was not solved bounds nothing', () => {
    const { status, certificate } = solvedFor(of, 'unsolved');
    expect(status).not.toBe('optimal');
    expect(certificate.upperBound).toBeNull();
    expect(certificate.relativeGap).toBeNull();
  });

  test('a bound below what is attained certifies nothing', () => {
    const { status, certificate } = solvedFor(of, 'too-little');
    expect(status).not.toBe('optimal');
    // Attained is right, and the bound nine tenths of it.
    expect(certificate.relativeGap).toBeCloseTo(-1 / 9, 2);
  });

  test('a bound above what is attained certifies nothing', () => {
    const { status, certificate } = solvedFor(of, 'too-much');
    expect(status).not.toBe('optimal');
    expect(certificate.relativeGap).toBeCloseTo(1 / 11, 2);
  });
});

describe('a menu in which quality falls', () => {
  /*
   * φ = 2w − 1 is above ½ from w = ¾ on. There rents are U = (w − ½)² = 1/16, and 1/16 + ¼ (w − ¾) above: the highest type has 1/8, and 1·½ − (¾·½ − 1/16) = 3/16 of
   * the item of ¾. What tempts brings the seller ¾·½ − 1/16 − 1/8 = 3/16 each, in place of ¾·¼ − 1/16 − 1/32 = 3/32: she loses less than nothing.
   */
  test('along a line is found out by the audit, and counted as buyers then choose', () => {
    const { profit, certificate, status } = solvedFor(buyers['a distribution along a line'], 'falling');
    expect(status).not.toBe('optimal');
    expect(certificate.maxIncentiveViolation).toBeLessThanOrEqual(1 / 16);
    expect(certificate.maxIncentiveViolation).toBeGreaterThan(1 / 16 - 1 / 64);
    const gained = certificate.attainedProfit! - profit!;
    expect(gained).toBeLessThanOrEqual(0.25 * (3 / 32));
    expect(gained).toBeGreaterThan(0.75 * 0.25 * (3 / 32));
  });

  // The same at every scale, s times as large: a gain of 1/16 at scale 1, and half of it on average.
  test('is found out scale by scale', () => {
    const { profit, certificate, status } = solvedFor(buyers['independent values and scales'], 'falling');
    expect(status).not.toBe('optimal');
    expect(certificate.maxIncentiveViolation).toBeLessThanOrEqual(1 / 16);
    expect(certificate.maxIncentiveViolation).toBeGreaterThan(1 / 16 - 1 / 32);
    const gained = certificate.attainedProfit! - profit!;
    expect(gained).toBeLessThanOrEqual(0.5 * 0.25 * (3 / 32));
    expect(gained).toBeGreaterThan(0.6 * 0.5 * 0.25 * (3 / 32));
  });

  // Masses .2, .4, .4: φ = (−.8, .4, 1). Type 1 gets ¼ and has .3·.4 of it; of the item of .7 she would have as much, and ¼ (1 − .7) more.
  test('from a list is sold as buyers choose', () => {
    const { certificate, status, profit } = solvedFor(buyers['a list along a line'], 'falling');
    expect(status).not.toBe('optimal');
    // Both take the item of .7, which is ½·.4 = .2 dearer than it costs: .8 (.28 − .08).
    expect(certificate.attainedProfit).toBeCloseTo(0.16, 12);
    expect(profit).toBeLessThan(0.16);
  });
});

describe('dependent values and scales', () => {
  const of = buyers['dependent values and scales'];

  test('what is attained is less than the profit by the error of its integral', () => {
    const { profit, certificate } = solvedFor(of, 'right');
    expect(certificate.of).toBe('population');
    expect(certificate.attainedProfit).toBeLessThan(profit!);
    expect(certificate.attainedProfit).toBeGreaterThan(profit! * (1 - 1e-4));
  });

  test('a supply that is not solved for the continuous buyers alone bounds nothing of theirs', () => {
    // No midpoint of the grid's eight cells is above .9375.
    const { certificate, grid, status } = solvedFor(of, 'unsolved-at-the-top');
    expect(grid!.upperBound).toBeGreaterThan(0);
    expect(certificate.upperBound).toBeNull();
    expect(status).not.toBe('optimal');
  });
});

test('a supply that is not solved for some continuous buyers of two goods bounds nothing of theirs', () => {
  const { certificate, grid, status } = solvedFor(
    { kind: 'goods', values: [unit, unit], grid: [8, 8] },
    'unsolved-at-the-top',
  );
  // No midpoint of a good's eight cells is above .9375.
  expect(grid!.upperBound).toBeGreaterThan(0);
  expect(certificate.upperBound).toBeNull();
  expect(status).not.toBe('optimal');
});

describe('a solver', () => {
  const study = (use: string) => ({
    cost: { use: 'quadratic' },
    buyers: buyers['three profiles'],
    solver: { use },
  });

  test('that says nothing is not certified, and not that it has converged', () => {
    const { status, finite } = solved(study('silent'));
    expect(status).not.toBe('optimal');
    expect(finite!.stopped).toBe('stuck');
  });

  test('that proves nothing is not certified: without flows the bound is the efficient surplus', () => {
    const { status, certificate, efficientWelfare, finite } = solved(study('without-flows'));
    expect(status).toBe('feasible');
    expect(certificate.upperBound).toBeCloseTo(efficientWelfare!, 12);
    expect(finite!.stopped).not.toBe('converged');
  });

  test('whose flows go backwards is not certified', () => {
    const { status, certificate } = solved(study('backwards'));
    expect(status).toBe('feasible');
    expect(certificate.relativeGap).toBeGreaterThan(0.01);
  });
});

describe('what binds', () => {
  test('along a list is that a type may take the item of the next below her: λ = 1 − F, and more in a pool', () => {
    const { binding } = solvedFor(buyers['a list along a line'], 'right');
    // Nobody of value .4 is served: φ = .4 − .3·.8/.2 < 0.
    expect(binding!.count).toBe(1);
    expect(binding!.largest).toEqual([{ from: 2, to: 1, flow: expect.closeTo(0.4, 12) }]);
  });

  /*
   * Values 1, 1.1, 2 and masses .5, .1, .4 have φ = (1 − .1·.5/.5, 1.1 − .9·.4/.1, 2) = (.9, −2.5, 2): the lower two are a pool, φ̄ = (.45 − .25)/.6 = 1/3. Inside it a flow of
   * .5 (.9 − 1/3)/.1 goes both ways, beside 1 − F = .5 downward.
   */
  test('within a pool goes both ways, and the bound is met by it', () => {
    const { binding, certificate, status } = solved({
      cost: { use: 'right' },
      buyers: {
        kind: 'representative',
        types: [
          { value: 1, mass: 0.5 },
          { value: 1.1, mass: 0.1 },
          { value: 2, mass: 0.4 },
        ],
      },
    });
    const up = (0.5 * (0.9 - 1 / 3)) / 0.1;
    expect(binding!.largest).toEqual([
      { from: 1, to: 0, flow: expect.closeTo(0.5 + up, 10) },
      { from: 0, to: 1, flow: expect.closeTo(up, 10) },
      { from: 2, to: 1, flow: expect.closeTo(0.4, 10) },
    ]);
    expect(status).toBe('optimal');
    // .6 (1/3)²/2 + .4·2²/2
    expect(certificate.upperBound).toBeCloseTo(0.6 / 18 + 0.8, 12);
    expect(certificate.attainedProfit).toBeCloseTo(0.6 / 18 + 0.8, 12);
  });

  // Who is tempted likes that item as much as her own.
  test('on a grid is told apart by whether it is across scales', () => {
    const { finite, types } = solved({
      cost: { use: 'right' },
      buyers: buyers['a grid of values and scales'],
    });
    const { count, withinScale, acrossScales, flowAcrossScales, largest } = finite!.binding;
    const scaleOf = (n: number): number => types[n]!.scale!;
    const across = largest.filter(({ from, to }) => scaleOf(from) !== scaleOf(to));
    expect(count).toBe(largest.length);
    expect(acrossScales).toBe(across.length);
    expect(acrossScales).toBeGreaterThan(0);
    expect(withinScale).toBe(count - across.length);
    expect(withinScale).toBeGreaterThan(0);
    expect(flowAcrossScales).toBeCloseTo(
      across.reduce((sum, { flow }) => sum + flow, 0),
      12,
    );
    expect(flowAcrossScales).toBeGreaterThan(1e-3);
    const weights = [0.5, 0.5];
    for (const { from, to } of largest) {
      const { value, scale, rent } = types[from]!;
      const worth = weights.reduce(
        (sum, weight, m) => sum + (m < 2 * scale! ? weight * value! * types[to]!.profile![m]! : 0),
        0,
      );
      expect(worth - types[to]!.transfer!).toBeCloseTo(rent!, 4);
    }
  });
});

describe('a surplus without a maximum is refused', () => {
  // A unit costs ½ at most: who values it at 1 never has enough.
  test.each(everybody)('with %s', (_, of) => {
    expect(() => solved({ cost: { use: 'expression', formula: '0.1 * q' }, buyers: of })).toThrow(
      'the surplus has no maximum',
    );
  });
});
