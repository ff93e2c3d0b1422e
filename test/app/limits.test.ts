import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, InputError, LEAST_POWER, type Limit, limits, requireWithin } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  analyzeSheet,
  createRegistry,
  locating,
  priceList,
  screeningProblem,
  standardPlugin,
  studyFromText,
} from '../../packages/app/src/index.ts';
import { readMenu } from '../../packages/app/src/plans/menu-file.ts';
import { givenMenu } from '../../packages/app/src/sensitivity/given-menu.ts';
import { csvTable } from '../../packages/app/src/study/csv-table.ts';
import { jsonData, jsonFault } from '../../packages/app/src/study/json-data.ts';

const registry = createRegistry([standardPlugin]);
const noFiles = (): never => {
  throw new Error('no file is named here');
};
const read = (text: string) => studyFromText(text, { file: 's.yaml', registry, csvFiles: noFiles });
/** The message that refuses; the test fails where nothing does. */
const complaint = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
};
const seconds = (work: () => unknown): number => {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
};

const manyParts = (count: number): string =>
  `{ use: mixture, parts: [${'{ weight: 1, of: { use: uniform } }, '.repeat(count)}] }`;
const packages = (value: string): string =>
  `production: { use: cobb-douglas, exponents: { input: 0.5 } }\ninputs: { input: { scope: task, cost: 1 } }\ncontract: packages\n` +
  `buyers:\n  kind: value-scale\n  value: ${value}\n  scale: { use: uniform }\n`;

const types = 'types: [{ value: 1, mass: 2 }, { value: 2, mass: 1 }]';
const listed = `cost: { use: quadratic }\nbuyers: { kind: representative, ${types} }\n`;

test('a limit is what is taken, and one more is refused with both numbers', () => {
  for (const limit of Object.values<Limit>(limits)) {
    expect(() => requireWithin(limit, limit.most)).not.toThrow();
    expect(complaint(() => requireWithin(limit, 2 * limit.most))).toMatch(/^expected at most \d.*, got \d/);
    // What was not counted to its end, and what is no number.
    expect(complaint(() => requireWithin(limit, Number.POSITIVE_INFINITY))).toMatch(/got more$/);
    expect(() => requireWithin(limit, Number.NaN)).toThrow(InputError);
  }
});

test('docs/LIMITS.md has every limit with its number', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/LIMITS.md'), 'utf8');
  for (const [name, limit] of Object.entries<Limit>(limits)) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    expect(row, name).toContain(`| ${atMost(limit).replace('expected at most ', '')}`);
  }
  const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]!);
  expect(rows.sort()).toEqual(Object.keys(limits).sort());
  // The one that is no most.
  expect(page).toContain(`a power of at least ${LEAST_POWER}`);
});

test('docs/LIMITS.md has what answers hold at most as their files have it', () => {
  const root = join(import.meta.dirname, '../..');
  const page = readFileSync(join(root, 'docs/LIMITS.md'), 'utf8');
  const rows = [...page.matchAll(/^\| [^|]+ \| (\d+) \| `(\w+)` in `([^`]+)` \| [^|]+ \|$/gm)];
  for (const [, most, constant, file] of rows) {
    const found = RegExp(`^(?:export )?const ${constant} = ([\\d_]+);$`, 'm').exec(
      readFileSync(join(root, file!), 'utf8'),
    );
    expect([constant, file, found?.[1]?.replaceAll('_', '')]).toEqual([constant, file, most]);
  }
  expect(rows.length).toBeGreaterThan(15);
});

describe('a study beyond its limits is refused with its field', () => {
  const grid = (size: string) =>
    `production: { use: cobb-douglas, exponents: { input: 0.5 } }\ninputs: { input: { scope: task, cost: 1 } }\n` +
    `buyers:\n  kind: value-scale\n  value: { use: uniform }\n  scale: { use: uniform }\n  grid: ${size}\n`;

  it.each([
    ['a grid', grid('{ values: 1e16, scales: 5 }'), /buyers\.grid: expected at most 65536 cells, got 5/],
    // docs/explanation/accuracy.md has the time that one of 256 × 256 takes.
    ['a grid of 256 × 257', grid('{ values: 256, scales: 257 }'), /at most 65536 cells, got 65792/],
    ['a grid of 10^10', grid('{ values: 1e5, scales: 1e5 }'), /buyers\.grid: expected at most 65536 cells/],
    [
      'a grid without a number',
      grid('{ values: .inf, scales: 5 }'),
      /grid\.values: expected a finite number/,
    ],
    ['a text', `name: ${'x'.repeat(10_001)}\n${listed}`, /name: expected at most 10000 characters of a text/],
    [
      'a name of a field',
      `${listed}? ${'x'.repeat(10_001)}\n: 1\n`,
      /expected at most 10000 characters of a text/,
    ],
    [
      'nesting',
      `${listed}keep: { menu: ${'{ a: '.repeat(101)}1${' }'.repeat(101)} }\n`,
      /at most 100 levels/,
    ],
    ['nesting without end', `${listed}keep: ${'['.repeat(20_000)}`, /at most 100 levels of nesting/],
    [
      'aliases',
      `a: &a [1]\nb: &b [${'*a,'.repeat(50)}]\nc: [*b,*b,*b]\n${listed}`,
      /at most 100 unfolded aliases/,
    ],
    [
      'parts of a mixture, those of its parts included',
      `cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: mixture, parts: [${`{ weight: 1, of: ${manyParts(501)} }, `.repeat(2)}] } }\n`,
      /buyers\.type\.parts: expected at most 1000 parts of a mixture, got 1002/,
    ],
    [
      'numbers of a distribution',
      `cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: quantile-polynomial, coefficients: [${'1, '.repeat(5001)}] } }\n`,
      /coefficients: expected at most 5000 numbers of a parameter, got 5001/,
    ],
    [
      'inputs',
      `production: { use: cobb-douglas, exponents: { input: 0.5 } }\ninputs: { ${Array.from({ length: 101 }, (_, k) => `x${k}: { scope: task, cost: 1 }`).join(', ')} }\nbuyers: { kind: representative, ${types} }\n`,
      /inputs: expected at most 100 inputs of a production function, got 101/,
    ],
    [
      'models',
      `models: [${Array.from({ length: 101 }, (_, k) => `{ name: m${k}, production: { use: cobb-douglas, exponents: { a: 0.5 } }, inputs: { a: { scope: task, cost: 1 } } }`).join(', ')}]\nbuyers: { kind: representative, ${types} }\n`,
      /models: expected at most 100 models, got 101/,
    ],
  ])('%s', (_, text, message) => {
    expect(complaint(() => read(text))).toMatch(message);
  });

  it('plans of a menu, and items of a list of prices', () => {
    const plans = Array.from({ length: 1001 }, (_, k) => ({ name: `p${k}`, fee: 1 }));
    expect(complaint(() => readMenu({ plans }))).toBe('expected at most 1000 plans, got 1001');
    const rows = Array.from({ length: 10_001 }, (_, k) => `m${k},1,2\n`).join('');
    const list = priceList(`model,input,output\n${rows}`, 'prices.csv');
    expect(complaint(() => analyzeSheet(list, undefined, 0.01, false))).toBe(
      'prices.csv: expected at most 10000 items of a list of prices, got 10001',
    );
  });

  it('JSON of any size that is nested too deeply, or holds a field twice', () => {
    const own = JSON.stringify({ cost: { use: 'quadratic' }, buyers: { kind: 'representative', types: [] } });
    for (const size of [10, 30_000, 300_000]) {
      const padded = `{${' '.repeat(size)}"name": "a", ${own.slice(1)}`;
      const twice = padded.replace('"name": "a"', '"name": "a",\n"na\\u006de": "b"');
      expect(complaint(() => read(twice))).toMatch(
        /^s\.yaml:2:1: expected each field once, got a second "na/,
      );
      const deep = padded.replace('"a"', `${'['.repeat(150)}${']'.repeat(150)}`);
      expect(complaint(() => read(deep))).toMatch(/expected at most 100 levels of nesting/);
    }
  });

  it('in time linear in the text: fields that are none, and as many keys of a map', () => {
    const took = (count: number): number => {
      const fields = Array.from({ length: count }, (_, k) => `  k${k}: 1`).join('\n');
      const text = `${listed}capacity:\n${fields}\nunits:\n${fields}\n`;
      return seconds(() => expect(complaint(() => read(text))).toMatch(/capacity/));
    };
    took(500);
    // Quadratic time would be 64 times as much.
    expect(took(8000) / took(1000)).toBeLessThan(30);
  });
});

describe('a problem beyond its limits is refused with its field', () => {
  it.each([
    [
      'parts of values under packages',
      packages(manyParts(120)),
      /buyers: expected at most 120 parts of values and scales under packages, got 121/,
    ],
    [
      'a density that no number tells from a mass',
      packages('{ use: beta, a: 2, b: 1e-300 }'),
      /^s\.yaml:\d+:\d+: buyers\.value: .*at least like their distance to the power 1e-200.*, got 1\.00e-300/,
    ],
    [
      'types along a line',
      `{"cost":{"use":"quadratic"},"buyers":{"kind":"representative","types":[${'{"value":1,"mass":1},'.repeat(150_000)}{"value":1,"mass":1}]}}`,
      /buyers: expected at most 150000 types along a line, got 150001/,
    ],
  ])('%s', (_, text, message) => {
    const index = (): unknown => {
      const problem = screeningProblem(read(text));
      return problem.kind === 'continuous-chain' && problem.types.density(0.5);
    };
    expect(complaint(() => locating({ text, file: 's.yaml' }, index))).toMatch(message);
  });
});

describe('JSON', () => {
  const value = fc.json({ maxDepth: 5 });

  it('is what JSON.parse takes, and its data is the same', () => {
    fc.assert(
      fc.property(value, (text) => {
        expect(jsonData(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('is nothing that JSON.parse refuses: texts with one letter changed', () => {
    const letters = '{}[]",:\\ue1-.+ \n\u0001\u007ft';
    const changed = fc.tuple(value, fc.nat(), fc.constantFrom(...letters), fc.boolean());
    fc.assert(
      fc.property(changed, ([text, place, letter, isPut]) => {
        const at = place % (text.length + 1);
        const other = text.slice(0, at) + letter + text.slice(isPut ? at : at + 1);
        let isJson = true;
        try {
          JSON.parse(other);
        } catch {
          isJson = false;
        }
        const fault = jsonFault(other);
        // A second field may come before the end of what is JSON.
        if (isJson) expect(fault?.code).not.toBe('syntax');
        else expect(fault).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('has each field once, in menus and lists of prices as in studies', () => {
    const twice = '{ "models": [{ "id": "a", "id": "b", "price_history": [{ "input": 1 }] }] }';
    expect(complaint(() => priceList(twice, 'p.json'))).toBe(
      'p.json:1: expected each field once, got a second "id"',
    );
    const market = { study: read(listed), isOneNumber: true } as Parameters<typeof givenMenu>[2];
    expect(complaint(() => givenMenu('{ "tiers": [], "tiers": [] }', 'm.json', market))).toBe(
      'm.json:1:16: expected each field once, got a second "tiers"',
    );
  });
});

describe('CSV', () => {
  it.each([
    ['columns', `${'a,'.repeat(6000)}b\n1\n`, 't.csv:1: expected at most 5000 columns, got more'],
    [
      'a cell',
      `a\n${'1'.repeat(10_001)}\n`,
      't.csv:2: expected at most 10000 characters of a text, got more',
    ],
    [
      'a cell in quotes of 9 MB',
      `a\n"${'1'.repeat(9_000_000)}"\n`,
      't.csv:2: expected at most 10000 characters of a text, got more',
    ],
    [
      'a cell in quotes of 9 MB that does not end',
      `a\n"${'""'.repeat(4_500_000)}`,
      't.csv:2: expected a quote that ends the cell, got none',
    ],
    ['a NUL byte', 'a\n1\0\n', 't.csv:2: expected characters that are printed, got U+0000'],
  ])('is refused beyond its limits: %s', (_, text, message) => {
    expect(complaint(() => csvTable(text, 't.csv'))).toBe(message);
  });

  it.each([
    ['brackets that open in a header', `model,${'('.repeat(9000)}\na,1\n`],
    ['spaces in a header', `model,input /${' '.repeat(9000)}x\na,1\n`],
    ['slashes and spaces in a header', `model,input ${'/ '.repeat(4000)}x\na,1\n`],
    ['spaces in a price', `model,input\n${`a,1${' '.repeat(9000)}1x\n`.repeat(40)}`],
    ['digits in a price', `model,input\n${`a,${'1'.repeat(9000)}x\n`.repeat(40)}`],
    ['spaces around a cell', `model,input\n${`a,1${' \t'.repeat(4500)}x\n`.repeat(40)}`],
  ])('is read in time linear in the text: %s', (_, text) => {
    expect(seconds(() => complaint(() => priceList(text, 'p.csv')))).toBeLessThan(0.5);
  });
});
