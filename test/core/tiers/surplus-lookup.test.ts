import { cellsOfPopulation, cellsOfTypes, supplyPoint, surplusLookup } from '@menusmith/core';
import { linear } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { betaOf, expectClose, technologyNamed, unit } from '../reference-cases.ts';

const example1 = technologyNamed('EX1');

describe('S looked up', () => {
  test.each([
    ['a closed form', example1.closedForm, 1],
    ['a closed form at a small scale', example1.closedForm, 0.3],
    ['the numeric path', example1.numeric(), 1],
    ['a linear cost, where quality jumps', linear.create({ rate: 0.3, max: 2 }), 1],
  ] as const)('is S to 1e-11 and C to 1e-8 of their largest, by %s', (_, supply, scale) => {
    const table = surplusLookup(supply, scale, 1.5);
    const point = supplyPoint(supply.inputs.length);
    supply.supply(1.5, scale, point);
    const [surplus, cost] = [point.surplus, point.cost];
    for (let i = 0; i <= 1000; i++) {
      const x = 1.5 * (i / 1000) ** 1.7;
      supply.supply(x, scale, point);
      expectClose(table.surplus(x), point.surplus, 1e-11, `S(${x})`, surplus);
      // At a jump either side is right.
      if (Math.abs(x - 0.3) > 1e-9) expectClose(table.cost(x), point.cost, 1e-8, `C at ${x}`, cost);
    }
    expect(table.surplus(-1)).toBe(0);
    expect(table.error).toBeLessThan(1e-11 * surplus);
  });

  test('knows where C jumps, and by how much', () => {
    expect(surplusLookup(example1.closedForm, 1, 1).jumps).toEqual([]);
    const [jump] = surplusLookup(linear.create({ rate: 0.3, max: 2 }), 1, 1).jumps;
    expectClose(jump!.value, 0.3, 1e-14);
    expectClose(jump!.cost, 0.6, 1e-9);
  });
});

describe('cells of types', () => {
  test.each([
    ['U[0, 1]', unit],
    ['Beta(2, 3)', betaOf(2, 3)],
  ])('have the mass of F, and integrate e^x over it at order 4: %s', (_, types) => {
    const sum = (count: number, g: (x: number) => number): number => {
      const places = Array.from({ length: count + 1 }, (_, i) => i / count);
      const { nodes, masses } = cellsOfPopulation(types, places);
      return nodes.reduce((total, x, i) => total + masses[i]! * g(x), 0);
    };
    const one = sum(40, () => 1);
    expectClose(one, 1, 1e-14);
    const exact = sum(1280, Math.exp);
    const [coarse, fine] = [sum(5, Math.exp), sum(10, Math.exp)].map((value) => Math.abs(value - exact));
    expect(Math.log2(coarse! / fine!)).toBeGreaterThan(3.5);
  });

  test('a cell a distinct value, ascending, with the mass at or above it', () => {
    const { edges, above, masses } = cellsOfTypes(Float64Array.of(3, 1, 3), Float64Array.of(0.25, 0.5, 0.25));
    expect([...edges]).toEqual([1, 3]);
    expect([...masses]).toEqual([0.5, 0.5]);
    expect([...above]).toEqual([1, 0.5]);
  });
});
