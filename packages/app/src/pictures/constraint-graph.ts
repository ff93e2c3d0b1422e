import type { Result } from '../result.ts';
import { finiteBuyersOf } from '../solve/finite-buyers.ts';
import type { Study } from '../study/study.ts';
import { bindingFlows, type Flow, short, thetaOf, typeName } from './finite-types.ts';
import { colours, type Picture, pictureOf, type Row } from './picture.ts';

/** A type in the plane of the picture. */
interface Node {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly mass: number;
  readonly excluded: boolean;
  readonly scale?: number;
}

interface Layout {
  readonly kind: 'value-scale' | 'two-tasks' | 'line' | 'circle';
  readonly nodes: ReadonlyMap<number, Node>;
}

const width = 330;
/** Beyond so many types only those that a constraint joins are drawn. */
const MOST_NODES = 600;
const MOST_NAMES = 24;
const widest = 5;

/** Who would like to take whose item: the incentive constraints that bind, as arrows between types. */
export const constraintGraph = (study: Study, result: Result): Picture | undefined => {
  if (result.method === 'efficient') return undefined;
  const flows = bindingFlows(result);
  const layout = layoutTypes(study, result, flows);
  if (layout === undefined || layout.nodes.size === 0) return undefined;
  const { kind, nodes } = layout;
  const height = kind === 'line' ? 90 : kind === 'circle' ? 300 : width;
  const frame = frameOf(kind, [...nodes.values()], height);
  const radius = radiusOf([...nodes.values()]);
  const isByScale = kind === 'value-scale';
  const largest = flows.reduce((most, { amount }) => Math.max(most, amount), 0);
  const drawn = flows.filter(({ from, to }) => nodes.has(from) && nodes.has(to));
  const arrows = drawn.map((flow, k) => arrowOf(flow, k, nodes, drawn, largest, radius, frame));
  const kinds = isByScale
    ? { domain: ['within a scale', 'across scales'], range: [colours.blue, colours.vermillion] }
    : { domain: ['tempted'], range: [colours.blue] };
  const colour = {
    field: 'kind',
    type: 'nominal',
    scale: kinds,
    legend: isByScale ? { title: null, orient: 'bottom', symbolType: 'stroke', symbolStrokeWidth: 3 } : null,
  };
  const named = nodes.size <= MOST_NAMES && kind !== 'value-scale';
  const isAxis = kind === 'value-scale' || kind === 'two-tasks';
  const axis = (field: string, title: string | null, domain: readonly number[], isShown: boolean) => ({
    field,
    type: 'quantitative',
    scale: { domain, nice: false, zero: false },
    axis: isShown ? { title, grid: false, labelFlush: false, tickCount: 6 } : null,
  });
  const titles = axisTitles[kind];
  const x = (field: string) => axis(field, titles[0], frame.x, isAxis || kind === 'line');
  const y = (field: string) => axis(field, titles[1], frame.y, isAxis);
  const all = result.finite?.binding.count ?? flows.length;
  return pictureOf(
    {
      name: 'binding-constraints',
      title: 'Who is tempted by whose item',
      caption:
        'Every dot is a type of buyer (larger: more buyers; hollow: excluded). An arrow leads from a type that is only just kept from taking another’s item ' +
        `to that other type; the wider it is, the more the constraint costs the seller${largest > 0 ? ` (widest: multiplier ${short(largest)})` : ''}.` +
        (all > drawn.length ? ` The ${drawn.length} largest of ${all} are drawn.` : '') +
        (all === 0 ? ' Here no such constraint binds.' : ''),
    },
    {
      shafts: arrows.map(({ shaft }) => shaft),
      heads: arrows.flatMap(({ head }) => head),
      types: [...nodes.values()].map(({ x: across, y: up, name, mass, excluded }) => ({
        x: across,
        y: up,
        name: named ? name : '',
        size: (2 * radius(mass)) ** 2,
        state: excluded ? 'excluded' : 'served',
      })),
    },
    {
      width,
      height,
      layer: [
        {
          data: { name: 'shafts' },
          mark: { type: 'rule', opacity: 0.85 },
          encoding: {
            x: x('x'),
            y: y('y'),
            x2: { field: 'x2' },
            y2: { field: 'y2' },
            strokeWidth: { field: 'width', type: 'quantitative', scale: null },
            color: colour,
          },
        },
        {
          data: { name: 'heads' },
          mark: { type: 'trail', opacity: 0.85 },
          encoding: {
            x: x('x'),
            y: y('y'),
            size: { field: 'width', type: 'quantitative', scale: null, legend: null },
            detail: { field: 'arrow', type: 'nominal' },
            order: { field: 'place', type: 'quantitative' },
            color: colour,
          },
        },
        {
          data: { name: 'types' },
          mark: { type: 'point', filled: true, opacity: 1, stroke: 'black', strokeWidth: 1 },
          encoding: {
            x: x('x'),
            y: y('y'),
            size: { field: 'size', type: 'quantitative', scale: null, legend: null },
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
          mark: { type: 'text', fontSize: 11, dy: kind === 'line' ? -14 : -16, color: 'black' },
          encoding: { x: x('x'), y: y('y'), text: { field: 'name' } },
        },
      ],
    },
  );
};

const axisTitles: Readonly<Record<Layout['kind'], readonly [string | null, string | null]>> = {
  'value-scale': ['value w of a task', 'scale s, share of the tasks'],
  'two-tasks': ['value of task 1', 'value of task 2'],
  line: ['type θ', null],
  circle: [null, null],
};

const layoutTypes = (study: Study, result: Result, flows: readonly Flow[]): Layout | undefined => {
  const { buyers } = study;
  const joined = new Set(flows.flatMap(({ from, to }) => [from, to]));
  const isDrawn = (position: number, count: number): boolean => count <= MOST_NODES || joined.has(position);
  if (!('types' in buyers)) {
    if (result.method !== 'finite' || buyers.kind !== 'value-scale') return undefined;
    // A grid of a continuous population: only its constraints are listed.
    const { listed } = finiteBuyersOf(buyers);
    const nodes = new Map(
      [...joined].map((n): [number, Node] => {
        const { value = 0, scale = 0, mass } = listed[n]!;
        return [n, { x: value, y: scale, name: '', mass, excluded: false, scale }];
      }),
    );
    return { kind: 'value-scale', nodes };
  }
  const { types } = result;
  const isByIndex = result.method === 'one-dimensional';
  const isGrid = !isByIndex && types.every(({ value, scale }) => value !== undefined && scale !== undefined);
  const isPlane = buyers.kind === 'profiles' && !isByIndex && buyers.tasks.weights.length === 2;
  const kind = isGrid ? 'value-scale' : isPlane ? 'two-tasks' : isByIndex ? 'line' : 'circle';
  const nodes = new Map<number, Node>();
  types.forEach((type, n) => {
    if (!isDrawn(n, types.length)) return;
    const turn = (2 * Math.PI * n) / types.length - Math.PI / 2;
    const place =
      kind === 'value-scale'
        ? { x: type.value!, y: type.scale!, scale: type.scale! }
        : kind === 'two-tasks' && buyers.kind === 'profiles'
          ? { x: buyers.types[n]!.values[0]!, y: buyers.types[n]!.values[1]! }
          : kind === 'line'
            ? { x: thetaOf(type) ?? 0, y: 0 }
            : { x: Math.cos(turn), y: -Math.sin(turn) };
    nodes.set(n, { ...place, name: typeName(type, n), mass: type.mass ?? 0, excluded: type.excluded });
  });
  return { kind, nodes };
};

/** The plane in numbers of the study, and how many pixels each of them is. */
interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly perX: number;
  readonly perY: number;
}

const frameOf = (kind: Layout['kind'], nodes: readonly Node[], height: number): Frame => {
  const ends = (coordinate: (node: Node) => number, room: number): readonly [number, number] => {
    const all = nodes.map(coordinate);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const span = most - least || Math.abs(most) || 1;
    return [least - room * span, most + room * span];
  };
  const x =
    kind === 'circle'
      ? ([-1.45, 1.45] as const)
      : ends((node) => node.x, kind === 'value-scale' ? 0.05 : 0.12);
  const y =
    kind === 'circle'
      ? ([-1.25, 1.3] as const)
      : kind === 'line'
        ? ([-1, 1] as const)
        : ends((node) => node.y, kind === 'value-scale' ? 0.05 : 0.12);
  return { x, y, perX: width / (x[1] - x[0]), perY: height / (y[1] - y[0]) };
};

/** Radius in pixels, of an area as the mass; small where types are many. */
const radiusOf = (nodes: readonly Node[]): ((mass: number) => number) => {
  const most = nodes.reduce((largest, { mass }) => Math.max(largest, mass), 0);
  const largest = Math.min(9, 0.3 * (width / Math.sqrt(Math.max(1, nodes.length))));
  return (mass) => Math.max(1.5, largest * Math.sqrt(most > 0 ? mass / most : 1));
};

/** An arrow from the rim of one dot to the rim of another: a shaft, and a head that is a line that narrows to nothing. */
const arrowOf = (
  { from, to, amount }: Flow,
  arrow: number,
  nodes: ReadonlyMap<number, Node>,
  flows: readonly Flow[],
  largest: number,
  radius: (mass: number) => number,
  { perX, perY }: Frame,
): { readonly shaft: Row; readonly head: readonly Row[] } => {
  const [a, b] = [nodes.get(from)!, nodes.get(to)!];
  const [dx, dy] = [(b.x - a.x) * perX, (b.y - a.y) * perY];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const room = Math.min(1, length / 24);
  const line = Math.max(0.6, widest * room * (largest > 0 ? amount / largest : 0));
  // Two arrows between the same types stand side by side.
  const isPair = flows.some((other) => other.from === to && other.to === from);
  const aside = isPair ? line / 2 + 1.2 : 0;
  const at = (along: number): { readonly x: number; readonly y: number } => ({
    x: a.x + (ux * along - uy * aside) / perX,
    y: a.y + (uy * along + ux * aside) / perY,
  });
  const start = Math.min(radius(a.mass) + 1, 0.3 * length);
  const tip = length - Math.min(radius(b.mass) + 1.5, 0.3 * length);
  const headWidth = Math.min(line + 5, 2.2 * line + 3);
  const neck = Math.max(start, tip - Math.min(1.4 * headWidth, 0.5 * (tip - start)));
  const kind = a.scale === undefined ? 'tempted' : a.scale === b.scale ? 'within a scale' : 'across scales';
  const [first, join, last] = [at(start), at(neck), at(tip)];
  return {
    shaft: { x: first.x, y: first.y, x2: join.x, y2: join.y, width: line, kind },
    head: [
      { arrow, place: 0, ...join, width: headWidth, kind },
      { arrow, place: 1, ...last, width: 0, kind },
    ],
  };
};
