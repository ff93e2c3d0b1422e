import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRegistry,
  parseStudy,
  type Result,
  type Study,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { afterAll, describe, expect, test } from 'vitest';
import references from '../reference/refs-public.json' with { type: 'json' };
import { swept } from './sweep/swept.ts';

const registry = createRegistry([standardPlugin]);
const parse = (text: string, file = 'test.yaml'): Study => parseStudy(text, { file, registry });

/** A distribution of the reference tables, as a study file has it: `0.85Beta(4,10)+0.15Beta(8,2)`. */
const distributionText = (name: string): string => {
  const parts = name.split('+').map((part) => {
    const [, weight, kind, shapes = ''] = /^([\d.]*)(U|Beta|TruncNormal)(?:[([]([^;)\]]*).*)?$/.exec(part)!;
    const [a, b] = shapes.split(',');
    const of =
      kind === 'U'
        ? '{ use: uniform, min: 0, max: 1 }'
        : kind === 'Beta'
          ? `{ use: beta, a: ${a}, b: ${b} }`
          : `{ use: truncated-normal, mean: ${a}, sd: ${b}, min: 0, max: 1 }`;
    return { weight, of };
  });
  if (parts.length === 1) return parts[0]!.of;
  return `{ use: mixture, parts: [${parts.map(({ weight, of }) => `{ weight: ${weight}, of: ${of} }`).join(', ')}] }`;
};

const productionText = (name: string): string => {
  const t = (references.meta.techs as Record<string, Record<string, string>>)[name]!;
  return `
production:
  use: cobb-douglas
  exponents: { input: ${Number(t.alpha)}, output: ${Number(t.beta)}, fineTuning: ${Number(t.gamma)} }
  base: { fineTuning: ${Number(t.b)} }
inputs:
  input: { scope: task, cost: ${Number(t.cx)} }
  output: { scope: task, cost: ${Number(t.cy)} }
  fineTuning: { scope: shared, cost: ${Number(t.cz)} }
`;
};

const valueScale = (tech: string, value: string, scale: string, contract: string, rest = ''): Study =>
  parse(`${productionText(tech)}
buyers:
  kind: value-scale
  value: ${distributionText(value)}
  scale: ${distributionText(scale)}
${rest === '' ? '' : `  dependence: ${rest}`}
contract: ${contract}
`);

const expectClose = (got: number | null | undefined, expected: number | string, tolerance: number): void => {
  const error = Math.abs(got! - Number(expected)) / Math.abs(Number(expected));
  if (!(error <= tolerance)) expect.fail(`expected ${expected} to ${tolerance}, got ${got}, off by ${error}`);
};

interface MoneyRow {
  readonly Pi: number | string;
  readonly R: number | string;
  readonly CS: number | string;
  readonly exclusion_mass: number | string;
  readonly ft_mass: number | string;
  readonly ironing: readonly { a: number | string; b: number | string; phi_bar: number | string }[];
}

const expectRow = (result: Result, row: MoneyRow, ironing: number): void => {
  expectClose(result.profit, row.Pi, 1e-10);
  expectClose(result.revenue, row.R, 1e-10);
  expectClose(result.consumerSurplus, row.CS, 1e-10);
  expectClose(result.welfare, Number(row.Pi) + Number(row.CS), 1e-10);
  expectClose(result.excludedShare, row.exclusion_mass, 1e-10);
  expectClose(result.fineTunedShare, row.ft_mass, 1e-10);
  expect(result.pools).toHaveLength(row.ironing.length);
  row.ironing.forEach((interval, i) => {
    expectClose(result.pools[i]!.from, interval.a, ironing);
    expectClose(result.pools[i]!.to, interval.b, ironing);
    expectClose(result.pools[i]!.ironedVirtualValue, interval.phi_bar, ironing);
  });
};

describe('token packages, from study file to result (table d)', () => {
  test.each(references.d_token_packages.rows)('w ~ $w, s ~ $s, $tech', (row) => {
    const { result } = solveStudy(valueScale(row.tech, row.w, row.s, 'packages'));
    expect(result.status).toBe('optimal');
    expectRow(result, row, 1e-9);
    const markup = result.conditions.find(({ name }) => name === 'nonincreasing-markup')!;
    expect(markup.holds).toBe(row.markup_nonincreasing);
  });
});

describe('token allocations with mixtures, from study file to result (table c)', () => {
  test.each(references.c_value_scale.rows)('w ~ $w, s ~ $s, $tech', (row) => {
    const { result } = solveStudy(valueScale(row.tech, row.w, row.s, 'allocations'));
    expectRow(result, row, 1e-12);
  });
});

describe('ironing, from study file to result', () => {
  test('F⁻¹(t) = 2 + t + 2t² with quadratic cost earns 3541/1280', () => {
    // φ = 6t² − 2t + 1 falls up to t = 1/6; its mean over [0, 1/4] is φ(1/4) = 7/8. Π = ½∫φ̄² = ½(49/256 + ∫_{1/4}^1 φ²) = 3541/1280.
    const { result } = solveStudy(
      parse(`
cost: { use: quadratic }
buyers: { kind: representative, type: { use: quantile-polynomial, coefficients: [2, 1, 2] } }
contract: allocations
`),
    );
    expect(result.status).toBe('optimal');
    expectClose(result.profit, 3541 / 1280, 1e-12);
    expect(result.pools).toHaveLength(1);
    expectClose(result.pools[0]!.from, 2, 1e-12);
    expectClose(result.pools[0]!.to, 2 + 1 / 4 + 1 / 8, 1e-12);
    expectClose(result.pools[0]!.ironedVirtualValue, 7 / 8, 1e-12);
  });

  test('a density that is infinite inside the support costs no accuracy', () => {
    const parts =
      '[{ weight: 1, of: { use: beta, a: 0.5, b: 0.5 } }, { weight: 1, of: { use: uniform, max: 2 } }]';
    const { result } = solveStudy(
      parse(
        `cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: mixture, parts: ${parts} } }`,
      ),
    );
    expect(result.status).toBe('optimal');
    expect(Math.abs(result.certificate.relativeGap!)).toBeLessThan(1e-10);
  });

  test('the example of a mixture bunches values from 0.3694 to 0.6797', () => {
    const file = 'examples/mixture-values.yaml';
    const { result } = solveStudy(parse(readFileSync(file, 'utf8'), file));
    expect(result.status).toBe('optimal');
    expectClose(result.pools[0]!.from, 0.36941786611998, 1e-12);
    expectClose(result.pools[0]!.to, 0.679719134595543, 1e-12);
    expectClose(result.pools[0]!.ironedVirtualValue, 0.190671476540918, 1e-12);
  });
});

describe('mixtures whose printed two-part tariffs fail (ERRATA F)', () => {
  const representative = (value: string): string =>
    `{ kind: representative, type: ${distributionText(value)} }`;
  const [G1, G2] = ['0.05U+0.95Beta(6,9)', '0.02U+0.98Beta(2,7)'];
  // G5 is natural for packages: values from a mixture, U[0, 1] scales.
  const G5 = `{ kind: value-scale, value: ${distributionText('0.85Beta(4,10)+0.15Beta(8,2)')}, scale: { use: uniform } }`;

  test.each([
    ['G1', representative(G1!)],
    ['G2', representative(G2!)],
    ['G5', G5],
  ] as const)('%s: φ increases, the markup does not fall, and buyers deviate', (name, buyers) => {
    const reference = references.igfr_counterexamples.G_free_choice[name];
    const study = parse(`${productionText('EX1')}
buyers: ${buyers}
contract: packages
implementation: two-part-tariff
`);
    const { result, quote } = solveStudy(study);
    expect(result.status).toBe('optimal');
    expect(result.pools).toEqual([]);
    const holds = (condition: string): boolean =>
      result.conditions.find((each) => each.name === condition)!.holds;
    expect(holds('increasing-virtual-value')).toBe(true);
    expect(holds('nonincreasing-markup')).toBe(false);
    // The references offer tariffs to 3000 types.
    expectClose(result.profit, reference.profit_intended_same_grid, 1e-5);
    expectClose(result.implementation!.attainedProfit, reference.profit_free_choice_grid3000, 2e-3);
    // θ = w √s, so a buyer with scale 1 has θ = w.
    const at = (theta: number) => quote(name === 'G5' ? { value: theta, scale: 1 } : { value: theta });
    reference.m_increasing_on.forEach((theta, i) => {
      expectClose(at(theta!).tariff!.markup, reference.m_values[i]!, 1e-9);
    });
    for (const { theta1, theta2, fee1, fee2, gain } of [reference.pair_lo, reference.pair_hi]) {
      expectClose(at(theta1).tariff!.upfront, fee1, 1e-7);
      expectClose(at(theta2).tariff!.upfront, fee2, 1e-7);
      expect(result.implementation!.maxDeviationGain!).toBeGreaterThan(0.99 * gain);
    }
  });

  test.each([
    ['G1', G1!],
    ['G2', G2!],
  ] as const)('%s: profit and revenue to 1e-12', (name, value) => {
    const reference = references.igfr_counterexamples.G[name];
    const { result } = solveStudy(
      parse(`${productionText('EX1')}
buyers: ${representative(value)}
contract: packages
`),
    );
    expectClose(result.profit, reference.Pi, 1e-12);
    expectClose(result.revenue, reference.R, 1e-12);
  });
});

describe('dependent value and scale', () => {
  const example = readFileSync('examples/correlated-packages.yaml', 'utf8');
  const file = 'examples/correlated-packages.yaml';
  const withCopula = (dependence: string, contract = 'packages') =>
    solveStudy(
      parse(
        example.replace('{ use: gaussian, rho: 0.6 }', dependence).replace(': packages', `: ${contract}`),
        file,
      ),
    ).result;

  test('with a copula of no dependence gives the independent optimum 97/1080', async () => {
    const none = '{ use: gaussian, rho: 0 }, { use: clayton, theta: 0 }, { use: gumbel, theta: 1 }';
    const rows = await swept({ text: example, vary: [`buyers.dependence=${none}`] });
    for (const { profit } of rows) expectClose(profit, 97 / 1080, 1e-12);
    expectClose(withCopula('{ use: fgm, theta: 1.0e-10 }').profit, 97 / 1080, 1e-9);
  });

  test.each([
    '{ use: gaussian, rho: 0.6 }',
    '{ use: gaussian, rho: -0.8 }',
    '{ use: clayton, theta: 2 }',
    '{ use: frank, theta: -30 }',
    '{ use: gumbel, theta: 2.5 }',
    '{ use: fgm, theta: -1 }',
  ])('%s is solved and certified, and dependence does not change the bound twice', (dependence) => {
    const result = withCopula(dependence);
    expect(result.status).toBe('optimal');
    expect(Math.abs(result.certificate.relativeGap!)).toBeLessThan(1e-10);
    const efficient = withCopula(dependence, 'efficient');
    expect(efficient.method).toBe('efficient');
    expectClose(efficient.welfare, result.efficientWelfare!, 1e-12);
  });

  /*
   * E[S(θ)], S = θ² for θ ≤ ½ and 2θ⁴ + ⅛ above: made with numpy from the joint distribution of the ranks and not from F_θ, by
   * Gauss–Legendre in normal scores (Gaussian), tanh–sinh against the density (Clayton) and Gauss–Legendre (FGM).
   */
  test.each([
    ['{ use: gaussian, rho: 0.6 }', 0.2905371354083801],
    ['{ use: gaussian, rho: -0.8 }', 0.10287643098542666],
    ['{ use: clayton, theta: 2 }', 0.2871374787848934],
    ['{ use: fgm, theta: -1 }', 0.15587193373833455],
  ])('E[S(θ)] under %s is %d, as from the joint density', (dependence, welfare) => {
    expectClose(withCopula(dependence, 'efficient').welfare, welfare, 1e-10);
  });

  test('efficient with costs outright is refused: there is no degree', () => {
    const text = `
cost: { use: quadratic }
buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform }, dependence: { use: fgm, theta: 0.5 } }
contract: efficient
`;
    expect(() => parse(text)).toThrow(
      'test.yaml:3:80: buyers.dependence: dependence of value and scale without a homogeneous production function is not supported yet',
    );
  });
});

describe('buyers in a file', () => {
  const text = (file: string, contract = 'packages', rest = ''): string => `${productionText('EX1')}
buyers: { kind: file, file: ${file} }
contract: ${contract}
${rest}`;
  const samples = 'test/app/samples/study.yaml';

  test('are their representative types, in file order: θ = w √s = ½, ½, 1', () => {
    const { result, quote } = solveStudy(parse(text('buyers.csv'), samples));
    const types = solveStudy(
      parse(`${productionText('EX1')}
buyers: { kind: representative, types: [{ value: 0.5, mass: 0.75 }, { value: 1, mass: 0.25 }] }
contract: packages
`),
    ).result;
    expect(result.status).toBe('optimal');
    expectClose(result.profit, types.profit!, 1e-14);
    expectClose(result.consumerSurplus, types.consumerSurplus!, 1e-14);
    expect(result.types.map(({ name, value, scale, mass }) => [name, value, scale, mass])).toEqual([
      ['small', 1, 0.25, 0.5],
      ['wide', 0.5, 1, 0.25],
      ['large', 1, 1, 0.25],
    ]);
    const [small, wide, large] = result.types;
    expect(small!.index).toEqual({ theta: 0.5, quality: types.types[0]!.quality });
    expectClose(small!.quality, 0.5 * types.types[0]!.quality, 1e-14); // Q·√s
    expect(wide!.quality).toBe(types.types[0]!.quality);
    expect(small!.transfer).toBe(wide!.transfer);
    expect(large!.index!.theta).toBe(1);
    expect(quote({ value: 0.5, scale: 1 })).toEqual(wide);
  });

  test('are served efficiently, each for her own value and scale', () => {
    const { result } = solveStudy(parse(text('buyers.csv', 'efficient'), samples));
    const alone = (value: number): number =>
      solveStudy(
        parse(`${productionText('EX1')}
buyers: { kind: representative, types: [{ value: ${value}, mass: 1 }] }
contract: efficient
`),
      ).result.welfare!;
    expect(result.method).toBe('efficient');
    expectClose(result.welfare, 0.75 * alone(0.5) + 0.25 * alone(1), 1e-14);
  });

  test.each([
    ['missing.csv', 'packages', 'buyers.file: missing.csv: no such file beside the study'],
    ['broken.csv', 'packages', 'buyers.file: broken.csv:3: mass: expected a number, got the text "n/a"'],
    [
      'values.csv',
      'packages',
      'buyers.file: values.csv: no column called "value" (columns: customer, wtp, scale, share)',
    ],
    [
      'only-mass.csv',
      'packages',
      'buyers.file: only-mass.csv: expected columns value and scale, or one column a task, beside mass',
    ],
  ])('%s with contract %s is refused, with the place in the study', (file, contract, message) => {
    expect(() => parse(text(file, contract), samples)).toThrow(
      `test/app/samples/study.yaml:11:23: ${message}`,
    );
  });
});

describe('an empirical distribution in a study', () => {
  const text = (file: string, column: string): string => `
cost: { use: quadratic }
buyers:
  kind: representative
  type: { use: empirical, file: ${file}, column: ${column} }
`;
  const samples = 'test/app/samples/study.yaml';

  test('takes its sample from a CSV file beside the study', () => {
    const { buyers } = parse(text('values.csv', 'wtp'), samples);
    if (!('type' in buyers)) return expect.fail('expected a distribution');
    expect([buyers.type.min, buyers.type.max]).toEqual([0.1, 0.62]);
    expect(buyers.labels.type).toBe('empirical (file values.csv, column wtp)');
    const { status, efficientWelfare } = solveStudy(parse(text('values.csv', 'wtp'), samples)).result;
    expect(status).toBe('optimal');
    expect(efficientWelfare).toBeCloseTo((0.31 ** 2 + 0.48 ** 2 + 2 * 0.62 ** 2 + 0.1 ** 2) / 10, 12);
  });

  test.each([
    [
      'values.csv',
      'wpt',
      '5:45',
      'column: values.csv: no column called "wpt"; did you mean wtp? (columns: customer, wtp, scale, share)',
    ],
    [
      'values.csv',
      'customer',
      '5:45',
      'column: values.csv:2: customer: expected a number, got the text "Ada "A" Lovelace"',
    ],
    ['absent.csv', 'wtp', '5:27', 'file: absent.csv: no such file beside the study'],
    ['../samples', 'wtp', '5:27', 'file: ../samples: expected a CSV file, got a directory'],
    ['values.csv', '[1, 2]', '5:45', 'column: expected a text, got a list'],
    [
      'tasks.csv',
      'mail',
      '5:44',
      'column: empirical: expected at least 2 different finite values, got only 0.3',
    ],
  ])('%s, column %s: the message has its place', (file, column, place, message) => {
    expect(() => parse(text(file, column), samples)).toThrow(
      `test/app/samples/study.yaml:${place}: buyers.type.${message}`,
    );
  });
});

describe('a CSV file beside a study', () => {
  const directory = mkdtempSync(join(tmpdir(), 'menusmith-csv-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const study =
    'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: empirical, file: s.csv, column: x } }';
  const minMax = (csv: string | Uint8Array): readonly number[] => {
    writeFileSync(join(directory, 's.csv'), csv);
    const { buyers } = parse(study, join(directory, 'study.yaml'));
    if (!('type' in buyers)) return expect.fail('expected a distribution');
    return [buyers.type.min, buyers.type.max];
  };

  test.each([
    ['line feeds and no last line break', 'x\n1\n2'],
    ['carriage returns', 'y,x\r\n,1\r\n,2\r\n'],
    ['old line ends', 'x\r1\r2\r'],
    ['a byte-order mark', '\uFEFFx\n1\n2\n'],
    ['quotes, commas, doubled quotes and line breaks in cells', '"a ""b"", c","x"\n"1,\n7",1\n"",  "2" \n'],
    ['empty lines, spaces and signs', '\n x , y\n\n +1 ,\n2.0e0,\n\n'],
  ])('may have %s', (_, csv) => {
    expect(minMax(csv)).toEqual([1, 2]);
  });

  test.each([
    ['', 's.csv: the file is empty'],
    ['x\n', 's.csv: expected rows below the header, got none'],
    ['x,y\n1,2\n3\n', 's.csv:3: expected 2 cells as in the header, got 1'],
    ['x,x\n1,2\n', 's.csv:1: expected each column once, got a second "x"'],
    ['x,\n1,2\n', 's.csv:1: column 2 has no name'],
    ['y,x\n"a\nb",1\n"c"d,2\n', 's.csv:4: expected a comma or the end of the line'],
    ['y,x\n"open,1\n', 's.csv:2: expected a quote that ends the cell, got none'],
    ['x,y\n1,\n,2\n', 's.csv:3: x: expected a number, got nothing'],
    ['x\n0x10\n1\n', 's.csv:2: x: expected a number, got the text "0x10"'],
    ['x\n1\n1e999\n', 's.csv:3: x: expected a number, got the text "1e999"'],
    [Uint8Array.of(0x78, 10, 0xff), 's.csv: expected text in UTF-8'],
  ])('%j is refused: %s', (csv, message) => {
    expect(() => minMax(csv)).toThrow(message);
  });
});

describe('a mixture in a study', () => {
  const text = (parts: string): string => `
cost: { use: quadratic }
buyers:
  kind: representative
  type: { use: mixture, parts: ${parts} }
`;

  test('may be made of mixtures, and is labelled by its parts', () => {
    const inner =
      '{ use: mixture, parts: [{ weight: 1, of: { use: uniform, max: 2 } }, { weight: 3, of: { use: uniform } }] }';
    const { buyers } = parse(
      text(`[{ weight: 1, of: ${inner} }, { weight: 1, of: { use: uniform, max: 4 } }]`),
    );
    if (!('type' in buyers)) return expect.fail('expected a distribution');
    expect(buyers.type.cdf(1)).toBeCloseTo(0.5 * (0.25 * 0.5 + 0.75) + 0.5 * 0.25, 15);
    expect(buyers.labels.type).toBe('mixture (1 mixture + 1 uniform)');
  });

  test.each([
    [
      '[{ weight: 1, of: { use: beta, a: 2, b: 3 } }, { weight: 1, of: { use: beta, a: -1, b: 3 } }]',
      '5:109',
      'parts[1].of.a: expected a number above 0, got -1',
    ],
    [
      '[{ weight: 1, of: { use: btea, a: 2, b: 3 } }]',
      '5:52',
      'parts[0].of.use: no distribution called "btea"; did you mean beta?',
    ],
    [
      '[{ weight: -1, of: { use: uniform } }]',
      '5:35',
      'parts[0].weight: expected a number of at least 0, got -1',
    ],
    ['[{ of: { use: uniform } }]', '5:33', 'parts[0].weight: missing: the weight of the part'],
    [
      '[{ weight: 1, off: { use: uniform } }]',
      '5:46',
      'parts[0].off: no such field; did you mean of? (known: weight, of)',
    ],
    [
      '[{ weight: 1, of: uniform }]',
      '5:46',
      'parts[0].of: expected a distribution, as { use: NAME, … }, got the text "uniform"',
    ],
    ['[{ weight: 1, of: { a: 1 } }]', '5:46', 'parts[0].of.use: missing: expected a text'],
    ['[]', '5:25', 'parts: expected at least one part, got none'],
    ['3', '5:25', 'parts: expected a list of { weight, of }, got 3'],
    [
      '[{ weight: 0, of: { use: uniform } }]',
      '5:25',
      'parts: mixture: expected weights with a positive finite sum, got 0',
    ],
    [
      '[{ weight: 1, of: { use: pareto, shape: 2, min: 1 } }]',
      '5:46',
      'parts[0].of.max: missing: upper end of the support, where the upper tail is cut off; a finite number',
    ],
  ])('%s is refused at its place', (parts, place, message) => {
    expect(() => parse(text(parts))).toThrow(`test.yaml:${place}: buyers.type.${message}`);
  });
});
