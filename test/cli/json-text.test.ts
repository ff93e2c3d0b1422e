import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonChunks } from '../../packages/cli/src/json-text.ts';

const text = (value: unknown): string => [...jsonChunks(value)].join('');

/** As results were printed before there were chunks. */
const builtIn = (value: unknown): string =>
  JSON.stringify(value, (_, item) => (typeof item === 'number' && !Number.isFinite(item) ? null : item), 2);

const repeating = fc
  .array(fc.tuple(fc.double(), fc.nat(12)))
  .map((runs) => runs.flatMap(([number, count]) => Array<number>(count).fill(number)));

const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.double(),
    fc.integer(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(null, undefined, true, false),
    fc.array(fc.double()),
    repeating,
    fc.array(tie('data')),
    fc.dictionary(fc.string(), tie('data')),
  ),
}));

describe('the JSON text of plain data', () => {
  it('is parsed to what JSON.stringify gives, with null for numbers that do not exist', () => {
    fc.assert(
      fc.property(
        data.filter((value) => value !== undefined),
        (value) => {
          expect(JSON.parse(text(value))).toEqual(JSON.parse(builtIn(value)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is laid out as by JSON.stringify, but for lists of numbers, which stand on one line', () => {
    const value = {
      name: 'Exam"ple\n1',
      none: undefined,
      nowhere: null,
      empty: {},
      no: [],
      'a b': { yes: true, θ: -0 },
      list: ['a', undefined, { x: 1e21 }, null],
    };
    expect(text(value)).toBe(`${builtIn(value)}\n`);
    expect(text({ q: [0.1, -0, Number.NaN, 1e-7, 2, 2, 2], nested: [[1], [null, 2]] })).toBe(
      '{\n  "q": [0.1,0,null,1e-7,2,2,2],\n  "nested": [\n    [1],\n    [\n      null,\n      2\n    ]\n  ]\n}\n',
    );
    expect(text(Number.POSITIVE_INFINITY)).toBe('null\n');
  });

  it('takes a Float64Array for a list', () => {
    const numbers = [0, 0, 0, 0, 0, 0, 1 / 3, 2, Number.NEGATIVE_INFINITY];
    expect(text({ q: Float64Array.from(numbers) })).toBe(text({ q: numbers }));
    expect(text(new Float64Array(0))).toBe('[]\n');
  });

  it('comes in chunks below a megabyte, however long a list is', () => {
    const numbers = Array.from({ length: 200_000 }, (_, k) => Math.sin(k));
    const types = Array.from({ length: 20_000 }, (_, k) => ({ name: `type ${k}`, profile: [k / 7, k / 7] }));
    for (const value of [numbers, numbers.fill(1 / 3, 1000, 150_000), types, { types, numbers }]) {
      const chunks = [...jsonChunks(value)];
      expect(chunks.length).toBeGreaterThan(10);
      expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(2 ** 17);
      expect(JSON.parse(chunks.join(''))).toEqual(value);
    }
  });
});
