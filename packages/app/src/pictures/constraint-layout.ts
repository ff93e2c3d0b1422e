import { screeningProblem } from '../problem/screening-problem.ts';
import type { Result } from '../result.ts';
import type { Study } from '../study/study.ts';
import { type Flow, thetaOf, typeName } from './finite-types.ts';
import type { Row } from './picture.ts';

/** A type in the plane of the picture. */
export interface Node {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly mass: number;
  readonly excluded: boolean;
  readonly scale?: number;
}

/** Types at their values and scales, at their values of two tasks, at θ on a line, or, where nothing else is left, in a circle. */
export interface Layout {
  readonly kind: 'value-scale' | 'two-tasks' | 'line' | 'circle';
  readonly nodes: ReadonlyMap<number, Node>;
}

/** Beyond so many types only those that a constraint joins are drawn. */
const MOST_NODES = 600;
/** Shafts of arrows, in pixels. */
const WIDEST = 5;

export const layoutTypes = (
  study: Study,
  result: Result,
  flows: readonly Flow[],
  isExcluded: (value: number, scale: number) => boolean,
): Layout | undefined => {
  const problem = screeningProblem(study);
  const joined = new Set(flows.flatMap(({ from, to }) => [from, to]));
  if (problem.kind === 'continuous-chain' || problem.kind === 'scale-chains') return undefined;
  const { listed } = problem;
  if (problem.kind === 'space' && problem.population !== undefined) {
    // A grid of a continuous population: only its constraints are listed.
    const nodes = new Map(
      [...joined].map((n): [number, Node] => {
        const { value = 0, scale = 0, mass } = listed[n]!;
        return [n, { x: value, y: scale, name: '', mass, excluded: isExcluded(value, scale), scale }];
      }),
    );
    return { kind: 'value-scale', nodes };
  }
  const { types } = result;
  const isByIndex = result.method === 'one-dimensional';
  const isGrid = !isByIndex && types.every(({ value, scale }) => value !== undefined && scale !== undefined);
  const isPlane = problem.kind === 'space' && !isGrid && problem.tasks.weights.length === 2;
  const kind = isGrid ? 'value-scale' : isPlane ? 'two-tasks' : isByIndex ? 'line' : 'circle';
  const nodes = new Map<number, Node>();
  types.forEach((type, n) => {
    if (types.length > MOST_NODES && !joined.has(n)) return;
    const turn = (2 * Math.PI * n) / types.length;
    const place =
      kind === 'value-scale'
        ? { x: type.value!, y: type.scale!, scale: type.scale! }
        : kind === 'two-tasks' && problem.kind === 'space'
          ? { x: problem.types.valueAt(n, 0), y: problem.types.valueAt(n, 1) }
          : kind === 'line'
            ? { x: thetaOf(type) ?? 0, y: 0 }
            : { x: Math.sin(turn), y: Math.cos(turn) };
    nodes.set(n, { ...place, name: typeName(type, n), mass: type.mass ?? 0, excluded: type.excluded });
  });
  return { kind, nodes };
};

/** The plane in numbers of the study, and how many pixels each of them is. */
export interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly perX: number;
  readonly perY: number;
}

/** Room around the types, as a share of how far they are apart: in a circle names stand outside of it. */
const rooms: Readonly<Record<Layout['kind'], readonly [number, number]>> = {
  'value-scale': [0.05, 0.05],
  'two-tasks': [0.12, 0.12],
  line: [0.12, 1],
  circle: [0.3, 0.2],
};

export const frameOf = ({ kind, nodes }: Layout, width: number, height: number): Frame => {
  const ends = (coordinate: (node: Node) => number, room: number): readonly [number, number] => {
    const all = Array.from(nodes.values(), coordinate);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const span = most - least || Math.abs(most) || 1;
    return [least - room * span, most + room * span];
  };
  const x = ends((node) => node.x, rooms[kind][0]);
  const y = ends((node) => node.y, rooms[kind][1]);
  return { x, y, perX: width / (x[1] - x[0]), perY: height / (y[1] - y[0]) };
};

/** Radius in pixels, of an area as the mass; dots leave room for arrows between them. */
export const radiusOf = (nodes: readonly Node[], { perX, perY }: Frame): ((mass: number) => number) => {
  const most = nodes.reduce((largest, { mass }) => Math.max(largest, mass), 0);
  let apart = Number.POSITIVE_INFINITY;
  for (let i = 0; i < nodes.length; i++) {
    for (let j = 0; j < i; j++) {
      const distance = Math.hypot((nodes[i]!.x - nodes[j]!.x) * perX, (nodes[i]!.y - nodes[j]!.y) * perY);
      if (distance > 0 && distance < apart) apart = distance;
    }
  }
  const largest = Math.min(9, Math.max(2, 0.22 * apart));
  return (mass) => Math.max(1.2, largest * Math.sqrt(most > 0 ? mass / most : 1));
};

/** An arrow from the rim of one dot to the rim of another: its shaft, and where its head is and turns to. */
export const arrowOf = (
  { from, to, amount }: Flow,
  nodes: ReadonlyMap<number, Node>,
  { largest, isPair }: { readonly largest: number; readonly isPair: boolean },
  radius: (mass: number) => number,
  { perX, perY }: Frame,
): { readonly shaft: Row; readonly head: Row } => {
  const [a, b] = [nodes.get(from)!, nodes.get(to)!];
  const [dx, dy] = [(b.x - a.x) * perX, (b.y - a.y) * perY];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const room = Math.min(1, length / 24);
  const line = Math.max(0.6, WIDEST * room * (largest > 0 ? amount / largest : 0));
  // Two arrows between the same types stand side by side.
  const aside = isPair ? line / 2 + 1.2 : 0;
  const at = (along: number): { readonly x: number; readonly y: number } => ({
    x: a.x + (ux * along - uy * aside) / perX,
    y: a.y + (uy * along + ux * aside) / perY,
  });
  const start = Math.min(radius(a.mass) + 1, 0.3 * length);
  const tip = length - Math.min(radius(b.mass) + 1.5, 0.3 * length);
  const side = Math.min(line + 5, 2.2 * line + 3, 0.7 * (tip - start));
  const [first, neck, middle] = [at(start), at(tip - 0.8 * side), at(tip - side / 2)];
  const kind = a.scale === undefined ? 'tempted' : a.scale === b.scale ? 'within a scale' : 'across scales';
  // Vega's triangle points up and turns clockwise; its size is the square of its side.
  const angle = (90 - (Math.atan2(dy, dx) * 180) / Math.PI + 360) % 360;
  return {
    shaft: { x: first.x, y: first.y, x2: neck.x, y2: neck.y, width: line, kind },
    head: { ...middle, size: side * side, angle, kind },
  };
};
