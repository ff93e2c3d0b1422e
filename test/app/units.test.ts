import {
  amountUnit,
  createRegistry,
  moneyUnit,
  parseStudy,
  priceUnit,
  quotedAmount,
  quotedPrice,
  type Study,
  standardPlugin,
  unitWords,
} from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const study = (units: string): Study =>
  parseStudy(
    `production: { use: cobb-douglas, exponents: { input: 0.3, output: 0.3 } }
inputs: { input: { scope: task, cost: 0.0025 }, output: { scope: task, cost: 0.01 } }
buyers: { kind: representative, type: { use: uniform } }
units: ${units}
`,
    { file: 'study.yaml', registry },
  );

describe('units', () => {
  it('turn the study’s prices into prices per quoted tokens, and amounts into as many of them', () => {
    // A unit of input is 1000 tokens at 0.0025 thousand dollars, $2.50: $2500 for a million. 3 units are 3000 tokens, 0.003 million.
    const { units } = study(
      '{ currency: $, money: 1000, period: month, inputs: { input: { per: 1000, quote: 1e6 }, output: { unit: words } } }',
    );
    expect(quotedPrice(units, 'input', 0.0025)).toBeCloseTo(2500, 9);
    expect(quotedAmount(units, 'input', 3)).toBeCloseTo(0.003, 15);
    expect(quotedPrice(units, 'output', 0.01)).toBeCloseTo(10, 12);
    expect([moneyUnit(units), priceUnit(units, 'input'), amountUnit(units, 'input')]).toEqual([
      '$ per month',
      '$ per 1M input tokens',
      '1M tokens',
    ]);
    expect([priceUnit(units, 'output'), amountUnit(units, 'output')]).toEqual([
      '$ per 1 output words',
      'words',
    ]);
    expect(unitWords(units!)).toBe('money in 1K $ per month; input in 1K tokens; output in words');
  });

  it('that are left out leave numbers as they are', () => {
    const { units } = study('{ period: year }');
    expect([quotedPrice(units, 'input', 0.5), quotedAmount(units, 'input', 7)]).toEqual([0.5, 7]);
    expect([moneyUnit(units), priceUnit(units, 'input'), amountUnit(units, 'input')]).toEqual([
      'per year',
      '',
      '',
    ]);
    expect(quotedPrice(undefined, 'input', 0.5)).toBe(0.5);
  });

  it.each([
    [
      '{ inputs: { inptu: { per: 10 } } }',
      /study\.yaml:4:\d+: units\.inputs\.inptu: no input called "inptu"; did you mean input\?/,
    ],
    [
      '{ inputs: { input: { per: 0 } } }',
      /study\.yaml:4:\d+: units\.inputs\.input\.per: expected a number above 0, got 0/,
    ],
    ['{ inputs: { input: { per: 1M } } }', /units\.inputs\.input\.per: expected a number, got the text/],
    [
      '{ inputs: { input: { quote: -5 } } }',
      /units\.inputs\.input\.quote: expected a number above 0, got -5/,
    ],
    [
      '{ inputs: { input: { each: 5 } } }',
      /units\.inputs\.input\.each: no such field \(known: unit, per, quote\)/,
    ],
    ['{ money: .inf }', /units\.money: expected a finite number/],
    [
      '{ curency: $ }',
      /units\.curency: no such field; did you mean currency\? \(known: currency, money, period, inputs\)/,
    ],
    ['{ currency: 5 }', /units\.currency: expected a text, got 5/],
    ['{ period: "" }', /units\.period: expected a text of at most 24 letters/],
    ['{ period: "a\\nb" }', /units\.period: expected a text of at most 24 letters on one line/],
    ['month', /units: expected a map of fields, got the text "month"/],
  ])('%s is wrong input, located', (units, message) => {
    expect(() => study(units)).toThrow(message);
  });

  it('have no inputs where cost is given outright', () => {
    const text =
      'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: uniform } }\nunits: { inputs: { input: {} } }';
    expect(() => parseStudy(text, { file: 'study.yaml', registry })).toThrow(
      /there are no inputs to have units/,
    );
  });
});
