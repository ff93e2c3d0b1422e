/*
 * Menus as files of billing systems. Interpreters in `billing/` read nothing but what was written, as the systems say that they bill, and their bills are those of
 * the plans' own rule: exactly, before anybody rounds.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lagoBill } from './billing/lago.ts';
import {
  dice,
  inputs,
  menuText,
  ownBill,
  randomPlans,
  randomUsage,
  type Sayable,
  type WrittenPlan,
} from './billing/menus.ts';
import { type Bill, type Documents, inCents, type Usage } from './billing/money.ts';
import { openMeterBill } from './billing/openmeter.ts';
import { stripeBill } from './billing/stripe.ts';
import { runMain, withoutComments } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'export-'));
let count = 0;
const written = (text: string, name = `${count++}.json`): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const newPath = (): string => join(folder, `out-${count++}`);

const documentsIn = (out: string): Documents =>
  readdirSync(out)
    .sort()
    .map((file) => [file, JSON.parse(readFileSync(join(out, file), 'utf8'))]);

/** The documents of a menu. */
const exported = async (text: string, ...options: string[]): Promise<Documents> => {
  const out = newPath();
  const { code, stderr } = await runMain('export', written(text), '--out', out, ...options);
  expect([code, stderr]).toEqual([0, '']);
  return documentsIn(out);
};

const ids = new Map(inputs.map((input, k) => [input, `1a901a90-1a90-4a90-8a90-00000000000${k}`]));
const metrics = written(JSON.stringify(Object.fromEntries(ids)), 'metrics.json');

const systems: readonly {
  readonly to: string;
  readonly sayable: Sayable;
  readonly options: readonly string[];
  readonly bill: (documents: Documents, plan: string, usage: Usage) => Bill;
}[] = [
  {
    to: 'lago',
    sayable: { commitment: 'any', caps: true },
    options: ['--metrics', metrics],
    bill: (documents, plan, usage) => lagoBill(documents, plan, usage, ids),
  },
  {
    to: 'stripe',
    sayable: { commitment: 'none', caps: false },
    options: ['--metrics', metrics],
    bill: (documents, plan, usage) => stripeBill(documents, plan, usage, ids),
  },
  { to: 'openmeter', sayable: { commitment: 'of one input', caps: true }, options: [], bill: openMeterBill },
];

describe('a thousand usages, under menus at random', () => {
  it.each(systems)('cost under $to what the plans’ own rule says', async ({ to, sayable, options, bill }) => {
    const roll = dice(17);
    const seen = { bills: 0, heldBack: 0 };
    for (let menu = 0; menu < 50; menu++) {
      const plans = randomPlans(roll, sayable);
      const documents = await exported(menuText(plans), '--to', to, ...options);
      for (let k = 0; k < 20; k++) {
        const plan = plans[Math.floor(roll() * plans.length)]!;
        const usage = randomUsage(roll, plans, plan);
        const [expected, got] = [ownBill(plan, usage), bill(documents, plan.name, usage)];
        const about = `${menuText([plan])} ${[...usage].join(' ')}`;
        expect(got, about).toBe(expected);
        if (got === undefined) seen.heldBack++;
        else expect(inCents(got), about).toBe(inCents(expected!));
        seen.bills++;
      }
    }
    expect(seen.bills).toBe(1000);
    expect(seen.heldBack).toBeGreaterThan(20);
    expect(seen.heldBack).toBeLessThan(500);
  });

  it('cost in a table what the plans’ own rule says', async () => {
    const roll = dice(18);
    for (let menu = 0; menu < 20; menu++) {
      const plans = randomPlans(roll, { commitment: 'any', caps: true });
      const out = newPath();
      await runMain('export', written(menuText(plans)), '--to', 'csv', '--out', out);
      const [head, ...rows] = withoutComments(readFileSync(join(out, 'plans.csv'), 'utf8'))
        .trimEnd()
        .split('\r\n');
      const columns = head!.split(',');
      expect(rows.length).toBe(plans.length);
      for (const [k, row] of rows.entries()) {
        const cells = new Map(row.split(',').map((cell, c) => [columns[c]!, cell]));
        const amounts = (what: string): Record<string, string> =>
          Object.fromEntries(
            inputs.flatMap((input) => {
              const cell = cells.get(`${input} ${what}`) ?? '';
              return cell === '' ? [] : [[input, cell]];
            }),
          );
        const read: WrittenPlan = {
          name: cells.get('plan')!,
          fee: cells.get('fee')!,
          commitment: cells.get('commitment')!,
          included: amounts('included'),
          prices: amounts('price'),
        };
        expect([cells.get('tokens to a unit'), cells.get('currency')]).toEqual(['1000000', 'USD']);
        for (let n = 0; n < 50; n++) {
          const usage = randomUsage(roll, plans, plans[k]!);
          expect(ownBill(read, usage)).toBe(ownBill(plans[k]!, usage));
        }
      }
    }
  });
});

const menuOf = (plans: readonly object[], rest: object = { currency: '$', period: 'month' }): string =>
  JSON.stringify({ ...rest, plans });
const team = { name: 'Team', fee: 30, included: { input: 1.5 }, prices: { input: 2, output: 8 } };

describe('amounts', () => {
  it('are decimals without noise, and cents whole numbers', async () => {
    const noisy = { name: 'A', fee: 0.1, commitment: 0.2, prices: { input: 0.1 + 0.2, output: 1e-7 } };
    const documents = await exported(menuOf([noisy]), '--to', 'lago');
    const { plan } = documents.find(([file]) => file.includes('plan'))![1];
    expect([plan.amount_cents, plan.minimum_commitment]).toEqual([10, { amount_cents: 30 }]);
    expect(plan.charges.map(({ properties }: { properties: object }) => properties)).toEqual([
      { amount: '0.0000003' },
      { amount: '0.0000000000001' },
    ]);
  });

  it('are for as many tokens as --per says', async () => {
    const documents = await exported(menuOf([team]), '--to', 'lago', '--per', '1000');
    const { plan } = documents.find(([file]) => file.includes('plan'))![1];
    expect(plan.charges[0].properties.graduated_ranges).toEqual([
      { from_value: 0, to_value: 1500, flat_amount: '0', per_unit_amount: '0' },
      { from_value: 1501, to_value: null, flat_amount: '0', per_unit_amount: '0.002' },
    ]);
  });

  it('are in the minor unit of their currency', async () => {
    const yen = { currency: 'JPY', period: 'yearly' };
    const [plan] = (await exported(menuOf([{ name: 'A', fee: 3000 }], yen), '--to', 'lago'))[0]!.slice(1) as [
      { plan: Record<string, unknown> },
    ];
    expect(plan.plan).toMatchObject({ amount_cents: 3000, amount_currency: 'JPY', interval: 'yearly' });
    const [, [, price]] = (await exported(menuOf([{ name: 'A', fee: 3000 }], yen), '--to', 'stripe')) as [
      unknown,
      [string, object],
    ];
    expect(price).toMatchObject({ currency: 'jpy', unit_amount_decimal: '3000' });
  });

  it('are in what the command says where the menu says nothing, as one of a study without units', async () => {
    const text = JSON.stringify({ plans: [{ name: 'A', fee: 3 }] });
    const { code, stderr } = await runMain(
      'export',
      written(text, 'plain.json'),
      '--to',
      'lago',
      '--out',
      newPath(),
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/currency: .*add "currency": "USD" to the menu, or --currency USD/);
    const given = ['--to', 'lago', '--currency', 'EUR', '--period', 'year'];
    const [plan] = (await exported(text, ...given))[0]!.slice(1) as [{ plan: object }];
    expect(plan.plan).toMatchObject({ amount_currency: 'EUR', interval: 'yearly' });
    const said = await runMain(
      'export',
      written(menuOf([{ name: 'A', fee: 3 }])),
      '--out',
      newPath(),
      ...given,
    );
    expect([said.code, said.stderr]).toEqual([
      2,
      expect.stringMatching(/--currency \$, or none, as the menu says it; got EUR/),
    ]);
  });

  it.each([
    ['week', 'weekly', 'week', 1, 'P1W'],
    ['monthly', 'monthly', 'month', 1, 'P1M'],
    ['Quarter', 'quarterly', 'month', 3, 'P3M'],
    ['half-year', 'semiannual', 'month', 6, 'P6M'],
    ['year', 'yearly', 'year', 1, 'P1Y'],
  ])('of a %s are so in every system', async (period, lago, interval, interval_count, duration) => {
    const text = menuOf([{ name: 'A', fee: 1 }], { currency: 'EUR', period });
    const last = async (to: string) => (await exported(text, '--to', to)).at(-1)![1];
    expect((await last('lago')).plan.interval).toBe(lago);
    expect((await last('stripe')).recurring).toEqual({ interval, interval_count, usage_type: 'licensed' });
    expect((await last('openmeter')).billingCadence).toBe(duration);
  });
});

const hostile = [
  '=1+1',
  '+1',
  '-1',
  '@sum',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'Team',
  'team',
  'TEAM!',
  'team_2',
  'Ünïcödé',
  '東京',
  '😀',
  'CON',
  'a "quoted", name\nof two lines',
  'n'.repeat(200),
  `${'n'.repeat(200)}!`,
  '_',
];

/** The name of a field has one line. */
const inputNames = [...hostile.filter((name) => !name.includes('\n')), 'fee'];

describe('names', () => {
  const menu = menuOf(
    hostile.map((name) => ({
      name,
      fee: 1,
      prices: Object.fromEntries(inputNames.map((input) => [input, 2])),
    })),
  );

  it.each([
    ['lago', 'plan', /^plan-/, ({ plan }: Documents[number][1]) => [plan.code, plan.name]],
    ['stripe', 'product', /^product-/, ({ id, name }: Documents[number][1]) => [id, name]],
    ['openmeter', 'plan', /^plan-/, ({ key, name }: Documents[number][1]) => [key, name]],
  ] as const)('become distinct codes of %s, and stay names', async (to, what, _, read) => {
    const documents = await exported(menu, '--to', to);
    const plans = documents.filter(([file]) => file.includes(`-${what}-`)).map(([, body]) => read(body));
    expect(plans.map(([, name]) => name)).toEqual(hostile);
    const codes = plans.map(([code]) => code as string);
    expect(new Set(codes).size).toBe(hostile.length);
    for (const code of codes) expect(code).toMatch(/^(?=.{1,64}$)[a-z0-9]+(?:_[a-z0-9]+)*$/);
    for (const [file] of documents) expect(file).toMatch(/^\d\d+-[a-z]+-[a-z0-9_-]+\.json$/);
  });

  it('of inputs become distinct metrics, none of them a fee', async () => {
    const documents = await exported(menu, '--to', 'openmeter');
    const slugs = documents.flatMap(([, { slug }]) => slug ?? []);
    expect(new Set(slugs).size).toBe(inputNames.length);
    expect(slugs).not.toContain('fee');
    const one = { name: 'A', fee: 1, prices: { ['__proto__']: 1 } };
    const text = `{"currency": "$", "period": "month", "plans": [${JSON.stringify(one)}]}`;
    const [, plan] = (await exported(text, '--to', 'openmeter')).at(-1)!;
    expect(plan.phases[0].rateCards.map(({ key }: { key: string }) => key)).toEqual(['fee', 'proto']);
  });

  it('that a spreadsheet would compute are quoted', async () => {
    const out = newPath();
    await runMain('export', written(menu), '--to', 'csv', '--out', out);
    const lines = withoutComments(readFileSync(join(out, 'plans.csv'), 'utf8')).split('\r\n');
    expect(lines[0]).toContain(`,"'=1+1 included","'=1+1 price",`);
    for (const [k, sign] of ['=', '+', '-', '@'].entries()) expect(lines[k + 1]).toMatch(`"'${sign}`);
    expect(lines.filter((line) => /(?:^|,)[=+@-]/.test(line))).toEqual([]);
  });
});

describe('what holds use back', () => {
  const bundle = { name: 'Bundle', fee: 10, included: { input: 2 }, models: ['mini'] };

  it('is an entitlement in Lago and OpenMeter', async () => {
    const lago = await exported(menuOf([bundle, team]), '--to', 'lago', '--metrics', metrics);
    const entitled = (name: string) =>
      lago.find(([file]) => file.endsWith(`entitlements-${name}.json`))![1].entitlements;
    expect(entitled('bundle')).toEqual({ input: { most: 2_000_000 }, mini: {} });
    expect(entitled('team')).toEqual({ input: {}, mini: {} });
    const openMeter = await exported(menuOf([bundle, team]), '--to', 'openmeter');
    const templates = (name: string) =>
      openMeter
        .find(([file]) => file.endsWith(`plan-${name}.json`))![1]
        .phases[0].rateCards.flatMap((card: Record<string, unknown>) => card.entitlementTemplate ?? []);
    const limit = { type: 'metered', usagePeriod: 'P1M' };
    expect(templates('bundle')).toEqual([
      { ...limit, isSoftLimit: false, issueAfterReset: 2_000_000 },
      { type: 'boolean' },
    ]);
    expect(templates('team')).toEqual([
      { ...limit, isSoftLimit: true, issueAfterReset: 1_500_000 },
      { type: 'boolean' },
    ]);
  });

  it('is left out of Stripe’s files where something else enforces it, and said', async () => {
    const out = newPath();
    const { code, stdout } = await runMain(
      'export',
      written(menuOf([bundle])),
      ...['--to', 'stripe', '--caps-elsewhere', '--out', out],
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/to be enforced\s+elsewhere: Bundle,\s+at\s+most\s+2000000\s+input/);
    expect(stdout).toMatch(/Bundle, models mini alone/);
    expect(documentsIn(out).map(([file]) => file)).toEqual([
      '01-meter-input.json',
      '02-product-bundle.json',
      '03-price-bundle-fee.json',
    ]);
  });
});

describe('what cannot be said', () => {
  const plan = { name: 'A', fee: 1, prices: { input: 2 } };
  it.each([
    [
      'lago',
      [{ ...plan, fee: 1.005 }],
      {},
      /:1:\d+: plans\[0\]\.fee: plan "A": expected a fee in whole minor units of USD, got 1\.005/,
    ],
    [
      'lago',
      [{ ...plan, commitment: 0.001 }],
      {},
      /plan "A": expected a commitment in whole minor units .*got 1\.001/,
    ],
    ['lago', [plan, { ...plan, name: 'B', taskCap: 2 }], {}, /plan "B": Lago cannot say “at most 2 tasks”/],
    ['lago', [plan], { currency: 'XYZ' }, /currency: expected a currency of ISO 4217 .*got "XYZ"/],
    ['lago', [plan], { currency: undefined }, /expected a currency such as USD, got nothing/],
    ['lago', [plan], { period: 'fortnight' }, /period: expected week, month, .*got "fortnight"/],
    ['lago', [plan], { period: undefined }, /expected a period such as month, got nothing/],
    ['csv', [plan], { currency: '¤' }, /expected a currency/],
    ['csv', [plan], { period: 'day' }, /expected week/],
    [
      'stripe',
      [plan, { ...plan, name: 'B', commitment: 1 }],
      {},
      /plans\[1\]\.commitment: plan "B": Stripe has no commitment; expected none, got 1 USD/,
    ],
    [
      'stripe',
      [{ ...plan, prices: { input: 0.12345678901 } }],
      {},
      /plan "A": expected prices of one token of at most 12 decimal places/,
    ],
    [
      'stripe',
      [{ name: 'A', included: { input: 1 } }],
      {},
      /plan "A": Stripe cannot say “at most 1000000 input”/,
    ],
    ['stripe', [{ ...plan, models: ['m'] }], {}, /plan "A": Stripe cannot say “models m alone”/],
    ['stripe', [plan], { currency: 'KWD' }, /Stripe rounds KWD/],
    [
      'openmeter',
      [{ ...plan, commitment: 1, prices: { input: 2, output: 8 } }],
      {},
      /plan "A": OpenMeter has commitments on one input.*got input, output/,
    ],
    ['openmeter', [{ name: 'A', commitment: 1 }], {}, /plan "A": .*commitment of 1 USD, got none/],
    [
      'openmeter',
      [{ ...plan, name: 'n'.repeat(257) }],
      {},
      /expected a name of at most 256 letters, got 257/,
    ],
    [
      'lago',
      [{ ...plan, included: { input: 1e12 } }],
      {},
      /plan "A": expected at most 9007199254740991 included input/,
    ],
    [
      'lago',
      [
        { ...plan, prices: { input: 2, 'big.input': 3 } },
        { ...plan, name: 'B' },
      ],
      {},
      /plan "B": expected big\.input beside input/,
    ],
    ['lago', [], {}, /expected at least one plan, got none/],
    ['lago', [{ ...plan, colour: 'red' }], {}, /no such field of a menu/],
    ['lago', [{ ...plan, fee: -1 }], {}, /plans\[0\]\.fee: expected a number of at least 0, got -1/],
  ])('%s: %j %j', async (to, plans, rest, message) => {
    const out = newPath();
    const text = menuOf(plans, { currency: '$', period: 'month', ...rest });
    const ended = await runMain('export', written(text), '--to', to, '--out', out);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [
      menuOf([{ name: 'a\u0000' }]),
      [],
      /plans\[0\]\.name: expected characters that are printed, got U\+0000/,
    ],
    [menuOf([{ name: '\u202eabc' }]), [], /got U\+202E/],
    [menuOf([{ name: 'a', prices: { 'in\nput': 1 } }]), [], /the name of a field: expected one line/],
    ['{"plans": [', [], /:1:12: not JSON: expected a value.*expected a menu/],
    ['[1]', [], /expected a menu, .* got a list/],
    ['{"tiers": []}', [], /expected a list of plans, got nothing/],
    [menuOf([team]), ['--per', '0'], /Expected a number above 0/],
    [menuOf([team]), ['--per', '3'], /plan "Team": expected a price of one input with an end, got 2 \/ 3/],
    [menuOf([team]), ['--to', 'sap'], /Allowed choices are lago, stripe, openmeter, csv/],
    [
      menuOf([team]),
      ['--metrics', written('{"input": "a", "outptu": "b"}')],
      /got none for output; did you mean outptu\?/,
    ],
    [
      menuOf([team]),
      ['--metrics', written('{"input": "a", "output": "a"}')],
      /:1:16: output: expected a metric of its own, got that of input/,
    ],
    [menuOf([team]), ['--metrics', written('{"input": 1}')], /input: expected an id, got 1/],
    [menuOf([team]), ['--metrics', written('[]')], /expected ids of metrics by input/],
    [menuOf([team]), ['--metrics', 'no-such.json'], /no-such\.json: no such file/],
  ])('%s %j is wrong input', async (text, options, message) => {
    const out = newPath();
    const ended = await runMain('export', written(text), '--to', 'lago', '--out', out, ...options);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });
});

describe('a directory that was there', () => {
  it('keeps the files of others, and loses those of an earlier export', async () => {
    const out = newPath();
    mkdirSync(out);
    writeFileSync(join(out, 'plan-of-mine.json'), 'mine');
    const menu = written(menuOf([team, { ...team, name: 'Gone' }]));
    expect((await runMain('export', menu, '--to', 'lago', '--out', out)).code).toBe(0);
    const refused = written(menuOf([{ ...team, fee: 0.001 }]));
    const before = readdirSync(out);
    expect((await runMain('export', refused, '--to', 'lago', '--out', out)).code).toBe(2);
    expect(readdirSync(out)).toEqual(before);
    expect((await runMain('export', written(menuOf([team])), '--to', 'stripe', '--out', out)).code).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      '01-meter-input.json',
      '02-meter-output.json',
      '03-product-team.json',
      '04-price-team-fee.json',
      '05-price-team-input.json',
      '06-price-team-output.json',
      'plan-of-mine.json',
    ]);
  });

  it('is listed as JSON on request', async () => {
    const out = newPath();
    const { stdout } = await runMain(
      'export',
      written(menuOf([team])),
      '--to',
      'openmeter',
      '--out',
      out,
      '--json',
    );
    const { to, files } = JSON.parse(stdout);
    expect([to, files.at(-1)]).toEqual([
      'openmeter',
      { name: '05-plan-team.json', method: 'POST', path: '/api/v1/plans' },
    ]);
  });
});
