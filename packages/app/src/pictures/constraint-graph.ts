import { namedBuyers } from '../problem/named-buyers.ts';
import type { Result } from '../result.ts';
import type { Study } from '../study/study.ts';
import {
  arrowOf,
  type Frame,
  frameOf,
  type Layout,
  layoutTypes,
  type Node,
  radiusOf,
} from './constraint-layout.ts';
import { bindingFlows, short } from './finite-types.ts';
import { colours, type Picture, pictureOf } from './picture.ts';

const width = 330;
const heights: Readonly<Record<Layout['kind'], number>> = {
  'value-scale': width,
  'two-tasks': width,
  line: 90,
  circle: 260,
};
const MOST_NAMES = 24;
/** Half the width of a letter, in pixels. */
const HALF_LETTER = 3.3;

const axisTitles: Readonly<Record<Layout['kind'], readonly [string | null, string | null]>> = {
  'value-scale': ['value w of a task', 'scale s, share of the tasks'],
  'two-tasks': ['value of task 1', 'value of task 2'],
  line: ['type θ', null],
  circle: [null, null],
};

const titlesOf = (kind: Layout['kind'], tasks: Result['tasks']): readonly [string | null, string | null] =>
  kind === 'two-tasks' && tasks !== undefined
    ? [`value of ${tasks[0]}`, `value of ${tasks[1]}`]
    : axisTitles[kind];

/** Who would like to take whose item: the incentive constraints that bind, as arrows between types. */
export const constraintGraph = (
  study: Study,
  result: Result,
  isExcluded: (value: number, scale: number) => boolean,
): Picture[] => {
  if (result.method === 'efficient') return [];
  const flows = bindingFlows(result);
  const layout = layoutTypes(study, result, flows, isExcluded);
  if (layout === undefined || layout.nodes.size === 0) return [];
  const { kind, nodes } = layout;
  const isServed = (position: number): boolean => nodes.get(position)?.excluded === false;
  const drawn = flows.filter(
    ({ from, to }) => nodes.has(from) && nodes.has(to) && (isServed(from) || isServed(to)),
  );
  // Of a continuous population's grid the constraints listed may all be among types that buy nothing.
  if (drawn.length === 0 && namedBuyers(study.buyers).kind !== 'list') return [];
  const all = (result.binding ?? result.finite?.binding)?.count ?? flows.length;
  const largest = drawn.reduce((most, { amount }) => Math.max(most, amount), 0);
  const frame = frameOf(layout, width, heights[kind]);
  const list = [...nodes.values()];
  const radius = radiusOf(list, frame);
  const pairs = new Set(drawn.map(({ from, to }) => `${from} ${to}`));
  const arrows = drawn.map((flow) =>
    arrowOf(flow, nodes, { largest, isPair: pairs.has(`${flow.to} ${flow.from}`) }, radius, frame),
  );
  const named = kind === 'value-scale' ? new Set<Node>() : namedOf(list, frame);
  const datasets = {
    shafts: arrows.map(({ shaft }) => shaft),
    heads: arrows.map(({ head }) => head),
    types: list.map((node) => ({
      x: node.x,
      y: node.y,
      name: named.has(node) ? node.name : '',
      ...nameAt(kind, node, frame),
      size: (2 * radius(node.mass)) ** 2,
      state: node.excluded ? 'excluded' : 'served',
    })),
  };
  return [
    pictureOf(graphWords(all, drawn.length, largest), datasets, {
      width,
      height: heights[kind],
      layer: graphLayers(kind, frame, result.tasks),
    }),
  ];
};

const graphWords = (all: number, drawn: number, largest: number) => ({
  name: 'binding-constraints',
  title: 'Who is tempted by whose item',
  caption:
    'Every dot is a type of buyer (larger: more buyers; hollow: excluded). An arrow leads from a type that is only just kept from taking another’s item ' +
    'to that other type; the wider, the more the constraint costs the seller' +
    (largest > 0 ? ` (widest: multiplier ${short(largest)}).` : '.') +
    (all > drawn
      ? ` ${drawn} of the ${all} constraints that bind are drawn: the largest, without those among excluded types.`
      : '') +
    (all === 0 ? ' Here no such constraint binds.' : ''),
});

/** Arrows in two parts, types, and their names; the datasets are shafts, heads and types. */
const graphLayers = (kind: Layout['kind'], frame: Frame, tasks: Result['tasks']): object[] => {
  const axis = (field: string, title: string | null, domain: readonly number[], isShown: boolean) => ({
    field,
    type: 'quantitative',
    scale: { domain, nice: false, zero: false },
    axis: isShown ? { title, grid: false, labelFlush: false, tickCount: 6 } : null,
  });
  const [across, up] = titlesOf(kind, tasks);
  const x = (field: string) => axis(field, across, frame.x, across !== null);
  const y = (field: string) => axis(field, up, frame.y, up !== null);
  const colour = colourOf(kind);
  const asIs = (field: string) => ({ field, type: 'quantitative', scale: null, legend: null });
  return [
    {
      data: { name: 'shafts' },
      mark: { type: 'rule', opacity: 0.85 },
      encoding: {
        x: x('x'),
        y: y('y'),
        x2: { field: 'x2' },
        y2: { field: 'y2' },
        strokeWidth: asIs('width'),
        color: colour,
      },
    },
    {
      data: { name: 'heads' },
      mark: { type: 'point', shape: 'triangle', filled: true, opacity: 0.85, strokeWidth: 0 },
      encoding: {
        x: x('x'),
        y: y('y'),
        size: asIs('size'),
        angle: { field: 'angle', type: 'quantitative', scale: { domain: [0, 360], range: [0, 360] } },
        color: colour,
      },
    },
    {
      data: { name: 'types' },
      mark: { type: 'point', filled: true, opacity: 1, stroke: 'black', strokeWidth: 1 },
      encoding: {
        x: x('x'),
        y: y('y'),
        size: asIs('size'),
        fill: {
          field: 'state',
          type: 'nominal',
          scale: { domain: ['served', 'excluded'], range: ['black', 'white'] },
          legend: null,
        },
      },
    },
    {
      data: { name: 'types' },
      mark: { type: 'text', fontSize: 11, dy: kind === 'circle' ? 0 : -16, color: 'black' },
      encoding: { x: x('name x'), y: y('name y'), text: { field: 'name' } },
    },
  ];
};

/** The middle of a name: around a circle outside of it, beside types at its left and right. */
const nameAt = (
  kind: Layout['kind'],
  { x, y, name }: Node,
  { perX }: Frame,
): { readonly 'name x': number; readonly 'name y': number } => {
  if (kind !== 'circle') return { 'name x': x, 'name y': y };
  if (Math.abs(x) < 0.3) return { 'name x': x, 'name y': 1.22 * y };
  return { 'name x': x + (Math.sign(x) * (15 + HALF_LETTER * name.length)) / perX, 'name y': 1.05 * y };
};
/** The types whose names find room: none where there are many, and of neighbours whose names would overlap the first. */
const namedOf = (nodes: readonly Node[], { perX, perY }: Frame): ReadonlySet<Node> => {
  const named = new Set<Node>();
  if (nodes.length > MOST_NAMES) return named;
  for (const node of nodes) {
    const isFree = [...named].every(
      (other) =>
        Math.abs(node.y - other.y) * perY > 14 ||
        Math.abs(node.x - other.x) * perX > HALF_LETTER * (node.name.length + other.name.length) + 6,
    );
    if (isFree) named.add(node);
  }
  return named;
};

const colourOf = (kind: Layout['kind']): object => ({
  field: 'kind',
  type: 'nominal',
  scale:
    kind === 'value-scale'
      ? { domain: ['within a scale', 'across scales'], range: [colours.blue, colours.vermillion] }
      : { domain: ['tempted'], range: [colours.blue] },
  legend: kind === 'value-scale' ? { title: null, symbolType: 'stroke', symbolStrokeWidth: 3 } : null,
});
