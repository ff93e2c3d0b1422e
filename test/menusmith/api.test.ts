import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  createRegistry,
  readStudy as readForCommand,
  solve as solveForCommand,
  standardPlugin,
} from '@menusmith/app';
import {
  check,
  definePlugin,
  evaluate,
  InputError,
  loadPlugin,
  menuOf,
  parseStudy,
  pictures,
  type Result,
  readStudy,
  renderSvg,
  type Study,
  solve,
  sweep,
  tiers,
  withFields,
} from 'menusmith';
import * as inBrowser from 'menusmith/browser';
import { describe, expect, it } from 'vitest';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const plugin = await loadPlugin(join(examples, 'plugins/saturating-quality.js'));
const example = (name: string): Promise<Study> => readStudy(join(examples, name), { plugins: [plugin] });

const SMALL = `production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.125 } }
buyers: { kind: representative, type: { use: uniform, min: 0, max: 1 } }
contract: packages`;

/** What a stopped, an uncertified and a whole result have in common: either all totals are numbers, or those that the types say are null. */
const isAsTyped = (result: Result): boolean => {
  const { profit, revenue, cost, consumerSurplus, welfare, efficientWelfare, excludedShare, fineTunedShare } =
    result;
  const rest = [cost, welfare, efficientWelfare, excludedShare, fineTunedShare];
  if (profit !== null) return [profit, revenue, consumerSurplus, ...rest].every(Number.isFinite);
  if (welfare !== null) return revenue === null && consumerSurplus === null && rest.every(Number.isFinite);
  return true;
};

describe('solve from a program', () => {
  it.each(readdirSync(examples).filter((file) => file.endsWith('.yaml')))(
    '%s: is what the command answers, with totals as their types say',
    async (file) => {
      const study = await example(file);
      const { provenance, ...result } = (await solve(study)).result;
      const own = await solveForCommand(
        await readForCommand(join(examples, file), createRegistry([standardPlugin, plugin])),
      );
      expect({ ...result, seconds: 0 }).toEqual({ ...own.result, seconds: 0 });
      expect(isAsTyped({ ...result, provenance } as Result)).toBe(true);
      expect(provenance.study).toBe(createHash('sha256').update(study.text).digest('hex'));
    },
  );

  it('sweeps no longer than it is let, with the rows until then', async () => {
    const study = await example('example-1-packages.yaml');
    const vary = { 'inputs.input.cost': [0.1, 0.2] };
    expect((await sweep(study, { vary, timeLimit: 1e-9 })).rows).toEqual([]);
    expect((await sweep(study, { vary, timeLimit: 60 })).rows).toHaveLength(2);
  });

  it('quotes buyers, in the result where they are asked for beforehand', async () => {
    const study = await example('example-1-packages.yaml');
    const solution = await solve(study, { at: [{ value: 0.8, scale: 0.5 }] });
    expect(solution.result.types).toEqual([solution.quote({ value: 0.8, scale: 0.5 })]);
    expect(() => solution.quote({ value: 8, scale: 0.5 })).toThrow(InputError);
    await expect(solve(study, { at: [{ value: Number.NaN, scale: 1 }] })).rejects.toThrow(InputError);
  });

  it('knows what stands in a result by what is null in it', async () => {
    const study = await example('example-1-packages.yaml');
    const { result } = await solve(study);
    // Compiles: in a menu every total is a number.
    if (result.profit !== null)
      expect(result.profit + result.consumerSurplus).toBeCloseTo(result.welfare, 12);
    else expect.unreachable();
    const efficient = await solve(withFields(study, { contract: 'efficient' }));
    if (efficient.result.profit === null && efficient.result.welfare !== null)
      expect(efficient.result.cost).toBeGreaterThan(0);
    else expect.unreachable();
  });
});

const GRID = `production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.125 } }
buyers:
  kind: value-scale
  value: { use: uniform, min: 0, max: 1 }
  scale: { use: uniform, min: 0, max: 1 }
  dependence: { use: gaussian, rho: 0.5 }
  grid: { values: 20, scales: 12 }
`;

describe('work that takes its time', () => {
  it('is heard of, and ends with its best answer at a time limit', async () => {
    const study = parseStudy(GRID);
    let steps = 0;
    let best: Result | undefined;
    const { result } = await solve(study, {
      timeLimit: 0,
      onProgress: (progress) => {
        steps++;
        best = progress.best()?.result ?? best;
      },
    });
    expect(steps).toBeGreaterThan(0);
    expect(result.status).not.toBe('optimal');
    expect(isAsTyped(result)).toBe(true);
    if (best !== undefined) expect(isAsTyped(best)).toBe(true);
  });

  it('is rejected with the signal’s reason, before it begins and while it runs', async () => {
    const study = parseStudy(GRID);
    const reason = new Error('no longer wanted');
    await expect(solve(study, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const solving = solve(study, {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(solving).rejects.toBe(reason);
  });
});

describe('other functions', () => {
  it('sell tiers, and evaluate their menu at the same profit', async () => {
    const study = parseStudy(SMALL);
    const few = await tiers(study, { count: 2 });
    const sold = await evaluate(study, { menu: menuOf(study, few.menus[0]!) });
    expect(sold.profit).toBeCloseTo(few.menus[0]!.profit, 9);
    const kept = await tiers(study, {
      count: 1,
      kind: 'two-part-tariff',
      keep: { menu: menuOf(study, few.menus[0]!), share: 1 },
    });
    expect(kept.menus[0]!.profit).toBeGreaterThanOrEqual(few.menus[0]!.profit - 1e-9);
  });

  it('hold a menu against another, for customers too', async () => {
    const study = parseStudy(SMALL);
    const menu = { plans: [{ name: 'all', fee: 0.05, included: { input: 0.2, output: 0.2 } }] };
    const against = { plans: [{ name: 'list', prices: { input: 0.2, output: 0.2 } }] };
    const customers = [
      { id: 'a', theta: 0.9 },
      { id: 'b', theta: 0.1 },
    ];
    const found = await evaluate(study, { menu, against, customers });
    expect(found.change?.profit).toBeCloseTo(found.profit - found.against!.profit, 12);
    expect(found.migration?.rows.length).toBe(2);
    await expect(evaluate(study, { menu: { plans: [{ name: 'x', fee: -1 }] } })).rejects.toThrow(
      /^menu: |-1/,
    );
  });

  it('check, sweep and draw', async () => {
    const study = await example('example-1-packages.yaml');
    expect((await check(study)).assumptions.length).toBeGreaterThan(0);
    const { rows } = await sweep(study, {
      vary: { 'production.exponents.fineTuning': [0.1, 0.2], contract: ['packages', 'nonsense'] },
    });
    expect(rows.map(({ contract, profit, error }) => [contract, profit === null, error === null])).toEqual([
      ['packages', false, true],
      ['nonsense', true, false],
      ['packages', false, true],
      ['nonsense', true, false],
    ]);
    const [first] = pictures(await solve(study));
    expect(await renderSvg(first!.specification)).toMatch(/^<svg/);
  });

  it('take a study with other fields, and a plugin', async () => {
    const flat = definePlugin({
      name: 'test',
      distributions: [
        {
          name: 'flat',
          doc: 'Uniform on [0, top].',
          parameters: { top: { kind: 'number', doc: 'the highest value', above: 0 } },
          create: ({ top }) =>
            standardPlugin
              .distributions!.find(({ name }) => name === 'uniform')!
              .create({ min: 0, max: top }),
        },
      ],
    });
    const study = parseStudy(SMALL.replace('uniform, min: 0, max: 1', 'flat, top: 1'), { plugins: [flat] });
    const other = withFields(study, { 'buyers.type.top': 2 });
    const [one, two] = [await solve(study), await solve(other)];
    expect(one.result.profit).toBeCloseTo((await solve(parseStudy(SMALL))).result.profit!, 12);
    expect(two.result.profit!).toBeGreaterThan(one.result.profit!);
  });
});

describe('wrong input', () => {
  it('is an InputError with file, field and code', () => {
    try {
      parseStudy(SMALL.replace('0.25', '-0.25'), { file: 'mine.yaml' });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      const { file, field, code, message } = error as InputError & { readonly file: string };
      expect([file, field, code]).toEqual([
        'mine.yaml',
        ['production', 'exponents', 'input'],
        expect.any(String),
      ]);
      expect(message).toMatch(/^mine\.yaml:1:\d+: production\.exponents\.input: .*-0\.25/);
    }
  });

  it('is told of where a file is not given, and read where it is', () => {
    const text = SMALL.replace(/buyers: .*/, 'buyers: { kind: file, file: types.csv }').replace(
      'contract: packages',
      'contract: allocations',
    );
    expect(() => inBrowser.parseStudy(text)).toThrow(/types\.csv: not among the files/);
    const files = { 'types.csv': 'name,mass,a\nlow,1,0.5\nhigh,1,1\n' };
    expect(inBrowser.parseStudy(text, { files }).name).toBe('study');
  });

  it('is no study where it was not made by us', async () => {
    await expect(solve({ name: 'x', text: '' })).rejects.toThrow(/parseStudy or readStudy/);
  });

  /** What programs that are not type-checked give. */
  const wrong: Readonly<Record<string, readonly [(study: Study) => unknown, string]>> = {
    'no options of tiers': [
      (study) => untyped(tiers)(study),
      'tiers: count: missing: expected a number of tiers',
    ],
    'no menu': [(study) => untyped(evaluate)(study, {}), 'evaluate: menu: missing: expected a map of fields'],
    'a misspelt field of a plan': [
      (study) => untyped(evaluate)(study, { menu: { plans: [{ name: 'a', fee: 1, include: {} }] } }),
      'menu.plans[0].include: no such field of a menu; did you mean included?',
    ],
    'nothing to vary': [(study) => untyped(sweep)(study), 'sweep: vary: missing: expected a map of fields'],
    'a number that no result has': [
      (study) => sweep(study, { vary: { 'inputs.input.cost': [1] }, columns: 'xx' }),
      'columns xx: no such number',
    ],
    'a negative time limit': [
      (study) => solve(study, { timeLimit: -1 }),
      'solve: timeLimit: expected a number of sec',
    ],
    'no signal': [(study) => untyped(check)(study, { signal: 3 }), 'check: signal: expected an AbortSignal'],
    'no buyer': [
      async (study) => untyped((await solve(study)).quote)(),
      'quote: value: missing: expected a number',
    ],
    'no solution': [() => untyped(pictures)(), 'expected a solution as solve returns it'],
    'no text': [() => untyped(parseStudy)({}), 'expected the text of a study, got a map of fields'],
    'no path': [() => untyped(readStudy)(), 'expected the path of a study, got nothing'],
    'no fields': [(study) => untyped(withFields)(study), 'set: expected a map of fields, got nothing'],
    'a field that does not fit': [
      (study) => withFields(study, { 'inputs.input.cost': 'a' }),
      'set: inputs.input.cost: expected a number, got the text "a"',
    ],
    'no plugin': [
      () => untyped(parseStudy)(SMALL, { plugins: [{ name: 'x', costFunctions: 3 }] }),
      'plugins: costFunctions: expected a list of entries, got 3',
    ],
  };

  it.each(Object.entries(wrong))('says what was expected: %s', async (_, [call, message]) => {
    const study = parseStudy(SMALL);
    const error = await Promise.resolve()
      .then(() => call(study))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toContain(message);
  });
});

const untyped = (call: unknown): ((...args: readonly unknown[]) => unknown) =>
  call as (...args: readonly unknown[]) => unknown;
