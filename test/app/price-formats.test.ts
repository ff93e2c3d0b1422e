/*
 * Lists of prices as they are published and as spreadsheets save them. The numbers of a list do not depend on how it is written.
 */
import { analyzeSheet, type PriceList, priceList } from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const items = ({ items: own }: PriceList) =>
  own.map(({ model, tier, prices, fee }) => ({ model, tier, prices, fee }));
const plain = items(priceList('model,input,output,fee\nA 4.1,2.5,10,1250\nB,0.125,1,20\n', 'p.csv'));

describe('cells', () => {
  it.each([
    ['semicolons and decimal commas', 'model;input;output;fee\nA 4.1;2,5;10;1250\nB;0,125;1;20\n'],
    ['points between thousands', 'model;input;output;fee\nA 4.1;2,50;10,00;1.250,00\nB;0,125;1,00;20,00\n'],
    ['semicolons and decimal points', 'model;input;output;fee\nA 4.1;2.5;10;1,250\nB;0.125;1;20\n'],
    ['tabs', 'model\tinput\toutput\tfee\nA 4.1\t2.5\t10\t1250\nB\t0.125\t1\t20\n'],
    ['tabs and decimal commas', 'model\tinput\toutput\tfee\nA 4.1\t2,5\t10\t1250\nB\t0,125\t1\t20\n'],
    ['quoted decimal commas', 'model,input,output,fee\nA 4.1,"2,5",10,1250\nB,"0,125",1,20\n'],
    ['quoted thousands', 'model,input,output,fee\nA 4.1,2.5,10,"1,250"\nB,0.125,1,20\n'],
    ['a byte-order mark and CRLF', '\uFEFFmodel,input,output,fee\r\nA 4.1,2.5,10,1250\r\nB,0.125,1,20\r\n'],
    ['currencies', 'model;input;output;fee\nA 4.1;2,50 €;10 €;1.250,00 €\nB;€0,125;€ 1;20 EUR\n'],
    [
      'units in the header',
      'Model,Input / 1M tokens,Output ($ per 1M tokens),Monthly fee\nA 4.1,$2.50,$10.00,"$1,250.00"\nB,$0.125,$1.00,$20.00\n',
    ],
    ['a comment above', '# Prices; all of them\nmodel,input,output,fee\nA 4.1,2.5,10,1250\nB,0.125,1,20\n'],
  ])('with %s', (_, text) => {
    expect(items(priceList(text, 'p.csv'))).toEqual(plain);
  });

  it('one comma before three digits divides thousands among commas, and decimals among semicolons', () => {
    const price = (text: string) => priceList(text, 'p.csv').items[0]!.prices.input;
    expect(price('model,input\na,"1,250"\n')).toBe(1250);
    expect(price('model;input\na;1,250\n')).toBe(1.25);
  });

  it('of batches beside the others are items of their own', () => {
    const list = priceList(
      'Model;Input;Cached input;Output;Batch input;Batch output;Training\nM;2,50;1,25;10,00;1,25;5,00;-\n',
      'p.csv',
    );
    expect(items(list)).toEqual([
      { model: 'M', tier: '', prices: { input: 2.5, cached: 1.25, output: 10 }, fee: 0 },
      { model: 'M', tier: 'batch', prices: { input: 1.25, output: 5 }, fee: 0 },
    ]);
  });

  it.each([
    ['model;input\na;1,2,3\n', /p\.csv:2: column input: expected a number .* got the text "1,2,3"/],
    ['model;input\na;"1"x\n', /p\.csv:2: expected a semicolon or the end of the line/],
    ['model\tinput\na\t1\t2\n', /p\.csv:2: expected 2 cells as in the header, got 3/],
  ])('that are wrong are refused: %j', (text, message) => {
    expect(() => priceList(text, 'p.csv')).toThrow(message);
  });
});

describe('JSON', () => {
  it('of llm-prices has the price that stands now', () => {
    const text = JSON.stringify({
      vendor: 'v',
      models: [
        {
          id: 'm',
          name: 'M',
          price_history: [
            { input: 5, output: 15, input_cached: null, from_date: null, to_date: '2024-10-01' },
            { input: 2.5, output: 10, input_cached: 1.25, audio: 3, from_date: '2024-10-01', to_date: null },
          ],
        },
        { id: 'none', price_history: [{ input: null, output: null, from_date: null, to_date: null }] },
      ],
    });
    const list = priceList(text, 'v.json');
    expect(items(list)).toEqual([
      { model: 'm', tier: '', prices: { input: 2.5, output: 10, cached: 1.25 }, fee: 0 },
    ]);
    const notes = list.notes.join(' ');
    expect(notes).toContain('1 of other times');
    expect(notes).toContain('audio');
    expect(notes).toContain('1 of 2 items');
    expect(analyzeSheet(list).notes.join(' ')).toContain('audio');
  });

  it('of LiteLLM has its tiers, a million tokens at a time', () => {
    const text = JSON.stringify({
      sample_spec: { input_cost_per_token: 0, mode: 'chat' },
      large: {
        input_cost_per_token: 2.5e-6,
        output_cost_per_token: 1e-5,
        cache_read_input_token_cost: 1.25e-6,
        input_cost_per_token_batches: 1.25e-6,
        input_cost_per_token_above_200k_tokens: 5e-6,
        input_cost_per_image: 0.01,
        litellm_provider: 'x',
        mode: 'chat',
      },
      pictures: { output_cost_per_image: 0.04, mode: 'image_generation' },
    });
    const list = priceList(text, 'l.json');
    expect(items(list)).toEqual([
      { model: 'large', tier: '', prices: { input: 2.5, output: 10, cached: 1.25 }, fee: 0 },
      { model: 'large', tier: 'batches', prices: { input: 1.25 }, fee: 0 },
      { model: 'large', tier: 'above 200k tokens', prices: { input: 5 }, fee: 0 },
    ]);
    expect(list.notes.join(' ')).toMatch(/input_cost_per_image, output_cost_per_image.* 1 of 4 items/);
  });

  it('of OpenRouter has prices in texts, and none below 0', () => {
    const text = JSON.stringify({
      data: [
        { id: 'a/b', pricing: { prompt: '0.0000025', completion: '0.00001', request: '0', image: '0.003' } },
        { id: 'auto', pricing: { prompt: '-1', completion: '-1' } },
      ],
    });
    const list = priceList(text, 'o.json');
    expect(items(list)).toEqual([{ model: 'a/b', tier: '', prices: { input: 2.5, output: 10 }, fee: 0 }]);
    expect(list.notes.join(' ')).toMatch(/image\. .*1 of 2 items/);
    expect(list.notes.join(' ')).not.toContain('request');
  });

  it.each([
    [
      '{"a": 1}',
      /p\.json: expected a list of prices as JSON in a known format: llm-prices .* LiteLLM .* OpenRouter/,
    ],
    ['[1]', /expected a list of prices as JSON in a known format/],
    ['{"models": [', /p\.json:1: not JSON: expected a value/],
    ['{"data": [{"id": "a", "pricing": {"image": "1"}}]}', /expected a price for some model, got none/],
  ])('of another kind is refused: %s', (text, message) => {
    expect(() => priceList(text, 'p.json')).toThrow(message);
  });
});

describe('an item that is dearer', () => {
  it('is dominated by items of its own model only', () => {
    const list = priceList('model,tier,input,output\nsmall,,1,2\nlarge,,2,4\nlarge,slow,1.5,3\n', 'p.csv');
    expect(analyzeSheet(list).dominated).toEqual([{ item: 1, by: 2, sellsBeside: [], isDominated: true }]);
  });
});
