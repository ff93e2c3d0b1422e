import type { CertifiedMenu } from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import { bindingConstraints, bindingResult } from '../../packages/app/src/solve/binding-constraints.ts';
import {
  finiteResult,
  lotteriesOf,
  lotteriesOfPopulation,
} from '../../packages/app/src/solve/space/finite-result.ts';

const flowsOf = (...flows: readonly (readonly [from: number, to: number, amount: number])[]) => ({
  from: Int32Array.from(flows, ([from]) => from),
  to: Int32Array.from(flows, ([, to]) => to),
  amount: Float64Array.from(flows, ([, , amount]) => amount),
});

describe('what binds', () => {
  const mass = Float64Array.of(0.5, 0.3, 0.2);
  const everybody = { representative: Int32Array.of(0, 1, 2) };
  const nobody = () => false;

  test('is listed from the largest flow down, with who is tempted before whose item tempts', () => {
    const flows = flowsOf([1, 0, 0.1], [2, 1, 0.3], [2, 0, 0.2]);
    expect(bindingConstraints(mass, { flows }, everybody, nobody)).toEqual([
      { from: 2, to: 1, flow: 0.3 },
      { from: 2, to: 0, flow: 0.2 },
      { from: 1, to: 0, flow: 0.1 },
    ]);
  });

  test('leaves out items that nobody gets, but not who gets nothing herself', () => {
    const flows = flowsOf([1, 0, 0.1], [0, 1, 0.3]);
    expect(bindingConstraints(mass, { flows }, everybody, (n) => n === 0)).toEqual([
      { from: 0, to: 1, flow: 0.3 },
    ]);
  });

  test('leaves out what is at most a millionth of the smaller mass of the two', () => {
    const flows = flowsOf([2, 0, 1e-6 * 0.2], [0, 2, 1.01e-6 * 0.2], [1, 0, 1.01e-6 * 0.3]);
    expect(bindingConstraints(mass, { flows }, everybody, nobody).map(({ from, to }) => [from, to])).toEqual([
      [1, 0],
      [0, 2],
    ]);
  });

  test('speaks of the first of types that are alike, and of none that were left out', () => {
    const four = Float64Array.of(0.25, 0.25, 0.25, 0.25);
    // Types 1 and 3 are one, and stand second among those that were solved for; type 0 is none of them.
    const representative = Int32Array.of(-1, 1, 0, 1);
    const found = bindingConstraints(four, { flows: flowsOf([1, 0, 0.1]) }, { representative }, nobody);
    expect(found).toEqual([{ from: 1, to: 2, flow: 0.1 }]);
  });

  test('is counted in full, and listed up to 200', () => {
    const many = Array.from({ length: 250 }, (_, k) => ({ from: k, to: k + 1, flow: 1 }));
    const { count, largest } = bindingResult(many);
    expect([count, largest.length, largest[0], largest[199]]).toEqual([250, 200, many[0], many[199]]);
  });
});

/** A grid of two values on two scales: types of reach 1 and 2, on tasks that end at 1 and 2. */
const finite = (reach: readonly number[], mass: readonly number[]) =>
  ({
    mass: Float64Array.from(mass),
    types: { count: mass.length },
    tasks: { weights: [0.5, 0.5] },
    grid: { types: { reach: Int32Array.from(reach) } },
  }) as never;
/** Items by blocks [quality, end]. */
const menuOf = (
  items: readonly (readonly (readonly [quality: number, end: number])[])[],
  choices: readonly number[],
  more: object = {},
): CertifiedMenu =>
  ({
    certificate: { attained: 0.5 },
    rebate: 0.25,
    flows: flowsOf(),
    choices: Int32Array.from(choices),
    items: {
      offsets: Int32Array.from({ length: items.length + 1 }, (_, k) => items.slice(0, k).flat().length),
      ends: Int32Array.from(items.flat(), ([, end]) => end),
      quality: Float64Array.from(items.flat(), ([quality]) => quality),
    },
    ...more,
  }) as never;
const terms = (consumerSurplus: number) =>
  ({ terms: { objective: { profit: 1, consumerSurplus } } }) as never;
const resultOf = (buyers: never, menu: CertifiedMenu, byScale?: object, consumerSurplus = 0) =>
  finiteResult(
    terms(consumerSurplus),
    {
      finite: buyers,
      menu,
      essential: { representative: Int32Array.from(menu.choices, (_, n) => n) } as never,
      types: Array.from(menu.choices, (choice) => ({ excluded: choice < 0 })) as never,
    },
    { name: 'solver', stopReason: 'stuck' },
    byScale as never,
  );

describe('what is said of a finite problem', () => {
  const buyers = finite([1, 2, 2], [0.5, 0.25, 0.25]);
  const even = menuOf([[[0.3, 2]], [[0.5, 2]]], [0, 1, 1]);

  test('its size, its solver, why that stopped, and the rebate', () => {
    expect(resultOf(buyers, even)).toMatchObject({
      solver: 'solver',
      stopped: 'stuck',
      types: 3,
      tasks: 2,
      rebate: 0.25,
      binding: { count: 0, withinScale: 0, acrossScales: 0, flowAcrossScales: 0, largest: [] },
    });
    expect(resultOf(buyers, { ...even, rebate: Number.NaN }).rebate).toBeNull();
  });

  test('flows within a scale and across', () => {
    const flows = flowsOf([1, 0, 0.125], [2, 0, 0.0625], [2, 1, 0.25]);
    expect(resultOf(buyers, { ...even, flows }).binding).toMatchObject({
      count: 3,
      withinScale: 1,
      acrossScales: 2,
      flowAcrossScales: 0.1875,
    });
    // The item of type 0 is nobody's.
    const none = { ...even, flows, choices: Int32Array.of(-1, 1, 1) };
    expect(resultOf(buyers, none).binding).toMatchObject({ count: 1, acrossScales: 0, flowAcrossScales: 0 });
  });

  test('profiles have neither scales nor tasks that are alike', () => {
    const { grid: _, ...profiles } = buyers as { grid: unknown };
    const said = resultOf(profiles as never, { ...even, flows: flowsOf([1, 0, 0.125]) });
    expect(said.binding).toEqual({ count: 1, largest: [{ from: 1, to: 0, flow: 0.125 }] });
    expect('uniformity' in said).toBe(false);
  });

  test('three profits side by side, where profit is all that counts', () => {
    const byScale = { observableScale: 0.75, offered: { attainedProfit: 0.25 } };
    expect(resultOf(buyers, even, byScale).comparison).toEqual({
      observableScale: 0.75,
      optimum: 0.5,
      scaleByScale: { attainedProfit: 0.25 },
    });
    expect('comparison' in resultOf(buyers, even, byScale, 0.5)).toBe(false);
    expect('comparison' in resultOf(buyers, even)).toBe(false);
  });
});

describe('whether tasks that are alike are treated alike', () => {
  const buyers = finite([1, 2, 2], [0.5, 0.25, 0.25]);
  const uniformity = (items: Parameters<typeof menuOf>[0], choices: readonly number[], whose = buyers) =>
    resultOf(whose, menuOf(items, choices)).uniformity;

  test('they are where every type has one quality on her own tasks', () => {
    expect(
      uniformity(
        [
          [[0.3, 2]],
          [
            [0.5, 1],
            [0.5, 2],
          ],
        ],
        [0, 1, 1],
      ),
    ).toEqual({
      isUniform: true,
      spread: 0,
      type: null,
    });
  });

  test('the type is named who has the largest spread, the first of them', () => {
    expect(
      uniformity(
        [
          [[0.3, 2]],
          [
            [0.5, 1],
            [0.25, 2],
          ],
          [
            [0.125, 1],
            [0.25, 2],
          ],
        ],
        [0, 2, 1],
      ),
    ).toEqual({ isUniform: false, spread: 0.25, type: 2 });
    expect(
      uniformity(
        [
          [
            [0.5, 1],
            [0.25, 2],
          ],
        ],
        [0, 0, 0],
      ),
    ).toEqual({ isUniform: false, spread: 0.25, type: 1 });
  });

  test('quality beyond her own tasks is none of hers', () => {
    expect(
      uniformity(
        [
          [
            [0.5, 1],
            [0.25, 2],
          ],
        ],
        [0, -1, -1],
      ),
    ).toEqual({ isUniform: true, spread: 0, type: null });
  });

  test('who takes nothing, types without mass and blocks without tasks are left out', () => {
    const uneven = [
      [
        [0.5, 1],
        [0.25, 2],
      ],
    ] as const;
    expect(uniformity(uneven, [-1, -1, -1])).toMatchObject({ spread: 0, type: null });
    expect(uniformity(uneven, [-1, 0, 0], finite([1, 2, 2], [1, 0, 0]))).toMatchObject({
      spread: 0,
      type: null,
    });
    expect(
      uniformity(
        [
          [
            [0.5, 1],
            [0.25, 1],
            [0.5, 2],
          ],
        ],
        [-1, 0, 0],
      ),
    ).toMatchObject({ spread: 0, type: null });
  });

  test('what is left of a hundred-thousandth of the best quality is the solver’s', () => {
    expect(
      uniformity(
        [
          [
            [1, 1],
            [1 - 2 ** -17, 2],
          ],
        ],
        [0, 0, 0],
      ),
    ).toEqual({
      isUniform: true,
      spread: 2 ** -17,
      type: 1,
    });
    expect(
      uniformity(
        [
          [
            [1, 1],
            [1 - 2 ** -16, 2],
          ],
        ],
        [0, 0, 0],
      )!.isUniform,
    ).toBe(false);
    expect(
      uniformity(
        [
          [
            [1e5, 1],
            [1e5 - 1, 2],
          ],
        ],
        [0, 0, 0],
      )!.isUniform,
    ).toBe(true);
    // The best quality is nobody's choice, and still what is compared with.
    expect(
      uniformity(
        [
          [
            [1, 1],
            [1 - 2 ** -16, 2],
          ],
          [[4, 2]],
        ],
        [0, 0, 0],
      )!.isUniform,
    ).toBe(true);
  });
});

describe('lotteries', () => {
  const problem = (models?: readonly string[]) =>
    ({ supply: { models }, mass: Float64Array.of(0.5, 0.25, 0.25) }) as never;
  const shares = Float64Array.of(0.5, 0.5, 1, 0);
  const items = [[[0.5, 2]], [[0.25, 2]]] as const;
  const useOf = () => ({ x: 0.5 });

  test('are spoken of only where there are models', () => {
    expect(lotteriesOf(problem(), menuOf(items, [0, 1, 1], { shares }), useOf)).toEqual({});
  });

  test('are there where somebody takes an item that is one', () => {
    expect(lotteriesOf(problem(['a', 'b']), menuOf(items, [0, 1, 1], { shares }), useOf)).toEqual({
      lotteries: true,
    });
    expect(lotteriesOf(problem(['a', 'b']), menuOf(items, [1, 1, 1], { shares }), useOf)).toEqual({
      lotteries: false,
    });
  });

  test('have the best menu without them beside them, whose profit is that of those who take an item', () => {
    const withoutLotteries = {
      certificate: { attained: 0.375 },
      choices: Int32Array.of(1, -1, 0),
      transfers: Float64Array.of(1, 2),
      costs: Float64Array.of(0.5, 0.25),
    };
    const menu = menuOf(items, [0, 1, 1], { shares, withoutLotteries });
    // ½ (2 − ¼) + ¼ (1 − ½)
    const found = lotteriesOf(problem(['a', 'b']), menu, useOf);
    expect(found.lotteries).toBe(true);
    expect(found.withoutLotteries!()).toEqual({ profit: 1, attained: 0.375, use: { x: 0.5 } });
    const massless = { supply: { models: ['a', 'b'] }, mass: Float64Array.of(1, 0, 0) } as never;
    expect(lotteriesOf(massless, menu, useOf).withoutLotteries!().profit).toBe(1.75);
  });

  test('of what continuous buyers are offered', () => {
    const withoutLotteries = { profit: 1, attained: 2, use: { x: 0.5 } };
    expect(lotteriesOfPopulation(problem(), { hasLotteries: false })).toEqual({});
    const drawn = lotteriesOfPopulation(problem(['a']), { hasLotteries: true, withoutLotteries });
    expect(drawn.lotteries).toBe(true);
    expect(drawn.withoutLotteries!()).toEqual(withoutLotteries);
  });
});
