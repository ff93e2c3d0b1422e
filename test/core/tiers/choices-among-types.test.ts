import {
  type ConvexOption,
  choicesAmongTypes,
  convexChoice,
  type PlanOffer,
  planUtility,
  UNASKED,
} from '@menusmith/core';
import { describe, expect, it } from 'vitest';

/*
 * Plans of a fee F at a price p of quality, made from √x: at a type θ quality is θ/2p, utility θ²/4p − F, and the seller keeps F and half of what is paid for tokens.
 * Against asking every type about every plan.
 */
let asked = 0;
const offer = (plan: number, fee: number, price: number, cost = price / 2): PlanOffer => ({
  plan,
  inputs: [],
  use: (type, out) => {
    asked++;
    const tokens = (type / (2 * price)) ** 2;
    out.quality = type / (2 * price);
    out.payment = fee + price * tokens;
    out.cost = cost * tokens;
    out.utility = type * out.quality - out.payment;
    out.solved = true;
  },
  kinks: () => [],
});
const fees = [0, 0.05, 0.11, 0.2, 0.37, 0.5, 0.9, 1.3];
const offers = [
  ...fees.map((fee, k) => offer(k, fee, 1 / (1 + 0.4 * k))),
  // As good for every buyer as the third, and better for the seller.
  offer(fees.length, fees[2]!, 1 / 1.8, 0.1),
];
/** Unordered, with some that are equal. */
const types = Float64Array.from({ length: 4000 }, (_, n) => 3 * ((n * 0.618034) % 1)).fill(1.25, 100, 120);

describe('many types among many plans', () => {
  it('take what each takes who is asked about all of them', () => {
    const { choice } = planUtility(offers, { min: 0, max: 0 });
    const one = Int32Array.from(types, (type) => choice(type, Number.NEGATIVE_INFINITY).offer);
    expect(new Set(one).size).toBeGreaterThan(5);
    expect(choicesAmongTypes(offers, types)).toEqual(one);
  });

  it('are not asked where those beside them have proved what they take', () => {
    asked = 0;
    choicesAmongTypes(offers.slice(0, fees.length), types);
    expect(asked).toBeLessThan((types.length * fees.length) / 10);
  });

  it('are none among no plans, and all take the only one', () => {
    expect(new Set(choicesAmongTypes([], types))).toEqual(new Set([-1]));
    expect(new Set(choicesAmongTypes(offers.slice(0, 1), types))).toEqual(new Set([0]));
  });
});

it('an option that is proved worse between two types is not asked for there', () => {
  let all = 0;
  const optionsAt = (isSparing: boolean) => (type: number, wanted?: readonly boolean[]) =>
    fees.map((fee, k): ConvexOption => {
      if (isSparing && wanted?.[k] === false) return UNASKED;
      all++;
      return {
        utility: (type * type * (1 + 0.4 * k)) / 4 - fee,
        slope: (type * (1 + 0.4 * k)) / 2,
        margin: fee,
      };
    });
  const whole = convexChoice(optionsAt(false), [0, 3]);
  const before = all;
  all = 0;
  const sparing = convexChoice(optionsAt(true), [0, 3]);
  expect(sparing.map(({ option }) => option)).toEqual(whole.map(({ option }) => option));
  for (const [n, { from }] of sparing.entries()) expect(from).toBeCloseTo(whole[n]!.from, 9);
  expect(whole.length).toBeGreaterThan(4);
  expect(all).toBeLessThan(before / 2);
});
