import {
  createRegistry,
  parseStudy,
  type Solution,
  type Study,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { type Distribution, mixedDistribution, type Plugin } from '@menusmith/core';
import { beta, uniform } from '@menusmith/plugins';
import { describe, expect, it } from 'vitest';
import references from '../reference/refs-public.json' with { type: 'json' };
import { swept } from './sweep/swept.ts';

/** The mixtures of the reference tables. */
const mixtureOf = (parts: readonly (readonly [number, Distribution])[]): Distribution =>
  mixedDistribution(parts.map(([weight, of]) => ({ weight, of })));
const betaOf = (a: number, b: number): Distribution => beta.create({ a, b, min: 0, max: 1 });
const unit = uniform.create({ min: 0, max: 1 });
const counterexamples: Plugin = {
  name: 'counterexamples',
  distributions: (
    [
      [
        'g1',
        [
          [0.05, unit],
          [0.95, betaOf(6, 9)],
        ],
      ],
      [
        'g2',
        [
          [0.02, unit],
          [0.98, betaOf(2, 7)],
        ],
      ],
      [
        'g4',
        [
          [0.02, unit],
          [0.98, betaOf(4, 9)],
        ],
      ],
    ] as const
  ).map(([name, parts]) => ({ name, doc: name, parameters: {}, create: () => mixtureOf(parts) })),
};
const registry = createRegistry([standardPlugin, counterexamples]);

interface Technology {
  readonly alpha: string;
  readonly beta: string;
  readonly gamma: string;
  readonly cx: string;
  readonly cy: string;
  readonly cz: string;
  readonly b: string;
}

const productionText = (t: Technology, cap = ''): string => `
production:
  use: cobb-douglas
  exponents: { input: ${Number(t.alpha)}, output: ${Number(t.beta)}, fineTuning: ${Number(t.gamma)} }
  base: { fineTuning: ${Number(t.b)} }
inputs:
  input: { scope: task, cost: ${Number(t.cx)} }
  output: { scope: task, cost: ${Number(t.cy)} }
  fineTuning: { scope: shared, cost: ${Number(t.cz)}${cap} }
`;
const symmetric = (rho: number, c: number): Technology => {
  const [exponent, cost] = [String(rho), String(c)];
  return { alpha: exponent, beta: exponent, gamma: exponent, cx: cost, cy: cost, cz: cost, b: '1' };
};
const study = (text: string): Study => parseStudy(text, { file: 'test.yaml', registry });
const valueScaleText = (t: Technology, value: string, scale: string, contract: string, rest = ''): string =>
  `${productionText(t)}
buyers: { kind: value-scale, value: ${value}, scale: ${scale} }
contract: ${contract}
solver: { supply: numeric }
${rest}`;
const valueScale = (...parts: Parameters<typeof valueScaleText>): Study => study(valueScaleText(...parts));

const relativeError = (value: number | null, reference: number | string): number =>
  Math.abs(value! - Number(reference)) / Math.max(Math.abs(Number(reference)), 1e-300);

const distributionText: Record<string, string> = {
  'U[0,1]': '{ use: uniform, min: 0, max: 1 }',
  'Beta(2,3)': '{ use: beta, a: 2, b: 3 }',
  'Beta(1.5,2)': '{ use: beta, a: 1.5, b: 2 }',
  'TruncNormal(0.5,0.2;[0,1])': '{ use: truncated-normal, mean: 0.5, sd: 0.2, min: 0, max: 1 }',
  '0.95Beta(6,9)+0.05U': '{ use: g1 }',
};
const U = distributionText['U[0,1]']!;

describe('the numeric path, from study file to result', () => {
  for (const { rho, c, alloc, pkg } of references.a_uniform_symmetric.table) {
    for (const [contract, reference] of [
      ['allocations', alloc],
      ['packages', pkg],
    ] as const) {
      it(`matches the uniform symmetric setting at ρ = ${rho}, c = ${c} under ${contract}`, () => {
        const { result } = solveStudy(valueScale(symmetric(Number(rho), Number(c)), U, U, contract));
        expect(result.status).toBe('optimal');
        expect(result.supply).toBe('numeric');
        expect(relativeError(result.profit, reference.Pi)).toBeLessThan(1e-10);
        expect(relativeError(result.revenue, reference.R)).toBeLessThan(1e-10);
        expect(relativeError(result.consumerSurplus, reference.CS)).toBeLessThan(1e-10);
        expect(relativeError(result.welfare, reference.TW)).toBeLessThan(1e-10);
        expect(relativeError(result.efficientWelfare, reference.first_best)).toBeLessThan(1e-10);
        expect(relativeError(result.excludedShare, reference.exclusion_mass)).toBeLessThan(1e-10);
        expect(relativeError(result.fineTunedShare, reference.ft_mass)).toBeLessThan(1e-10);
      });
    }
  }

  it('gives Example 1 its exact fractions', () => {
    const ex1 = references.meta.techs.EX1;
    const allocations = solveStudy(valueScale(ex1, U, U, 'allocations')).result;
    const packages = solveStudy(valueScale(ex1, U, U, 'packages')).result;
    expect(relativeError(allocations.revenue, 139 / 480)).toBeLessThan(1e-12);
    expect(relativeError(allocations.profit, 97 / 960)).toBeLessThan(1e-12);
    expect(relativeError(packages.revenue, 139 / 540)).toBeLessThan(1e-12);
    expect(relativeError(packages.profit, 97 / 1080)).toBeLessThan(1e-12);
  });

  it('quotes the buyers of Example 1 under allocations to 1e-8', () => {
    const { quote } = solveStudy(valueScale(references.meta.techs.EX1, U, U, 'allocations'));
    for (const point of references.a_uniform_symmetric.example1_alloc_points) {
      const quoted = quote({ value: Number(point.w), scale: Number(point.s) });
      expect(quoted.quality).toBeCloseTo(Number(point.q), 8);
      expect(quoted.perTask.input).toBeCloseTo(Number(point.x_per_task), 8);
      expect(quoted.inputs.output).toBeCloseTo(Number(point.X_total), 8);
      expect(quoted.inputs.fineTuning).toBeCloseTo(Number(point.z), 8);
      expect(quoted.transfer).toBeCloseTo(Number(point.T), 8);
      expect(quoted.rent).toBeCloseTo(Number(point.U), 8);
      expect(quoted.tariff?.markup).toBeCloseTo(Number(point.markup), 8);
      expect(quoted.tariff?.prices.fineTuning).toBeCloseTo(Number(point.p_xyz), 8);
      expect(quoted.tariff?.upfront).toBeCloseTo(Number(point.p0), 8);
      expect(quoted.tariff?.taskCap).toBe(Number(point.s));
    }
  });

  it('quotes the buyers of Example 1 under packages to 1e-8, whatever value and scale make up θ', () => {
    const { quote } = solveStudy(valueScale(references.meta.techs.EX1, U, U, 'packages'));
    for (const point of references.a_uniform_symmetric.example1_pkg_points) {
      const theta = Number(point.theta);
      for (const scale of [1, 0.8]) {
        const value = theta / Math.sqrt(scale);
        const quoted = quote({ value, scale });
        expect(quoted.index?.theta).toBeCloseTo(theta, 12);
        expect(quoted.index?.quality).toBeCloseTo(Number(point.Q), 8);
        expect(quoted.quality * value).toBeCloseTo(theta * Number(point.Q), 8);
        expect(quoted.inputs.input).toBeCloseTo(Number(point.X), 8);
        expect(quoted.perTask.output as number).toBeCloseTo(Number(point.Y) / scale, 8);
        expect(quoted.inputs.fineTuning).toBeCloseTo(Number(point.Z), 8);
        expect(quoted.transfer).toBeCloseTo(Number(point.T), 8);
        expect(quoted.rent).toBeCloseTo(Number(point.U), 8);
        expect(quoted.tariff?.prices.input).toBeCloseTo(Number(point.p_xyz), 8);
        expect(quoted.tariff?.upfront).toBeCloseTo(Number(point.p0), 8);
        expect(quoted.tariff?.taskCap).toBeNull();
      }
    }
  });

  it('matches table c for the distributions that are plugins', () => {
    const rows = references.c_value_scale.rows.filter(
      (row) => row.w in distributionText && row.s in distributionText,
    );
    expect(rows.length).toBeGreaterThan(6);
    for (const row of rows) {
      const tech = references.meta.techs[row.tech as keyof typeof references.meta.techs];
      const { result } = solveStudy(
        valueScale(tech, distributionText[row.w]!, distributionText[row.s]!, 'allocations'),
      );
      expect(relativeError(result.profit, row.Pi)).toBeLessThan(1e-10);
      expect(relativeError(result.revenue, row.R)).toBeLessThan(1e-10);
      expect(relativeError(result.consumerSurplus, row.CS)).toBeLessThan(1e-10);
      expect(relativeError(result.welfare, row.TW)).toBeLessThan(1e-10);
      expect(relativeError(result.excludedShare, row.exclusion_mass)).toBeLessThan(1e-10);
      expect(relativeError(result.fineTunedShare, row.ft_mass)).toBeLessThan(1e-10);
      const condition = (name: string) => result.conditions.find((c) => c.name === name)!;
      expect(1 - condition('bounded-rent').margin!).toBeCloseTo(row.A1_ratio, 3);
      expect(1 - condition('bounded-rent-tariff').margin!).toBeCloseTo(row.A2_ratio, 3);
    }
  });

  it('matches table d for the distributions that are plugins', () => {
    const rows = references.d_token_packages.rows.filter(
      (row) => row.w in distributionText && row.s in distributionText,
    );
    expect(rows.length).toBeGreaterThan(6);
    for (const row of rows) {
      const tech = references.meta.techs[row.tech as keyof typeof references.meta.techs];
      const { result } = solveStudy(
        valueScale(tech, distributionText[row.w]!, distributionText[row.s]!, 'packages'),
      );
      expect(relativeError(result.profit, row.Pi)).toBeLessThan(1e-10);
      expect(relativeError(result.revenue, row.R)).toBeLessThan(1e-10);
      expect(relativeError(result.consumerSurplus, row.CS)).toBeLessThan(1e-10);
      expect(relativeError(result.excludedShare, row.exclusion_mass)).toBeLessThan(1e-10);
      expect(relativeError(result.fineTunedShare, row.ft_mass)).toBeLessThan(1e-10);
      expect(result.conditions.find((c) => c.name === 'nonincreasing-markup')?.holds).toBe(
        row.markup_nonincreasing,
      );
    }
  });
});

describe('contracts and buyers', () => {
  const ex1 = references.meta.techs.EX1;

  it('gives the efficient contract no transfers, and every buyer the first best', () => {
    const solution = solveStudy(valueScale(ex1, U, U, 'efficient'));
    const { result } = solution;
    expect(result.method).toBe('efficient');
    expect(result.status).toBe('optimal');
    expect(result.profit).toBeNull();
    expect(relativeError(result.welfare, 97 / 480)).toBeLessThan(1e-10);
    expect(result.welfare).toBe(result.efficientWelfare);
    // v = (xy(1 + z))^¼ at w = 0.8, s = 0.25: θ = w√s = 0.4 < θ̂ = ½, so z = 0 and x = y = (w/(4c))² = 2.56 a task.
    const quoted = solution.quote({ value: 0.8, scale: 0.25 });
    expect(quoted.transfer).toBeNull();
    expect(quoted.tariff).toBeNull();
    expect(quoted.perTask.input).toBeCloseTo(2.56, 10);
    expect(quoted.quality).toBeCloseTo(0.25 * 1.6, 10);
  });

  it('sells to representative types as it sells packages to buyers of one task', () => {
    const { result, quote } = solveStudy(
      study(`${productionText(ex1)}\nbuyers: { kind: representative, type: ${U} }\ncontract: packages`),
    );
    // φ = 2θ − 1; q = 2φ up to φ̂ = ½, then 8φ³: S = φ² and 2φ⁴ − … as in Example 1 at s = 1.
    expect(result.method).toBe('one-dimensional');
    expect(quote({ value: 0.7 }).quality).toBeCloseTo(0.8, 10);
    expect(quote({ value: 0.9 }).quality).toBeCloseTo(8 * 0.8 ** 3, 9);
    expect(quote({ value: 0.9 }).index).toBeUndefined();
    expect(quote({ value: 0.3 }).excluded).toBe(true);
  });

  it('solves two types with quadratic cost to q = (½, 2), T = (½, 3½), Π = ¾', () => {
    const { result } = solveStudy(
      study(`
cost: { use: quadratic }
buyers: { kind: representative, types: [{ name: H, value: 2, mass: 1 }, { name: L, value: 1, mass: 2 }] }
contract: allocations`),
    );
    expect(result.status).toBe('optimal');
    expect(result.certificate.of).toBe('grid');
    expect(result.profit).toBeCloseTo(0.75, 12);
    expect(result.types.map((type) => [type.name, type.quality, type.transfer])).toEqual([
      ['H', 2, 3.5],
      ['L', 0.5, 0.5],
    ]);
  });

  it('gives Mussa and Rosen 1/12 on U[0, 1] and 2/3 on U[1, 2]', async () => {
    const text = `
cost: { use: quadratic }
buyers: { kind: representative, type: ${U} }`;
    const rows = await swept({
      text,
      vary: ['buyers.type={ use: uniform }, { use: uniform, min: 1, max: 2 }'],
    });
    expect(rows.map(({ status }) => status)).toEqual(['optimal', 'optimal']);
    for (const [k, profit] of [1 / 12, 2 / 3].entries()) expect(rows[k]!.profit).toBeCloseTo(profit, 12);
  });

  it('gives a capped input at most its cap, by either path alike', () => {
    const capped = (supply: string): Solution =>
      solveStudy(
        study(`${productionText(ex1, ', max: 2')}
buyers: { kind: value-scale, value: ${U}, scale: ${U} }
contract: allocations
solver: { supply: ${supply} }`),
      );
    const [numeric, closed] = [capped('numeric'), capped('closed-form')];
    expect(numeric.result.status).toBe('optimal');
    expect(numeric.quote({ value: 1, scale: 1 }).inputs.fineTuning).toBe(2);
    // At the cap v = (3xy)^¼ and φ = 1: x = y with ¼·3^¼·x^(−½) = 1/8.
    expect(numeric.quote({ value: 1, scale: 1 }).perTask.input).toBeCloseTo(4 * Math.sqrt(3), 9);
    expect(relativeError(numeric.result.profit, closed.result.profit!)).toBeLessThan(1e-12);
    expect(numeric.result.profit!).toBeLessThan(97 / 960);
  });

  it('earns half the efficient welfare from uniform values, whatever the technology', () => {
    for (const tech of Object.values(references.meta.techs)) {
      const { result } = solveStudy(valueScale(tech, U, distributionText['Beta(1.5,2)']!, 'allocations'));
      expect(relativeError(result.profit, result.efficientWelfare! / 2)).toBeLessThan(1e-11);
      expect(relativeError(result.consumerSurplus, result.efficientWelfare! / 4)).toBeLessThan(1e-11);
    }
  });
});

describe('what the result says where the paper’s menus fail', () => {
  const ex1 = references.meta.techs.EX1;

  it('is at best feasible where Assumption 1 fails, with the gain of a buyer who overstates her scale', () => {
    const tech = { alpha: '.02', beta: '.02', gamma: '.7', cx: '.02', cy: '.02', cz: '.05', b: '.1' };
    const { result } = solveStudy(valueScale(tech, '{ use: g4 }', U, 'allocations'));
    expect(result.status).toBe('feasible');
    const condition = result.conditions.find(({ name }) => name === 'bounded-rent')!;
    expect(condition.holds).toBe(false);
    expect(1 - condition.margin!).toBeGreaterThan(1.125); // 1.1257 at (0.77, 1), more nearby
    expect(result.certificate.maxIncentiveViolation!).toBeGreaterThan(1);
    expect(result.certificate.attainedProfit!).toBeLessThan(result.certificate.upperBound!);
  });

  it('loses 16 % in counterexample G1 when buyers choose freely among the printed tariffs, 0.08 % with the best menu', () => {
    const { G1 } = references.igfr_counterexamples.G;
    const { result } = solveStudy(
      study(`${productionText(ex1)}
buyers: { kind: representative, type: { use: g1 } }
contract: packages
implementation: two-part-tariff`),
    );
    expect(relativeError(result.profit, G1.Pi)).toBeLessThan(1e-10);
    expect(relativeError(result.revenue, G1.R)).toBeLessThan(1e-10);
    expect(result.conditions.find(({ name }) => name === 'increasing-virtual-value')?.holds).toBe(true);
    const markup = result.conditions.find(({ name }) => name === 'nonincreasing-markup')!;
    expect(markup.holds).toBe(false);
    expect(markup.at.value).toBeGreaterThan(Number(G1.m_increasing_on[0]));
    expect(markup.at.value).toBeLessThan(Number(G1.m_increasing_on[1]));
    const implementation = result.implementation!;
    const reference = references.igfr_counterexamples.G_free_choice.G1;
    expect(implementation.attainedProfit).toBeCloseTo(reference.profit_free_choice_grid3000, 5);
    expect(implementation.maxDeviationGain).toBeCloseTo(Number(G1.max_deviation.gain), 5);
    expect(implementation.best!.attainedProfit).toBeCloseTo(G1.profit_best_two_part_menu_grid6000, 5);
    expect(implementation.best!.attainedProfit!).toBeLessThanOrEqual(result.profit!);
    expect(implementation.best!.maxDeviationGain!).toBeLessThan(1e-8);
  });

  it('implements the optimum by two-part tariffs where the markup falls, with and without task caps', async () => {
    const [profit, gain, best] = ['attainedProfit', 'maxDeviationGain', 'best.attainedProfit'].map(
      (name) => `implementation.${name}`,
    ) as [string, string, string];
    const text = valueScaleText(ex1, U, U, 'allocations', 'implementation: two-part-tariff');
    const vary = ['contract=allocations,packages'];
    for (const row of await swept({ text, vary, columns: [profit, gain, best].join() })) {
      expect(relativeError(row[profit] as number, row.profit!)).toBeLessThan(1e-9);
      expect(row[gain]).toBeLessThan(1e-9);
      expect(row[best]).toBeNull();
    }
  });
});
