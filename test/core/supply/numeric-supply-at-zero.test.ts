import {
  type EfficientSupply,
  iron,
  numericSupply,
  type ProductionFunction,
  scaleMenu,
  supplyPoint,
  technology,
  unboundedInput,
} from '@menusmith/core';
import { cobbDouglas, expression } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { expectClose, unit } from '../reference-cases.ts';

const noCap = Number.POSITIVE_INFINITY;
const made = (formula: string, costs: Readonly<Record<string, number>>, max = noCap) => {
  const task = Object.keys(costs).filter((name) => name !== 'z');
  const shared = 'z' in costs ? ['z'] : [];
  const production: ProductionFunction = expression.create({ formula, parameters: {} }, { task, shared });
  return technology(production, [
    ...task.map((name) => ({ name, scope: 'task' as const, cost: costs[name]!, max: noCap })),
    ...shared.map((name) => ({ name, scope: 'shared' as const, cost: costs[name]!, max })),
  ]);
};
const at = (supply: EfficientSupply, value: number, scale: number) => {
  const out = supplyPoint(supply.inputs.length);
  supply.slopes(value, scale, out);
  return out;
};
const buyers = [0.05, 0.21, 0.3, 0.55, 0.9, 1].flatMap((value) =>
  [0.1, 0.5, 1].map((scale) => [value, scale] as const),
);

test('√x + √y + √z: an input of infinite marginal product at zero is always used', () => {
  // Inputs are separate: φ/(2√x) = c and sφ/(2√z) = c, so x = y = (φ/2c)², z = (sφ/2c)² and S = 2·sφ²/4c + s²φ²/4c.
  const c = 0.2;
  const supply = numericSupply(made('x^.5 + y^.5 + z^.5', { x: c, y: c, z: c }));
  for (const [value, scale] of buyers) {
    const out = at(supply, value, scale);
    expect(out.solved).toBe(true);
    expectClose(out.surplus, ((2 * scale + scale ** 2) * value ** 2) / (4 * c), 1e-12, 'S');
    expectClose(out.inputs[2]!, ((scale * value) / (2 * c)) ** 2, 1e-11, 'z');
    expectClose(out.qualityByValue, (2 * scale + scale ** 2) / (2 * c), 1e-9, '∂q/∂φ');
  }
  expect(supply.kinks(0.5, 1)).toEqual([]);
});

test('x^.3 + y^.3 z^.3: inputs that pay only together are used together', () => {
  // φ·.3 y^-.7 z^.3 = c and sφ·.3 y^.3 z^-.7 = c give z = s y and y^.4 = .3 φ s^.3/c.
  const c = 0.2;
  const supply = numericSupply(made('x^.3 + y^.3 * z^.3', { x: c, y: c, z: c }));
  for (const [value, scale] of buyers) {
    const out = at(supply, value, scale);
    const y = ((0.3 * value * scale ** 0.3) / c) ** 2.5;
    expect(out.solved).toBe(true);
    expectClose(out.inputs[0]!, ((0.3 * value) / c) ** (1 / 0.7), 1e-9, 'x');
    expectClose(out.inputs[1]!, y, 1e-9, 'y');
    expectClose(out.inputs[2]!, scale * y, 1e-9, 'z');
  }
});

describe('1 − exp(−x − y), finite marginal products and perfect substitutes', () => {
  // φ e^{−(x+y)} = min c: the cheaper alone, from φ = c on: q/s = 1 − c/φ, S/s = φ − c − c ln(φ/c).
  test.each([
    [0.2, 0.2],
    [0.2, 0.25],
  ])('costs %s and %s', (cx, cy) => {
    const supply = numericSupply(made('1 - exp(-x - y)', { x: cx, y: cy }));
    for (const [value, scale] of buyers) {
      const out = at(supply, value, scale);
      expect(out.solved).toBe(true);
      expectClose(out.quality, value > cx ? scale * (1 - cx / value) : 0, 1e-9, 'q', scale);
      if (value > cx) {
        expectClose(out.surplus, scale * (value - cx - cx * Math.log(value / cx)), 1e-11, 'S', scale * value);
        expectClose(out.qualityByValue, (scale * cx) / value ** 2, 1e-7, '∂q/∂φ');
      }
    }
    expectClose(supply.kinks(0.7, 1)[0]!, cx, 1e-11, 'start');
  });
});

test('a shared input may serve alone: log(1 + x) + log(1 + z) starts at sφ = c_z, x at φ = c_x', () => {
  const supply = numericSupply(made('log(1 + x) + log(1 + z)', { x: 0.2, z: 0.05 }));
  for (const [value, scale] of buyers) {
    const out = at(supply, value, scale);
    expect(out.solved).toBe(true);
    expectClose(out.inputs[0]!, Math.max(0, value / 0.2 - 1), 1e-10, 'x', 1);
    expectClose(out.inputs[1]!, Math.max(0, (scale * value) / 0.05 - 1), 1e-10, 'z', 1);
  }
});

describe('log(1 + x) + log(1 + y) + log(1 + z), z cheap', () => {
  // Inputs are separate: x from φ = c on, with surplus s(φ ln(φ/c) − φ + c); z from φ = c_z/s on, with sφ ln(sφ/c_z) − sφ + c_z.
  const [c, cz] = [0.2, 0.05];
  const made3 = made('log(1+x) + log(1+y) + log(1+z)', { x: c, y: c, z: cz });

  test('starts of inputs are known to rounding, and all is solved right beside them', () => {
    const supply = numericSupply(made3);
    for (const scale of [1, 0.3, 0.25 + 1e-5, 0.25, 0.25 - 1e-5, 0.2, 0.06]) {
      const expected = [...new Set([cz / scale, c])].sort((a, b) => a - b);
      const kinks = supply.kinks(scale, 1);
      expected.forEach((level, i) => {
        expectClose(kinks[i]!, level, 1e-13, `${scale}`);
      });
      for (const level of expected) {
        for (const beside of [-1e-4, -1e-7, -1e-10, 1e-12, 1e-9, 1e-6, 1e-3]) {
          const value = level * (1 + beside);
          const out = at(supply, value, scale);
          expect(out.solved).toBe(true);
          expectClose(out.inputs[0]!, Math.max(0, value / c - 1), 1e-13, 'x', 1);
          expectClose(out.inputs[2]!, Math.max(0, (scale * value) / cz - 1), 1e-13, 'z', 1);
        }
      }
    }
  });

  test('w ~ U[0, 1] at scale s: the profit is the integral of surpluses, solved everywhere, in 40 gradients a point at most', () => {
    // φ = 2w − 1 is uniform: ∫ (φ ln(φ/a) − φ + a) dφ from a to 1 = ½ ln(1/a) − ¼ + a²/4 − (1 − a²)/2 + a(1 − a).
    const G = (a: number): number =>
      a < 1 ? Math.log(1 / a) / 2 - 1 / 4 + a ** 2 / 4 - (1 - a ** 2) / 2 + a * (1 - a) : 0;
    let gradients = 0;
    const supply = numericSupply({
      ...made3,
      gradient: (x, z, out) => {
        gradients++;
        return made3.gradient(x, z, out);
      },
    });
    let points = 0;
    const counted: EfficientSupply = {
      ...supply,
      supply: (value, scale, out) => {
        points++;
        supply.supply(value, scale, out);
      },
    };
    for (const scale of [1, 0.26, 0.25, 0.24, 0.1, 0.04]) {
      const { servedSurplus, solved } = scaleMenu({
        types: unit,
        served: iron(unit),
        supply: counted,
        scale,
      }).totals();
      expect(solved).toBe(true);
      expectClose(servedSurplus, (scale * (2 * G(c) + G(cz / scale))) / 2, 1e-12, `${scale}`);
    }
    expect(gradients).toBeLessThan(40 * points);
  });
});

test('(1+x)^.3 (1+y)^.3 (1+z)^.3 − 1, a difference of larger numbers: solved right from where supply starts', () => {
  // .3 φ (1 + x)^−.4 = c without z gives 1 + x = (.3 φ/c)^2.5, from φ = c/.3 on.
  const c = 0.2;
  const supply = numericSupply(made('(1+x)^.3*(1+y)^.3*(1+z)^.3 - 1', { x: c, y: c, z: c }));
  const start = c / 0.3;
  for (const scale of [1e-4, 0.1, 0.7]) {
    expectClose(supply.kinks(scale, start * 1.01)[0]!, start, 1e-13, 'start');
    for (const beside of [-1e-3, -1e-8, -1e-12, 1e-13, 1e-11, 1e-9, 1e-7, 1e-5, 1e-3]) {
      const value = start * (1 + beside);
      const out = at(supply, value, scale);
      expect(out.solved).toBe(true);
      expectClose(out.inputs[0]!, Math.max(0, ((0.3 * value) / c) ** 2.5 - 1), 1e-13, 'x', 1);
    }
  }
});

describe('√x + √y + z, with a marginal product of z that does not fall', () => {
  test('has no best supply where sφ > c_z', () => {
    const open = made('x^.5 + y^.5 + z', { x: 0.2, y: 0.2, z: 0.2 });
    expect(unboundedInput(open, 1, 1)).toBe('z');
    expect(unboundedInput(open, 0.3, 0.5)).toBe(undefined);
    expect(unboundedInput(made('x^.5 * y^.5', { x: 0.2, y: 0.2 }), 1, 1)).toBe('together');
  });

  test('with a cap uses nothing of it or all, from sφ = c_z on', () => {
    const supply = numericSupply(made('x^.5 + y^.5 + z', { x: 0.2, y: 0.2, z: 0.2 }, 2));
    for (const [value, scale] of buyers) {
      const out = at(supply, value, scale);
      expect(out.solved).toBe(true);
      expect(out.inputs[2]).toBe(value * scale > 0.2 ? 2 : 0);
    }
    expectClose(supply.kinks(0.5, 1)[0]!, 0.4, 1e-13, 'kink');
  });
});

test('where v is not concave nothing is called solved, and the better of several stationary points is supplied', () => {
  // log(1 + xy) along x = y = t: φ·2t/(1 + t²) = 2c, so t² − (φ/c) t + 1 = 0; the larger root, where it pays.
  const c = 0.2;
  const supply = numericSupply(made('log(1 + x*y)', { x: c, y: c }), undefined, false);
  for (const value of [0.3, 0.45, 0.6, 1]) {
    const out = at(supply, value, 1);
    const t = (value / c + Math.sqrt((value / c) ** 2 - 4)) / 2;
    const profit = value * Math.log(1 + t * t) - 2 * c * t;
    expect(out.solved).toBe(false);
    expectClose(out.surplus, profit > 0 ? profit : 0, 1e-10, 'S', value);
  }
});

test('a shared input just above zero returns to it from however near: Example 1 at the start of fine-tuning', () => {
  // v = (x y (1 + z))^¼, all costs ⅛, s = 1: z is used above φ = ½, and below it x = y = (2φ)², q = 2φ.
  const inputs = ['x', 'y', 'z'].map((name, i) => ({
    name,
    scope: i < 2 ? ('task' as const) : ('shared' as const),
    cost: 1 / 8,
    max: Number.POSITIVE_INFINITY,
  }));
  const production = cobbDouglas.create(
    { exponents: { x: 0.25, y: 0.25, z: 0.25 }, base: { z: 1 } },
    { task: ['x', 'y'], shared: ['z'] },
  );
  const supply = numericSupply(technology(production, inputs));
  const point = supplyPoint(3);
  for (const above of [1e-12, 1e-11, 1e-10, 1e-9])
    for (const below of [0, 1e-12, 1.58e-11, 1e-10]) {
      supply.supply(0.5 * (1 + 1e-9), 1, point);
      supply.supply(0.5 * (1 + above), 1, point);
      const value = 0.5 * (1 - below);
      supply.supply(value, 1, point);
      expect(Math.abs(point.quality / (2 * value) - 1)).toBeLessThan(1e-14);
      expect(point.inputs[2]).toBe(0);
    }
});
