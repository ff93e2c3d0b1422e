import {
  concaveSupply,
  type EfficientSupply,
  supplyPoint,
  supplyTaskByTask,
  technology,
} from '@menusmith/core';
import { expression } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

const { abs, exp, log1p, min, sqrt } = Math;

const golden = (f: (x: number) => number, to: number): number => {
  const ratio = (sqrt(5) - 1) / 2;
  let [a, b] = [0, to];
  let [left, right] = [b - ratio * b, ratio * b];
  let [fLeft, fRight] = [f(left), f(right)];
  for (let step = 0; step < 80; step++) {
    if (fLeft >= fRight) {
      [b, right, fRight] = [right, left, fLeft];
      left = b - ratio * (b - a);
      fLeft = f(left);
    } else {
      [a, left, fLeft] = [left, right, fRight];
      right = a + ratio * (b - a);
      fRight = f(right);
    }
  }
  return Math.max(f(0), fLeft, fRight);
};

interface Case {
  readonly v: (...amounts: number[]) => number;
  readonly cost: Readonly<Record<string, number>>;
}

/** Inputs called z are shared, all others are a task's. */
const cases: Readonly<Record<string, Case>> = {
  'log(1+x)': { v: (x) => log1p(x!), cost: { x: 0.2 } },
  'sqrt(1+x)-1': { v: (x) => sqrt(1 + x!) - 1, cost: { x: 0.2 } },
  'x/(1+x)': { v: (x) => x! / (1 + x!), cost: { x: 0.2 } },
  '1-exp(-x)': { v: (x) => 1 - exp(-x!), cost: { x: 0.2 } },
  'x-x^2/2': { v: (x) => x! - x! ** 2 / 2, cost: { x: 0.2 } },
  '6*x-0.5*x^2': { v: (x) => 6 * x! - x! ** 2 / 2, cost: { x: 1 } },
  'x/(1+x^2)': { v: (x) => x! / (1 + x! ** 2), cost: { x: 0.2 } },
  'min(x,1)': { v: (x) => min(x!, 1), cost: { x: 0.2 } },
  'min(x,2-x)': { v: (x) => min(x!, 2 - x!), cost: { x: 0.2 } },
  'min(x,1)-min(x,1)^2/2': { v: (x) => min(x!, 1) - min(x!, 1) ** 2 / 2, cost: { x: 0.2 } },
  '2*x-abs(x-1)+1': { v: (x) => 2 * x! - abs(x! - 1) + 1, cost: { x: 1.2 } },
  'min(x,1+x/3,2+x/9)': { v: (x) => min(x!, 1 + x! / 3, 2 + x! / 9), cost: { x: 0.2 } },
  'min(2*x,1+x/2)^0.5': { v: (x) => sqrt(min(2 * x!, 1 + x! / 2)), cost: { x: 0.2 } },
  'min(z,1)': { v: (z) => min(z!, 1), cost: { z: 0.2 } },
  'min(x,y,1)': { v: (x, y) => min(x!, y!, 1), cost: { x: 0.2, y: 0.3 } },
  'min(x,y)^0.5': { v: (x, y) => sqrt(min(x!, y!)), cost: { x: 0.2, y: 0.3 } },
  'min(sqrt(x),2*sqrt(y))': { v: (x, y) => min(sqrt(x!), 2 * sqrt(y!)), cost: { x: 0.2, y: 0.3 } },
  'min(x^0.5+y^0.5,1)': { v: (x, y) => min(sqrt(x!) + sqrt(y!), 1), cost: { x: 0.2, y: 0.3 } },
  'log(1+min(x,y))': { v: (x, y) => log1p(min(x!, y!)), cost: { x: 0.1, y: 0.15 } },
  'min(x^0.5,y)+0.2*y^0.5': { v: (x, y) => min(sqrt(x!), y!) + 0.2 * sqrt(y!), cost: { x: 0.2, y: 0.3 } },
  'x-x^2/2+y-y^2/4': { v: (x, y) => x! - x! ** 2 / 2 + y! - y! ** 2 / 4, cost: { x: 0.2, y: 0.3 } },
  'x^0.5*min(1+z,2)^0.3': { v: (x, z) => sqrt(x!) * min(1 + z!, 2) ** 0.3, cost: { x: 0.2, z: 0.1 } },
  'min(x,1)+0.1*log(1+z)': { v: (x, z) => min(x!, 1) + 0.1 * log1p(z!), cost: { x: 0.2, z: 0.05 } },
  'sqrt(min(x,1+z))': { v: (x, z) => sqrt(min(x!, 1 + z!)), cost: { x: 0.2, z: 0.1 } },
};

const supplyOf = (formula: string, cost: Case['cost'], derivatives = true): EfficientSupply => {
  const names = Object.keys(cost);
  const task = names.filter((name) => name !== 'z');
  const shared = names.filter((name) => name === 'z');
  const production = expression.create({ formula, parameters: {} }, { task, shared });
  return concaveSupply(
    technology(
      derivatives ? production : { value: production.value },
      names.map((name) => ({
        name,
        scope: name === 'z' ? ('shared' as const) : ('task' as const),
        cost: cost[name]!,
        max: Number.POSITIVE_INFINITY,
      })),
    ),
  );
};

/** S(φ, s) by golden sections in √u, one within the other. */
const bruteSurplus = ({ v, cost }: Case, value: number, scale: number): number => {
  const prices = Object.entries(cost).map(([name, own]) => (name === 'z' ? own : scale * own));
  const [first, second] = prices;
  const own = (x: number, ...others: number[]): number => scale * value * v(x, ...others) - first! * x;
  const best =
    second === undefined
      ? golden((t) => own(t * t), 6)
      : golden((t) => golden((u) => own(t * t, u * u) - second * u * u, 6), 6);
  return Math.max(0, best);
};

const at = (supply: EfficientSupply, value: number, scale: number) => {
  const out = supplyPoint(supply.inputs.length);
  supply.slopes(value, scale, out);
  return out;
};

const CELLS = 24;

describe.each(Object.entries(cases))('%s', (formula, own) => {
  const supply = supplyOf(formula, own.cost);

  test('earns what brute force does, and is solved', () => {
    for (const scale of [1, 0.4])
      for (const value of [0.05, 0.21, 0.31, 0.47, 0.63, 1]) {
        const out = at(supply, value, scale);
        const brute = bruteSurplus(own, value, scale);
        expect(out.solved).toBe(true);
        expect(Math.abs(out.surplus - brute)).toBeLessThan(1e-10);
        expect(Math.abs(value * out.quality - out.cost - out.surplus)).toBeLessThan(1e-14);
      }
  });

  test('S rises as quality says between kinks: S(b) − S(a) = ∫ q dφ', () => {
    // Gauss–Legendre of 3 nodes on 24 cells between kinks, in √(φ − kink), as supply may start like one.
    const ends = [0.15, ...supply.kinks(1, 1).filter((kink) => kink > 0.15), 1];
    const point = supplyPoint(supply.inputs.length);
    let sum = 0;
    for (let i = 0; i + 1 < ends.length; i++) {
      const width = ends[i + 1]! - ends[i]!;
      for (let cell = 0; cell < CELLS; cell++)
        for (const [node, weight] of [
          [-sqrt(0.6), 5 / 18],
          [0, 8 / 18],
          [sqrt(0.6), 5 / 18],
        ] as const) {
          const t = (cell + 0.5 + node / 2) / CELLS;
          supply.supply(ends[i]! + t * t * width, 1, point);
          sum += ((2 * t * weight) / CELLS) * width * point.quality;
        }
    }
    const rise = at(supply, 1, 1).surplus - at(supply, 0.15, 1).surplus;
    expect(Math.abs(sum - rise)).toBeLessThan(2e-8);
  });
});

describe('by values alone, without slopes, one input is as exact, and nothing false is called solved', () => {
  test.each(Object.entries(cases))('%s', (formula, own) => {
    const supply = supplyOf(formula, own.cost, false);
    const point = supplyPoint(supply.inputs.length);
    for (const value of [0.13, 0.21, 0.31, 0.47, 0.63, 0.97, 1]) {
      supply.supply(value, 1, point);
      // Where v is a difference of larger numbers their rounding hides whether a trace is worth making.
      const isKnown = formula !== '2*x-abs(x-1)+1' || value > 0.4;
      if (supply.inputs.length === 1 && isKnown) expect(point.solved).toBe(true);
      // Of more inputs differences across a kink may leave a point unsolved.
      if (point.solved) expect(Math.abs(point.surplus - bruteSurplus(own, value, 1))).toBeLessThan(1e-9);
    }
  });
});

test('ends of a bracket on a kink are not lost: the third of three pieces is not taken for the second', () => {
  const supply = supplyOf('min(x,1+x/3,2+x/9)', { x: 0.2 }, false);
  for (const value of [0.8, 0.88, 0.95, 1]) {
    const out = at(supply, value, 1);
    expect(out.solved).toBe(true);
    expect(out.inputs[0]! / 4.5).toBeCloseTo(1, 12);
  }
});

test('min(x,1) is all or nothing: quality jumps at φ = c and is 1 from there on', () => {
  const supply = supplyOf('min(x,1)', { x: 0.2 });
  expect(supply.kinks(0.7, 1)).toHaveLength(1);
  expect(Math.abs(supply.kinks(0.7, 1)[0]! - 0.2)).toBeLessThan(1e-15);
  for (const value of [0.2 * (1 + 1e-12), 0.21, 5])
    expect(at(supply, value, 0.7).quality).toBeCloseTo(0.7, 13);
  expect(at(supply, 0.2 * (1 - 1e-12), 0.7)).toMatchObject({ quality: 0, surplus: 0, solved: true });
});

test('inputs on a kink are exact along it: x = y = (φ/(2(c_x + c_y)))² for √min(x, y), ∂q/∂φ = 1/(2(c_x + c_y))', () => {
  const supply = supplyOf('min(x,y)^0.5', { x: 0.2, y: 0.3 });
  for (const value of [0.02, 0.3, 1]) {
    const out = at(supply, value, 1);
    expect(out.inputs[0]! / value ** 2).toBeCloseTo(1, 9);
    expect(out.inputs[1]! / value ** 2).toBeCloseTo(1, 9);
    expect(out.qualityByValue).toBeCloseTo(1, 6);
  }
});

test('an input that pays only from some value on is not used below it: z from φ = ½ in min(x,1) + .1 log(1 + z)', () => {
  const supply = supplyOf('min(x,1)+0.1*log(1+z)', { x: 0.2, z: 0.05 });
  expect(at(supply, 0.49, 1).inputs[1]).toBe(0);
  expect(at(supply, 0.6, 1).inputs[1]).toBeCloseTo(0.2, 11);
  const kinks = supply.kinks(1, 1);
  expect(kinks).toHaveLength(2);
  expect(kinks[1]).toBeCloseTo(0.5, 6);
});

test('what is not concave in truth is not believed to be: a slope that is wrong leaves it unsolved', () => {
  // min(x, y) with the slopes of x + y: the bound falls below what is earned.
  const inputs = ['x', 'y'].map((name) => ({
    name,
    scope: 'task' as const,
    cost: 0.3,
    max: Number.POSITIVE_INFINITY,
  }));
  const supply = concaveSupply(
    technology(
      {
        value: ([x, y]) => sqrt(x! + y!),
        gradient: ([x, y], _, out) => out.fill(-0.5 / sqrt(x! + y!)),
      },
      inputs,
    ),
  );
  expect(at(supply, 1, 1).solved).toBe(false);
});

test('a value far from the last one is solved as if it were the first', () => {
  const cost = { x: 0.4007920980453491, y: 0.27905278205871586 };
  const supply = supplyOf('min(x, y)^0.5', cost);
  // Looks for where supply starts, down to 1e-15; the box of amounts shrinks with them.
  supplyTaskByTask(supply, 1);
  const value = 0.7832472324371338;
  const { surplus, solved } = at(supply, value, 1);
  expect(solved).toBe(true);
  expect(surplus / (value ** 2 / (4 * (cost.x + cost.y)))).toBeCloseTo(1, 9);
});
