import { type Beside, type Data, list, numberOf, record, sameLength } from './data.ts';
import { evaluate, readFormula } from './formula.ts';
import { add, divide, exactly, type Interval, isAtMost, one, subtract, zero } from './interval.ts';

/** Listed types, in the study's order, on tasks that count with weights. */
export interface Listed {
  readonly weights: readonly Interval[];
  readonly types: readonly ListedType[];
}

export interface ListedType {
  readonly name: string;
  /** w, one a task. */
  readonly values: readonly Interval[];
  /** In proportion to others'. */
  readonly mass: Interval;
  /** By name, what a formula of the study may speak of. */
  readonly known: Readonly<Record<string, Interval>>;
  /** The row of the file that lists the types. */
  readonly row?: Readonly<Record<string, string>>;
}

/** The types that a study lists; a column called `beside` is about something else. */
export const readBuyers = (buyers: Data, { files, nodes }: Beside, beside?: unknown): Listed => {
  switch (buyers.kind) {
    case 'representative':
      return { weights: [one], types: list(buyers.types).map(record).map(alongLine) };
    case 'value-scale-grid':
      return onGrid(buyers);
    case 'profiles':
      return ofProfiles(buyers, nodes);
    case 'file':
      return ofFile(buyers, files[String(buyers.file)], beside);
    default:
      throw new Error(`a proof covers listed buyers, got ${String(buyers.kind)}`);
  }
};

const nameOf = (data: unknown, place: number): string =>
  typeof data === 'string' && data !== '' ? data : `type ${place + 1}`;

const alongLine = ({ name, value, mass }: Data, n: number): ListedType => {
  const theta = numberOf(value);
  return { name: nameOf(name, n), values: [theta], mass: numberOf(mass), known: { theta } };
};

interface ValueAndScale {
  readonly name: string;
  readonly value: number;
  readonly scale: number;
  readonly mass: Interval;
  readonly row?: Readonly<Record<string, string>>;
}

const onGrid = ({ values, scales, mass }: Data): Listed =>
  byScale(
    list(values).flatMap((value, i) =>
      list(scales).map((scale, j) => ({
        name: `value=${value},scale=${scale}`,
        value: Number(value),
        scale: Number(scale),
        mass: numberOf(list(list(mass)[i])[j]),
      })),
    ),
  );

/** Values of each task up to a scale: tasks are the blocks between scales. */
const byScale = (types: readonly ValueAndScale[]): Listed => {
  const scales = [...new Set(types.map(({ scale }) => scale))].sort((a, b) => a - b);
  return {
    weights: scales.map((scale, l) => subtract(exactly(scale), exactly(scales[l - 1] ?? 0))),
    types: types.map(({ value, scale, ...rest }) => {
      const known = { value: exactly(value), scale: exactly(scale) };
      return { ...rest, values: scales.map((end) => (end <= scale ? known.value : zero)), known };
    }),
  };
};

const ofProfiles = ({ tasks, types }: Data, nodes: Beside['nodes']): Listed => {
  const { weights: given } = record(tasks);
  const isListed = given !== undefined;
  if (!isListed && nodes === undefined) throw new Error('expected the nodes of the tasks in the proof');
  const weights = (isListed ? list(given) : nodes!.weights).map(numberOf);
  const positions = isListed ? evenly(weights.length) : nodes!.positions.map(numberOf);
  if (!isListed) requireQuadrature(weights, positions);
  const valuesOf = (data: unknown): readonly Interval[] => {
    if (typeof data === 'number') return weights.map(() => numberOf(data));
    if (typeof data !== 'string') return sameLength(list(data).map(numberOf), weights);
    const formula = readFormula(data);
    return positions.map((i) => evaluate(formula, { i }));
  };
  return {
    weights,
    types: list(types).map((data, n) => {
      const { name, mass, values } = record(data);
      return { name: nameOf(name, n), mass: numberOf(mass), values: valuesOf(values), known: {} };
    }),
  };
};

/** The middles of so many tasks of equal length. */
export const evenly = (count: number): readonly Interval[] =>
  Array.from({ length: count }, (_, m) => divide(exactly(m + 0.5), exactly(count)));

/**
 * Nodes that the proof brings must weigh what all tasks do, and each must stand for a stretch of tasks as long as its weight that it lies in, as Gauss's do
 * (Chebyshev, Markov, Stieltjes): values elsewhere would be another study's.
 */
const requireQuadrature = (weights: readonly Interval[], positions: readonly Interval[]): void => {
  const room = exactly('1e-12');
  let before = zero;
  const isWithin = sameLength(positions, weights).every((position, m) => {
    const after = add(before, weights[m]!);
    const isIn = isAtMost(subtract(before, room), position) && isAtMost(position, add(after, room));
    before = after;
    return isIn && weights[m]!.lo > 0n;
  });
  const off = subtract(before, one);
  if (!isWithin || off.hi > room.lo || off.lo < -room.lo)
    throw new Error(
      'expected nodes that each lie in a stretch of tasks of their weight, of which there is 1 in all',
    );
};

/** A CSV without quotes: columns value, scale and mass, or mass and one column a task. */
const ofFile = ({ weights, columns }: Data, text: string | undefined, beside: unknown): Listed => {
  if (text === undefined) throw new Error('expected the text of the file of buyers in the proof');
  if (text.includes('"')) throw new Error('a proof covers files of buyers without quotes');
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const [head = [], ...cells] = lines.map((line) => line.split(/[,;\t]/).map((cell) => cell.trim()));
  const rows = cells.map((row) => Object.fromEntries(head.map((column, at) => [column, row[at] ?? ''])));
  const named = record(columns ?? {});
  const of = (role: string): string => String(named[role] ?? role);
  const about = (row: Readonly<Record<string, string>>, n: number) => ({
    name: nameOf(row[of('name')], n),
    mass: exactly(row[of('mass')]!),
    row,
  });
  if (head.includes(of('value'))) {
    const scaleOf = (row: Readonly<Record<string, string>>): number => Number(row[of('scale')] ?? 1);
    return byScale(
      rows.map((row, n) => ({ ...about(row, n), value: Number(row[of('value')]), scale: scaleOf(row) })),
    );
  }
  const tasks = head.filter((column) => ![of('mass'), of('name'), beside].includes(column));
  const even = divide(one, exactly(tasks.length));
  return {
    weights: weights === undefined ? tasks.map(() => even) : sameLength(list(weights).map(numberOf), tasks),
    types: rows.map((row, n) => ({
      ...about(row, n),
      values: tasks.map((column) => exactly(row[column]!)),
      known: {},
    })),
  };
};
