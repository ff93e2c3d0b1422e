import { evaluate, readFormula, type Values } from './formula.ts';
import { exactly, type Interval, must, one, zero } from './interval.ts';
import { type Data, record } from './read-model.ts';

/** What a proof brings beside the study: the texts of files that it names, and the nodes on which values over tasks were held. */
export interface Beside {
  readonly files: Readonly<Record<string, string>>;
  readonly nodes?: { readonly positions: readonly number[]; readonly weights: readonly number[] } | undefined;
}

/** Listed types, in the study's order, on tasks at some places that count with weights. */
export interface Listed {
  readonly weights: readonly Interval[];
  readonly positions: readonly Interval[];
  readonly types: readonly ListedType[];
}

/** Her values, one a task; her mass, in proportion to others'; by name, what a formula may speak of; and her row, of a file. */
export interface ListedType {
  readonly values: readonly Interval[];
  readonly mass: Interval;
  readonly known: Values;
  readonly row?: Data;
}

export const list = (data: unknown): readonly unknown[] => {
  must(Array.isArray(data), 'expected a list');
  return data as readonly unknown[];
};

/** Numbers, as many as something else has. */
export const numbers = (data: unknown, { length }: readonly unknown[]): readonly Interval[] => {
  must(list(data).length === length, `expected ${length} values, got ${list(data).length}`);
  return list(data).map(exactly);
};

/** The types that a study lists; a column called `aside` is about something else. */
export const readBuyers = (buyers: Data, { files, nodes }: Beside, aside?: unknown): Listed => {
  const { kind, values, scales, mass, types, file } = buyers;
  if (kind === 'representative') return evenly([one], list(types).map(record).map(alongLine));
  if (kind === 'profiles') return ofProfiles(buyers, nodes);
  if (kind === 'file') return ofFile(buyers, files[String(file)], aside);
  must(kind === 'value-scale-grid', `a proof covers listed buyers, got ${String(kind)}`);
  const row = (value: unknown, i: number): readonly Data[] =>
    list(scales).map((scale, j) => ({ value, scale, mass: list(list(mass)[i])[j] }));
  return byScale(list(values).flatMap(row));
};

/** Tasks of equal length stand at their middles. */
const evenly = (weights: readonly Interval[], types: readonly ListedType[]): Listed => ({
  weights,
  positions: weights.map((_, m) => exactly(m + 0.5).over(exactly(weights.length))),
  types,
});

const alongLine = ({ value, mass }: Data): ListedType => {
  const theta = exactly(value);
  return { values: [theta], mass: exactly(mass), known: { theta } };
};

/** Values of each task up to a scale: tasks are the blocks between scales. */
const byScale = (rows: readonly Data[]): Listed => {
  const ends = [...new Set(rows.map(({ scale = 1 }) => Number(scale)))].sort((a, b) => a - b);
  const types = rows.map((row) => {
    const [value, scale] = [exactly(row.value), exactly(row.scale ?? 1)];
    const values = ends.map((end) => (end <= Number(row.scale ?? 1) ? value : zero));
    return { values, mass: exactly(row.mass), known: { value, scale }, row };
  });
  return evenly(
    ends.map((end, l) => exactly(end).minus(exactly(ends[l - 1] ?? 0))),
    types,
  );
};

const ofProfiles = ({ tasks, types }: Data, nodes: Beside['nodes']): Listed => {
  const given = record(tasks).weights;
  const weights = list(given ?? nodes?.weights).map(exactly);
  const positions = given ? evenly(weights, []).positions : quadrature(weights, nodes!.positions);
  const valuesOf = (data: unknown): readonly Interval[] => {
    if (typeof data !== 'string')
      return numbers(Array.isArray(data) ? data : weights.map(() => data), weights);
    const formula = readFormula(data);
    return positions.map((i) => evaluate(formula, { i }).value);
  };
  const read = ({ mass, values }: Data) => ({ values: valuesOf(values), mass: exactly(mass), known: {} });
  return { weights, positions, types: list(types).map(record).map(read) };
};

/**
 * Nodes that the proof brings must weigh what all tasks do, and each must stand for a stretch of tasks as long as its weight that it lies in, as Gauss's do
 * (Chebyshev, Markov, Stieltjes): values elsewhere would be another study's.
 */
const quadrature = (weights: readonly Interval[], given: readonly number[]): readonly Interval[] => {
  const room = exactly('1e-12');
  const isNear = (a: Interval, b: Interval): boolean => a.minus(room).atMost(b);
  let from = zero;
  const positions = numbers(given, weights);
  positions.forEach((position, m) => {
    const to = from.plus(weights[m]!);
    const isIn = weights[m]!.lo.gt(0) && isNear(from, position) && isNear(position, to);
    must(isIn, 'expected nodes that each lie in a stretch of tasks of their weight');
    from = to;
  });
  must(isNear(from, one) && isNear(one, from), 'expected nodes that weigh 1 in all');
  return positions;
};

/** A CSV without quotes: columns value, scale and mass, or mass and one column a task. */
const ofFile = ({ weights, columns }: Data, text: string | undefined, aside: unknown): Listed => {
  must(text?.includes('"') === false, 'expected the file of buyers in the proof, without quotes');
  const lines = text!.split('\n').filter((line) => line.trim() !== '');
  const [head = [], ...rows] = lines.map((line) => line.split(',').map((cell) => cell.trim()));
  const all = rows.map((cells): Data => Object.fromEntries(cells.map((cell, at) => [head[at], cell])));
  const named: Data = { value: 'value', scale: 'scale', mass: 'mass', name: 'name', ...record(columns) };
  const at = (row: Data, role: string): unknown => row[String(named[role])];
  if (head.includes(String(named.value)))
    return byScale(
      all.map((row) => ({ ...row, value: at(row, 'value'), scale: at(row, 'scale'), mass: at(row, 'mass') })),
    );
  const tasks = head.filter((column) => ![named.mass, named.name, aside].includes(column));
  const types = all.map((row) => {
    const values = tasks.map((column) => exactly(row[column]));
    return { values, mass: exactly(at(row, 'mass')), known: {}, row };
  });
  const even = tasks.map(() => one.over(exactly(tasks.length)));
  return evenly(weights === undefined ? even : numbers(weights, tasks), types);
};
