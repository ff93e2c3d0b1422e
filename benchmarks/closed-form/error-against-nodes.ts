import type { ProductionTechnology, ValueScaleBuyers } from '@menusmith/app';
import { createRegistry, parseStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { integrate, iron, representativeDistribution, scaleMenu, supplyPoint } from '@menusmith/core';
import type { Case } from '../cases.ts';
import { colours, pictureConfig, powerOf, type Section, small, table } from '../section.ts';
import { quantitiesOf, worstError } from './quantities.ts';
import { ownPaths } from './supply-paths.ts';

/** Below this an error is rounding, and says nothing of the order. */
const FLOOR = 1e-12;

interface Point {
  readonly nodes: number;
  readonly error: number;
}

/** The slope −d log(error)/d log(nodes) over the last two points above rounding; infinite where one step went below it. */
const orderOf = (points: readonly Point[]): number => {
  const above = points.filter(({ error }) => error > FLOOR);
  if (above.length < 2) return Number.POSITIVE_INFINITY;
  return -powerOf(above.slice(-2).map(({ nodes, error }) => ({ x: nodes, y: error })));
};

const orderText = (order: number): string => (order > 12 ? 'exponential' : order.toFixed(1));

/** Errors against nodes, split at kinks and not; against the tolerance of adaptive quadrature; and of the finite grid. */
export const errorAgainstNodes = (cases: readonly Case[], isQuick: boolean): Section => {
  const counts = isQuick ? [2, 4, 8, 16] : [2, 4, 6, 8, 12, 16, 24, 32];
  const newton = ownPaths[1]!;
  const failures: string[] = [];
  const rows: string[][] = [];
  const dots: { case: string; quantity: string; rule: string; nodes: number; error: number }[] = [];
  for (const { name, study } of cases) {
    for (const quantity of quantitiesOf(study).filter(({ isIntegral }) => isIntegral)) {
      for (const isSplit of [true, false]) {
        const rule = isSplit ? 'split and graded' : 'one piece';
        const points = counts.map((nodes) => ({
          nodes,
          error: worstError(quantity.prepare(newton, nodes, isSplit)(), quantity.right),
        }));
        rows.push([
          `${name}: ${quantity.name}`,
          rule,
          ...points.map(({ error }) => small(error)),
          orderText(orderOf(points)),
        ]);
        for (const point of points) dots.push({ case: name, quantity: quantity.name, rule, ...point });
        if (isSplit && !isQuick && !(points.at(-1)!.error <= 1e-10))
          failures.push(
            `${name}, ${quantity.name}: still ${small(points.at(-1)!.error)} on ${counts.at(-1)} nodes`,
          );
      }
    }
  }
  return {
    title: 'Numeric against closed form: error against nodes and tolerance',
    body: [
      'Relative error of our Newton path on Gauss–Legendre rules of n nodes a piece; the order is the slope of the last two errors above rounding. Split: pieces end where supply has a kink or starts, and are graded where it starts like a fractional power. One piece: a rule over all types and all scales, as somebody would take who does not know of kinks.',
      table(['case: quantity', 'rule', ...counts.map((n) => `n = ${n}`), 'order'], rows),
      'Adaptive quadrature, as the solver uses it, on the profit of packages:',
      toleranceTable(cases),
      'The finite solver on an n × n grid against the continuum (each cell stands for its lowest value and its middle scale). Bound and attained profit are of the grid; with these cells they converge at order 2:',
      gridTable(cases, isQuick, failures),
    ],
    pictures: [picture(dots)],
    failures,
  };
};

const tolerances = [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12, 1e-13];

const toleranceTable = (cases: readonly Case[]): string => {
  const rows: string[][] = [];
  for (const { name, study } of cases.filter((each) => each.study.contract === 'packages')) {
    const how = study.technology as ProductionTechnology;
    const { value, scale } = study.buyers as ValueScaleBuyers;
    const supply = how.production.closedForm!(how.inputs);
    const types = representativeDistribution(value, scale, how.production.degree!);
    const served = iron(types);
    const { pieces } = scaleMenu({ types, served, supply, scale: 1 });
    const right = quantitiesOf(study).find((quantity) => quantity.name === 'packages')!.right[0]!;
    const point = supplyPoint(supply.inputs.length);
    for (const tolerance of tolerances) {
      let evaluations = 0;
      const { values, error } = integrate(
        (theta, out) => {
          evaluations++;
          supply.supply(served.at(theta), 1, point);
          out[0] = point.surplus * types.density(theta);
        },
        1,
        pieces,
        tolerance,
      );
      rows.push([
        name,
        small(tolerance),
        small(error),
        small(Math.abs(values[0]! / right - 1)),
        String(evaluations),
      ]);
    }
  }
  return table(['case', 'tolerance', 'estimated error', 'error', 'evaluations'], rows);
};

const registry = createRegistry([standardPlugin]);

const gridTable = (cases: readonly Case[], isQuick: boolean, failures: string[]): string => {
  const sizes = isQuick ? [8, 16, 32] : [8, 16, 32, 64];
  const rows: string[][] = [];
  for (const { name, text, file } of cases.filter(
    ({ study }) => study.contract === 'allocations' && study.buyers.kind === 'value-scale',
  )) {
    const right = solveStudy(parseStudy(text, { file, registry })).result.profit!;
    const points = sizes.map((n) => {
      const onGrid = text.replace(
        'kind: value-scale',
        `kind: value-scale\n  grid: { values: ${n}, scales: ${n} }`,
      );
      // What the result says else is of the continuous buyers, to whom a finer menu than the grid's is sold.
      const { grid } = solveStudy(parseStudy(onGrid, { file, registry })).result;
      return { nodes: n, error: Math.abs(grid!.profit! / right - 1) };
    });
    const order = orderOf(points);
    if (!(order > 1.7)) failures.push(`${name}: the grid converges at order ${order.toFixed(2)}, not 2`);
    rows.push([name, ...points.map(({ error }) => small(error)), order.toFixed(2)]);
  }
  return table(['case', ...sizes.map((n) => `${n} × ${n}`), 'order'], rows);
};

const picture = (
  dots: readonly { case: string; quantity: string; rule: string; nodes: number; error: number }[],
): Section['pictures'][number] => ({
  name: 'error-against-nodes',
  caption:
    'Error of an integral against the number of quadrature nodes a piece. Split where supply has kinks, and graded where it starts, it falls exponentially to rounding; a single piece gives a low power of n.',
  specification: {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: 'Error against nodes a piece', anchor: 'start', offset: 12 },
    data: {
      values: dots.map((dot) => ({
        ...dot,
        label: `${dot.case}: ${dot.quantity}`,
        error: Math.max(1e-16, dot.error),
      })),
    },
    facet: { field: 'rule', type: 'nominal', title: null, sort: ['split and graded', 'one piece'] },
    spec: {
      width: 300,
      height: 240,
      mark: { type: 'line', point: { size: 30 }, strokeWidth: 1.5 },
      encoding: {
        x: {
          field: 'nodes',
          type: 'quantitative',
          scale: { type: 'log', base: 2 },
          title: 'nodes a piece',
          axis: { values: [2, 4, 8, 16, 32] },
        },
        y: {
          field: 'error',
          type: 'quantitative',
          scale: { type: 'log', domain: [1e-16, 1] },
          title: 'relative error',
          axis: { format: '.0e', tickCount: 8 },
        },
        color: {
          field: 'label',
          type: 'nominal',
          scale: { range: [...colours] },
          legend: { title: null, orient: 'bottom', columns: 2, labelLimit: 0 },
        },
      },
    },
    config: pictureConfig,
  },
});
