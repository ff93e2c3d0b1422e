/*
 * Price lists held against the model. Prices p = m·c: in the made-up lists below m and c are chosen, and what is reported follows by hand.
 *
 * Figure 2 of the paper: fine-tuned over baseline 3.75/2.5 = 1.875/1.25 = 15/10 = 3/2; batch over standard 1/2; cached over input 1/2; output over input 4 in all
 * four regimes. The fine-tuned batch is dearer than the baseline's in both of its prices and sells nothing beside.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeSheet, givenCosts, priceList, type SheetResult } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const figure2 = priceList(
  readFileSync(join(import.meta.dirname, '../../examples/figure-2-prices.csv'), 'utf8'),
  'figure-2-prices.csv',
);
const sheet = (text: string, costs?: string): SheetResult =>
  analyzeSheet(priceList(text, 'p.csv'), costs === undefined ? undefined : givenCosts(costs, 'c.csv'));

describe('Figure 2 of the paper', () => {
  const result = analyzeSheet(figure2);

  it('has constant price ratios, markups that differ by 3/2 and 1/2, and all three regularities', () => {
    expect(result.prediction.holds).toBe(true);
    expect(
      result.prediction.ratios.map(({ token, over, least, most }) => [token, over, least, most]),
    ).toEqual([
      ['cached', 'input', 0.5, 0.5],
      ['output', 'input', 4, 4],
      ['training', 'input', 25 / 3.75, 25 / 3.75],
    ]);
    const relative = result.items.map(({ relativeMarkup }) => relativeMarkup!);
    [1.5, 0.75, 1, 0.5].forEach((expected, k) => {
      expect(relative[k]).toBeCloseTo(expected, 12);
    });
    expect(result.regularities.map(({ holds }) => holds)).toEqual([true, true, true]);
    expect(result.regularities.map(({ checks }) => checks.length)).toEqual([5, 6, 4]);
    expect(result.items.map(({ isFineTuned, isBatch }) => [isFineTuned, isBatch])).toEqual([
      [true, false],
      [true, true],
      [false, false],
      [false, true],
    ]);
  });

  it('has one dominated item: batches of the fine-tuned model', () => {
    expect(result.dominated.filter(({ isDominated }) => isDominated)).toEqual([
      { item: 1, by: 3, sellsBeside: [], isDominated: true },
    ]);
    expect(result.dominated).toContainEqual({
      item: 0,
      by: 2,
      sellsBeside: ['training'],
      isDominated: false,
    });
  });
});

describe('a list of prices', () => {
  it('has the markups it was made with, and ratios equal to those of costs', () => {
    const costs = fc.record({
      input: fc.double({ min: 0.1, max: 10, noNaN: true }),
      output: fc.double({ min: 0.1, max: 10, noNaN: true }),
    });
    const markups = fc.array(fc.double({ min: 1, max: 9, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(costs, markups, (c, ms) => {
        // Of two that are as good as equal rounding decides which is dearer.
        fc.pre(Math.abs(c.output - c.input) > 1e-9);
        const rows = ms.map((m, k) => `item ${k},${m * c.input},${m * c.output}`);
        const result = sheet(
          `model,input,output\n${rows.join('\n')}`,
          `input,output\n${c.input},${c.output}`,
        );
        expect(result.prediction).toMatchObject({ by: 'costs', holds: true });
        result.items.forEach(({ markup, markupSpread }, k) => {
          expect(markup).toBeCloseTo(ms[k]!, 9);
          expect(markupSpread).toBeLessThan(1e-9);
        });
        expect(result.regularities[2]!.holds).toBe(c.output > c.input);
      }),
      { numRuns: 50 },
    );
  });

  it('whose ratios differ from those of costs fails the prediction, by how much', () => {
    const result = sheet('model,input,output\na,2,8\nb,3,15', 'input,output\n1,4');
    expect(result.prediction.holds).toBe(false);
    expect(result.prediction.ratios[0]).toMatchObject({
      least: 4,
      most: 5,
      isConstant: false,
      equalsCosts: false,
    });
    expect(result.prediction.ratios[0]!.fromCosts).toBeCloseTo(0.25, 12);
    expect(result.prediction.ratios[0]!.spread).toBeCloseTo(0.25, 12);
    expect(result.items[1]!.markups).toEqual({ input: 3, output: 3.75 });
  });

  it('takes costs for a model and tier before those for a model, a tier, and all; its own columns where none are given', () => {
    const prices = 'model,tier,input,cost_input\na,x,12,5\na,y,12,5\nb,x,12,5\nb,y,12,5';
    expect(sheet(prices).items.map(({ markup }) => markup)).toEqual(
      [2.4, 2.4, 2.4, 2.4].map((x) => expect.closeTo(x, 12)),
    );
    const given = 'model,tier,input\n,,1\n,x,2\na,,3\na,x,4';
    expect(sheet(prices, given).items.map(({ costs }) => costs.input)).toEqual([4, 3, 2, 1]);
  });

  it('counts fees for dominance: a dearer tier with a lower fee is not dominated', () => {
    expect(sheet('model,tier,input,fee\nm,a,2,0\nm,b,1,10').dominated).toEqual([]);
    expect(sheet('model,tier,input,fee\nm,a,2,11\nm,b,1,10').dominated).toEqual([
      { item: 0, by: 1, sellsBeside: [], isDominated: true },
    ]);
    expect(sheet('model,tier,input\nm,a,2\nm,b,2').dominated).toEqual([]);
  });

  it('finds the regularities broken where they are', () => {
    const { regularities } = sheet(
      'model,tier,input,cached,output\nm,fine-tuned,1,2,3\nm,baseline,2,1,1\nm,batch,3,,4\n',
    );
    expect(regularities.map(({ holds }) => holds)).toEqual([false, false, false]);
    expect(regularities[0]!.checks.filter(({ holds }) => !holds).map(({ token }) => token)).toEqual([
      'input',
    ]);
  });

  it('holds nothing against models that are free, or whose list has 0 for what they do not sell', () => {
    const { regularities } = sheet('model,input,cached,output\na,2,1,8\nfree,0,0,0\nembedding,0.1,0,0\n');
    expect(regularities.map(({ holds }) => holds)).toEqual([null, true, true]);
    expect(regularities.map(({ checks }) => checks.length)).toEqual([0, 1, 1]);
  });

  it('of one item says that nothing can be compared', () => {
    const { prediction, regularities } = sheet('model,training\na,2');
    expect(prediction).toMatchObject({ holds: null, ratios: [] });
    expect(regularities.map(({ holds }) => holds)).toEqual([null, null, null]);
  });

  it('reads columns in any order and spelling, currencies, dashes, comments, and other tokens by name', () => {
    const list = priceList(
      '\uFEFF# a comment, "unclosed\r\nOutput ($ / 1M tokens),Model,Cached Input,price of image,inputTokens,fineTuning,Note\r\n$15.00,"m, big",–,0.5,€3,n/a,"old"\r\n',
      'p.csv',
    );
    expect(list.tokens).toEqual(['output', 'image', 'input']);
    expect(list.items[0]).toMatchObject({
      line: 3,
      model: 'm, big',
      prices: { output: 15, image: 0.5, input: 3 },
    });
  });

  it.each([
    ['an unknown column', 'model,inptu\na,1', /p\.csv:1: column inptu: no such column; did you mean input\?/],
    ['no model', 'input,output\n1,2', /p\.csv: expected a column model, got the columns input, output/],
    ['no prices', 'model,tier\na,b', /expected a column of prices/],
    [
      'two columns of one meaning',
      'model,cached,cached input\na,1,2',
      /column cached input: means the same as column cached/,
    ],
    [
      'a word for a price',
      '# prices\nmodel,input\na,1\nb,cheap',
      /p\.csv:4: column input: expected a number such as 2\.50 or \$2\.50, got the text "cheap"/,
    ],
    [
      'a negative price',
      'model,input\na,-1',
      /p\.csv:2: column input: expected a number of at least 0, got -1/,
    ],
    ['a negative price with a currency', 'model,input\na,-$1', /got -1/],
    ['a price for another unit', 'model,input\na,1 / 1K tokens', /got the text "1 \/ 1K tokens"/],
    [
      'a cost of zero',
      'model,input,input cost\na,1,0',
      /column input cost: expected a number above 0, got 0/,
    ],
    [
      'an item twice',
      'model,tier,input\na,x,1\na,x,2',
      /p\.csv:3: expected each item once, got a, x again \(first on line 2\)/,
    ],
    ['an item without prices', 'model,input\na,', /p\.csv:2: expected at least one price, got none/],
    ['an item without a name', 'model,input\n,1', /p\.csv:2: column model: expected a name, got nothing/],
    ['a row too short', 'model,input,output\na,1', /p\.csv:2: expected 3 cells as in the header, got 2/],
    ['nothing', '', /p\.csv: the file is empty/],
    ['comments alone', '# nothing', /p\.csv: the file is empty/],
    ['a header alone', 'model,input', /expected rows below the header, got none/],
    [
      'a page',
      '<html><body>no</body></html>',
      /p\.csv: no list of prices: expected a CSV .* got one line of text/,
    ],
  ])('with %s is wrong input', (_, text, message) => {
    expect(() => priceList(text, 'p.csv')).toThrow(message);
  });

  it('of any text is read or refused in words, and what is read has no number that is none', () => {
    const cell = fc.oneof(
      fc.constantFrom('', '-', 'n/a', '$2', '1e400', '1e-320', '0', '"', '"a"', '#', 'NaN', '__proto__'),
      fc.double().map(String),
      fc.string(),
    );
    const header = fc.constantFrom(
      'model',
      'tier',
      'input',
      'output',
      'cached',
      'training',
      'fee',
      'price of x',
      'cost input',
      '__proto__ price',
    );
    const text = fc
      .tuple(
        fc.uniqueArray(header, { minLength: 1 }),
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 }),
      )
      .map(([head, rows]) => [head, ...rows].map((row) => row.join(',')).join('\n'));
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (csv) => {
        let result: SheetResult;
        try {
          result = sheet(csv);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        expect(
          JSON.stringify(result, (_, x: unknown) =>
            typeof x === 'number' && !Number.isFinite(x) ? 'bad' : x,
          ),
        ).not.toContain('"bad"');
      }),
      { numRuns: 2000 },
    );
  });

  it('needs costs for all of its items where some are given', () => {
    expect(() => sheet('model,input\na,1\nb,1', 'model,input\na,1')).toThrow(
      /c\.csv: no costs for b \(p\.csv:3\)/,
    );
    expect(() => givenCosts('model,tier\na,b', 'c.csv')).toThrow(/expected a column of costs/);
  });

  it('with prices of zero has no ratio that is no number', () => {
    const result = sheet('model,input,output\na,0,1\nb,1,0\nc,0,0', 'input,output\n1,1');
    const numbers = JSON.stringify(result, (_, x: unknown) =>
      typeof x === 'number' && !Number.isFinite(x) ? 'bad' : x,
    );
    expect(numbers).not.toContain('bad');
  });
});
