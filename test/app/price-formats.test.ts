/*
 * Lists of prices as they are published and as spreadsheets save them. The numbers of a list do not depend on how it is written.
 */
import { analyzeSheet, givenCosts, type PriceList, priceList } from '@menusmith/app';
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

  it('of priority, flex and long contexts are, too', () => {
    const list = priceList(
      'Model,Input (≤200K),Input (>200K tokens),Output,Output > 200k,Flex input,Priority output,Batch cached input\nM,1,2,8,12,0.5,16,0.1\n',
      'p.csv',
    );
    expect(items(list).map(({ tier, prices }) => [tier, prices])).toEqual([
      ['', { input: 1, output: 8 }],
      ['above 200k tokens', { input: 2, output: 12 }],
      ['flex', { input: 0.5 }],
      ['priority', { output: 16 }],
      ['batch', { cached: 0.1 }],
    ]);
  });

  it('in thousands of tokens are the same in millions', () => {
    const list = priceList(
      'Model,Input ($ / 1K tokens),Output per 1M tokens,Cached input ($/MTok),Training (per token),Monthly fee\nM,0.0025,10,1.25,0.000025,20\n',
      'p.csv',
    );
    expect(items(list)[0]).toMatchObject({
      prices: { input: 2.5, output: 10, cached: 1.25, training: 25 },
      fee: 20,
    });
    expect(list.notes.join(' ')).toContain('Prices are for 1M tokens');
    expect(() => priceList('model,input / 1K tokens,output\na,1,2\n', 'p.csv')).toThrow(
      /p\.csv:1: column output: expected in its name what a price is for, as \/ 1M tokens/,
    );
  });

  it('of vendors’ pages are read by their words', () => {
    const anthropic = priceList(
      'Model,Base Input Tokens,5m Cache Writes,Cache Hits & Refreshes,Output Tokens\nOpus,$5 / MTok,$6.25 / MTok,$0.50 / MTok,$25 / MTok\n',
      'p.csv',
    );
    expect(items(anthropic)[0]!.prices).toEqual({ input: 5, cached: 0.5, output: 25 });
    expect(anthropic.notes.join(' ')).toContain('5m Cache Writes');
    const deepSeek = priceList(
      'MODEL\t1M INPUT TOKENS (CACHE HIT)\t1M INPUT TOKENS (CACHE MISS)\t1M OUTPUT TOKENS\nchat\t$0.028\t$0.28\t$0.42\n',
      'p.tsv',
    );
    expect(items(deepSeek)[0]!.prices).toEqual({ cached: 0.028, input: 0.28, output: 0.42 });
    const google = priceList(
      'Model,"Input price, prompts <= 200k tokens","Input price, prompts > 200k tokens",Output price (including thinking tokens),Context caching price\nPro,"$1,25","$2,50","$10,00","$0,125"\n',
      'p.csv',
    );
    expect(items(google).map(({ tier, prices }) => [tier, prices])).toEqual([
      ['', { input: 1.25, output: 10, cached: 0.125 }],
      ['above 200k tokens', { input: 2.5 }],
    ]);
    expect(() => priceList('model,input\na,$5 / 1K tokens\n', 'p.csv')).toThrow(
      /got the text "\$5 \/ 1K tokens"/,
    );
  });

  it('in two currencies are said to be', () => {
    const list = priceList('model,input,output\na,$1,$4\nb,€1,€4\n', 'p.csv');
    expect(list.notes.join(' ')).toContain('several currencies, $ and €');
  });

  it('beside columns that are no prices are read, and the columns named', () => {
    const list = priceList(
      'Provider,Model,Context window,Input,Output,Max output\nX,M,128000,1,2,64000\n',
      'p.csv',
    );
    expect(items(list)[0]).toMatchObject({ model: 'M', prices: { input: 1, output: 2 } });
    expect(list.notes.join(' ')).toContain('no columns of prices: Provider, Context window, Max output.');
  });

  it.each([
    ['model;input\na;1,2,3\n', /p\.csv:2: column input: expected a number .* got the text "1,2,3"/],
    ['model;input\na;"1"x\n', /p\.csv:2: expected a semicolon or the end of the line/],
    ['model\tinput\na\t1\t2\n', /p\.csv:2: expected 2 cells as in the header, got 3/],
  ])('that are wrong are refused: %j', (text, message) => {
    expect(() => priceList(text, 'p.csv')).toThrow(message);
  });
});

describe('dates', () => {
  const prices = (text: string, date?: string) =>
    items(priceList(text, 'p.csv', date)).map(({ model, tier, prices: own }) => [model + tier, own]);
  const wide =
    'model,tier,valid from,input,output,cached\na,,,4,16,2\na,,2025-06-01,3,12,-\na,batch,2025-06-01,1.5,6,\nb,,2026-01-01,1,4,\na,,2026-01-01,2,8,1\n';
  const long =
    'model,input,from,price\na,input,2025-01-01,4\na,output,2025-01-01,16\na,cached_input,2025-01-01,2\na,input,2026-01-01,3\na,cached_input,2026-01-01,-\na,batch output,2026-01-01,8\n';

  it('of rows: what has begun last stands, with all that it sells and no more', () => {
    expect(prices(wide, '2025-05-31')).toEqual([['a', { input: 4, output: 16, cached: 2 }]]);
    expect(prices(wide, '2025-06-01')).toEqual([
      ['a', { input: 3, output: 12 }],
      ['abatch', { input: 1.5, output: 6 }],
    ]);
    const last = [
      ['a', { input: 2, output: 8, cached: 1 }],
      ['abatch', { input: 1.5, output: 6 }],
      ['b', { input: 1, output: 4 }],
    ];
    expect(prices(wide, '2026-11-30')).toEqual(last);
    expect(prices(wide)).toEqual(last);
    const { notes } = priceList(wide, 'p.csv', '2025-05-31');
    expect(notes.join(' ')).toMatch(
      /stand on 2025-05-31; 2 of other times.*Not sold yet on 2025-05-31.*: 2\./,
    );
  });

  it('of rows with batches beside: what is not sold any more is not', () => {
    const text = 'model,from,input,batch input\na,2025-01-01,2,1\na,2026-01-01,3,-\n';
    expect(prices(text, '2025-01-01')).toEqual([
      ['a', { input: 2 }],
      ['abatch', { input: 1 }],
    ]);
    expect(prices(text, '2026-01-01')).toEqual([['a', { input: 3 }]]);
  });

  it('of rows for one kind of token each: a price stands until the next of its token', () => {
    expect(prices(long, '2025-12-31')).toEqual([['a', { input: 4, output: 16, cached: 2 }]]);
    expect(prices(long, '2026-01-01')).toEqual([
      ['a', { input: 3, output: 16 }],
      ['abatch', { output: 8 }],
    ]);
  });

  it.each([
    [
      'model,from,input\na,yesterday,1\n',
      /p\.csv:2: column from: expected a date such as 2025-01-31, got the text "yesterday"/,
    ],
    ['model,from,input\na,2025-02-29,1\n', /got the text "2025-02-29"/],
    [
      'model,from,input\na,2025-01-01,1\na,2025-01-01,2\n',
      /p\.csv:3: expected each item once, got a, 2025-01-01 again \(first on line 2\)/,
    ],
    ['model,from,input\na,2027-01-01,1\n', /p\.csv: expected a price that has begun by 2026-11-30, got none/],
    ['model,price\na,1\n', /p\.csv:1: column price: expected of which token/],
    [
      'model,input,from,price\na,,2025-01-01,1\n',
      /p\.csv:2: column input: expected a kind of token, got nothing/,
    ],
  ])('that are wrong are refused: %j', (text, message) => {
    expect(() => priceList(text, 'p.csv', '2026-11-30')).toThrow(message);
  });

  it('on which somebody has looked are none', () => {
    expect(prices('model,date,input\na,January 2025,1\n', '2020-01-01')).toEqual([['a', { input: 1 }]]);
  });

  it('of costs are none, a row a kind of token', () => {
    const { rows } = givenCosts('model,input,cost\na,input,1\na,output,4\n', 'c.csv');
    expect(rows).toEqual([
      { model: 'a', costs: { input: 1 } },
      { model: 'a', costs: { output: 4 } },
    ]);
  });
});

describe('JSON', () => {
  it('of llm-prices has prices of the day', () => {
    const history = [
      { input: 5, output: 15, input_cached: null, from_date: null, to_date: '2024-10-01' },
      { input: 1, output: 4, input_cached: 0.5, from_date: '2027-01-01', to_date: null },
      { input: 2.5, output: 10, input_cached: 1.25, from_date: '2024-10-01', to_date: '2027-01-01' },
    ];
    const text = JSON.stringify({
      vendor: 'v',
      models: [
        { id: 'm', name: 'M', price_history: history },
        { id: 'gone', name: 'Gone', price_history: history.slice(0, 1) },
        { id: 'new', name: 'New', price_history: history.slice(1, 2) },
      ],
    });
    const on = (date?: string) =>
      items(priceList(text, 'v.json', date)).map(({ model, prices }) => `${model} ${prices.input}`);
    expect(on('2024-09-30')).toEqual(['m 5', 'gone 5']);
    expect(on('2026-11-30')).toEqual(['m 2.5', 'gone 5']);
    expect(on('2027-01-01')).toEqual(['m 1', 'gone 5', 'new 1']);
    expect(on()).toEqual(on('2027-01-01'));
    expect(priceList(text, 'v.json', '2026-11-30').notes.join(' ')).toMatch(
      /2 of other times.*Not sold yet on 2026-11-30.*: 1\..*1 had ended by 2026-11-30/,
    );
    const all = JSON.stringify({
      updated_at: 'x',
      prices: [{ id: 'm', vendor: 'v', name: 'M', ...history[0], audio: 1 }],
    });
    const list = priceList(all, 'all.json');
    expect(items(list)[0]).toMatchObject({ model: 'm', prices: { input: 5, output: 15 } });
    expect(list.notes.join(' ')).toContain('audio');
    expect(() => priceList(text.replace('2024-10-01', '1 October'), 'v.json')).toThrow(
      /v\.json:1: models\[0\]\.price_history\[0\]\.to_date: expected a date such as 2025-01-31, or null, got the text "1 October"/,
    );
  });

  it('of LiteLLM has tiers of tiers, and names what it does not know', () => {
    const text = JSON.stringify({
      m: {
        input_cost_per_token: 2.5e-6,
        input_cost_per_token_above_272k_tokens_priority: 1e-5,
        output_cost_per_token_flex: 5e-6,
        cache_read_input_token_cost_above_128k_tokens: 1e-6,
        cache_creation_input_token_cost_above_1hr: 6e-6,
        tiered_pricing: [{ range: [0, 32000] }],
        supports_vision: true,
        max_input_tokens: 8,
        surprise: 3,
      },
    });
    const list = priceList(text, 'l.json');
    expect(items(list).map(({ tier, prices }) => [tier, prices])).toEqual([
      ['', { input: 2.5 }],
      ['above 272k tokens priority', { input: 10 }],
      ['flex', { output: 5 }],
      ['above 128k tokens', { cached: 1 }],
    ]);
    expect(list.notes[0]).toMatch(/: cache_creation_input_token_cost_above_1hr, surprise, tiered_pricing\.$/);
  });

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
        { pricing: { prompt: '1' } },
      ],
    });
    const list = priceList(text, 'o.json');
    expect(items(list)).toEqual([{ model: 'a/b', tier: '', prices: { input: 2.5, output: 10 }, fee: 0 }]);
    expect(list.notes.join(' ')).toMatch(
      /image\. .*without a name, left aside: 1\. .*at least 0, left aside: 2\. .*1 of 2 items/,
    );
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

describe('items of several models', () => {
  const list = priceList(
    'model,tier,input,output\na,,1,4\na,turbo,2,8\nb,,1,5\nb,turbo,2,10\n"b, fine-tuned",,3,15\nc,,9,9\n',
    'p.csv',
  );

  it('are compared within each', () => {
    const result = analyzeSheet(list);
    expect([result.compared, result.prediction.holds, result.prediction.reference]).toEqual([
      'within-models',
      true,
      null,
    ]);
    expect(result.prediction.ratios.map(({ model, least, most }) => [model, least, most])).toEqual([
      ['a', 4, 4],
      ['b', 5, 5],
      ['c', 1, 1],
    ]);
    expect(result.items.map(({ reference, relativeMarkup }) => [reference, relativeMarkup])).toEqual(
      [
        [0, 1],
        [0, 2],
        [2, 1],
        [2, 2],
        [2, 3],
        [5, 1],
      ].map(([reference, markup]) => [reference, expect.closeTo(markup!, 12)]),
    );
    expect(result.dominated.map(({ item, by }) => [item, by])).toEqual([
      [1, 0],
      [3, 2],
      [4, 2],
      [4, 3],
    ]);
    expect(result.regularities[2]!.checks.filter(({ holds }) => !holds).map(({ item }) => item)).toEqual([5]);
    const without = analyzeSheet(priceList('model,input,output\na,1,4\nb,1,5\n', 'p.csv'));
    expect([without.prediction.holds, without.regularities[2]!.holds]).toEqual([null, true]);
    expect(without.notes.join(' ')).toContain('--across');
  });

  it('are compared with one another when asked', () => {
    const result = analyzeSheet(list, undefined, 0.01, true);
    expect([result.compared, result.prediction.holds, result.prediction.reference]).toEqual([
      'all',
      false,
      0,
    ]);
    expect(result.prediction.ratios.map(({ model, least, most }) => [model, least, most])).toEqual([
      [null, 1, 5],
    ]);
    expect(result.dominated.some(({ item, by }) => item === 5 && by === 0)).toBe(true);
    expect(result.notes.join(' ')).not.toContain('--across');
  });

  it('are held against their costs, whatever models they are of', () => {
    const { prediction } = analyzeSheet(list, givenCosts('input,output\n1,4\n', 'c.csv'));
    expect([prediction.by, prediction.holds, prediction.ratios.length]).toEqual(['costs', false, 1]);
  });
});

describe('how an item is served', () => {
  it('makes it another thing: neither longer contexts nor priority are dominated, and batches are cheaper than the standard', () => {
    const result = analyzeSheet(
      priceList(
        'Model,Input,Output,Batch input,Batch output,Flex input,Flex output,Priority input,Priority output,Input >200k,Output >200k\nm,2,8,1,4,1,4,4,16,3,9\n',
        'p.csv',
      ),
    );
    expect(result.dominated).toEqual([]);
    expect(result.regularities[1]).toMatchObject({ holds: true });
    expect(result.regularities[1]!.checks.map(({ item, against }) => [item, against])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });
});

describe('an item that is dearer', () => {
  it('is dominated by items of its own model only', () => {
    const list = priceList('model,tier,input,output\nsmall,,1,2\nlarge,,2,4\nlarge,slow,1.5,3\n', 'p.csv');
    expect(analyzeSheet(list).dominated).toEqual([{ item: 1, by: 2, sellsBeside: [], isDominated: true }]);
  });
});
