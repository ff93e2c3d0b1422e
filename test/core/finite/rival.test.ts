import {
  type FiniteProblem,
  hasLotteries,
  OUTSIDE,
  type ProfileSupply,
  profilePoint,
  profileTypes,
  supplyByIndex,
  withOutsideOption,
  withRival,
} from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conicOptimum, type PowerCost } from './conic-program.ts';
import { anyNumbers, inWords, solved, sum } from './examples.ts';
import { lotteryOptimum } from './lottery-program.ts';

/** C = factor·q^power a task: v = x^{1/power} at `factor` a token. */
const supplyAt = ({ factor, power }: PowerCost, tasks: number): ProfileSupply => {
  const production = cobbDouglas.create(
    { exponents: { x: 1 / power }, base: {} },
    { task: ['x'], shared: [] },
  );
  const input = { name: 'x', scope: 'task', cost: factor, max: Number.POSITIVE_INFINITY } as const;
  return supplyByIndex(production.closedForm!([input]), 1 / power, tasks);
};

interface Drawn {
  readonly problem: FiniteProblem;
  readonly own: PowerCost;
  readonly price: PowerCost;
}

const anyCase: fc.Arbitrary<Drawn> = fc
  .record({
    count: fc.integer({ min: 2, max: 3 }),
    tasks: fc.integer({ min: 1, max: 2 }),
    own: fc.constantFrom({ factor: 0.4, power: 2 }, { factor: 0.3, power: 1.6 }),
    price: fc.constantFrom(
      { factor: 0.6, power: 1.6 },
      { factor: 0.45, power: 3 },
      { factor: 0.5, power: 2 },
    ),
  })
  .chain(({ count, tasks, own, price }) =>
    fc
      .tuple(anyNumbers(count * tasks, 1, 0.1), anyNumbers(tasks, 1, 0.3), anyNumbers(count, 1, 0.2))
      .map(([values, weights, parts]): Drawn => {
        const all = sum(parts);
        const mass = parts.map((part) => part / all);
        return {
          problem: { types: profileTypes(values, weights), mass, supply: supplyAt(own, tasks) },
          own,
          price,
        };
      }),
  );

const described = ({ problem, own, price }: Drawn): string =>
  `${inWords(problem)} at ${own.factor} q^${own.power}, the rival at ${price.factor} q^${price.power}`;

/** What Clarabel leaves open, and the tolerance of the certificate. */
const CLOSE = 2e-6;

test('a rival at prices: with lotteries the optimum is that of the program, and without that of the best choice of whom to sell to', () => {
  let [lotteries, shared] = [0, 0];
  fc.assert(
    fc.property(anyCase, (drawn) => {
      const { problem, own, price } = drawn;
      const tasks = problem.types.weights.length;
      const rival = supplyAt(price, tasks);
      const facing = withRival(problem, rival);
      const { menu, essential } = solved(facing, 1e-7);
      const { attained, upperBound, maxParticipationViolation } = menu.certificate;
      const close = CLOSE * Math.max(essential.firstBest, 0.1);
      const say = described(drawn);
      expect(upperBound - attained, say).toBeLessThan(close);
      expect(maxParticipationViolation, say).toBeLessThan(1e-9);
      const exact = lotteryOptimum(facing, [own, price]);
      if (exact !== undefined) expect(Math.abs(attained - exact), say).toBeLessThan(close);
      // Whom the seller does not sell to buys from the rival, and he has nothing of it.
      const { count } = problem.types;
      const least = { ...problem, participation: facing.participation! };
      const choices = Array.from({ length: 2 ** count }, (_, chosen) =>
        conicOptimum(
          least,
          own,
          Array.from({ length: count }, (__, n) => (chosen >> n) % 2 === 1),
        ),
      );
      if (choices.every((each) => each !== undefined)) {
        const pure = (menu.withoutLotteries ?? menu).certificate.attained;
        expect(Math.abs(pure - Math.max(...choices.map((each) => each!))), say).toBeLessThan(close);
      }
      if (hasLotteries(menu, facing)) lotteries++;
      const gone = menu.choices.some((k) => k < 0 || menu.shares![2 * k + 1] === 1);
      const sold = menu.choices.some((k) => k >= 0 && menu.shares![2 * k] === 1);
      if (gone && sold) shared++;
      // Of what is resold whole nothing is earned.
      menu.choices.forEach((k) => {
        if (k >= 0 && menu.shares![2 * k + 1] === 1)
          expect(Math.abs(menu.transfers[k]! - menu.costs[k]!), say).toBeLessThan(1e-6);
      });
    }),
    { numRuns: 60, seed: 20261130 },
  );
  expect(shared).toBeGreaterThan(5);
  expect(lotteries).toBeGreaterThan(0);
});

test('a rival as dear as the seller leaves him nothing; one without customers leaves him what he has alone', () => {
  const types = profileTypes(Float64Array.of(1, 0.3, 0.4, 0.8), Float64Array.of(0.5, 0.5));
  const problem = { types, mass: Float64Array.of(0.5, 0.5), supply: supplyAt({ factor: 0.4, power: 2 }, 2) };
  const alone = solved(problem, 1e-8).menu.certificate.attained;
  const facing = (factor: number) =>
    solved(withRival(problem, supplyAt({ factor, power: 2 }, 2)), 1e-8).menu.certificate.attained;
  expect(Math.abs(facing(0.4))).toBeLessThan(1e-8);
  expect(Math.abs(facing(4e7) / alone - 1)).toBeLessThan(1e-6);
  expect(facing(0.8)).toBeLessThan(facing(1.6));
  expect(withRival(problem, problem.supply).supply.models!.map(({ name }) => name)).toEqual([
    'seller',
    OUTSIDE,
  ]);
});

test('u_n is what the rival’s efficient supply leaves at his prices', () => {
  const types = profileTypes(Float64Array.of(1, 0.3, 0.4, 0.8), Float64Array.of(0.5, 0.5));
  const rival = supplyAt({ factor: 0.7, power: 2 }, 2);
  const { participation } = withRival(
    { types, mass: Float64Array.of(0.5, 0.5), supply: supplyAt({ factor: 0.4, power: 2 }, 2) },
    rival,
  );
  // max over q of ½ Σ (w q − .7 q²) = Σ w²/5.6.
  expect(participation![0]).toBeCloseTo((1 + 0.09) / 5.6, 12);
  expect(participation![1]).toBeCloseTo((0.16 + 0.64) / 5.6, 12);
  const point = profilePoint(rival);
  rival.supply(Float64Array.of(1, 0.3), types.weights, 2, point);
  expect(point.surplus).toBeCloseTo(participation![0]!, 12);
});

test('numbers u_n: with lotteries between the seller’s item and what a type has, the optimum is that of the program', () => {
  let lotteries = 0;
  fc.assert(
    fc.property(anyCase, anyNumbers(3, 1), (drawn, worth) => {
      const { problem, own } = drawn;
      const u = worth.slice(0, problem.types.count).map((share) => 0.15 * share);
      const facing = withOutsideOption(problem, u);
      const { menu, essential } = solved(facing, 1e-7);
      const exact = lotteryOptimum({ ...problem, participation: u }, [own, 'outside']);
      if (exact === undefined) return;
      const close = CLOSE * Math.max(essential.firstBest, 0.1);
      expect(Math.abs(menu.certificate.attained - exact), described(drawn)).toBeLessThan(close);
      if (hasLotteries(menu, facing)) lotteries++;
    }),
    { numRuns: 60, seed: 20261130 },
  );
  expect(lotteries).toBeGreaterThan(0);
});
