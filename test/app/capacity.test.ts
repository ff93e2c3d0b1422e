import {
  bestTiers,
  createRegistry,
  parseStudy,
  type Result,
  type Solution,
  type Study,
  sensitivityOf,
  solve,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const parse = (text: string): Study => parseStudy(text, { file: 'test.yaml', registry });

const exponents = { input: 0.25, output: 0.3 };
const costs = { input: 0.125, output: 0.2 };
const technology = (input = costs.input, output = costs.output): string => `
production: { use: cobb-douglas, exponents: { input: ${exponents.input}, output: ${exponents.output} } }
inputs: { input: { scope: task, cost: ${input} }, output: { scope: task, cost: ${output} } }`;
const types =
  'buyers: { kind: representative, types: [{ value: 0.4, mass: 3 }, { value: 0.7, mass: 2 }, { value: 1.1, mass: 1 }] }';
const uniform = 'buyers: { kind: representative, type: { use: uniform, min: 0, max: 1 } }';
const valueScale = `buyers:
  kind: value-scale
  value: { use: uniform, min: 0, max: 1 }
  scale: { use: uniform, min: 0, max: 1 }`;
const capped = (text: string, capacity: string): Solution =>
  solveStudy(parse(`${text}\ncapacity: ${capacity}`));

const close = (got: number | null | undefined, expected: number, tolerance: number): void =>
  expect(Math.abs((got ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));

/**
 * DESIGN §9, Cobb–Douglas without base, S the sum of exponents: Q = (Sψ/κ)^{S/(1−S)}, κ = S Π (c/e)^{e/S}, c X = e ψ Q, surplus (1 − S) ψ Q. At costs
 * c + ρ on input j alone all of this falls by the factor (c/(c + ρ))^{e_j/(1−S)}, and use by one more c/(c + ρ). With types uniform on [0, 1],
 * ψ = φ₊ = 2θ − 1 and E φ₊^p = 1/(2(p + 1)); with ψ = θ, E θ^p = 1/(p + 1).
 */
const closedForm = (contract: 'packages' | 'efficient', share: number) => {
  const sum = exponents.input + exponents.output;
  const power = 1 / (1 - sum);
  const mean = contract === 'packages' ? 1 / (2 * (power + 1)) : 1 / (power + 1);
  const gross = (input: number): number => {
    const kappa =
      sum *
      (input / exponents.input) ** (exponents.input / sum) *
      (costs.output / exponents.output) ** (exponents.output / sum);
    return mean * (sum / kappa) ** (sum / (1 - sum));
  };
  const free = (exponents.input / costs.input) * gross(costs.input);
  const capacity = share * free;
  const rho = costs.input * (share ** -((1 - sum) / (1 - sum + exponents.input)) - 1);
  return { free, capacity, rho, optimum: (1 - sum) * gross(costs.input + rho) + rho * capacity };
};

describe.each(['packages', 'efficient'] as const)(
  'one capped input of Cobb–Douglas buyers, %s',
  (contract) => {
    test.each([0.9, 0.4, 0.01])(
      'ρ and the optimum are the closed forms where %d of the use at ρ = 0 is allowed',
      (share) => {
        const { capacity, rho, optimum } = closedForm(contract, share);
        const { result } = capped(
          `${technology()}\n${uniform}\ncontract: ${contract}`,
          `{ input: ${capacity} }`,
        );
        close(result.shadowPrices!.input, rho, 1e-8);
        close(contract === 'packages' ? result.profit : result.welfare, optimum, 1e-8);
        close(result.used!.input, capacity, 1e-8);
        expect(result.used!.input).toBeLessThanOrEqual(capacity);
        expect(result.status).toBe('optimal');
        close(result.certificate.upperBound, optimum, 1e-8);
      },
    );
  },
);

test('slack capacity changes nothing, and every capped input has a price', () => {
  const text = `${technology()}\n${uniform}\ncontract: packages`;
  const { seconds: _, iterations: _i, ...free } = solveStudy(parse(text)).result;
  const { result } = capped(text, '{ input: 100, output: 200 }');
  expect(result.shadowPrices).toEqual({ input: 0, output: 0 });
  const { seconds: __, iterations: __i, capacity, used, shadowPrices: ___, ...rest } = result;
  expect(rest).toEqual(free);
  expect(capacity).toEqual({ input: 100, output: 200 });
  close(used!.input, closedForm('packages', 1).free, 1e-10);
});

test.each([
  ['representative types, uniform', `${technology()}\n${uniform}\ncontract: packages`, 0.15],
  ['value and scale', `${technology()}\n${valueScale}\ncontract: allocations`, 0.05],
  ['listed types', `${technology()}\n${types}\ncontract: packages`, 0.2],
])('%s: profit is nondecreasing and concave in capacity, with slope ρ', (_, text, most) => {
  const at = (k: number): Result => capped(text, `{ input: ${k} }`).result;
  const places = [0.2, 0.4, 0.6, 0.8, 1].map((share) => share * most);
  const profits = places.map((k) => at(k).profit!);
  const slopes = profits.slice(1).map((profit, i) => (profit - profits[i]!) / (places[i + 1]! - places[i]!));
  for (const slope of slopes) expect(slope).toBeGreaterThanOrEqual(-1e-7);
  for (let i = 1; i < slopes.length; i++) expect(slopes[i]!).toBeLessThanOrEqual(slopes[i - 1]! + 1e-6);
  const [k, step] = [places[1]!, 1e-3 * most];
  const slope = (at(k + step).profit! - at(k - step).profit!) / (2 * step);
  close(at(k).shadowPrices!.input, slope, 1e-4);
});

test('two capped inputs: the optimum is the least of bound + ρK that brute force finds in ρ', () => {
  const plain = (input: number, output: number): number =>
    solveStudy(parse(`${technology(input, output)}\n${types}\ncontract: packages`)).result.certificate
      .upperBound!;
  const most = { input: 0.06, output: 0.03 };
  const { result } = capped(
    `${technology()}\n${types}\ncontract: packages`,
    `{ input: ${most.input}, output: ${most.output} }`,
  );
  const dual = (a: number, b: number): number =>
    plain(costs.input + a, costs.output + b) + a * most.input + b * most.output;
  const minimum = (f: (x: number) => number, upTo: number): number => {
    const ratio = (Math.sqrt(5) - 1) / 2;
    let [low, high] = [0, upTo];
    for (let i = 0; i < 22; i++) {
      const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
      if (f(left) < f(right)) high = right;
      else low = left;
    }
    return f((low + high) / 2);
  };
  const best = minimum((a) => minimum((b) => dual(a, b), 2), 2);
  close(result.profit, best, 1e-7);
  expect(result.used!.input).toBeLessThanOrEqual(most.input);
  expect(result.used!.output).toBeLessThanOrEqual(most.output);
  expect(result.shadowPrices!.input).toBeGreaterThan(0);
  expect(result.shadowPrices!.output).toBeGreaterThan(0);
});

const base = `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.2, tuning: 0.2 }, base: { tuning: 1 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.2 }, tuning: { scope: shared, cost: 0.05 } }`;
const ownCosts = { input: 0.125, output: 0.2, tuning: 0.05 };
const kinds: readonly (readonly [string, string, number])[] = [
  [
    'two profiles',
    'buyers: { kind: profiles, tasks: { weights: [0.5, 0.5] }, types: [{ mass: 1, values: [1, 0.4] }, { mass: 1, values: [0.5, 0.8] }] }\ncontract: allocations',
    0.1,
  ],
  [
    'three profiles',
    'buyers: { kind: profiles, tasks: { weights: [0.5, 0.5] }, types: [{ mass: 1, values: [1, 0.4] }, { mass: 1, values: [0.5, 0.8] }, { mass: 2, values: [0.3, 0.3] }] }\ncontract: allocations',
    0.05,
  ],
  [
    'a grid of values and scales',
    'buyers: { kind: value-scale-grid, values: [0.5, 1], scales: [0.5, 1], mass: [[2, 1], [1, 2]] }\ncontract: allocations',
    0.1,
  ],
  [
    'a grid, packages',
    'buyers: { kind: value-scale-grid, values: [0.5, 1], scales: [0.5, 1], mass: [[2, 1], [1, 2]] }\ncontract: packages',
    0.1,
  ],
];

test.each(kinds)(
  '%s: at true costs, within capacity and certified; the first best is that of the efficient contract',
  async (_, text, most) => {
    const asked = `${base}\n${text}\ncapacity: { input: ${most}, tuning: ${most / 4} }`;
    const { result } = await solve(parse(asked));
    expect(result.status).toBe('optimal');
    const sum = (term: (type: Result['types'][number]) => number): number =>
      result.types.reduce((total, type) => total + type.mass! * term(type), 0);
    const cost = sum(({ inputs }) =>
      Object.entries(ownCosts).reduce((own, [name, c]) => own + c * inputs[name]!, 0),
    );
    close(result.cost, cost, 1e-7);
    close(result.profit, sum(({ transfer }) => transfer!) - cost, 1e-7);
    for (const [name, k] of [
      ['input', most],
      ['tuning', most / 4],
    ] as const) {
      close(
        result.used![name],
        sum(({ inputs }) => inputs[name]!),
        1e-12,
      );
      expect(result.used![name]).toBeLessThanOrEqual(k);
      expect(result.shadowPrices![name]! * (k - result.used![name]!)).toBeLessThan(1e-7 * result.profit!);
    }
    expect(result.shadowPrices!.input).toBeGreaterThan(0);
    const efficient = await solve(parse(asked.replace(/contract: .*/, 'contract: efficient')));
    close(result.efficientWelfare, efficient.result.welfare!, 1e-6);
    expect(result.welfare).toBeLessThanOrEqual(result.efficientWelfare! * (1 + 1e-7));
  },
);

test('whether all is extracted is a matter of the first best within capacity, at what inputs cost', () => {
  const { result } = capped(`${technology()}\n${types}\ncontract: packages`, '{ input: 0.06, output: 0.03 }');
  const { margin, holds } = result.conditions.find(({ name }) => name === 'full-extraction')!;
  expect(holds).toBe(false);
  close(margin, result.profit! / result.efficientWelfare! - 1, 1e-9);
});

describe('production that is all or nothing', () => {
  const text = `
production: { use: expression, formula: "min(input, 1)" }
inputs: { input: { scope: task, cost: 0.2 } }
buyers: { kind: representative, types: [{ value: 1, mass: 0.6 }, { value: 2, mass: 0.4 }] }
contract: packages`;

  // φ = (1 − 0.4/0.6, 2) = (1/3, 2), so that both are served at cost 0.2, for 1 each. Of 0.7: at ρ = 1/3 − 0.2 half of the low ones' service is sold,
  // or all of them are served half, which H could take as well.
  test('the mean of two menus uses capacity up, and earns the bound', () => {
    const { result, quote } = capped(text, '{ input: 0.7 }');
    close(result.shadowPrices!.input, 1 / 3 - 0.2, 1e-6);
    close(result.profit, 0.4 * 1.8 + 0.3 * (1 / 3 - 0.2), 1e-7);
    close(result.used!.input, 0.7, 1e-9);
    expect(result.status).toBe('optimal');
    close(quote({ value: 1 }).quality, 0.5, 1e-6);
    close(quote({ value: 2 }).rent, 0.5, 1e-6);
    expect(result.notes.join(' ')).toContain('mean of those of several menus');
  });

  test('below what the highest need, even they are served in part', () => {
    const { result } = capped(text, '{ input: 0.1 }');
    close(result.profit, 0.1 * 1.8, 1e-7);
    close(result.shadowPrices!.input, 1.8, 1e-6);
  });
});

test('with models an input is capped by its name, and what all of them use of it adds up', () => {
  const model = (name: string, input: number, tuning: number): string => `
  - name: ${name}
    production: { use: cobb-douglas, exponents: { input: 0.5, tuning: 0.25 }, base: { tuning: 1 } }
    inputs: { input: { scope: task, cost: ${input} }, tuning: { scope: shared, cost: ${tuning} } }`;
  const text = `models:${model('small', 0.125, 0.2)}${model('large', 0.16, 0.03)}\n${uniform}\ncontract: packages`;
  const { result } = capped(text, '{ input: 0.05 }');
  expect(result.status).toBe('optimal');
  close(result.used!.input, 0.05, 1e-7);
  expect(result.models!.every(({ share }) => share > 0.01)).toBe(true);
  const rho = result.shadowPrices!.input!;
  const priced = solveStudy(
    parse(text.replace('0.125', String(0.125 + rho)).replace('0.16', String(0.16 + rho))),
  ).result;
  close(result.profit, priced.profit! + rho * 0.05, 1e-7);
});

test('a property: of any two capacities the larger one earns no less, whatever the list of types', () => {
  const type = fc.record({
    value: fc.double({ min: 0.1, max: 2, noNaN: true }),
    mass: fc.double({ min: 0.1, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(type, { minLength: 1, maxLength: 4 }),
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      fc.double({ min: 1, max: 3, noNaN: true }),
      (list, k, factor) => {
        const text = `${technology()}\nbuyers: { kind: representative, types: ${JSON.stringify(list)} }\ncontract: packages`;
        const [less, more] = [k, k * factor].map((most) => capped(text, `{ input: ${most} }`).result);
        expect(less!.status).toBe('optimal');
        expect(less!.used!.input).toBeLessThanOrEqual(k);
        expect(more!.profit).toBeGreaterThanOrEqual(less!.profit! * (1 - 1e-8));
        expect(more!.shadowPrices!.input).toBeLessThanOrEqual(less!.shadowPrices!.input! * (1 + 1e-6) + 1e-9);
      },
    ),
    { numRuns: 30 },
  );
});

describe('menus of few tiers', () => {
  const text = `${technology()}\n${types}\ncontract: packages`;
  const most = 0.1;
  const asked = parse(`${text}\ncapacity: { input: ${most} }`);

  test.each([1, 2])(
    '%d within capacity: at true costs, no worse than any that another price gives',
    (count) => {
      const [menu] = bestTiers(asked, { counts: [count] }).menus;
      const used = menu!.tiers.reduce((sum, { share, inputs }) => sum + share * inputs.input!, 0);
      expect(used).toBeLessThanOrEqual(most);
      close(menu!.used!.input, used, 1e-12);
      const earned = menu!.tiers.reduce(
        (sum, { share, transfer, inputs }) =>
          sum + share * (transfer - costs.input * inputs.input! - costs.output * inputs.output!),
        0,
      );
      close(menu!.profit, earned, 1e-9);
      expect(menu!.profit).toBeLessThanOrEqual(menu!.upperBound * (1 + 1e-9));
      for (let rho = 0; rho < 2; rho += 0.02) {
        const [other] = bestTiers(parse(technology(costs.input + rho) + text.slice(technology().length)), {
          counts: [count],
        }).menus;
        const use = other!.tiers.reduce((sum, { share, inputs }) => sum + share * inputs.input!, 0);
        if (use <= most) expect(other!.profit + rho * use).toBeLessThanOrEqual(menu!.profit * (1 + 1e-6));
        expect(other!.upperBound + rho * most).toBeGreaterThanOrEqual(menu!.profit * (1 - 1e-9));
      }
    },
  );

  test.each([
    ['bundle', 'objective: { consumerSurplus: 0.4 }'],
    ['bundle', 'outside: { utility: 0.01 }'],
    ['two-part-tariff', 'objective: { profit: 2, consumerSurplus: 0.8 }\noutside: { utility: 0.01 }'],
  ] as const)(
    '%s, %s: no worse than any that another price gives, counted in the objective',
    (kind, terms) => {
      const own = `${text}\n${terms}`;
      const options = { counts: [2], kind };
      const study = parse(`${own}\ncapacity: { input: ${most} }`);
      const { full, menus } = bestTiers(study, options);
      const [menu] = menus;
      const weight = study.terms.objective.profit;
      const worthOf = (of: { profit: number; objective?: number }): number => of.objective ?? of.profit;
      expect(menu!.used!.input).toBeLessThanOrEqual(most);
      expect(worthOf(menu!)).toBeLessThanOrEqual(worthOf(full) * (1 + 1e-9));
      expect(worthOf(full)).toBeLessThanOrEqual(full.upperBound * (1 + 1e-9));
      close(worthOf(full), solveStudy(study).result.objective.value!, 1e-9);
      for (let rho = 0; rho < 2; rho += 0.1) {
        const priced = parse(technology(costs.input + rho) + own.slice(technology().length));
        const [other] = bestTiers(priced, options).menus;
        const use = other!.tiers.reduce((sum, { share, inputs }) => sum + share * inputs.input!, 0);
        const worth = worthOf(other!) + weight * rho * use;
        if (use <= most) expect(worth).toBeLessThanOrEqual(worthOf(menu!) * (1 + 1e-6));
        expect(other!.upperBound + weight * rho * most).toBeGreaterThanOrEqual(worthOf(menu!) * (1 - 1e-9));
      }
    },
  );

  test('the full menu beside them is the one within capacity', () => {
    const { full } = bestTiers(asked, { counts: [3] });
    close(full.profit, solveStudy(asked).result.profit!, 1e-9);
  });
});

test('a menu of few items within capacity is one when sensitivity sells it again', () => {
  const file = {
    text: `${technology()}\n${types}\ncontract: packages\ncapacity: { input: 0.1 }`,
    file: 'test.yaml',
  };
  const { used, exceeded } = sensitivityOf(
    { ...file, registry, csvFiles: () => expect.fail('no files') },
    { count: 1 },
  );
  expect(exceeded).toEqual([]);
  expect(used!.input).toBeLessThanOrEqual(0.1);
});

test('beside an outside option capacity binds for those who are served, and the first best counts what others have', () => {
  const text = `${technology()}\nbuyers: { kind: representative, type: { use: uniform, min: 0, max: 2 } }\ncontract: packages\noutside: { utility: "0.02 + 0.1*theta" }`;
  const { result } = capped(text, '{ input: 0.3 }');
  expect(result.status).toBe('optimal');
  close(result.used!.input, 0.3, 1e-7);
  const rho = result.shadowPrices!.input!;
  expect(rho).toBeGreaterThan(0);
  const priced = solveStudy(parse(text.replace(`cost: ${costs.input}`, `cost: ${costs.input + rho}`))).result;
  close(result.profit, priced.profit! + rho * 0.3, 1e-7);
  const efficient = capped(text.replace('packages', 'efficient'), '{ input: 0.3 }').result;
  close(result.efficientWelfare, efficient.welfare!, 1e-9);
  expect(result.welfare!).toBeLessThan(result.efficientWelfare!);
});
