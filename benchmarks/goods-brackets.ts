import { createRegistry, parseStudy, solve, standardPlugin } from '@menusmith/app';
import { duration, type Section, table } from './section.ts';

interface GoodsCase {
  readonly name: string;
  readonly cost: object;
  readonly values: readonly object[];
  readonly dependence?: object;
  /** Cells of each good, quick ones first. */
  readonly grids: readonly number[];
  /** What the best menu earns from the continuous buyers, where that is known. */
  readonly known?: number;
}

const unit = { use: 'uniform', min: 0, max: 1 };
const free = { use: 'linear', rate: 0, max: 1 };
const dependent = (name: string, dependence: object): GoodsCase => ({
  name: `two goods, ${name}`,
  cost: free,
  values: [unit, unit],
  dependence,
  grids: [12, 24],
});

const cases: readonly GoodsCase[] = [
  {
    name: 'two goods',
    cost: free,
    values: [unit, unit],
    grids: [15, 30],
    known: (12 + 2 * Math.SQRT2) / 27,
  },
  {
    name: 'Rochet–Choné on [1, 2]²',
    cost: { use: 'quadratic' },
    values: [
      { ...unit, min: 1, max: 2 },
      { ...unit, min: 1, max: 2 },
    ],
    grids: [30, 60, 100],
  },
  dependent('Gaussian .6', { use: 'gaussian', rho: 0.6 }),
  dependent('Gaussian −.6', { use: 'gaussian', rho: -0.6 }),
  { name: 'three goods', cost: free, values: [unit, unit, unit], grids: [5, 10] },
];

const QUICK = 1;

/** How near what a grid's menu earns from continuous buyers of goods and the bound on any menu come to each other. */
export const goodsBrackets = async (isQuick: boolean): Promise<Section> => {
  const registry = createRegistry([standardPlugin]);
  const failures: string[] = [];
  const rows: string[][] = [];
  for (const { name, cost, values, dependence, grids, known } of cases) {
    let before: { readonly n: number; readonly gap: number } | undefined;
    for (const n of isQuick ? grids.slice(0, QUICK) : grids) {
      const buyers = { kind: 'goods', values, dependence, grid: values.map(() => n) };
      const started = process.cpuUsage();
      const study = parseStudy(JSON.stringify({ cost, buyers }), { file: 'goods.json', registry });
      const { result } = await solve(study);
      const { user, system } = process.cpuUsage(started);
      const { attainedProfit, upperBound } = result.population!;
      const gap = 1 - attainedProfit! / upperBound!;
      const grid = values.map(() => n).join(' × ');
      if (!(gap > 0)) failures.push(`${name}, ${grid}: a menu earns more than the bound`);
      if (known !== undefined && !(attainedProfit! <= known && upperBound! >= known))
        failures.push(`${name}, ${grid}: ${known} is not between ${attainedProfit} and ${upperBound}`);
      rows.push([
        name,
        grid,
        attainedProfit!.toFixed(6),
        upperBound!.toFixed(6),
        `${(100 * gap).toFixed(4)} %`,
        before ? (Math.log(before.gap / gap) / Math.log(n / before.n)).toFixed(1) : '',
        duration((user + system) / 1000),
      ]);
      before = { n, gap };
    }
  }
  return {
    title: 'Goods: menu and bound',
    body: [
      'What a grid’s menu earns from the continuous buyers, what no menu earns from them, and what is left between them as a share of the bound; the order at which that fell from the grid before, and the processor’s time of the whole solve. ' +
        'Goods are free, at most one of each, and values uniform on [0, 1], unless it says otherwise.',
      table(['buyers', 'cells', 'attained', 'bound', 'gap', 'order', 'time'], rows),
    ],
    pictures: [],
    failures,
  };
};
