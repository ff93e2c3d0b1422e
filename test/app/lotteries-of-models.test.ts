/*
 * Lotteries between models, the rival's product among them. Types with values on tasks are held against a linear program over every model's items on a fine grid
 * of qualities, by HiGHS; continuous values and scales, where these are independent, against the chains of all scales, which know no grid.
 */
import {
  createRegistry,
  parseStudy,
  type Result,
  readStudy,
  type Solution,
  solve,
  standardPlugin,
} from '@menusmith/app';
import highsModule, { type Highs } from 'highs';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../core/reference-cases.ts';

const registry = createRegistry([standardPlugin]);
const solution = (document: object): Promise<Solution> =>
  solve(parseStudy(JSON.stringify(document), { file: 'study.json', registry }));

/** v = x^degree at a cost, or a price, a token. */
interface Made {
  readonly degree: number;
  readonly cost: number;
}
const inputsOf = ({ degree, cost }: Made, name: string) => ({
  production: { use: 'cobb-douglas', exponents: { tokens: degree } },
  inputs: { tokens: { scope: 'task', [name]: cost } },
});
const modelsOf = (made: readonly Made[]) =>
  made.map((own, l) => ({ name: `m${l}`, ...inputsOf(own, 'cost') }));
const rivalOf = (rival: Made) => ({ rival: inputsOf(rival, 'price') });

const flagship: Made = { degree: 0.7, cost: 0.3 };
const small: Made = { degree: 0.3, cost: 0.29 };
const rival: Made = { degree: 0.3, cost: 0.3 };

interface ListedCase {
  readonly weights: readonly number[];
  readonly masses: readonly number[];
  readonly values: readonly (readonly number[])[];
  readonly models: readonly Made[];
  readonly rival?: Made;
  readonly surplusWeight?: number;
  readonly capacity?: number;
}

const tokensFor = ({ degree }: Made, quality: number): number => quality ** (1 / degree);

/** max over q of Σ ω w q − c q^{1/degree}, task by task. */
const surplusOf = ({ degree, cost }: Made, weights: readonly number[], values: readonly number[]): number =>
  values.reduce((sum, w, m) => {
    const tokens = w > 0 ? ((w * degree) / cost) ** (1 / (1 - degree)) : 0;
    return sum + weights[m]! * (w * tokens ** degree - cost * tokens);
  }, 0);

/** Places of quality a task, closer together where there is little. */
const PLACES = 17;

/**
 * The best menu all of whose items are drawn from a grid of qualities: max Σ f (T − cost + κ U) over the chances of (model, q) of every type, T and all IC and IR
 * constraints. No menu of these can pass the optimum.
 */
const programOptimum = async (of: ListedCase): Promise<number> => {
  const { weights, masses, values, models, surplusWeight: κ = 0, capacity } = of;
  const all = of.rival ? [...models, of.rival] : models;
  const total = masses.reduce((sum, f) => sum + f, 0);
  const highest = weights.map((_, m) => Math.max(...values.map((own) => own[m]!)));
  const qualities = all.flatMap((made, l) => {
    const most = highest.map((w) => ((w * made.degree) / made.cost) ** (made.degree / (1 - made.degree)));
    const places = most.map((q) => Array.from({ length: PLACES }, (_, i) => q * (i / (PLACES - 1)) ** 1.5));
    return places[0]!.flatMap((a) => places[1]!.map((b) => ({ l, q: [a, b] })));
  });
  const worth = (n: number, q: readonly number[]): number =>
    q.reduce((sum, each, m) => sum + weights[m]! * values[n]![m]! * each, 0);
  const used = (made: Made, q: readonly number[]): number =>
    q.reduce((sum, each, m) => sum + weights[m]! * tokensFor(made, each), 0);
  const term = (x: number, name: string): string => `${x < 0 ? '-' : '+'} ${Math.abs(x)} ${name}`;
  const x = (n: number, i: number): string => `x${n}_${i}`;
  const utility = (n: number, k: number, sign: number): string[] => [
    ...qualities.flatMap(({ q }, i) => {
      const each = worth(n, q);
      return each === 0 ? [] : [term(sign * each, x(k, i))];
    }),
    term(-sign, `T${k}`),
  ];
  const objective: string[] = [];
  const rows: string[] = [];
  masses.forEach((mass, n) => {
    const f = mass / total;
    objective.push(term(f * (1 - κ), `T${n}`));
    qualities.forEach(({ l, q }, i) => {
      const made = all[l]!;
      objective.push(term(f * (κ * worth(n, q) - made.cost * used(made, q)), x(n, i)));
    });
    rows.push(`${qualities.map((_, i) => `+ ${x(n, i)}`).join(' ')} = 1`);
    rows.push(`${utility(n, n, 1).join(' ')} >= ${of.rival ? surplusOf(of.rival, weights, values[n]!) : 0}`);
    masses.forEach((_, k) => {
      if (k === n) return;
      // What is on both sides is one number to the program.
      rows.push(`${[...utility(n, n, 1), ...utility(n, k, -1)].join(' ')} >= 0`);
    });
  });
  if (capacity !== undefined)
    rows.push(
      `${masses
        .flatMap((mass, n) =>
          qualities.flatMap(({ l, q }, i) =>
            l < models.length ? [term((mass / total) * used(all[l]!, q), x(n, i))] : [],
          ),
        )
        .join(' ')} <= ${capacity}`,
    );
  const start = highsModule as unknown as typeof highsModule.default;
  const highs: Highs = await start();
  const text = `Maximize\n obj: ${objective.join('\n ')}\nSubject To\n${rows
    .map((row, i) => ` c${i}: ${row.replaceAll(' + ', '\n + ').replaceAll(' - ', '\n - ')}`)
    .join('\n')}\nBounds\n${masses.map((_, n) => ` T${n} free`).join('\n')}\nEnd\n`;
  const { Status, ObjectiveValue } = highs.solve(text);
  expect(Status).toBe('Optimal');
  return ObjectiveValue;
};

const studyOf = ({ weights, masses, values, models, rival: other, surplusWeight, capacity }: ListedCase) => ({
  contract: 'allocations',
  models: modelsOf(models),
  buyers: {
    kind: 'profiles',
    tasks: { weights },
    types: values.map((own, n) => ({ name: `t${n}`, mass: masses[n]!, values: own })),
  },
  ...(other ? { outside: rivalOf(other) } : {}),
  ...(surplusWeight ? { objective: { profit: 1, consumerSurplus: surplusWeight } } : {}),
  ...(capacity ? { capacity: { tokens: capacity } } : {}),
});

const crossing: ListedCase = {
  weights: [0.5, 0.5],
  masses: [1, 2, 1],
  values: [
    [0.9, 0.3],
    [0.6, 0.65],
    [0.3, 0.75],
  ],
  models: [small, flagship],
  rival,
};

describe('types on two tasks, against a linear program over items of every model', () => {
  test.each<readonly [string, ListedCase]>([
    ['two models', { ...crossing, rival: undefined } as unknown as ListedCase],
    ['two models and a rival', crossing],
    ['one model and a rival', { ...crossing, models: [flagship] }],
    ['a weight on consumer surplus', { ...crossing, surplusWeight: 0.4 }],
    ['capacity', { ...crossing, capacity: 0.5 }],
    [
      'five types',
      {
        ...crossing,
        masses: [3, 1, 2, 2, 1],
        values: [...crossing.values, [0.45, 0.5], [0.7, 0.7]],
      },
    ],
  ])(
    '%s',
    async (_, of) => {
      const { result } = await solution(studyOf(of));
      const program = await programOptimum(of);
      const { attainedObjective, attainedProfit, upperBound } = result.certificate;
      const attained = attainedObjective ?? attainedProfit!;
      expect(result.status).toBe('optimal');
      // The optimum over fewer items is no better, and not much worse.
      expect(program).toBeLessThan(upperBound! * (1 + 1e-7));
      expect(program).toBeGreaterThan(0.96 * attained);
    },
    120_000,
  );
});

const uniform = (min: number, max: number) => ({ use: 'uniform', min, max });
const population = (models: readonly Made[], outside: object, buyers: object) => ({
  contract: 'allocations',
  models: modelsOf(models),
  buyers: { kind: 'value-scale', value: uniform(0, 1), scale: uniform(0.5, 1), ...buyers },
  outside,
});
const grid = { grid: { values: 16, scales: 8 } };

/** Profit and the share of those who go elsewhere, of even buyers by their quotes alone. */
const earnedFrom = (
  { quote }: Solution,
  costs: Readonly<Record<string, Made>>,
  values: number,
  scales: number,
) => {
  let [profit, elsewhere] = [0, 0];
  for (let j = 0; j < scales; j++)
    for (let i = 0; i < values; i++) {
      const buyer = { value: (i + 0.5) / values, scale: 0.5 + (j + 0.5) / (2 * scales) };
      const { transfer, inputs, takes, lottery } = quote(buyer);
      profit += (transfer! - Object.values(costs)[0]!.cost * (inputs.tokens ?? 0)) / (values * scales);
      const chance = lottery?.find(({ model }) => model === 'outside')?.share ?? 0;
      if (lottery)
        expectClose(
          lottery.reduce((sum, { share }) => sum + share, 0),
          1,
          1e-9,
        );
      elsewhere += (takes === 'outside' ? 1 : chance) / (values * scales);
    }
  return { profit, elsewhere };
};

describe('continuous values and scales on a grid', () => {
  test('beside a rival whose product makes cost nonconvex the menu is the chains’, lotteries included, and so is the best without', async () => {
    const other = rivalOf({ degree: 0.3, cost: 0.3 });
    const exact = (await solution(population([flagship], other, {}))).result;
    const solved = await solution(population([flagship], other, grid));
    const { result } = solved;
    expect([exact.lotteries, result.lotteries]).toEqual([true, true]);
    expectClose(result.certificate.upperBound!, exact.profit!, 1e-6, 'bound');
    expect(result.certificate.attainedProfit!).toBeLessThan(exact.profit!);
    expect(result.certificate.attainedProfit!).toBeGreaterThan(0.999 * exact.profit!);
    expect(result.certificate.attainedProfit!).toBeGreaterThan(1.005 * exact.withoutLotteries!.profit!);
    expect(result.withoutLotteries!.profit!).toBeLessThan(exact.withoutLotteries!.profit!);
    expect(result.withoutLotteries!.profit!).toBeGreaterThan(0.999 * exact.withoutLotteries!.profit!);
    expect(Math.abs(result.outsideShare! - exact.outsideShare!)).toBeLessThan(5e-3);
    const { profit, elsewhere } = earnedFrom(solved, { flagship }, 160, 24);
    expect(Math.abs(profit / result.profit! - 1)).toBeLessThan(1e-2);
    expect(Math.abs(elsewhere - result.outsideShare!)).toBeLessThan(1e-2);
    expect(result.notes.join(' ')).toContain('Some items are lotteries');
  }, 240_000);

  test('what buyers have in numbers is left to them where it serves them best', async () => {
    const outside = { utility: '0.2*scale*value' };
    const exact = (await solution(population([{ degree: 0.3, cost: 0.25 }, flagship], outside, {}))).result;
    const { result } = await solution(population([{ degree: 0.3, cost: 0.25 }, flagship], outside, grid));
    expect(result.certificate.attainedProfit!).toBeLessThan(exact.profit!);
    expect(result.certificate.attainedProfit!).toBeGreaterThan(0.995 * exact.profit!);
    expect(Math.abs(result.outsideShare! - exact.outsideShare!)).toBeLessThan(3e-2);
  }, 240_000);

  test('the example: a small model and a flagship beside a rival', async () => {
    const study = await readStudy('examples/rival-lotteries.yaml', registry);
    const { result, quote } = await solve(study);
    expect(result.lotteries).toBe(true);
    expect(result.certificate.relativeGap!).toBeLessThan(5e-3);
    expect(result.withoutLotteries!.profit!).toBeLessThan(0.97 * result.profit!);
    const { lottery, rent, takes } = quote({ value: 0.65, scale: 0.8 });
    expect([takes, lottery!.map(({ model }) => model)]).toEqual(['menu', ['small', 'flagship']]);
    // What she makes of the rival's tokens.
    expect(rent!).toBeGreaterThan(surplusOf(rival, [0.8], [0.65]) - 1e-9);
    expect(rent!).toBeLessThan(1.01 * surplusOf(rival, [0.8], [0.65]));
    const sums: Result['models'] = result.models!;
    expectClose(
      sums.reduce((sum, { share }) => sum + share, 0),
      1 - result.excludedShare!,
      1e-6,
    );
  }, 240_000);
});
