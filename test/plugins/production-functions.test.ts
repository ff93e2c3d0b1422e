import { readFileSync } from 'node:fs';
import { entryLaws, productionFunctionLaws, productionSubject } from '@menusmith/app';
import { type EfficientSupply, type Input, InputError, supplyPoint } from '@menusmith/core';
import { ces, cobbDouglas, standardPlugin } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const noCap = Number.POSITIVE_INFINITY;
/** What an example says that it is without is a matter of that example. */
const lawsOfAny = productionFunctionLaws.filter(({ name }) => name !== 'declared-assumptions');

for (const entry of standardPlugin.productionFunctions ?? []) {
  test(`${entry.name} obeys the laws on its examples`, async () => {
    const { laws } = await entryLaws('productionFunctions', entry);
    expect(laws.filter(({ holds }) => !holds)).toEqual([]);
  });
}

for (const entry of standardPlugin.costFunctions ?? []) {
  test(`${entry.name} cost obeys the laws on its examples`, async () => {
    const { laws } = await entryLaws('costFunctions', entry);
    expect(laws.filter(({ holds }) => !holds)).toEqual([]);
  });
}

test('Cobb–Douglas with any exponents, bases and caps obeys the laws', () => {
  const share = fc.integer({ min: 1, max: 100 });
  const parameters = fc.record({
    task: fc.array(share, { minLength: 1, maxLength: 3 }),
    shared: fc.array(fc.record({ share, base: fc.integer({ min: 0, max: 8 }) }), { maxLength: 3 }),
    rest: share,
    cap: fc.constantFrom(noCap, 0, 0.5, 4),
  });
  const property = fc.property(parameters, ({ task, shared, rest, cap }) => {
    // A cap of 0 on a shared input without a base leaves no production at all.
    fc.pre(cap > 0 || shared.every(({ base }) => base > 0));
    const all = [...task, ...shared.map((input) => input.share)];
    const total = all.reduce((sum, next) => sum + next, rest);
    // Exponents far below the others' rounding, or a sum near 1, amplify errors beyond the laws' tolerances.
    fc.pre(rest / total > 0.05 && all.every((each) => each / total > 0.01));
    const exponents = {
      ...Object.fromEntries(task.map((each, j) => [`task${j}`, each / total])),
      ...Object.fromEntries(shared.map((each, k) => [`shared${k}`, each.share / total])),
    };
    const base = Object.fromEntries(shared.map((each, k) => [`shared${k}`, each.base / 4]));
    const inputs = { task: task.map((_, j) => `task${j}`), shared: shared.map((_, k) => `shared${k}`) };
    const subject = productionSubject(cobbDouglas, { parameters: { exponents, base }, inputs }, cap);
    for (const law of lawsOfAny) {
      expect({ law: law.name, ...law.check(subject) }).toMatchObject({ holds: true });
    }
  });
  fc.assert(property, { numRuns: 30, seed: 20261122 });
});

test('CES with any shares, substitution, degree, bases and caps obeys the laws', () => {
  const share = fc.integer({ min: 1, max: 20 });
  const given = fc.record({
    shares: fc.array(share, { minLength: 1, maxLength: 3 }),
    // Below −3 an input that abounds raises v by less than rounding, and the law that v increases cannot be seen to hold.
    substitution: fc.constantFrom(-3, -2, -1, -0.5, -0.01, 1e-4, 0.1, 0.3, 0.6, 0.9),
    degree: fc.integer({ min: 2, max: 8 }),
    shared: fc.array(fc.record({ share, base: fc.integer({ min: 0, max: 8 }) }), { maxLength: 2 }),
    cap: fc.constantFrom(noCap, 0.5, 4),
  });
  const property = fc.property(given, ({ shares, substitution, degree, shared, cap }) => {
    const total = 1.3 * shared.reduce((sum, input) => sum + input.share, 1);
    const scale = (1 - degree / 10) / total;
    const weight = shares.reduce((sum, one) => sum + one, 0);
    const inputs = { task: shares.map((_, j) => `task${j}`), shared: shared.map((_, k) => `shared${k}`) };
    const parameters = {
      shares: Object.fromEntries(shares.map((one, j) => [`task${j}`, one / weight])),
      substitution,
      degree: degree / 10,
      shared: Object.fromEntries(
        shared.map((one, k) => [`shared${k}`, { exponent: one.share * scale, base: one.base / 4 }]),
      ),
    };
    const without = ['essential-task-inputs', 'positive-cross-partials'] as const;
    const subject = productionSubject(ces, { parameters, inputs, without }, cap);
    for (const law of lawsOfAny) {
      expect({ law: law.name, ...law.check(subject) }).toMatchObject({ holds: true });
    }
  });
  fc.assert(property, { numRuns: 40, seed: 20261201 });
});

type References = {
  b_asymmetric_cd: { tech: Record<string, string>; cost: readonly Record<string, string>[] };
};

describe('the closed form, against high-precision solutions of the cost problem', () => {
  const path = new URL('../reference/refs-public.json', import.meta.url);
  const { tech, cost } = (JSON.parse(readFileSync(path, 'utf8')) as References).b_asymmetric_cd;
  const number = (of: Record<string, string>, key: string): number => Number(of[key]);
  const production = cobbDouglas.create(
    {
      exponents: {
        input: number(tech, 'alpha'),
        output: number(tech, 'beta'),
        fineTuning: number(tech, 'gamma'),
      },
      base: { fineTuning: number(tech, 'b') },
    },
    { task: ['input', 'output'], shared: ['fineTuning'] },
  );
  const inputs: readonly Input[] = [
    { name: 'fineTuning', scope: 'shared', cost: number(tech, 'cz'), max: noCap },
    { name: 'input', scope: 'task', cost: number(tech, 'cx'), max: noCap },
    { name: 'output', scope: 'task', cost: number(tech, 'cy'), max: noCap },
  ];
  const supply = production.closedForm!(inputs);

  test.each(cost)('at q = $q, s = $s: quality, cost, inputs and slopes to 1e-12', (row) => {
    const out = supplyPoint(3);
    supply.slopes(number(row, 'Cq'), number(row, 's'), out);
    const close = (got: number, expected: number) => {
      expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
    };
    close(out.quality, number(row, 'q'));
    close(out.cost, number(row, 'C'));
    close(out.inputs[0]!, number(row, 'x_per_task'));
    close(out.inputs[1]!, number(row, 'y_per_task'));
    close(out.inputs[2]!, number(row, 'z'));
    close(out.qualityByValue, 1 / number(row, 'Cqq'));
    close(out.qualityByScale, -number(row, 'Cqs') / number(row, 'Cqq'));
    expect(out.regime).toBe(number(row, 'z') > 0 ? 1 : 0);
  });

  test('fine-tuning starts at the quality of Corollary 1', () => {
    for (const row of cost) {
      const out = supplyPoint(3);
      const [start] = supply.kinks(number(row, 's'), 100);
      supply.supply(start!, number(row, 's'), out);
      expect(out.quality / number(row, 'qhat_s')).toBeCloseTo(1, 12);
    }
  });
});

describe('the Cobb–Douglas closed form', () => {
  const create = (exponents: object, base: object, task: string[], shared: string[]) =>
    cobbDouglas.create({ exponents, base }, { task, shared });
  const at = (supply: EfficientSupply, value: number, scale: number) => {
    const out = supplyPoint(supply.inputs.length);
    supply.slopes(value, scale, out);
    return out;
  };

  test('starts and caps each shared input at a kink of its own, named in base 3', () => {
    const production = create({ x: 0.3, y: 0.2, z: 0.1 }, { y: 1, z: 3 }, ['x'], ['y', 'z']);
    const supply = production.closedForm!([
      { name: 'x', scope: 'task', cost: 1, max: noCap },
      { name: 'y', scope: 'shared', cost: 1, max: 1 },
      { name: 'z', scope: 'shared', cost: 1, max: 1 },
    ]);
    const kinks = supply.kinks(0.5, 1e9);
    expect(kinks).toHaveLength(4);
    const middles = [0, ...kinks].map((kink, m) => (kink + (kinks[m] ?? 2 * kink)) / 2);
    expect(middles.map((value) => at(supply, value, 0.5).regime)).toEqual([0, 1, 2, 5, 8]);
  });

  test('is the paper’s Example 1: q = s(2w − 1) without fine-tuning, 2(2w − 1)³s² with it', () => {
    const third = { input: 0.25, output: 0.25, fineTuning: 0.25 };
    const production = create(third, { fineTuning: 1 }, ['input', 'output'], ['fineTuning']);
    const cost = 0.125;
    const supply = production.closedForm!([
      { name: 'input', scope: 'task', cost, max: noCap },
      { name: 'output', scope: 'task', cost, max: noCap },
      { name: 'fineTuning', scope: 'shared', cost, max: noCap },
    ]);
    // First-order conditions by hand: x = y = 4φ² per task and q = 2sφ up to φ = 1/(2√s); beyond, with y = φq,
    // y⁽¹⁻³ᐟ⁴⁾ = φ·s^½·2^¾ gives q = 8s²φ³. At φ = 2w − 1: x = 4(2w − 1)², as in the errata's F1.
    for (const [value, scale] of [
      [0.3, 0.5],
      [0.9, 0.2],
    ] as const) {
      expect(at(supply, value, scale).quality).toBeCloseTo(2 * scale * value, 14);
      expect(at(supply, value, scale).inputs[0]).toBeCloseTo(4 * value * value, 14);
    }
    expect(at(supply, 0.9, 0.8).quality).toBeCloseTo(8 * 0.64 * 0.729, 13);
    expect(at(supply, 0.9, 0.8).inputs[2]).toBeCloseTo(16 * 0.64 * 0.9 ** 4 - 1, 13);
    expect(supply.kinks(0.64, 1)[0]).toBeCloseTo(1 / (2 * 0.8), 14);
  });

  test('supplies nothing, unsolved, at a value that is not a number', () => {
    const supply = productionSubject(cobbDouglas, cobbDouglas.examples![0]!);
    const point = at(supply.production.closedForm!(supply.inputs), Number.NaN, 1);
    expect([point.quality, point.surplus, point.solved]).toEqual([0, 0, false]);
  });

  test('has a degree only where there are task inputs', () => {
    expect(create({ x: 0.3, z: 0.2 }, {}, ['x'], ['z']).degree).toBeCloseTo(0.3, 15);
    expect(create({ z: 0.2 }, { z: 0 }, [], ['z'])).not.toHaveProperty('degree');
  });

  test('refuses a capped task input and a free one', () => {
    const production = create({ x: 0.3 }, {}, ['x'], []);
    const capped = { name: 'x', scope: 'task', cost: 1, max: 2 } as const;
    expect(() => production.closedForm!([capped])).toThrow(
      'expected caps on shared inputs only, got max = 2',
    );
    const free = { name: 'x', scope: 'task', cost: 0, max: noCap } as const;
    expect(() => production.closedForm!([free])).toThrow('expected a cost above 0 for input "x", got 0');
  });
});

describe('exponents', () => {
  const names = { task: ['input', 'output'], shared: ['fineTuning'] };
  const create = (exponents: object) => () => cobbDouglas.create({ exponents, base: {} }, names);

  test('that sum to 1 or more are refused, with the sum', () => {
    expect(create({ input: 0.5, output: 0.4, fineTuning: 0.25 })).toThrow(
      'cobb-douglas: expected exponents that sum to less than 1, got input 0.5 + output 0.4 + fineTuning 0.25 = 1.15',
    );
  });

  test('are required for every input', () => {
    expect(create({ input: 0.5, output: 0.4 })).toThrow(InputError);
    expect(create({ input: 0.5, output: 0.4 })).toThrow(
      'expected an exponent above 0 for input "fineTuning", got none',
    );
  });
});

describe('the laws of production functions', () => {
  const subject = productionSubject(cobbDouglas, cobbDouglas.examples![0]!);
  const { production, inputs } = subject;
  const broken = (lawName: string, change: Partial<typeof production>) => {
    const law = productionFunctionLaws.find(({ name }) => name === lawName)!;
    expect(law.check(subject)).toMatchObject({ holds: true });
    expect(law.check({ inputs, production: { ...production, ...change } })).toMatchObject({ holds: false });
  };

  test('refuse a production function that falls, is convex, substitutes, or makes something of nothing', () => {
    broken('increasing', { value: (x, z) => -production.value(x, z) });
    broken('concave', { value: (x, z) => production.value(x, z) ** 4 });
    broken('positive-cross-partials', { value: (x, z) => Math.sqrt(x[0]! + x[1]! + z[0]!) });
    broken('essential-task-inputs', { value: (x, z) => 1 + production.value(x, z) });
    broken('declared-assumptions', { value: (x, z) => 1 + production.value(x, z) });
  });

  test('refuse a false gradient and a false degree', () => {
    const doubled: typeof production.gradient = (x, z, out) => {
      production.gradient!(x, z, out);
      out[0]! *= 1 + 1e-5;
    };
    broken('gradient', { gradient: doubled });
    broken('homogeneity', { degree: 0.501 });
  });

  test('refuse a closed form that is off in quality, inputs or slopes', () => {
    const off = (change: (out: ReturnType<typeof supplyPoint>) => void) => ({
      closedForm: (all: readonly Input[]): EfficientSupply => {
        const supply = production.closedForm!(all);
        return {
          ...supply,
          slopes(value, scale, out) {
            supply.slopes(value, scale, out);
            change(out);
          },
        };
      },
    });
    broken(
      'closed-form-quality',
      off((out) => {
        out.quality *= 1 + 1e-9;
      }),
    );
    broken(
      'first-order-conditions',
      off((out) => {
        out.inputs[0]! *= 1 + 1e-9;
      }),
    );
    broken(
      'first-order-conditions',
      off((out) => {
        out.regime = 0;
      }),
    );
    broken(
      'closed-form-supply-derivatives',
      off((out) => {
        out.qualityByScale *= 1 + 1e-4;
      }),
    );
    broken(
      'closed-form-surplus',
      off((out) => {
        out.surplus += 1e-8;
      }),
    );
  });
});
