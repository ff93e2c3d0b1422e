import { gaussLegendre } from '@menusmith/core';
import highsModule, { type Highs } from 'highs';
import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../packages/app/src/composition-root.ts';
import {
  bestTiers,
  latexTable,
  type MenuTable,
  menuTable,
  type ProfileBuyers,
  parseStudy,
  type Result,
  reportPage,
  type Study,
  soldItems,
  solve,
  studyFromText,
  studyPictures,
} from '../../packages/app/src/index.ts';
import { csvTable } from '../../packages/app/src/study/csv-table.ts';
import { solveReport } from '../../packages/cli/src/solve-report.ts';
import { tiersReport } from '../../packages/cli/src/tiers-report.ts';
import { gaussian } from '../../plugins/src/copulas/gaussian.ts';
import { beta } from '../../plugins/src/distributions/beta.ts';
import { standardPlugin } from '../../plugins/src/index.ts';

const registry = createRegistry([standardPlugin]);
const read = (study: unknown) => parseStudy(JSON.stringify(study), { file: 'goods.json', registry });
const solved = async (study: unknown): Promise<Result> => (await solve(read(study))).result;
const buyersOf = (study: unknown): ProfileBuyers => read(study).buyers as ProfileBuyers;

const free = { use: 'linear', rate: 0, max: 1 };
const unit = { use: 'uniform', min: 0, max: 1 };
const twoGoods = (grid: readonly number[], more: object = {}) => ({
  cost: free,
  buyers: { kind: 'goods', values: [unit, unit], grid, ...more },
});

describe('two goods uniform on [0, 1]² (Manelli and Vincent 2006)', () => {
  // Prices 2/3 for one good and (4 − √2)/3 for both earn (12 + 2√2)/27 from the continuous buyers.
  const continuum = (12 + 2 * Math.SQRT2) / 27;

  test('the grid’s revenue tends to the continuum’s at order 1 from above', async () => {
    const [coarse, fine] = [await solved(twoGoods([8, 8])), await solved(twoGoods([16, 16]))];
    for (const { grid } of [coarse, fine]) expect(grid!.relativeGap).toBeLessThan(1e-8);
    const [first, second] = [coarse.grid!.profit! - continuum, fine.grid!.profit! - continuum];
    expect(second).toBeGreaterThan(0);
    expect(first / second).toBeGreaterThan(1.8);
    expect(first / second).toBeLessThan(2.3);
    // What is left after one step of Richardson's is of order 2: half a cell squared, as prices can only be midpoints.
    expect(Math.abs(2 * fine.grid!.profit! - coarse.grid!.profit! - continuum)).toBeLessThan((1 / 16) ** 2);
  });

  test('the menu earns the continuum’s revenue from continuous buyers, and the bound comes down to it at order 2', async () => {
    const [coarse, fine] = [await solved(twoGoods([8, 8])), await solved(twoGoods([16, 16]))];
    for (const { profit, certificate } of [coarse, fine]) {
      expect(certificate.of).toBe('population');
      expect(Math.abs(profit! - continuum)).toBeLessThan(1e-7);
      expect(certificate.attainedProfit!).toBeLessThan(continuum + 1e-12);
      expect(certificate.upperBound!).toBeGreaterThan(continuum - 1e-12);
    }
    expect(fine.status).toBe('optimal');
    const [first, second] = [coarse, fine].map(({ certificate }) => certificate.upperBound! - continuum);
    expect(first! / second!).toBeGreaterThan(3);
    expect(fine.consumerSurplus! + fine.revenue!).toBeCloseTo(fine.welfare!, 12);
    expect(fine.excludedShare!).toBeCloseTo(1 / 3, 4);
    expect(fine.efficientWelfare!).toBeCloseTo(1, 6);
  });

  test('items are each good alone and both, at the prices 2/3 and (4 − √2)/3', async () => {
    const result = await solved(twoGoods([16, 16], { names: ['pen', 'paper'] }));
    const { items, count } = soldItems(result)!;
    expect(count).toBe(3);
    const has = items.map(({ profile }) => profile!.join(' '));
    expect(has.sort()).toEqual(['0 1', '1 0', '1 1']);
    expect(Math.abs(items[0]!.transfer - 2 / 3)).toBeLessThan(1e-4);
    expect(Math.abs(items[2]!.transfer - (4 - Math.SQRT2) / 3)).toBeLessThan(1e-4);
    const taken = items.reduce((sum, { share }) => sum + share, 0);
    expect(taken + result.excludedShare!).toBeCloseTo(1, 12);
    expect(items.reduce((sum, { share, transfer }) => sum + share * transfer, 0)).toBeCloseTo(
      result.profit!,
      12,
    );
  });

  test('the result says of whom it speaks', async () => {
    const result = await solved(twoGoods([4, 3], { names: ['pen', 'paper'] }));
    expect(result.tasks).toEqual(['pen', 'paper']);
    expect(result.goods!.cells).toEqual([4, 3]);
    expect(result.grid!.cells).toEqual([4, 3]);
    expect(result.population!.upperBound).toBe(result.certificate.upperBound);
    expect(result.notes[0]).toMatch(/of the continuous buyers, who take what they like best/);
    expect(result.notes[0]).toMatch(/on the grid of 4 × 3 cells, each held by its midpoint/);
    expect(result.types[1]!.values).toEqual([0.125, 0.5]);
  });

  test('under efficient everybody has both goods, and welfare is the mean value of both', async () => {
    const result = await solved({ ...twoGoods([5, 7]), contract: 'efficient' });
    expect(result.welfare).toBeCloseTo(1, 14);
    expect(result.certificate.of).toBe('grid');
    expect(result.profit).toBeNull();
  });
});

/*
 * Uniform on [c₁, c₁ + 1] × [c₂, c₂ + 1] (Thirumulanathan, Sundaresan and Narahari 2019): a bundle where both c are high, and where c₁ is high and c₂ low good 1 for all, nobody being
 * excluded, beside good 2 at its own price.
 */
describe('two goods uniform on a rectangle away from 0 (Thirumulanathan, Sundaresan and Narahari 2019)', () => {
  const above = (min: number) => ({ use: 'uniform', min, max: min + 1 });
  const on = (c: readonly [number, number], cells: number) => ({
    cost: free,
    buyers: { kind: 'goods', values: c.map(above), grid: [cells, cells] },
  });
  const itemsOf = ({ types }: Result): readonly string[] =>
    [...new Set(types.map(({ profile }) => profile!.map((q) => Math.round(q * 1e6) / 1e6).join(' ')))].sort();
  // p (1 − (p − 4)²/2) is largest at p = 4 + (√22 − 4)/3.
  const over = (Math.sqrt(22) - 4) / 3;

  test.each([
    ['[2, 3]²: the bundle alone', [2, 2], (4 + over) * (1 - over ** 2 / 2), ['0 0', '1 1']],
    [
      // Somebody would be excluded for c₁ < 2/(1 − c₂).
      '[3, 4] × [.25, 1.25]: good 1 at 3, and good 2 at .625',
      [3, 0.25],
      3 + 0.625 ** 2,
      ['1 0', '1 1'],
    ],
  ] as const)('%s', async (_, c, revenue, items) => {
    const [coarse, fine] = [await solved(on(c, 6)), await solved(on(c, 12))];
    expect(itemsOf(fine)).toEqual(items);
    for (const { profit, certificate } of [coarse, fine]) {
      expect(profit!).toBeLessThan(revenue * (1 + 1e-7));
      expect(profit!).toBeGreaterThan(revenue * (1 - 1e-3));
      expect(certificate.upperBound!).toBeGreaterThan(revenue - 1e-9);
      expect(certificate.relativeGap!).toBeLessThan(1e-2);
    }
    expect(fine.certificate.relativeGap!).toBeLessThan(coarse.certificate.relativeGap!);
    // The grid's optimum is above by a cell's worth, and tends to the continuum's at order 1.
    const [far, near] = [coarse.grid!.profit! - revenue, fine.grid!.profit! - revenue];
    expect(near).toBeGreaterThan(0);
    expect(far / near).toBeGreaterThan(1.8);
    expect(far / near).toBeLessThan(2.4);
    expect(Math.abs(2 * fine.grid!.profit! - coarse.grid!.profit! - revenue)).toBeLessThan(3e-3 * revenue);
  });
});

describe('two goods uniform on [1, 2]² with C = |q|²/2 (Rochet and Choné 1998)', () => {
  test.each([
    [10, 1.5801454, 4e-3],
    [20, 1.5473689, 1.4e-3],
    [30, 1.5365147, 8e-4],
  ])(
    '%i cells a good have the optimum %f, and their menu is within %f of what any menu earns',
    async (n, profit, gap) => {
      const value = { use: 'uniform', min: 1, max: 2 };
      const result = await solved({
        cost: { use: 'quadratic' },
        buyers: { kind: 'goods', values: [value, value], grid: [n, n] },
      });
      expect(result.grid!.relativeGap!).toBeLessThan(1e-8);
      expect(Math.abs(result.grid!.profit! - profit)).toBeLessThan(6e-8);
      // The continuum's 1.51549 lies between the two sides.
      expect(result.certificate.attainedProfit!).toBeLessThan(1.515495);
      expect(result.certificate.upperBound!).toBeGreaterThan(1.515485);
      expect(result.certificate.relativeGap!).toBeLessThan(gap);
    },
  );
});

describe('one good', () => {
  test('is a chain: the best of all prices at midpoints', async () => {
    const value = { use: 'beta', a: 2, b: 3 };
    const study = { cost: free, buyers: { kind: 'goods', values: [value], grid: [37] } };
    const { cdf } = beta.create({ a: 2, b: 3, min: 0, max: 1 }, undefined);
    const best = Math.max(...Array.from({ length: 37 }, (_, i) => ((i + 0.5) / 37) * (1 - cdf(i / 37))));
    expect((await solved(study)).profit).toBeCloseTo(best, 10);
  });

  test('takes no copula', () => {
    const buyers = { kind: 'goods', values: [unit], dependence: { use: 'gaussian', rho: 0.3 } };
    expect(() => read({ cost: free, buyers })).toThrow(
      /buyers.dependence: a copula joins the values of two goods; expected independent for one good, got gaussian/,
    );
  });
});

describe('dependent goods', () => {
  const values = [
    { use: 'beta', a: 2, b: 3 },
    { use: 'beta', a: 1.5, b: 1, max: 2 },
  ];
  const rho = 0.6;
  const study = (grid: readonly number[]) => ({
    cost: free,
    buyers: { kind: 'goods', values, dependence: { use: 'gaussian', rho }, grid },
  });

  test('masses of cells are the integrals of the joint density', () => {
    const [first, second] = [
      beta.create({ a: 2, b: 3, min: 0, max: 1 }, undefined),
      beta.create({ a: 1.5, b: 1, min: 0, max: 2 }, undefined),
    ];
    const copula = gaussian.create({ rho }, undefined);
    const [m, n] = [4, 5];
    const rule = gaussLegendre(24);
    const { types } = buyersOf(study([m, n]));
    // A cell away from the edges, where the density is smooth.
    for (const [i, j] of [
      [1, 2],
      [2, 1],
      [2, 3],
    ] as const) {
      let mass = 0;
      rule.nodes.forEach((s, a) => {
        rule.nodes.forEach((t, b) => {
          const [x, y] = [(i + s) / m, (2 * (j + t)) / n];
          const density = copula.density(first.cdf(x), second.cdf(y)) * first.density(x) * second.density(y);
          mass += (rule.weights[a]! * rule.weights[b]! * density * 2) / (m * n);
        });
      });
      expect(Math.abs(types[i * n + j]!.mass - mass)).toBeLessThan(1e-12);
      expect(Array.from(types[i * n + j]!.values)).toEqual([(i + 0.5) / m, (j + 0.5) * (2 / n)]);
    }
  });

  test('menu and bound are near each other, though the copula’s density is infinite in corners', async () => {
    const buyers = { dependence: { use: 'gaussian', rho: 0.6 } };
    const { certificate } = await solved(twoGoods([12, 12], buyers));
    // Evenly spread flows and a rule by densities left 1.4 %.
    expect(certificate.relativeGap!).toBeLessThan(2e-3);
    expect(certificate.relativeGap!).toBeGreaterThan(0);
  });

  test('marginals are those of the distributions, whatever the copula', () => {
    const [m, n] = [6, 3];
    const { types } = buyersOf(study([m, n]));
    const { cdf } = beta.create({ a: 2, b: 3, min: 0, max: 1 }, undefined);
    for (let i = 0; i < m; i++) {
      const mass = types.slice(i * n, (i + 1) * n).reduce((sum, type) => sum + type.mass, 0);
      expect(Math.abs(mass - (cdf((i + 1) / m) - cdf(i / m)))).toBeLessThan(1e-14);
    }
  });

  test('the profit is that of the linear program with every incentive constraint', async () => {
    const result = await solved(study([6, 5]));
    const program = await everyConstraint(buyersOf(study([6, 5])));
    expect(Math.abs(result.grid!.profit! - program)).toBeLessThan(1e-8);
  });
});

/** max Σ f (⟨w, q⟩ − U) over U ≥ 0 and 0 ≤ q ≤ 1 with all N(N − 1) constraints U_n ≥ U_k + ⟨w_n − w_k, q_k⟩, in the study's own numbers. */
const everyConstraint = async ({ types, tasks }: ProfileBuyers): Promise<number> => {
  const start = highsModule as unknown as typeof highsModule.default;
  const highs: Highs = await start();
  const [count, goods] = [types.length, tasks.weights.length];
  const columns = count * (1 + goods);
  const column = (n: number, k: number): number => count + n * goods + k;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let n = 0; n < count; n++) {
    for (let k = 0; k < count; k++) {
      if (n === k) continue;
      indices.push(n, k);
      values.push(1, -1);
      for (let g = 0; g < goods; g++) {
        const difference = types[n]!.values[g]! - types[k]!.values[g]!;
        if (difference === 0) continue;
        indices.push(column(k, g));
        values.push(-difference);
      }
      starts.push(indices.length);
    }
  }
  const rows = starts.length - 1;
  const cost = new Float64Array(columns);
  types.forEach(({ mass, values: own }, n) => {
    cost[n] = mass;
    for (let g = 0; g < goods; g++) cost[column(n, g)] = -mass * own[g]!;
  });
  const model = highs.createModel({
    numCols: columns,
    numRows: rows,
    colCost: cost,
    colLower: new Float64Array(columns),
    colUpper: Float64Array.from({ length: columns }, (_, c) => (c < count ? highs.infinity : 1)),
    rowLower: new Float64Array(rows),
    rowUpper: new Float64Array(rows).fill(highs.infinity),
    matrix: { format: 'csr', numRows: rows, numCols: columns, starts, indices, values },
  });
  try {
    model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: 1e-10,
      dual_feasibility_tolerance: 1e-10,
    });
    model.raw.run();
    expect(model.getModelStatus()).toBe(highs.constants.modelStatus.optimal);
    return -model.getSolution().colValue.reduce((sum, x, c) => sum + cost[c]! * x, 0);
  } finally {
    model.dispose();
  }
};

describe('a grid of goods', () => {
  test('of three independent goods has the product of their masses', () => {
    const triangle = { use: 'beta', a: 2, b: 1 };
    const { types, tasks, goods } = buyersOf({
      cost: free,
      buyers: { kind: 'goods', values: [triangle, unit, triangle], grid: [2, 3, 2] },
    });
    expect(Array.from(tasks.weights)).toEqual([1, 1, 1]);
    expect(goods!.cells).toEqual([2, 3, 2]);
    // F(x) = x² of the first and the last.
    expect(types[0]!.mass).toBeCloseTo(0.25 / 3 / 4, 15);
    expect(types[11]!.mass).toBeCloseTo(0.75 / 3 / 4 + (0.75 * 0.5) / 3, 15);
    expect(Array.from(types[1]!.values)).toEqual([0.25, 1 / 6, 0.75]);
  });

  test('ends with the buyers where next to nobody is beyond, who count for the outermost cells', () => {
    const { types } = buyersOf({
      cost: free,
      buyers: { kind: 'goods', values: [{ use: 'exponential', rate: 1, max: 1000 }], grid: [50] },
    });
    const highest = types.at(-1)!.values[0]!;
    expect(highest).toBeGreaterThan(15);
    expect(highest).toBeLessThan(20);
    expect(types.reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(1, 14);
  });

  test.each([
    [1, 100],
    [2, 24],
    [3, 10],
    [4, 5],
    [9, 2],
  ])('of %i goods has %i cells a good, unless the study says otherwise', (count, cells) => {
    const values = Array.from({ length: count }, () => unit);
    const { goods } = buyersOf({ cost: free, buyers: { kind: 'goods', values } });
    expect(goods!.cells).toEqual(values.map(() => cells));
  });
});

describe('a file with a column a good', () => {
  const goods = {
    cost: free,
    buyers: {
      kind: 'goods',
      names: ['a', 'b', 'c'],
      values: [unit, unit, { use: 'beta', a: 2, b: 2 }],
      grid: [3, 3, 3],
    },
  };
  const { types } = buyersOf(goods);
  const csv = ['n,a,b,c', ...types.map(({ mass, values }) => [mass, ...values].join(','))].join('\n');
  const fromFile = (more: object) =>
    studyFromText(
      JSON.stringify({
        cost: free,
        buyers: { kind: 'file', file: 'cells.csv', columns: { mass: 'n' }, ...more },
      }),
      { file: 'file.json', registry, csvFiles: () => csvTable(csv, 'cells.csv') },
    );

  test('and weights of 1 is the same problem, with the columns as names', async () => {
    const [of, file] = [await solved(goods), (await solve(fromFile({ weights: [1, 1, 1] }))).result];
    expect(Math.abs(file.profit! - of.grid!.profit!)).toBeLessThan(1e-9);
    expect(file.tasks).toEqual(['a', 'b', 'c']);
    expect(file.goods).toBeUndefined();
  });

  test('and no weights has a third of it, and says so', async () => {
    const [of, file] = [await solved(goods), (await solve(fromFile({}))).result];
    expect(Math.abs(3 * file.profit! - of.grid!.profit!)).toBeLessThan(1e-9);
    expect(file.notes.join()).toMatch(/each counts 1\/3 in values and costs/);
  });
});

describe('values net of what a good costs', () => {
  const rates = [0.3, 0.1];
  const shifted = rates.map((rate) => ({ use: 'uniform', min: -rate, max: 1 - rate }));

  test('are the same problem as the cost itself, at prices that are lower by it', async () => {
    const gross = await solved({ ...twoGoods([6, 6]), cost: { use: 'linear', rate: rates, max: 1 } });
    const net = await solved(twoGoods([6, 6], { values: shifted }));
    expect(Math.abs(gross.grid!.profit! - net.grid!.profit!)).toBeLessThan(1e-9);
    expect(Math.abs(gross.profit! - net.profit!)).toBeLessThan(1e-6);
    expect(gross.excludedShare).toBeCloseTo(net.excludedShare!, 3);
    const prices = (result: Result, cost: readonly number[]): number[] =>
      soldItems(result)!
        .items.map(
          ({ transfer, profile }) => transfer - profile!.reduce((sum, q, k) => sum + q * cost[k]!, 0),
        )
        .sort((a, b) => a - b);
    const [dearer, cheaper] = [prices(gross, rates), prices(net, [0, 0])];
    expect(dearer).toHaveLength(cheaper.length);
    dearer.forEach((price, k) => {
      expect(Math.abs(price - cheaper[k]!)).toBeLessThan(1e-3);
    });
  });

  test('may be negative of one good too: the best price at a midpoint', async () => {
    const values = [{ use: 'uniform', min: -1, max: 1 }];
    const result = await solved({ cost: free, buyers: { kind: 'goods', values, grid: [20] } });
    // 0.55 sells to the five cells of twenty from 0.5 on; 0.45 to six, and 0.65 to four, for less.
    expect(result.profit).toBeCloseTo(0.55 * 0.25, 12);
  });

  test('are refused where quality is made from inputs', () => {
    const production = { use: 'cobb-douglas', exponents: { input: 0.5 } };
    const study = {
      production,
      inputs: { input: { scope: 'task', cost: 1 } },
      buyers: twoGoods([4, 4]).buyers,
    };
    const buyers = { ...study.buyers, values: [unit, shifted[0]] };
    expect(() => read({ ...study, buyers })).toThrow(
      /buyers.values\[1\]: expected a support of nonnegative numbers, got \[-0.3, 0.7\]/,
    );
  });

  test('with a total of one item, a buyer takes one good at most', async () => {
    const cost = { use: 'linear', rate: [0, 0], max: 1, total: 1 };
    const { types, grid, certificate } = await solved({ ...twoGoods([5, 5]), cost });
    expect(grid!.relativeGap!).toBeLessThan(1e-8);
    expect(certificate.relativeGap!).toBeLessThan(0.02);
    for (const { profile } of types) expect(profile![0]! + profile![1]!).toBeLessThan(1 + 1e-9);
  });
});

describe('a study of goods that is wrong is told', () => {
  const goods = (more: object) => ({ cost: free, buyers: { kind: 'goods', values: [unit, unit], ...more } });
  test.each([
    [{ values: [] }, /buyers.values: expected at least one distribution, got none/],
    [{ values: [unit, { use: 'unifrom' }] }, /buyers.values\[1\].use: no distribution called "unifrom"/],
    [{ grid: [10] }, /buyers.grid: expected 2 numbers of cells, one a good, got 1/],
    [{ grid: [10, 1] }, /buyers.grid\[1\]: expected a whole number of at least 2, got 1/],
    [{ grid: [101, 100] }, /buyers.grid: expected at most 10000 cells in all, got 10100 \(101 × 100\)/],
    [{ names: ['a'] }, /buyers.names: expected 2 names, one a good, got 1/],
    [{ names: ['a', 'a'] }, /buyers.names\[1\]: expected a name of its own, got a second "a"/],
    [{ names: ['a', ' '] }, /buyers.names\[1\]: expected a name in one line, got " "/],
    [{ value: unit }, /buyers.value: no such field; did you mean values\?/],
    [
      { values: [unit, unit, unit], dependence: { use: 'frank', theta: 2 } },
      /buyers.dependence: a copula joins the values of two goods; expected independent for 3 goods, got frank \(theta 2\)/,
    ],
  ])('%j', (more, message) => {
    expect(() => read(goods(more))).toThrow(message);
  });
});

describe('tables of goods', () => {
  const tableOf = async (names: readonly string[]): Promise<MenuTable> => {
    const study = read(twoGoods([3, 3], { names }));
    return menuTable(study, await solve(study));
  };

  test('have a column a good by its name, and what each type values it at', async () => {
    const { columns, rows } = await tableOf(['pen', 'paper']);
    expect(columns).toEqual([
      ...[
        'mass',
        'value of pen',
        'value of paper',
        'excluded',
        'quality',
        'pen',
        'paper',
        'transfer',
        'rent',
      ],
    ]);
    expect(rows.at(-1)!.slice(5, 7)).toEqual([1, 1]);
  });

  test('call a good by more than its name where that is another column’s', async () => {
    const { columns } = await tableOf(['transfer', 'profit']);
    expect(columns).toContain('quality of transfer');
    expect(columns).toContain('quality of profit');
    expect(new Set(columns).size).toBe(columns.length);
  });
});

describe('what people read of goods', () => {
  const texts = async (names: readonly string[], cost: object = free, more: object = {}) => {
    const study = read({ ...twoGoods([4, 4], { names, ...more }), cost });
    const solution = await solve(study);
    const { result } = solution;
    const menu = menuTable(study, solution);
    const origin = { program: 'menusmith', command: '', file: '', text: '' };
    return {
      page: reportPage({ study, result, menu, pictures: [], origin }),
      latex: latexTable(result, menu),
      terminal: solveReport(result, study, []),
      tiers: bestTiers(study, { counts: [1] }),
    };
  };

  test('has each good by its name in each item, and says of whom it speaks', async () => {
    const { page, latex, terminal, tiers } = await texts(['pen & ink', 'paper']);
    expect(page).toMatch(/What is sold, from the cheapest item to the dearest/);
    expect(page).toMatch(/<th[^>]*>pen &amp; ink<\/th>/);
    expect(page).toMatch(
      /Buyers have a value for each good: pen &amp; ink, uniform on \[0, 1\]; paper, uniform/,
    );
    expect(latex).toContain('item & price & quality & pen \\& ink & paper & share of buyers');
    expect(latex).toMatch(/\$3\$ & \$0\.86\d*\$ & \$2\$ & \$1\$ & \$1\$ & [\d.]+ \\%/);
    for (const text of [page, latex]) expect(text).toMatch(/grid of 4/);
    expect(terminal).toMatch(/item +price +quality +pen & ink +paper +share of buyers/);
    expect(terminal).toContain('over the whole population');
    expect(terminal).toMatch(/of the grid of 4 × 4 cells:\s+attained/);
    expect(terminal.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect(tiers.tasks).toEqual(['pen & ink', 'paper']);
    expect(tiersReport(tiers)).toMatch(/of pen & ink +1\n +of paper +1\n/);
    expect(tiers.notes[0]).toMatch(/^All numbers speak of the continuous buyers/);
  });

  test('is told item beside item where there are many goods, and of the most taken items alone', async () => {
    const names = ['first', 'second', 'third', 'fourth', 'a fifth with a name of many words'];
    const buyers = { names, values: names.map(() => unit), grid: names.map(() => 2) };
    const { terminal, latex } = await texts(names, { use: 'quadratic' }, buyers);
    expect(terminal).toMatch(/ item 1 +item 2 +item 3 +item 4\n/);
    expect(terminal).toMatch(/\n {2}fourth +[\d.]+ /);
    expect(terminal).toMatch(/12 of 3[12] items: those that most buyers take/);
    expect(terminal.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect(latex).toMatch(/& item 1 & item 2 & item 3 & item 4 & item 5 & item 6 /);
    expect(latex).toMatch(/The items: the 6 of 3[12] that most buyers take/);
  });
});

describe('the plane of two goods', () => {
  const planeOf = async (study: Study) => {
    const pictures = studyPictures(study, await solve(study));
    const plane = pictures.find(({ name }) => name === 'item-plane');
    return plane?.specification as
      | { datasets: { cells: readonly Record<string, unknown>[] }; encoding: { color: { scale: object } } }
      | undefined;
  };

  test('has a rectangle a cell, coloured by what its buyers take', async () => {
    const plane = (await planeOf(read(twoGoods([4, 4], { names: ['pen', 'paper'] }))))!;
    const { cells } = plane.datasets;
    expect(cells).toHaveLength(16);
    expect(cells[0]).toEqual({ x: 0, right: 0.25, y: 0, above: 0.25, item: 'nothing' });
    expect(cells.at(-1)).toMatchObject({ x: 0.75, above: 1, item: 'pen and paper: 0.8619' });
    expect(cells.at(-4)).toMatchObject({ x: 0.75, y: 0, item: 'pen: 0.6667' });
  });

  test('is drawn for listed types too, and neither for three goods nor for a menu of too many items', async () => {
    const types = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => ({ mass: 1, values: [a, b] })));
    const listed = { kind: 'profiles', tasks: { weights: [1, 1], names: ['pen', 'paper'] }, types };
    const plane = (await planeOf(read({ cost: free, buyers: listed })))!;
    expect(plane.datasets.cells[5]).toMatchObject({ x: 1, y: 2 });
    const three = { kind: 'goods', values: [unit, unit, unit], grid: [2, 2, 2] };
    expect(await planeOf(read({ cost: free, buyers: three }))).toBeUndefined();
    const many = { ...twoGoods([6, 6]), cost: { use: 'quadratic' } };
    expect(await planeOf(read(many))).toBeUndefined();
  });
});

test('items that differ by rounding are one, and buyers of nothing take none', () => {
  const type = (profile: readonly number[], transfer: number) => ({
    mass: 0.25,
    excluded: profile.every((q) => q === 0),
    quality: profile.reduce((sum, q) => sum + q, 0),
    profile,
    transfer,
    rent: 0,
    virtualValue: null,
    ironedVirtualValue: null,
    inputs: {},
    perTask: {},
    tariff: null,
  });
  const types = [type([0, 1], 0.5), type([1e-9, 1], 0.5 + 1e-9), type([0, 0], 0), type([1, 1], 0.9)];
  const sold = soldItems({ tasks: ['a', 'b'], types, status: 'optimal', method: 'finite' })!;
  expect(sold.items.map(({ share, transfer }) => [share, transfer])).toEqual([
    [0.5, 0.5],
    [0.25, 0.9],
  ]);
  expect(soldItems({ tasks: ['a', 'b'], types, status: 'optimal', method: 'finite' }, 1)).toMatchObject({
    count: 2,
  });
  expect(soldItems({ types, status: 'optimal', method: 'finite' })).toBeUndefined();
  // A package is what its buyers make of it.
  const packages = { tasks: ['a', 'b'], types, status: 'optimal', method: 'one-dimensional' } as const;
  expect(soldItems(packages)).toBeUndefined();
});
