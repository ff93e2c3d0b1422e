/* Studies of many characters, most of them wrong: each ends in the first complaint before it takes time or memory beyond its size. */
import { createRegistry, standardPlugin, studyFromText } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { describe, expect, it, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const complaint = (text: string): string => {
  try {
    studyFromText(text, { file: 's', registry, csvFiles: () => expect.fail('no file is named here') });
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return '';
};
const most = 1_000_000;
const head = 'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: uniform } }\n';

describe('YAML in which every letter is wrong is read to its hundredth error', () => {
  // Each took up to 10 s and 1 GB.
  it.each([
    [
      'commas',
      `${head}name: [${','.repeat(900_000)}]`,
      's:3:9: not valid YAML: Unexpected , in flow sequence',
    ],
    [
      'anchors',
      `${head}name: ${'&a '.repeat(300_000)}`,
      's:3:10: not valid YAML: A node can have at most one anchor',
    ],
    ['directives', '%a\n'.repeat(300_000), 's:1:1: expected a study'],
    [
      'unknown fields',
      `${Array.from({ length: 60_000 }, (_, k) => `k${k}: 1\n`).join('')}${head}`,
      's:1:1: k0: no such field',
    ],
  ])('%s', (_, text, message) => {
    const started = performance.now();
    expect(complaint(text)).toContain(message);
    expect((performance.now() - started) / 1000).toBeLessThan(60);
  });

  it('and says the earliest of them', () => {
    expect(complaint(`a: [,]\n${head}`)).toContain('s:1:5: not valid YAML');
    expect(complaint(`${head}---\n${head}`)).toBe(
      's:3:1: not valid YAML: expected one document, got a second one',
    );
    expect(complaint(`${head}name: *x\n`)).toContain('an alias stands for nothing');
  });
});

describe('a study of more than a million characters is JSON', () => {
  const types = (mass: string): string =>
    `{"cost":{"use":"quadratic"},"buyers":{"kind":"representative","types":[{"value":1,"mass":1},{"value":2,"mass":${mass}}]}`;

  it('YAML is refused', () => {
    expect(complaint(`${head}${' '.repeat(most)}`)).toMatch(
      /expected at most 1000000 characters of YAML, got \d+; a longer study is JSON/,
    );
    expect(complaint(`${head}${' '.repeat(900_000)}`)).toBe('');
  });

  it('JSON is taken', () => expect(complaint(`${types('1')}${' '.repeat(most)}}`)).toBe(''));

  it('and JSON that is none is told of as JSON', () => {
    expect(complaint(`${types('1')}${' '.repeat(most)}`)).toMatch(/^s:1:\d+: not JSON: expected "," or "}"/);
  });
});

test('places in long JSON are those in short JSON', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['"value":2', '"value":-2'],
    ['"mass":3', '"mass":"x"'],
    ['"mass":3', '"mas":3'],
    ['"mass":3', '"m\\u0061ss":-3'],
    ['"use":"quadratic"', '"use":"quadratc"'],
    ['"kind":"representative"', '"kind":[1,{"a":"]"}]'],
    ['"name":"a, {[\\"b"', '"name":7'],
    [',\n "buyers"', ',\n "buyer"'],
  ];
  const study =
    '{"cost":{"use":"quadratic"}\n,"name":"a, {[\\"b" ,\n "buyers" : {"kind":"representative","types":[ {"value":1,"mass":1} ,\n {"value":2,"mass":3}]}}';
  for (const [from, to] of wrong) {
    const text = study.replace(from, to);
    expect(text).not.toBe(study);
    const short = complaint(text);
    expect(short).toMatch(/^s:\d+:\d+: /);
    expect(complaint(`${text}${' '.repeat(20_000)}`)).toBe(short);
  }
  // The first in file order, also where a field is missing.
  const two = study.replace('"mass":1', '"mas":1').replace('"mass":3', '"mass":-3');
  expect(complaint(`${two}${' '.repeat(20_000)}`)).toBe(complaint(two));
});
