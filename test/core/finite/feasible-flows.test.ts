import { expect, test } from 'vitest';
import { feasibleFlows } from '../../../packages/core/src/finite/feasible-flows.ts';

const flowsOf = (...flows: readonly (readonly [number, number, number])[]) => ({
  from: Int32Array.from(flows, ([from]) => from),
  to: Int32Array.from(flows, ([, to]) => to),
  amount: Float64Array.from(flows, ([, , amount]) => amount),
});

test('a type of little mass that passes on 10⁻⁶ too much takes that back, and the flows of others stay', () => {
  const mass = Float64Array.of(0.6, 0.4 - 1e-4, 1e-4);
  const { amount } = feasibleFlows(flowsOf([2, 1, 1e-4 * (1 + 1e-6)], [1, 0, 0.3]), mass);
  expect(amount[0]! / 1e-4).toBeCloseTo(1, 14);
  expect(amount[1]).toBe(0.3);
});

test('who then gets too little to pass on what she did passes on less as well', () => {
  const mass = Float64Array.of(0.5, 0.3, 0.2);
  const { amount } = feasibleFlows(flowsOf([2, 1, 0.4], [1, 0, 0.6]), mass);
  expect([...amount]).toEqual([expect.closeTo(0.2, 14), expect.closeTo(0.5, 14)]);
});

test('flows in a circle are feasible, however large', () => {
  const { amount } = feasibleFlows(flowsOf([0, 1, 1e9], [1, 0, 1e9]), Float64Array.of(0.5, 0.5));
  expect([...amount]).toEqual([1e9, 1e9]);
});

test('flows that go both ways and nearly cancel are off by their own rounding, and stay', () => {
  const both = 1e9 / 3;
  const proposed = flowsOf([1, 0, both + 0.3], [0, 1, both]);
  const { amount } = feasibleFlows(proposed, Float64Array.of(0.7, 0.3));
  expect(both + 0.3 - both).not.toBe(0.3);
  expect([...amount]).toEqual([both + 0.3, both]);
});
