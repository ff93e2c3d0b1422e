import {
  createRegistry,
  menuTable,
  parseStudy,
  type Solution,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);

const example1 = `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }
inputs:
  input: { scope: task, cost: 0.125 }
  output: { scope: task, cost: 0.125 }
  fineTuning: { scope: shared, cost: 0.125 }
`;
const solved = (buyers: string, technology = example1, contract = 'efficient'): Solution =>
  solveStudy(
    parseStudy(`${technology}\nbuyers: ${buyers}\ncontract: ${contract}\n`, {
      file: 'test/app/samples/study.yaml',
      registry,
    }),
  );

const expectClose = (got: number | null | undefined, expected: number, tolerance = 1e-12): void =>
  expect(Math.abs(got! - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));

/*
 * Example 1's technology, efficiently, for a type θ: max over X, Y, m ≥ 1 of θ X^¼ Y^¼ m^¼ − (X + Y)/8 − (m − 1)/8, with m = b + z. By symmetry X = Y, and
 * θ X^½ m^¼ − X/4 is largest at X = 4θ² m^½, where it is θ² m^½; less m/8 that is largest at m^½ = 4θ². So z > 0 if and only if θ > ½ = θ̂, and
 *
 *     θ ≤ ½:  S = θ²,            Q = X^½ m^¼ = 2θ,       X = 4θ²,     z = 0
 *     θ > ½:  S = 2θ⁴ + 1/8,     Q = 2θ m^½ = 8θ³,       X = 16θ⁴,    z = 16θ⁴ − 1
 */
const byHand = (theta: number) => ({
  surplus: theta <= 0.5 ? theta ** 2 : 2 * theta ** 4 + 1 / 8,
  quality: theta <= 0.5 ? 2 * theta : 8 * theta ** 3,
  input: theta <= 0.5 ? 4 * theta ** 2 : 16 * theta ** 4,
  fineTuning: theta <= 0.5 ? 0 : 16 * theta ** 4 - 1,
});

const expectByHand = (type: ReturnType<Solution['quote']>, theta: number): void => {
  const { surplus, quality, input, fineTuning } = byHand(theta);
  expectClose(type.index?.theta, theta);
  expectClose(type.index?.thetaHat, 0.5);
  expectClose(type.index?.quality, quality);
  expectClose(type.surplus, surplus);
  expectClose(type.inputs.input, input);
  expectClose(type.inputs.fineTuning, fineTuning);
};

describe('efficient types have θ, θ̂, inputs and surplus, by hand in Example 1’s technology', () => {
  test('value profiles: θ² = ∫ w²', () => {
    // ∫ (0.4 i)² di = 0.16/3; ∫ 1 di = 1; ∫ (1 − i)² di = 1/3.
    const { types } = solved(
      '{ kind: profiles, types: [{ mass: 1, values: "0.4 * i" }, { mass: 1, values: "1" }, { mass: 2, values: "1 - i" }] }',
    ).result;
    for (const [n, theta] of [0.4 / Math.sqrt(3), 1, 1 / Math.sqrt(3)].entries())
      expectByHand(types[n]!, theta);
    // Each task gets a share of X in proportion to w².
    const { perTask, inputs, profile } = types[1]!;
    expect(new Set((perTask.input as number[]).map((x) => x.toFixed(9)))).toEqual(
      new Set([inputs.input!.toFixed(9)]),
    );
    expectClose(profile![0], 8);
  });

  test('values and scales in a file: θ = w √s', () => {
    const { types } = solved('{ kind: file, file: buyers.csv }').result;
    for (const [n, theta] of [0.5, 0.5, 1].entries()) expectByHand(types[n]!, theta);
    // The first has a quarter of the tasks, and so half the quality at twice the value.
    expectClose(types[0]!.quality, byHand(0.5).quality / 2);
    expectClose(types[0]!.perTask.input as number, 4);
  });

  test.each([
    ['a list', '{ kind: representative, types: [{ value: 0.3, mass: 1 }, { value: 0.8, mass: 1 }] }'],
    ['a distribution', '{ kind: representative, type: { use: uniform, min: 0, max: 1 } }'],
  ])('representative types in %s', (_, buyers) => {
    const { quote } = solved(buyers);
    for (const theta of [0.3, 0.8]) expectByHand(quote({ value: theta }), theta);
  });

  test('dependent values and scales', () => {
    const { quote } = solved(
      '{ kind: value-scale, value: { use: uniform }, scale: { use: uniform }, dependence: { use: fgm, theta: 0.5 } }',
    );
    expectByHand(quote({ value: 0.8, scale: 0.25 }), 0.4);
    const large = quote({ value: 0.9, scale: 0.64 });
    expectByHand(large, 0.72);
    expectClose(large.quality * 0.9, 0.72 * large.index!.quality!);
    expect(quote({ value: 0, scale: 0.5 })).toMatchObject({ surplus: 0, index: { theta: 0, quality: 0 } });
  });
});

describe('independent values and scales', () => {
  test('efficiently, the index is θ = w √s, and the CSV has it', () => {
    const text = `${example1}
buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform } }
contract: efficient
`;
    const study = parseStudy(text, { file: 'test.yaml', registry });
    const solution = solveStudy(study);
    expectByHand(solution.quote({ value: 0.8, scale: 0.25 }), 0.4);
    const large = solution.quote({ value: 0.9, scale: 0.64 });
    expectByHand(large, 0.72);
    expectClose(large.quality * 0.9, 0.72 * large.index!.quality!);
    expect(solution.quote({ value: 0.9, scale: 0 })).toMatchObject({
      surplus: 0,
      index: { theta: 0, quality: 0 },
    });
    expect(menuTable(study, solution).columns).toEqual(
      expect.arrayContaining(['theta', 'thetaHat', 'surplus']),
    );
  });
});

describe('θ̂ is the index above which types fine-tune', () => {
  const one = '{ kind: representative, types: [{ value: 1, mass: 1 }] }';
  const thetaHat = (technology: string) => solved(one, technology).result.types[0]!.index!.thetaHat;
  const asymmetric = (rest: string, base: number): string => `
production: { use: cobb-douglas, exponents: { x: 0.3, y: 0.2, z: 0.15 }, base: { z: ${base} } }
inputs: { x: { scope: task, cost: 0.2 }, y: { scope: task, cost: 0.3 }, z: { scope: shared, cost: 0.1 } }
${rest}`;

  test.each([
    ['closed form', ''],
    ['numeric supply', 'solver: { supply: numeric }'],
  ])('as eq. (11) has it, with asymmetric exponents and costs: %s', (_, solver) => {
    const expected = 2 ** 0.35 * (0.2 / 0.3) ** 0.3 * (0.3 / 0.2) ** 0.2 * (0.1 / 0.15) ** 0.5;
    expectClose(thetaHat(asymmetric(solver, 2)), expected, 1e-11);
  });

  test('of homogeneous production that is not Cobb–Douglas', () => {
    /*
     * v = h(x) m^e, h the σ-th power of a CES bundle with price P = (Σ a^{1/(1−r)} c^{−r/(1−r)})^{−(1−r)/r}. At m = b the bundle g solves
     * σ θ g^{σ−1} b^e = P, and fine-tuning starts where e θ g^σ b^{e−1} = c_z: θ̂ = (c_z b^{1−e}/e)^{1−σ} (P/(σ b^e))^σ.
     */
    const [r, sigma, e, b] = [-1, 0.5, 0.2, 1.5];
    const price = (0.6 ** 0.5 * 0.2 ** 0.5 + 0.4 ** 0.5 * 0.3 ** 0.5) ** 2;
    const expected = ((0.1 * b ** (1 - e)) / e) ** (1 - sigma) * (price / (sigma * b ** e)) ** sigma;
    const technology = `
production: { use: ces, shares: { x: 0.6, y: 0.4 }, substitution: ${r}, degree: ${sigma}, shared: { z: { exponent: ${e}, base: ${b} } } }
inputs: { x: { scope: task, cost: 0.2 }, y: { scope: task, cost: 0.3 }, z: { scope: shared, cost: 0.1 } }`;
    expectClose(thetaHat(technology), expected, 1e-11);
  });

  test('0 where everybody does, and not there without shared inputs', () => {
    expect(thetaHat(asymmetric('', 0))).toBe(0);
    const plain = `
production: { use: cobb-douglas, exponents: { x: 0.4 } }
inputs: { x: { scope: task, cost: 0.2 } }`;
    expect(solved(one, plain).result.types[0]!.index).toEqual({ theta: 1, quality: expect.any(Number) });
  });

  test('without θ there is none, but the surplus is there: v = x/(1 + x)', () => {
    const technology = `
production: { use: expression, formula: "x / (1 + x)" }
inputs: { x: { scope: task, cost: 0.25 } }`;
    // w/(1 + x)² = c: 1 + x = 2√w, and S = w − 2√(wc) + c = (√w − ½)² a task.
    const buyers = '{ kind: profiles, types: [{ mass: 1, values: "1" }, { mass: 1, values: "4" }] }';
    const { types } = solved(buyers, technology).result;
    expect(types.map(({ index }) => index)).toEqual([undefined, undefined]);
    expectClose(types[0]!.surplus, 0.25, 1e-9);
    expectClose(types[1]!.surplus, 2.25, 1e-9);
  });
});

describe('the surplus of screened types is what they and the seller share', () => {
  test.each([
    ['packages', '{ kind: value-scale, value: { use: uniform }, scale: { use: uniform } }'],
    ['allocations', '{ kind: value-scale, value: { use: uniform }, scale: { use: uniform } }'],
  ])('with %s: transfer − cost + rent', (contract, buyers) => {
    const { quote } = solved(buyers, example1, contract);
    const { surplus, transfer, rent, inputs, index } = quote({ value: 0.9, scale: 0.8 });
    const cost = (inputs.input! + inputs.output! + inputs.fineTuning!) / 8;
    expectClose(surplus, transfer! + rent! - cost);
    expect(index?.thetaHat).toBeUndefined();
    expect(quote({ value: 0.1, scale: 0.1 })).toMatchObject({ excluded: true, surplus: 0 });
  });
});

test('an implementation is left aside, and said to be, where nothing is sold', () => {
  const buyers =
    '{ kind: value-scale, value: { use: uniform, min: 0, max: 1 }, scale: { use: uniform, min: 0, max: 1 } }';
  const notesOf = (implementation: string): readonly string[] =>
    solved(buyers, `${example1}implementation: ${implementation}\n`).result.notes;
  expect(notesOf('two-part-tariff')).toEqual([
    'Nothing is sold under the contract efficient: the implementation two-part-tariff is left aside.',
  ]);
  expect(notesOf('direct')).toEqual([]);
});
