import {
  type EfficientSupply,
  type Input,
  numericSupply,
  type ProductionFunction,
  supplyPoint,
  technology,
} from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose, references, technologyNamed } from '../reference-cases.ts';

const noCap = Number.POSITIVE_INFINITY;
const at = (supply: EfficientSupply, value: number, scale: number) => {
  const out = supplyPoint(supply.inputs.length);
  supply.slopes(value, scale, out);
  return out;
};

describe.each(['gradient', 'value-only'] as const)('supply from %s', (derivatives) => {
  const supply = technologyNamed('ASYM').numeric(derivatives);

  test.each(references.b_asymmetric_cd.cost)(
    'at q = $q, s = $s: quality, cost, inputs, C_s, C_qq and C_qs of the table to 1e-9',
    (row) => {
      const expected = (key: string): number => Number(row[key]);
      const [q, s, marginal] = [expected('q'), expected('s'), expected('Cq')];
      const out = at(supply, marginal, s);
      expect(out.solved).toBe(true);
      expectClose(out.quality, q, 1e-9, 'q');
      expectClose(out.cost, expected('C'), 1e-9, 'C');
      expectClose(out.surplus, marginal * q - expected('C'), 1e-9, 'S');
      expectClose(out.inputs[0]!, expected('x_per_task'), 1e-9, 'x');
      expectClose(out.inputs[1]!, expected('y_per_task'), 1e-9, 'y');
      expectClose(out.inputs[2]!, expected('z'), 1e-9, 'z');
      expectClose(1 / out.qualityByValue, expected('Cqq'), 1e-9, 'C_qq');
      expectClose(-out.qualityByScale / out.qualityByValue, expected('Cqs'), 1e-9, 'C_qs');
      // By the envelope theorem −C_s = φ v − c·x.
      const task = 0.07 * out.inputs[0]! + 0.21 * out.inputs[1]!;
      expectClose(-((marginal * out.quality) / s - task), expected('Cs'), 1e-9, 'C_s');
    },
  );

  test('has the kink of the table: fine-tuning starts at quality q̂(s)', () => {
    for (const row of references.b_asymmetric_cd.cost) {
      const s = Number(row.s);
      const [kink, ...others] = supply.kinks(s, 100);
      expect(others).toEqual([]);
      expectClose(at(supply, kink!, s).quality, Number(row.qhat_s), 1e-9);
    }
  });
});

/** Random Cobb–Douglas technologies: exponents up to a sum of .97, costs over four decades, bases from 0 to 10, caps. */
const logUniform = (from: number, to: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 1000 }).map((n) => from * (to / from) ** (n / 1000));
const technologies = fc
  .record({
    task: fc.array(fc.record({ share: logUniform(0.05, 1), cost: logUniform(1e-2, 1e2) }), {
      minLength: 1,
      maxLength: 3,
    }),
    shared: fc.array(
      fc.record({
        share: logUniform(0.05, 1),
        cost: logUniform(1e-2, 1e2),
        base: fc.oneof(fc.constant(0), logUniform(1e-3, 10)),
        max: fc.oneof(fc.constant(noCap), logUniform(1e-2, 1e2)),
      }),
      { maxLength: 3 },
    ),
    sum: fc.integer({ min: 20, max: 97 }).map((n) => n / 100),
  })
  .map(({ task, shared, sum }) => {
    const total = [...task, ...shared].reduce((all, { share }) => all + share, 0);
    const exponents: Record<string, number> = {};
    task.forEach(({ share }, j) => {
      exponents[`x${j}`] = (sum * share) / total;
    });
    shared.forEach(({ share }, k) => {
      exponents[`z${k}`] = (sum * share) / total;
    });
    const base = Object.fromEntries(shared.map((input, k) => [`z${k}`, input.base]));
    const production = cobbDouglas.create(
      { exponents, base },
      { task: task.map((_, j) => `x${j}`), shared: shared.map((_, k) => `z${k}`) },
    );
    const inputs: Input[] = [
      ...task.map(({ cost }, j) => ({ name: `x${j}`, scope: 'task' as const, cost, max: noCap })),
      ...shared.map(({ cost, max }, k) => ({ name: `z${k}`, scope: 'shared' as const, cost, max })),
    ];
    return { exponents, base, inputs, production, sum };
  });

describe('against the Cobb–Douglas closed form on random technologies', () => {
  const points = fc.array(fc.tuple(logUniform(1e-3, 10), logUniform(1e-2, 3)), {
    minLength: 3,
    maxLength: 6,
  });
  // φ and s enter log q multiplied by up to 1/(1 − Σe) = 33: so do rounding and differences.
  const compare = (derivatives: 'gradient' | 'value-only', tolerance: number, numRuns: number): void => {
    fc.assert(
      fc.property(technologies, points, ({ production, inputs, sum }, wanted) => {
        const closed = production.closedForm!(inputs);
        const numeric = numericSupply(
          technology(derivatives === 'gradient' ? production : { value: production.value }, inputs),
        );
        for (const [value, scale] of wanted) {
          const expected = at(closed, value, scale);
          fc.pre(expected.quality > 1e-200 && expected.quality < 1e200);
          const got = at(numeric, value, scale);
          const within = tolerance / (1 - sum);
          expect(got.solved).toBe(true);
          expectClose(got.quality, expected.quality, within, 'q');
          expectClose(got.cost, expected.cost, within, 'C', expected.quality * value);
          expectClose(got.surplus, expected.surplus, within, 'S', expected.quality * value);
          got.inputs.forEach((amount, i) => {
            expectClose(
              amount,
              expected.inputs[i]!,
              within,
              `input ${i}`,
              (expected.quality * value) / inputs[i]!.cost,
            );
          });
          // At a kink the two may stand on different sides of it.
          const isAtKink = closed.kinks(scale, 1e6).some((kink) => Math.abs(kink / value - 1) < 1e-9);
          if (isAtKink) continue;
          expect(got.regime).toBe(expected.regime);
          expectClose(got.qualityByValue, expected.qualityByValue, 100 * within, '∂q/∂φ');
          expectClose(got.qualityByScale, expected.qualityByScale, 100 * within, '∂q/∂s');
        }
      }),
      { numRuns, seed: 20261122 },
    );
  };

  test('quality, cost, surplus and inputs agree to 1e-12/(1 − Σe), slopes to 1e-10/(1 − Σe), with a gradient', () => {
    compare('gradient', 1e-12, 150);
  });

  test('and to 1e-10/(1 − Σe), slopes to 1e-8/(1 − Σe), from v alone', () => {
    compare('value-only', 1e-10, 80);
  });

  test('kinks agree to 1e-11/(1 − Σe)', () => {
    fc.assert(
      fc.property(
        technologies,
        logUniform(1e-2, 3),
        logUniform(0.1, 10),
        ({ production, inputs, sum }, scale, upTo) => {
          const closed = production.closedForm!(inputs).kinks(scale, upTo);
          // Below e⁻³⁰ of the interval the numeric path does not look.
          fc.pre(closed.every((kink) => kink > upTo * 1e-12 && kink < upTo * (1 - 1e-9)));
          const all = numericSupply(technology(production, inputs)).kinks(scale, upTo);
          // Where amounts underflow supply ends for the numeric path, and that is a kink to it.
          const numeric = all.filter(
            (kink) => at(production.closedForm!(inputs), kink, scale).quality > 1e-250,
          );
          expect(numeric).toHaveLength(closed.length);
          numeric.forEach((kink, i) => {
            expectClose(kink, closed[i]!, 1e-11 / (1 - sum), 'kink');
          });
        },
      ),
      { numRuns: 60, seed: 3 },
    );
  });
});

describe('a technology with a positive marginal cost of the first unit (ERRATA S6)', () => {
  // v = √(b + z)·ln(1 + u) with u = √(xy)/√(b + z). With z = 0: φ·∂v/∂x = c_x means φ√(y/x)/2 = c_x(1 + u), so that
  // y/x = c_x/c_y and 1 + u = φ/(2√(c_x c_y)): supply starts at φ = 2√(c_x c_y), from nothing, smoothly.
  const base = 4;
  const [cx, cy] = [0.2, 0.05];
  const start = 2 * Math.sqrt(cx * cy);
  const production: ProductionFunction = {
    value: (x, z) => {
      const root = Math.sqrt(base + z[0]!);
      return root * Math.log1p(Math.sqrt(x[0]! * x[1]!) / root);
    },
  };
  const withGradient: ProductionFunction = {
    ...production,
    gradient: (x, z, out) => {
      const root = Math.sqrt(base + z[0]!);
      const u = Math.sqrt(x[0]! * x[1]!) / root;
      out[0] = Math.sqrt(x[1]! / x[0]!) / 2 / (1 + u);
      out[1] = Math.sqrt(x[0]! / x[1]!) / 2 / (1 + u);
      out[2] = (Math.log1p(u) - u / (1 + u)) / (2 * root);
    },
  };
  const inputs: Input[] = [
    { name: 'x', scope: 'task', cost: cx, max: noCap },
    { name: 'y', scope: 'task', cost: cy, max: noCap },
    { name: 'z', scope: 'shared', cost: 0.3, max: noCap },
  ];

  describe.each([
    ['its gradient', withGradient],
    ['v alone', production],
  ])('from %s', (_, of) => {
    const supply = numericSupply(technology(of, inputs));

    test('supplies nothing up to φ = 2√(c_x c_y), which is solved', () => {
      for (const share of [1e-6, 0.01, 0.5, 0.9, 0.999, 1 - 1e-6]) {
        const out = at(supply, share * start, 1);
        expect([out.quality, out.cost, out.surplus, ...out.inputs]).toEqual([0, 0, 0, 0, 0, 0]);
        expect(out.solved).toBe(true);
      }
    });

    test('supplies √b·ln(φ/(2√(c_x c_y))) above it', () => {
      for (const excess of [1e-5, 1e-3, 0.05, 0.5]) {
        const out = at(supply, (1 + excess) * start, 1);
        expect(out.solved).toBe(true);
        expectClose(out.quality, Math.sqrt(base) * Math.log1p(excess), 1e-11 + 1e-13 / excess, `${excess}`);
        expectClose(out.inputs[0]!, Math.sqrt(base) * excess * Math.sqrt(cy / cx), 1e-8, 'x');
        expectClose(
          out.qualityByValue,
          Math.sqrt(base) / ((1 + excess) * start),
          1e-9 + 1e-11 / excess,
          '∂q/∂φ',
        );
      }
    });

    test('has its start among its kinks', () => {
      const kinks = supply.kinks(1, 3);
      expectClose(kinks[0]!, start, 1e-6, 'start');
      // Shared inputs pay from where φ·(ln(1 + u) − u/(1 + u))/(2√b) = c_z on.
      const u = kinks[1]! / start - 1;
      expectClose(
        (kinks[1]! * (Math.log1p(u) - u / (1 + u))) / (2 * Math.sqrt(base)),
        0.3,
        1e-10,
        'fine-tuning',
      );
      expect(kinks).toHaveLength(2);
    });
  });
});

describe('the status is honest', () => {
  const two: Input[] = [
    { name: 'x', scope: 'task', cost: 1, max: noCap },
    { name: 'z', scope: 'shared', cost: 1, max: noCap },
  ];
  const hostile: [string, ProductionFunction['value']][] = [
    ['NaN everywhere', () => Number.NaN],
    ['NaN beyond x = 1', (x, z) => (x[0]! > 1 ? Number.NaN : Math.sqrt(x[0]! * (1 + z[0]!)) * 8)],
    ['infinite', () => Number.POSITIVE_INFINITY],
    ['of increasing returns: profit has no maximum', (x, z) => x[0]! ** 2 * (1 + z[0]!)],
    ['of constant returns, profitable without bound', (x) => 3 * x[0]!],
    ['falling in its input', (x) => 5 - x[0]!],
    ['wild', (x, z) => 2 + Math.sin(40 * x[0]!) * Math.cos(17 * z[0]!)],
    ['a step', (x) => (x[0]! > 1 ? 3 : 0)],
  ];
  test.each(hostile)('with v %s: it ends, throws nothing, and calls solved only what is', (name, value) => {
    const warm = numericSupply(technology({ value }, two));
    for (const phi of [1e-3, 1, 30]) {
      let calls = 0;
      const counting: ProductionFunction['value'] = (x, z) => {
        calls++;
        return value(x, z);
      };
      for (const supply of [warm, numericSupply(technology({ value: counting }, two))]) {
        const out = at(supply, phi, 1);
        expect(calls).toBeLessThan(200_000);
        if (name.includes('without bound') && 3 * phi < 1)
          expect([out.quality, out.solved]).toEqual([0, true]);
        else if (/NaN everywhere|infinite|increasing|without bound|step/.test(name))
          expect(out.solved).toBe(false);
        if (!out.solved || out.quality === 0) continue;
        // What is called solved is what v says, and better than nothing.
        const made = value(out.inputs.slice(0, 1), out.inputs.slice(1));
        expectClose(out.quality, made, 1e-9, 'v');
        expectClose(out.surplus, phi * made - out.inputs[0]! - out.inputs[1]!, 1e-9, 'S', phi * made);
        expect(out.surplus).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test('a value that is NaN or ∞ is not solved, and of −∞ nothing is supplied', () => {
    const supply = technologyNamed('EX1').numeric();
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(at(supply, value, 1).solved).toBe(false);
    const out = at(supply, Number.NEGATIVE_INFINITY, 1);
    expect([out.quality, out.solved]).toEqual([0, true]);
    expectClose(at(supply, 0.8, 0.5).quality, at(technologyNamed('EX1').closedForm, 0.8, 0.5).quality, 1e-12);
  });
});

test('φ of 1e-12 and less, as quadrature asks for beside a cutoff, is solved as well', () => {
  const { closedForm, numeric } = technologyNamed('ASYM');
  const supply = numeric();
  for (const value of [1, 1e-6, 1e-12, 1e-20, 1e-12, 0.5]) {
    expectClose(at(supply, value, 0.7).surplus, at(closedForm, value, 0.7).surplus, 1e-11, `${value}`);
  }
});

describe('task inputs that are perfect substitutes', () => {
  const substitutes = (xCost: number, yCost: number, withGradient: boolean) => {
    const production = {
      value: (x: Float64Array, z: Float64Array) => Math.sqrt(x[0]! + x[1]!) * (1 + z[0]!) ** 0.2,
      ...(withGradient && {
        gradient: (x: Float64Array, z: Float64Array, out: Float64Array) => {
          const v = Math.sqrt(x[0]! + x[1]!) * (1 + z[0]!) ** 0.2;
          out[0] = v / 2 / (x[0]! + x[1]!);
          out[1] = out[0]!;
          out[2] = (0.2 * v) / (1 + z[0]!);
        },
      }),
    };
    const input = (name: string, scope: 'task' | 'shared', cost: number) => ({
      name,
      scope,
      cost,
      max: Number.POSITIVE_INFINITY,
    });
    return numericSupply(
      technology(production, [
        input('x', 'task', xCost),
        input('y', 'task', yCost),
        input('z', 'shared', 0.05),
      ]),
    );
  };
  test.each([true, false])(
    'are served by the cheaper alone, as by Cobb–Douglas in it (gradient: %s)',
    (withGradient) => {
      const point = supplyPoint(3);
      const alone = cobbDouglas.create(
        { exponents: { y: 0.5, z: 0.2 }, base: { z: 1 } },
        { task: ['y'], shared: ['z'] },
      ).closedForm!([
        { name: 'y', scope: 'task', cost: 0.06, max: Number.POSITIVE_INFINITY },
        { name: 'z', scope: 'shared', cost: 0.05, max: Number.POSITIVE_INFINITY },
      ]);
      const right = supplyPoint(2);
      for (const [supply, used] of [
        [substitutes(0.11, 0.06, withGradient), 1],
        [substitutes(0.06, 0.08, withGradient), 0],
      ] as const) {
        for (const [value, scale] of [
          [0.02, 1],
          [0.5, 0.3],
          [0.9, 1],
          [0.1, 0.7],
        ] as const) {
          supply.supply(value, scale, point);
          alone.supply(value, scale, right);
          expect(point.solved).toBe(true);
          expect(point.inputs[1 - used]).toBe(0);
          expect(Math.abs(point.surplus / right.surplus - 1)).toBeLessThan(1e-11);
          expect(Math.abs(point.inputs[used]! / right.inputs[0]! - 1)).toBeLessThan(1e-9);
        }
      }
    },
  );
});

test('from values of v alone a point close to the last takes at most 150 of them, however often Newton’s steps end in rounding', () => {
  let asked = 0;
  const production: ProductionFunction = {
    value: ([x, y], [z]) => {
      asked++;
      return (x! / (2 + x!)) ** 0.4 * (y! / (1 + y!)) ** 0.3 * (0.5 + z!) ** 0.2;
    },
  };
  const inputs: readonly Input[] = [
    { name: 'x', scope: 'task', cost: 0.02, max: noCap },
    { name: 'y', scope: 'task', cost: 0.04, max: noCap },
    { name: 'z', scope: 'shared', cost: 0.1, max: noCap },
  ];
  const supply = numericSupply(technology(production, inputs));
  const point = supplyPoint(3);
  asked = 0;
  const values = Array.from({ length: 2000 }, (_, n) => 0.02 + (0.98 * n) / 1999);
  for (const value of values) {
    supply.supply(value, 0.7, point);
    expect(point.solved).toBe(true);
  }
  expect(asked / values.length).toBeLessThan(150);
});
