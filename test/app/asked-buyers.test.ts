import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRegistry,
  csvTable,
  parseStudy,
  quotedBuyers,
  readAskedBuyers,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { InputError, limits } from '@menusmith/core';
import { describe, expect, it } from 'vitest';
import { askedBuyers, buyersInTable } from '../../packages/app/src/problem/asked-buyers.ts';

const registry = createRegistry([standardPlugin]);
const study = (text: string) => parseStudy(`cost: { use: quadratic }\n${text}`, { file: 's.yaml', registry });
const plane = parseStudy(
  `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.125 } }
buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform } }
`,
  { file: 's.yaml', registry },
);
const line = study('buyers: { kind: representative, type: { use: uniform, min: 1, max: 2 } }');
const list = study('buyers: { kind: representative, types: [{ value: 1, mass: 1 }, { value: 2, mass: 1 }] }');

const folder = mkdtempSync(join(tmpdir(), 'menusmith-'));
const written = (text: string): string => {
  const path = join(folder, 'buyers.csv');
  writeFileSync(path, text);
  return path;
};

describe('several ranges', () => {
  it('are a grid in which the first that is named moves slowest', () => {
    const pairs = (text: string) => askedBuyers(text, plane.buyers).map(({ value, scale }) => [value, scale]);
    expect(pairs('value=0:1:3,scale=0.5:1:2')).toEqual([
      [0, 0.5],
      [0, 1],
      [0.5, 0.5],
      [0.5, 1],
      [1, 0.5],
      [1, 1],
    ]);
    expect(pairs('scale=0.5:1:2,value=0:1:3')).toEqual([
      [0, 0.5],
      [0.5, 0.5],
      [1, 0.5],
      [0, 1],
      [0.5, 1],
      [1, 1],
    ]);
  });
});

describe('a CSV of buyers', () => {
  it('asks for its rows in order, keeps other columns, and skips comments', () => {
    const path = written(
      '\uFEFF# who asks\r\nscale,customer_id,value\r\n1,#17,0.8\r\n# half of her tasks\r\n0.5,"A, ""Inc""\n# no comment",0.9\r\n',
    );
    expect(readAskedBuyers(path, plane.buyers).asked).toEqual([
      { value: 0.8, scale: 1, labels: { customer_id: '#17' } },
      { value: 0.9, scale: 0.5, labels: { customer_id: 'A, "Inc"\n# no comment' } },
    ]);
  });

  it('takes a line that begins with # below the header as a row only where it looks like one', () => {
    const path = written('customer_id,value\n#1,1.5\n#no row\n# 2,1.6\n#3,2\n');
    expect(readAskedBuyers(path, line.buyers).asked.map(({ labels }) => labels?.customer_id)).toEqual([
      '#1',
      '#3',
    ]);
  });

  it('takes theta for the value of buyers who have no scale, as calibrate writes it', () => {
    expect(readAskedBuyers(written('theta\n1.25\n'), line.buyers).asked).toEqual([{ value: 1.25 }]);
    expect(() => readAskedBuyers(written('theta,scale\n0.5,1\n'), plane.buyers)).toThrow(
      'buyers.csv: no column called "value" (columns: theta, scale)',
    );
  });

  const refused = (text: string, buyers = plane.buyers) => {
    try {
      buyersInTable(csvTable(text, 'b.csv'), buyers);
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
    return 'taken';
  };
  it.each([
    ['value\n0.5\n', 'b.csv: no column called "scale"'],
    ['value,scal\n0.5,1\n', 'b.csv: no column called "scale"; did you mean scal? (columns: value, scal)'],
    ['value,scale\n0.5,much\n', 'b.csv:2: scale: expected a number, got the text "much"'],
    ['value,scale\n0.5,1\n,1\n', 'b.csv:3: value: expected a number, got nothing'],
    ['value,scale\n0.5,1\n7,1\n', 'b.csv:3: value: expected a number from 0 to 1, got 7'],
    [
      `value,scale\n${'0.5,1\n'.repeat(limits.quotes.most + 1)}`,
      `b.csv: expected at most ${limits.quotes.most} buyers, got ${limits.quotes.most + 1}`,
    ],
  ])(
    'that is wrong is refused with its file and line, what was expected and what came (%#)',
    (text, message) => {
      expect(refused(text)).toContain(message);
    },
  );

  it('of listed buyers names those of the list', () => {
    expect(refused('value\n3\n', list.buyers)).toBe('b.csv:2: value: expected one of the types 1, 2, got 3');
  });

  it('has its labels beside what each buyer gets', () => {
    const solution = solveStudy(line);
    const [one, two] = quotedBuyers(solution, [{ value: 2, labels: { customer_id: 'A' } }, { value: 1.5 }]);
    expect([one!.value, one!.labels, two!.value, two!.labels]).toEqual([
      2,
      { customer_id: 'A' },
      1.5,
      undefined,
    ]);
    // Mussa and Rosen on [1, 2]: q = 2θ − 2.
    expect(one!.quality).toBeCloseTo(2, 12);
  });
});
