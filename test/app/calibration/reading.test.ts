import { InputError } from '@menusmith/core';
import { describe, expect, it } from 'vitest';
import { calibrated, oneModel, usageLog } from './usage-logs.ts';

const log = usageLog({ seed: 1, customers: 30, months: 8, models: [oneModel] });
const lines = log.usage.trimEnd().split('\n');

/** The log with one line, counted from 1, changed. */
const changed = (line: number, change: (text: string) => string): string =>
  lines.map((text, k) => (k + 1 === line ? change(text) : text)).join('\n');

const refusal = (usage: string, asked: object = {}, prices = log.prices): string => {
  try {
    calibrated({ ...log, usage, prices }, asked);
  } catch (error) {
    if (error instanceof InputError) return error.message.replace(/\/\S*\//g, '');
    throw error;
  }
  return 'taken';
};

const fitOf = (usage: string, asked: object = {}) => calibrated({ ...log, usage }, asked).calibration;

describe('a log of usage', () => {
  it.each([
    [
      'a month',
      5,
      /,2025-04,/,
      ',2025-13,',
      'usage.csv:5: month: expected a month such as 2026-03, got the text "2025-13"',
    ],
    [
      'tokens',
      4,
      /,\d+,/,
      ',-3,',
      'usage.csv:4: input_tokens: expected tokens, a number of at least 0, got the text "-3"',
    ],
    [
      'no tokens',
      4,
      /,large,\d+/,
      ',large,',
      'usage.csv:4: input_tokens: expected tokens, a number of at least 0, got nothing',
    ],
    [
      'spending',
      9,
      /[\d.]+$/,
      'much',
      'usage.csv:9: spend: expected money spent, a number of at least 0, got the text "much"',
    ],
    ['a customer', 2, /^c00001/, '', 'usage.csv:2: customer_id: expected a customer, got nothing'],
    ['a model', 3, /,large,/, ',,', 'usage.csv:3: model: expected a name, got nothing'],
    ['cells', 6, /$/, ',1', 'usage.csv:6: expected 6 cells as in the header, got 7'],
    ['a quote', 6, /^c/, '"c', 'usage.csv:6: expected a quote that ends the cell in its line, got none'],
    [
      'what is not printed',
      7,
      /^c/,
      '\u0007',
      'usage.csv:7: expected characters that are printed, got U+0007',
    ],
    [
      'a column',
      1,
      /customer_id/,
      'costumer_id',
      'usage.csv:1: no column called "customer_id"; did you mean costumer_id? (columns: costumer_id, month, model, input_tokens, output_tokens, spend); --columns customer_id=NAME says which it is',
    ],
  ] as const)(
    'with a line that is wrong is refused by file, line and column: %s',
    (_, line, from, to, message) => {
      expect(refusal(changed(line, (text) => text.replace(from, to)))).toBe(message);
    },
  );

  it('is read with other names of columns, semicolons, quotes, blanks, comments, a mark of order and carriage returns', () => {
    const expected = fitOf(log.usage).degree.degree;
    const text = lines
      .map((line, k) =>
        k === 0 ? line.replace('customer_id', 'account').replace('input_tokens', 'prompt') : line,
      )
      .map((line) =>
        line
          .split(',')
          .map((cell, k) => (k === 0 ? ` "${cell}" ` : cell))
          .join(';'),
      )
      .join('\r\n');
    const map = { columns: 'customer_id=account,input_tokens=prompt' };
    const fit = fitOf(`\uFEFF# a comment; with, marks\r\n\r\n${text}\r\n`, map);
    expect(fit.degree.degree).toBe(expected);
    expect(fit.panel.inputs).toEqual(['input', 'output']);
    const json = { columns: JSON.stringify({ account: 'customer_id', input_tokens: 'prompt' }) };
    expect(fitOf(text, json).degree.degree).toBe(expected);
    expect(refusal(text, { columns: '{ "account"' })).toContain('expected a JSON object');
    expect(refusal(text, { columns: 'account' })).toContain('--columns: expected pairs such as');
  });

  it('has the same fit in any order of rows, and rows of one customer and month are added up', () => {
    const expected = fitOf(log.usage).degree.degree;
    const [header, ...rows] = lines;
    const shuffled = [
      header,
      ...rows.filter((_, k) => k % 3 === 1),
      ...rows.filter((_, k) => k % 3 !== 1).reverse(),
    ];
    expect(fitOf(shuffled.join('\n')).degree.degree).toBeCloseTo(expected, 12);
    const [id, month, model, input, output, spend] = rows[4]!.split(',');
    const half = (tokens: string): number => Number(tokens) / 2;
    const halves = `${id},${month},${model},${half(input!)},${half(output!)},${half(spend!)}`;
    const split = [header, ...rows.flatMap((row, k) => (k === 4 ? [halves, halves] : [row]))];
    const fit = fitOf(split.join('\n'));
    expect(fit.degree.degree).toBeCloseTo(expected, 12);
    expect(fit.notes).toContainEqual(
      expect.stringMatching(/^1 row of a customer, month and model that had one before/),
    );
  });

  it('counts every row that is left out in a note, and rows of zeros as months without use', () => {
    const [header, ...rows] = lines;
    const more = [
      'c00001,2025-01,unknown,5,5,1',
      'c00001,2025-02,unknown,5,5,1',
      'c00002,2024-12,large,5,5,1',
      'c00003,2025-09,large,0,0,0',
      'idler,2025-01,large,0,0,0',
    ];
    const { notes, customers, usage } = fitOf([header, ...rows, ...more].join('\n'));
    expect(notes).toEqual([
      expect.stringMatching(/245 rows from 2025-01 to 2025-09, of which 240 have tokens at known prices\.$/),
      '2 rows of zeros: months without use, which say nothing of the type when there is some.',
      'Left out: 1 row of unknown in 2025-01, for which the list has no price.',
      'Left out: 1 row of unknown in 2025-02, for which the list has no price.',
      'Left out: 1 row of large in 2024-12, for which the list has no price.',
      '1 customer used nothing in any month: not among the types.',
    ]);
    const { counts } = usage;
    const left = [...counts.left.values()].reduce((a, b) => a + b, 0);
    expect([counts.used + counts.idle + left, customers]).toEqual([counts.rows, 30]);
  });

  it('says of money that is spent without tokens that it is not seen', () => {
    const { notes } = fitOf(`${log.usage}c00001,2025-09,large,0,0,20\nc00002,2025-09,large,0,0,0\n`);
    expect(notes).toContain(
      '1 row of these zeros has spending without tokens: fees, or charges that are no tokens, are not seen.',
    );
  });

  it('says which prices are of nothing in it', () => {
    const prices = `${log.prices.trimEnd()}\nlarge,cached,2025-01-01,0.3\nhuge,input,2025-01-01,30\n`;
    const { notes } = calibrated({ ...log, prices }).calibration;
    expect(notes.join(' ')).toMatch(/prices of cached left aside: the log has no such tokens/);
    expect(notes.join(' ')).toMatch(/1 model left aside, of which the log has no rows/);
  });

  it('has decimal commas where cells stand between semicolons, and nowhere else', () => {
    const european = log.usage.replaceAll(',', ';').replaceAll('.', ',');
    const [here, there] = [fitOf(log.usage), fitOf(european)];
    expect(there.degree.degree).toBe(here.degree.degree);
    expect(there.usage.counts.stated).toBe(here.usage.counts.stated);
    expect(refusal(changed(5, (text) => text.replace(/[\d.]+$/, '"0,5"')))).toMatch(
      /usage.csv:5: spend: .* got the text "0,5"/,
    );
    expect(
      refusal(
        changed(5, (text) => text)
          .replaceAll(',', ';')
          .replace(/;[\d.]+$/m, ';1.234,5'),
      ),
    ).toMatch(/usage.csv:\d+: spend: .* got the text "1\.234,5"/);
  });

  it('may have customers whose ids begin with #: comments stand above the header', () => {
    const named = log.usage.replaceAll('c00007,', '#7,');
    const { usage } = fitOf(`# a comment\n# and another\n${named}`);
    expect([usage.counts.rows, usage.log.customers.text(6)]).toEqual([240, '#7']);
  });

  it('is the same through buffers of any size', async () => {
    const { delimitedRows, cellText } = await import(
      '../../../packages/app/src/calibration/usage/delimited-bytes.ts'
    );
    const bytes = new TextEncoder().encode(log.usage);
    const read = (most: number): string[] => {
      let at = 0;
      const rows: string[] = [];
      const next = (into: Uint8Array, from: number): number => {
        const part = bytes.subarray(at, Math.min(at + most, at + into.length - from));
        into.set(part, from);
        at += part.length;
        return part.length;
      };
      for (const row of delimitedRows(next, 44, (_, message) => new Error(message)))
        rows.push(Array.from({ length: row.count }, (_, k) => cellText(row, k)).join(','));
      return rows;
    };
    for (const most of [1, 7, 1000, 1e9]) expect(read(most)).toEqual(lines);
  });
});

describe('a list of prices', () => {
  const prices = log.prices.trimEnd().split('\n');

  it.each([
    [
      'large,input,2025-02-30,3',
      'prices.csv:8: from: expected a day such as 2026-03-01, got the text "2025-02-30"',
    ],
    [
      'large,input,2025-01-01,4',
      'prices.csv:8: expected one price for input of large from 2025-01-01, got a second',
    ],
    ['large,input,2025-02-01,0', 'prices.csv:8: price: expected a number above 0, got 0'],
    ['large,input,2025-02-01,dear', 'prices.csv:8: price: expected a number, got the text "dear"'],
    ['large,input,2025-02-01', 'prices.csv:8: expected 4 cells as in the header, got 3'],
  ])('with %s is refused by file and line', (line, message) => {
    expect(refusal(log.usage, {}, [...prices, line].join('\n'))).toBe(message);
  });

  it('may be JSON of llm-prices, with the dates of its history', () => {
    const history = [
      { input: 3, output: 12, from_date: null, to_date: '2025-04-01' },
      { input: 2.4, output: 9.6, from_date: '2025-04-01', to_date: '2025-07-01' },
      { input: 2.1, output: 8.4, from_date: '2025-07-01', to_date: null },
    ];
    const list = JSON.stringify({
      vendor: 'v',
      models: [{ id: 'large', name: 'L', price_history: history }],
    });
    expect(calibrated({ ...log, prices: list }).calibration.degree.degree).toBe(
      fitOf(log.usage).degree.degree,
    );
  });

  it('gives a month in which a price changes the mean over its days', () => {
    const middle = log.prices.replaceAll('2025-04-01', '2025-04-16');
    const { panel, index } = calibrated({ ...log, prices: middle }).calibration;
    // Half of the thirty days of April at 3, half at 2.4.
    expect([2, 3, 4].map((t) => panel.models[0]!.prices[t]![0])).toEqual([3, 2.7, 2.4]);
    expect(index.events).toBe(2);
  });
});
