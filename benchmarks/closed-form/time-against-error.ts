import type { Case } from '../cases.ts';
import { colours, duration, pictureConfig, type Section, small, spread, table } from '../section.ts';
import { timeInTurns } from '../timing.ts';
import { type Quantity, quantitiesOf, worstError } from './quantities.ts';
import { minimizerPaths, ownPaths, type SupplyPath } from './supply-paths.ts';

interface Dot {
  readonly case: string;
  readonly quantity: string;
  readonly path: string;
  readonly nodes: number;
  /** Milliseconds. */
  readonly time: number;
  readonly error: number;
}

/** What our own paths may be wrong by at the most nodes. */
const RIGHT = 1e-10;
const shownError = 1e-16;

/**
 * Time against error for every path, on every quantity of every closed-form case: the closed form, our Newton path with and without a gradient, and
 * general minimizers from packages. Integrals on 4, 8 and more nodes a piece.
 */
export const timeAgainstError = (cases: readonly Case[], isQuick: boolean): Section => {
  const dots: Dot[] = [];
  const rows: string[][] = [];
  const failures: string[] = [];
  const counts = new Map<string, { asked: number; failed: number; why: Map<string, number> }>();
  const [few, many] = isQuick ? [[6], [6, 12, 24]] : [[8], [4, 8, 16, 24, 32]];
  for (const { name, study } of cases) {
    for (const quantity of quantitiesOf(study)) {
      const paths: SupplyPath[] = [...ownPaths, ...minimizerPaths()];
      const tasks = paths.flatMap((path) =>
        nodesFor(quantity, path.count === undefined ? many! : few!).map((nodes) => ({
          path,
          nodes,
          run: quantity.prepare(path, nodes),
          found: [] as readonly number[],
        })),
      );
      const timings = timeInTurns(
        tasks.map((task) => () => {
          task.found = task.run();
        }),
        isQuick ? { turns: 2, warmUp: 1, most: 100 } : { turns: 15, warmUp: 3, most: 1500 },
      );
      const cells = new Map<string, string>();
      tasks.forEach(({ path, nodes, found }, i) => {
        const error = worstError(found, quantity.right);
        const timing = timings[i]!;
        dots.push({
          case: name,
          quantity: quantity.name,
          path: path.name,
          nodes,
          time: timing.median,
          error,
        });
        // The last of a path, on the most nodes, is what the table shows.
        cells.set(path.name, `${spread(timing)} · ${Number.isFinite(error) ? small(error) : 'no answer'}`);
        const isLast = tasks[i + 1]?.path !== path;
        if (path.count === undefined && isLast && !(error <= RIGHT))
          failures.push(`${name}, ${quantity.name}: ${path.name} is off by ${small(error)}`);
      });
      rows.push([`${name}: ${quantity.name}`, ...paths.map((path) => cells.get(path.name)!)]);
      for (const { name: path, count } of paths) {
        if (count === undefined) continue;
        const sum = counts.get(path) ?? { asked: 0, failed: 0, why: new Map<string, number>() };
        sum.asked += count.asked;
        for (const [why, times] of count.failures) {
          sum.failed += times;
          sum.why.set(why, (sum.why.get(why) ?? 0) + times);
        }
        counts.set(path, sum);
      }
    }
  }
  return {
    title: 'Numeric against closed form: time against error',
    body: [
      `Every quantity of every case in [cases/closed-form](cases/closed-form), by every path: the closed form of the production function; our Newton path, from v and its gradient; the same from v alone; and general minimizers from packages (fmin, optimization-js), which have the gradient where they use one and start from one unit of every input. Where supply has a kink is told to all of them; integrals have ${many!.at(-1)} nodes a piece, ${few!.at(-1)} for the minimizers. A cell has the median time (and quartiles) for the whole quantity, and the largest relative error. For the two types the right answer is the least of the dual by golden section on the closed form; for value-scale and packages, the certified profit; else the closed form itself.`,
      table(['case: quantity', ...[...ownPaths, ...minimizerPaths()].map((path) => path.name)], rows),
      'How often the minimizers were asked for a supply, and how often what they proposed was not optimal (some slope above 2e-5 of the size of the problem; the packages stop at 1e-5), by how they ended:',
      table(
        ['minimizer', 'asked', 'failed', 'share', 'how'],
        [...counts].map(([path, { asked, failed, why }]) => [
          path,
          String(asked),
          String(failed),
          `${((100 * failed) / asked).toFixed(1)} %`,
          [...why].map(([reason, times]) => `${reason} ${times}`).join(', ') || '–',
        ]),
      ),
    ],
    pictures: [picture(dots)],
    failures,
  };
};

const nodesFor = ({ isIntegral }: Quantity, nodes: readonly number[]): readonly number[] =>
  isIntegral ? nodes : nodes.slice(-1);

const order: readonly Quantity['name'][] = [
  'efficient supply',
  'cost',
  'value-scale',
  'packages',
  'two types',
  'tariffs',
];

const picture = (dots: readonly Dot[]): Section['pictures'][number] => {
  const paths = [...new Set(dots.map((dot) => dot.path))];
  const values = dots
    .filter((dot) => !dot.case.startsWith('Asymmetric'))
    .map((dot) => ({
      ...dot,
      error: Number.isFinite(dot.error) ? Math.min(10, Math.max(shownError, dot.error)) : 10,
      label: `${dot.path}: ${duration(dot.time)}`,
    }));
  return {
    name: 'time-against-error',
    caption:
      'Each dot is one quantity computed by one path; lines join the same path on more and more quadrature nodes. Further left is faster, further down is more accurate. An error of 10 stands for no answer at all.',
    specification: {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      title: { text: 'Time against error, Example 1 and two types', anchor: 'start', offset: 12 },
      data: { values },
      facet: { field: 'quantity', type: 'nominal', sort: [...order], title: null },
      columns: 3,
      spec: {
        width: 230,
        height: 170,
        layer: [
          {
            mark: { type: 'line', strokeWidth: 1, opacity: 0.6 },
            encoding: { order: { field: 'nodes' }, detail: { field: 'case' } },
          },
          { mark: { type: 'point', filled: true, size: 42, opacity: 0.9 } },
        ],
        encoding: {
          x: {
            field: 'time',
            type: 'quantitative',
            scale: { type: 'log' },
            title: 'time, milliseconds',
            axis: { format: '~g', tickCount: 5 },
          },
          y: {
            field: 'error',
            type: 'quantitative',
            scale: { type: 'log', domain: [shownError, 10] },
            title: 'largest relative error',
            axis: { format: '.0e', tickCount: 6 },
          },
          color: {
            field: 'path',
            type: 'nominal',
            sort: paths,
            scale: { domain: paths, range: paths.map((_, i) => colours[i % colours.length]!) },
            legend: { title: null, orient: 'bottom', columns: 4, labelLimit: 0 },
          },
          shape: { field: 'path', type: 'nominal', sort: paths, scale: { domain: paths } },
        },
      },
      config: pictureConfig,
    },
  };
};
