import { createRegistry, parseStudy, solve, standardPlugin } from '@menusmith/app';
import { type Section, table } from './section.ts';

const uniform = { use: 'uniform', min: 0, max: 1 };
const buyers = [
  { name: 'FGM .9', dependence: { use: 'fgm', theta: 0.9 } },
  { name: 'FGM −.9', dependence: { use: 'fgm', theta: -0.9 } },
  { name: 'Gaussian .6', dependence: { use: 'gaussian', rho: 0.6 } },
  { name: 'Gaussian −.6', dependence: { use: 'gaussian', rho: -0.6 } },
  { name: 'Clayton 2', dependence: { use: 'clayton', theta: 2 } },
  {
    name: 'FGM .9, Beta(2, 3) values',
    dependence: { use: 'fgm', theta: 0.9 },
    value: { use: 'beta', a: 2, b: 3, min: 0, max: 1 },
  },
];

const inputs = Object.fromEntries(
  ['input', 'output', 'fineTuning'].map((name) => [
    name,
    { scope: name === 'fineTuning' ? 'shared' : 'task', cost: 0.125 },
  ]),
);

/** Example 1's technology, tokens task by task, on an n × n grid. */
const studyOf = ({ name, ...of }: (typeof buyers)[number], n: number): string =>
  JSON.stringify({
    name,
    production: {
      use: 'cobb-douglas',
      exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 },
      base: { fineTuning: 1 },
    },
    inputs,
    buyers: { kind: 'value-scale', value: uniform, scale: uniform, ...of, grid: { values: n, scales: n } },
    contract: 'allocations',
  });

/** How near the menu of a grid and the bound for continuous buyers come to each other, by grid and dependence. */
export const brackets = async (isQuick: boolean): Promise<Section> => {
  const registry = createRegistry([standardPlugin]);
  const grids = isQuick ? [8, 16] : [16, 32, 64];
  const failures: string[] = [];
  const rows: string[][] = [];
  for (const each of buyers) {
    const gaps: number[] = [];
    let [seen, hidden] = [Number.NaN, Number.NaN];
    for (const n of grids) {
      const { result } = await solve(parseStudy(studyOf(each, n), { file: 'bracket.json', registry }));
      const { attainedProfit, upperBound, observableScale } = result.population!;
      gaps.push(1 - attainedProfit! / upperBound!);
      [seen, hidden] = [observableScale!, upperBound!];
      if (!(gaps.at(-1)! > 0)) failures.push(`${each.name}, ${n} × ${n}: a menu earns more than the bound`);
    }
    const order = Math.log2(gaps.at(-2)! / gaps.at(-1)!);
    rows.push([
      each.name,
      hidden.toPrecision(6),
      `${(100 * (seen / hidden - 1)).toFixed(3)} %`,
      ...gaps.map((gap) => `${(100 * gap).toFixed(4)} %`),
      order.toFixed(1),
    ]);
  }
  const head = ['buyers', 'bound', 'seen scales above it', ...grids.map((n) => `${n} × ${n}`), 'order'];
  return {
    title: 'Hidden scales: menu and bound',
    body: [
      'Example 1’s technology, tokens task by task, uniform margins where none are named: what is left, as a share of the bound, between what a grid’s menu earns from continuous buyers and what no menu earns from them; and the order of the last halving. ' +
        'The bound is that of the finest grid.',
      table(head, rows),
    ],
    pictures: [],
    failures,
  };
};
