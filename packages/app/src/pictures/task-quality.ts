import { type ScreeningProblem, type SpaceProblem, screeningProblem } from '../problem/screening-problem.ts';
import type { TypeResult } from '../result.ts';
import type { Solution } from '../solution.ts';
import type { ProductionTechnology, Study, ValueScaleBuyers } from '../study/study.ts';
import { short, typeName } from './finite-types.ts';
import { type Picture, panel, panelsOf, pictureOf, type Row } from './picture.ts';

/** A row of the heat map: one buyer's quality over the tasks, which end at `ends`. */
interface Strip {
  readonly label: string;
  readonly value?: number;
  readonly scale?: number;
  readonly ends: ArrayLike<number>;
  readonly quality: ArrayLike<number>;
}

const MOST_STRIPS = 32;
const MOST_CELLS = 2500;
/** Scales at which buyers from a continuum are asked. */
const SCALES = 16;
const VALUES = 6;
/** Spreads of quality below are rounding. */
const UNEVEN = 1e-4;
const MOST_PANELS = 6;

/** Quality task by task: types down, tasks across. Of values and scales one value is shown, at every scale. */
export const taskQuality = (study: Study, solution: Solution): Picture[] => {
  const problem = screeningProblem(study);
  if (isPlane(problem) && problem.listed.length > MOST_PANELS)
    return [planeQuality(problem, solution.result.types)];
  const strips = stripsOf(study, solution);
  if (strips.length === 0 || strips.every(({ ends }) => ends.length < 2)) return [];
  const isByScale = strips[0]!.scale !== undefined;
  const cells = thinned(strips).flatMap((strip, k, shown) =>
    cellsOf(strip, shown[k - 1]?.scale, shown[k + 1]?.scale),
  );
  if (cells.length === 0) return [];
  const y = isByScale
    ? {
        y: {
          field: 'low',
          type: 'quantitative',
          scale: { zero: false, nice: false },
          axis: { title: 'scale s, share of the tasks', grid: false, tickCount: 5 },
        },
        y2: { field: 'high' },
      }
    : { y: { field: 'type', type: 'nominal', sort: null, axis: { title: null, labelLimit: 130 } } };
  const height = isByScale ? panel.height : Math.min(320, 22 * Math.min(strips.length, MOST_STRIPS) + 20);
  const picture = pictureOf(
    {
      name: 'task-quality',
      title: 'Quality task by task',
      caption: isByScale
        ? `Buyers who value a task at ${short(strips[0]!.value!)}, one row a scale: the quality that they get on each of their tasks. A row of one colour treats ` +
          'identical tasks alike; where it darkens to the right, quality is loaded on tasks that only larger buyers have.'
        : 'One row a type of buyer: the darker, the more quality she gets on that task. White is no quality at all.' +
          (strips.length > MOST_STRIPS ? ` ${MOST_STRIPS} of ${strips.length} types are shown.` : ''),
    },
    { cells },
    {
      width: panel.width,
      height,
      data: { name: 'cells' },
      // Half a pixel more, so that no light shines between cells.
      mark: { type: 'rect', clip: true, x2Offset: 0.5 },
      encoding: {
        x: {
          field: 'from',
          type: 'quantitative',
          scale: { nice: false, zero: true },
          axis: { title: 'task i', grid: false, labelFlush: false, tickCount: 6 },
        },
        x2: { field: 'to' },
        ...y,
        color: qualityOf,
      },
    },
  );
  return [picture];
};

const isPlane = (problem: ScreeningProblem): problem is SpaceProblem =>
  problem.kind === 'space' && problem.grid === undefined && problem.tasks.weights.length === 2;

/** Types with values of two tasks, in the plane of these: one panel a task. */
const planeQuality = (
  { types: space, tasks, profiles }: SpaceProblem,
  types: readonly TypeResult[],
): Picture => {
  const names = tasks.names ?? ['task 1', 'task 2'];
  const goods = profiles?.goods;
  const rows = [0, 1].flatMap((task) =>
    types.map(
      ({ profile }, n): Row => ({
        first: space.valueAt(n, 0),
        second: space.valueAt(n, 1),
        task: `quality of ${names[task]}`,
        order: task,
        quality: profile?.[task] ?? 0,
      }),
    ),
  );
  const side = 240;
  const size = Math.min(220, (0.55 * side) ** 2 / types.length);
  const axis = (field: string, title: string) => ({
    field,
    type: 'quantitative',
    scale: { zero: false },
    axis: { title, grid: false, tickCount: 6 },
  });
  return pictureOf(
    {
      name: 'task-quality',
      title: 'Quality task by task',
      caption:
        goods === undefined
          ? 'Every dot is a type of buyer, placed by what she values the two tasks at: the darker, the more quality she gets on that task. White is none at all.'
          : 'Every dot is a cell of buyers, placed by what they value the two goods at: the darker, the more of that good they get. White is none at all.',
    },
    { cells: rows },
    {
      data: { name: 'cells' },
      ...panelsOf('task', 18, {
        width: side,
        height: side,
        mark: { type: 'point', filled: true, opacity: 1, size, stroke: '#7f7f7f', strokeWidth: 0.6 },
        encoding: {
          x: axis('first', `value of ${names[0]}`),
          y: axis('second', `value of ${names[1]}`),
          color: qualityOf,
        },
      }),
    },
  );
};

/** White for no quality at all, then ever darker. */
const qualityOf = {
  field: 'quality',
  type: 'quantitative',
  scale: { range: ['#ffffff', '#a6d3f2', '#56b4e9', '#0072b2', '#00263d'], zero: true, interpolate: 'rgb' },
  legend: { title: 'quality q(i)', titleOrient: 'left', gradientLength: 140 },
};

const stripsOf = (study: Study, solution: Solution): Strip[] => {
  const problem = screeningProblem(study);
  const { types } = solution.result;
  if (problem.kind === 'continuous-chain' || problem.kind === 'scale-chains') return [];
  const { tasks } = problem;
  if (tasks === undefined) return [];
  const { grid, population } = problem as Partial<SpaceProblem>;
  if (population !== undefined) return quotedStrips(study, population, solution);
  const ends = cumulated(tasks.weights);
  if (grid === undefined) {
    return types.flatMap((type, n) =>
      type.profile ? [{ label: typeName(type, n), ends, quality: type.profile }] : [],
    );
  }
  return mostUneven(
    types.flatMap(({ value = 0, scale = 0, profile }) =>
      profile ? [{ label: String(scale), value, scale, ends: grid.scales, quality: profile }] : [],
    ),
  );
};

/** The strips of the one value whose buyers' quality differs most within their own tasks; where it never does, of the highest value. */
const mostUneven = (strips: readonly (Strip & { readonly value: number })[]): Strip[] => {
  const groups = new Map<number, { spread: number; strips: Strip[] }>();
  for (const strip of strips) {
    const group = groups.get(strip.value) ?? { spread: 0, strips: [] };
    group.spread += spreadOf(strip);
    group.strips.push(strip);
    groups.set(strip.value, group);
  }
  // In a file a value may be that of one buyer alone.
  const most = Math.max(0, ...Array.from(groups.values(), (group) => group.strips.length));
  const whole = [...groups.entries()].filter(([, group]) => 2 * group.strips.length >= most);
  whole.sort(([a, { spread: s }], [b, { spread: t }]) => (Math.max(s, t) > UNEVEN ? t - s : b - a));
  return (whole[0]?.[1].strips ?? []).sort((a, b) => a.scale! - b.scale!);
};

const spreadOf = ({ scale = Number.POSITIVE_INFINITY, ends, quality }: Strip): number => {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  // Blocks that are hers in whole: what an item gives on the next one need not be for her.
  for (let m = 0; m < ends.length && ends[m]! <= scale * (1 + 1e-9); m++) {
    // A block of tasks without weight is nobody's.
    if (ends[m]! === (m === 0 ? 0 : ends[m - 1]!)) continue;
    least = Math.min(least, quality[m]!);
    most = Math.max(most, quality[m]!);
  }
  return most > 0 ? most - least : 0;
};

/** Of a grid's menu in a continuous population: q(i) = v(x(i), z) from the inputs that a quote tells. */
const quotedStrips = ({ technology }: Study, buyers: ValueScaleBuyers, solution: Solution): Strip[] => {
  if (technology.kind !== 'production') return [];
  const [low, high] = [buyers.scale.min, buyers.scale.max];
  const [least, most] = [buyers.value.min, buyers.value.max];
  const scales = Array.from({ length: SCALES }, (_, k) => low + ((high - low) * (k + 0.5)) / SCALES);
  const values = Array.from({ length: VALUES }, (_, k) => least + ((most - least) * (k + 1)) / VALUES);
  return mostUneven(
    values.flatMap((value) =>
      scales.flatMap((scale) => {
        const quote = solution.quote({ value, scale });
        const quality = producedQuality(technology, quote);
        const ends = quote.taskEnds;
        if (quality === undefined || ends === undefined) return [];
        return [{ label: String(scale), value, scale, ends, quality }];
      }),
    ),
  );
};

const producedQuality = (
  { names, production }: ProductionTechnology,
  { excluded, inputs, perTask }: TypeResult,
): number[] | undefined => {
  const amounts = names.task.map((name) => perTask[name]);
  if (!amounts.every((each): each is readonly number[] => Array.isArray(each))) return undefined;
  const tasks = amounts[0]?.length ?? 0;
  const shared = Float64Array.from(names.shared, (name) => inputs[name] ?? 0);
  return Array.from({ length: tasks }, (_, m) => {
    const own = Float64Array.from(amounts, (each) => each[m]!);
    return excluded || own.every((x) => x === 0) ? 0 : production.value(own, shared);
  });
};

const cumulated = (weights: ArrayLike<number>): number[] => {
  let sum = 0;
  return Array.from(weights, (weight) => {
    sum += weight;
    return sum;
  });
};

/** As many rows as can be told apart. */
const thinned = (strips: readonly Strip[]): readonly Strip[] => {
  const tasks = strips[0]!.ends.length;
  const most = Math.max(2, Math.min(MOST_STRIPS, Math.floor(MOST_CELLS / tasks)));
  if (strips.length <= most) return strips;
  return Array.from({ length: most }, (_, k) => strips[Math.round((k * (strips.length - 1)) / (most - 1))]!);
};

/** Neighbouring tasks of one quality are one cell; tasks beyond a buyer's scale are not hers. */
const cellsOf = (
  { label, scale, ends, quality }: Strip,
  scaleBelow: number | undefined,
  scaleAbove: number | undefined,
): Row[] => {
  const cells: Row[] = [];
  // A row reaches half-way to the next scales; the outermost are as high on both sides.
  const below = scale === undefined ? 0 : (scale - (scaleBelow ?? 2 * scale - (scaleAbove ?? 2 * scale))) / 2;
  const above = scale === undefined ? 0 : ((scaleAbove ?? 2 * scale - (scaleBelow ?? 0)) - scale) / 2;
  const band = scale === undefined ? {} : { low: Math.max(0, scale - below), high: scale + above };
  let from = 0;
  for (let m = 0; m < ends.length; m++) {
    const q = quality[m]!;
    const to = scale === undefined ? ends[m]! : Math.min(ends[m]!, scale);
    const isLast = m + 1 === ends.length || (scale !== undefined && ends[m]! >= scale);
    const next = isLast ? Number.NaN : quality[m + 1]!;
    if (!isLast && Math.abs(next - q) <= 1e-9 * Math.abs(q)) continue;
    if (to > from) cells.push({ type: label, from, to, quality: q, ...band });
    from = to;
    if (isLast) break;
  }
  return cells;
};
