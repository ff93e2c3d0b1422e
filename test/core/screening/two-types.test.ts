import {
  type Input,
  numericProfileSupply,
  type ProfileSupply,
  profileIndex,
  profilePoint,
  supplyByIndex,
  type TwoTypesMenu,
  technology,
  twoTypesMenu,
} from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose, references, technologyNamed } from '../reference-cases.ts';

const floats = (numbers: readonly string[]): Float64Array => Float64Array.from(numbers, Number);
const regimes = {
  full_surplus: 'full-surplus',
  prop2_ii: 'high-incentive',
  IR_H_binds: 'high-participation',
} as const;

interface Row {
  readonly regime: keyof typeof regimes;
  readonly tech: string;
  readonly pair: string;
  readonly mu: string[];
  readonly w_H: string[];
  readonly w_L: string[];
  readonly q_H: string[] | Record<string, string>;
  readonly q_L: string[] | Record<string, string>;
  readonly f_H: number;
  readonly label_H?: string;
  readonly label_swapped?: boolean;
  readonly profit: string;
  readonly revenue?: string;
  readonly rent_H: string;
  readonly lam: string;
  readonly z_H: string;
  readonly z_L: string;
  readonly T_H: string;
  readonly T_L: string;
}
const { e_binary } = references as unknown as {
  e_binary: { cobb_douglas_step: Row[]; non_cobb_douglas_step: Row[] };
};

const profitOf = (menu: TwoTypesMenu, masses: readonly [number, number]): number =>
  [0, 1].reduce((sum, n) => sum + masses[n]! * (menu.transfers[n]! - menu.items[n]!.cost), 0);

const compare = (row: Row, supply: ProfileSupply, tolerance: number): void => {
  const masses = [row.f_H, 1 - row.f_H] as const;
  const menu = twoTypesMenu({
    values: [floats(row.w_H), floats(row.w_L)],
    masses,
    weights: floats(row.mu),
    supply,
  });
  expect(menu.regime).toBe(regimes[row.regime]);
  expectClose(profitOf(menu, masses), Number(row.profit), tolerance, 'profit');
  expectClose(menu.upperBound, Number(row.profit), tolerance, 'upper bound');
  if (menu.regime !== 'full-surplus') {
    expect(menu.high).toBe(0);
    expectClose(menu.lambda, Number(row.lam), 10 * tolerance, 'λ');
  }
  const expected = [
    { q: row.q_H, T: row.T_H, z: row.z_H, rent: row.rent_H },
    { q: row.q_L, T: row.T_L, z: row.z_L, rent: '0' },
  ];
  expected.forEach(({ q, T, z, rent }, n) => {
    Object.values(q).forEach((quality, m) => {
      expectClose(menu.items[n]!.quality[m]!, Number(quality), 10 * tolerance, `q ${n} ${m}`, 1);
    });
    expectClose(menu.transfers[n]!, Number(T), tolerance, `T ${n}`, 1);
    expectClose(menu.items[n]!.inputs.shared[0]!, Number(z), 10 * tolerance, `z ${n}`, 1);
    expectClose(menu.rents[n]!, Number(rent), tolerance, `rent ${n}`, 1);
  });
};

describe('two types of Cobb–Douglas, in the order high, low of the table', () => {
  const rows = e_binary.cobb_douglas_step.filter(({ label_swapped }) => !label_swapped);
  test.each(rows)(
    '$pair, f_H = $f_H: $regime, by the index to 1e-12 and by v and its gradient to 1e-10',
    (row) => {
      const { production, inputs, degree, closedForm } = technologyNamed(row.tech);
      compare(row, supplyByIndex(closedForm, degree, row.mu.length), 1e-12);
      compare(row, numericProfileSupply(technology(production, inputs), row.mu.length), 1e-10);
    },
  );
});

describe('two types of other technologies, from v alone', () => {
  type Numbers = Readonly<Record<string, number>>;
  const functions: Readonly<Record<string, (x: number, y: number, z: number, p: Numbers) => number>> = {
    'v=(1-exp(-x))^0.4*(1-exp(-y))^0.3*(b+z)^0.2': (x, y, z, { b }) =>
      (-Math.expm1(-x)) ** 0.4 * (-Math.expm1(-y)) ** 0.3 * (b! + z) ** 0.2,
    'v=(a x^r+(1-a) y^r)^(k/r)*(b+z)^g': (x, y, z, { a, r, k, g, b }) =>
      (a! * x ** r! + (1 - a!) * y ** r!) ** (k! / r!) * (b! + z) ** g!,
    'v=x^0.3*y^0.25*(b+log(1+z))^0.3': (x, y, z, { b }) => x ** 0.3 * y ** 0.25 * (b! + Math.log1p(z)) ** 0.3,
  };
  const rows = e_binary.non_cobb_douglas_step as (Row & { v: string; params: Record<string, string> })[];
  test.each(rows)('$v, $pair, f_H = $f_H: $regime, to 1e-9', (row) => {
    const params = Object.fromEntries(Object.entries(row.params).map(([name, text]) => [name, Number(text)]));
    const inputs: readonly Input[] = [
      { name: 'x', scope: 'task', cost: params.cx!, max: Number.POSITIVE_INFINITY },
      { name: 'y', scope: 'task', cost: params.cy!, max: Number.POSITIVE_INFINITY },
      { name: 'z', scope: 'shared', cost: params.cz!, max: Number.POSITIVE_INFINITY },
    ];
    const made = technology({ value: (x, z) => functions[row.v]!(x[0]!, x[1]!, z[0]!, params) }, inputs);
    compare(row, numericProfileSupply(made, row.mu.length), 1e-9);
  });
});

test('ERRATA E: w_H = (1, .2), w_L = (.3, .5), f_H = ½: λ* = 3/29, Π = .4163482758621, and no rent is left', () => {
  const { closedForm, degree } = technologyNamed('EX1');
  const weights = Float64Array.of(0.5, 0.5);
  const supply = supplyByIndex(closedForm, degree, 2);
  const values = [Float64Array.of(1, 0.2), Float64Array.of(0.3, 0.5)] as const;
  const menu = twoTypesMenu({ values, masses: [0.5, 0.5], weights, supply });
  expect([menu.regime, menu.rents]).toEqual(['high-participation', [0, 0]]);
  expectClose(menu.lambda, 3 / 29, 1e-13);
  expectClose(profitOf(menu, [0.5, 0.5]), 0.4163482758621, 1e-12);
  // In the other order the same, the other way round.
  const turned = twoTypesMenu({ values: [values[1], values[0]], masses: [0.5, 0.5], weights, supply });
  expect([turned.high, menu.high]).toEqual([1, 0]);
  expect(turned.transfers).toEqual([menu.transfers[1], menu.transfers[0]]);
});

test('any two types: the menu is feasible and earns its upper bound, which no other λ undercuts', () => {
  const { closedForm, degree } = technologyNamed('ASYM_b0.05');
  const weights = Float64Array.of(0.2, 0.5, 0.3);
  const supply = supplyByIndex(closedForm, degree, 3);
  const profile = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 });
  const found = new Set<string>();
  fc.assert(
    fc.property(profile, profile, fc.integer({ min: 1, max: 19 }), (first, second, share) => {
      const values = [
        Float64Array.from(first, (n) => n / 20),
        Float64Array.from(second, (n) => n / 20),
      ] as const;
      fc.pre(values.every((w) => w.some((x) => x > 0)));
      const masses = [share / 20, 1 - share / 20] as const;
      const menu = twoTypesMenu({ values, masses, weights, supply });
      found.add(menu.regime);
      const worth = (n: 0 | 1, k: 0 | 1): number =>
        weights.reduce((sum, omega, m) => sum + omega * values[n][m]! * menu.items[k].quality[m]!, 0);
      for (const n of [0, 1] as const) {
        const rent = worth(n, n) - menu.transfers[n];
        expectClose(rent, menu.rents[n], 1e-11, 'rent', 1);
        expect(rent).toBeGreaterThanOrEqual(-1e-11);
        const k = n === 0 ? 1 : 0;
        expect(worth(n, k) - menu.transfers[k]).toBeLessThanOrEqual(rent + 1e-10);
      }
      expectClose(profitOf(menu, masses), menu.upperBound, 1e-10, 'gap', 1e-3);
      const [high, low] = menu.high === 0 ? ([0, 1] as const) : ([1, 0] as const);
      const point = profilePoint(supply);
      for (const lambda of [0, 0.1, 0.5, 1].map((part) => (part * masses[high]) / masses[low])) {
        supply.supply(
          values[low].map((w, m) => w - lambda * (values[high][m]! - w)),
          weights,
          3,
          point,
        );
        const bound = masses[low] * point.surplus + masses[high] * menu.firstBest[high].surplus;
        expect(bound).toBeGreaterThanOrEqual(menu.upperBound - 1e-11);
      }
    }),
    { numRuns: 300, seed: 20261122 },
  );
  expect(found).toEqual(new Set(['full-surplus', 'high-incentive', 'high-participation']));
});

test('the index θ of a profile neither overflows nor vanishes, and is 0 of nothing', () => {
  const weights = Float64Array.of(0.25, 0.75);
  expectClose(
    profileIndex(Float64Array.of(0.6, 0.2), weights, 0.5),
    Math.sqrt(0.25 * 0.36 + 0.75 * 0.04),
    1e-15,
  );
  expectClose(profileIndex(Float64Array.of(1e-200, 1e-200), weights, 0.5), 1e-200, 1e-14);
  expectClose(profileIndex(Float64Array.of(1e200, -1), weights, 0.5), 0.5e200, 1e-14);
  expect(profileIndex(Float64Array.of(0, -2), weights, 0.5)).toBe(0);
});
