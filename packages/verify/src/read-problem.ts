import { apply, evaluate, type Formula, number, readFormula } from './formula.ts';
import { divide, exactly, type Interval, multiply, one, power, subtract, sum, zero } from './interval.ts';
import type { BuyerType, Cost, Input, Problem, Production, TaskCost, Technology } from './problem.ts';

/** Plain data of a study. */
export type Data = Readonly<Record<string, unknown>>;

/** What a proof brings beside the study: the texts of files that it names, and the nodes on which values over tasks were held. */
export interface Beside {
  readonly files: Readonly<Record<string, string>>;
  readonly nodes?: { readonly positions: readonly number[]; readonly weights: readonly number[] } | undefined;
}

/** What no proof covers yet; each would need a field of its own in the proof. */
const UNCOVERED = ['models', 'outside', 'keep', 'capacity'] as const;

/** The problem that a study states. Throws an Error that says what is missing or not covered. */
export const readProblem = (study: Data, beside: Beside): Problem => {
  requireCovered(study);
  const objective = record(study.objective ?? {});
  const listed = readBuyers(record(study.buyers), beside);
  const isByIndex = study.contract === 'packages' || record(study.buyers).kind === 'representative';
  const technology = readTechnology(study, isByIndex ? 1 : listed.weights.length, beside);
  const problem = isByIndex ? byIndex(listed, study) : listed;
  const all = sum(problem.types.map(({ mass }) => mass));
  return {
    weights: problem.weights,
    types: problem.types.map((type) => ({ ...type, mass: divide(type.mass, all) })),
    technology,
    objective: {
      profit: numberOf(objective.profit ?? 1),
      consumerSurplus: numberOf(objective.consumerSurplus ?? 0),
    },
  };
};

/** Throws where a study has a term that no proof covers. */
export const requireCovered = (study: Data): void => {
  for (const field of UNCOVERED)
    if (study[field] !== undefined) throw new Error(`a proof does not cover ${field}`);
  if (study.contract === 'efficient')
    throw new Error('a proof is of a menu: under contract: efficient there is none');
};

type Listed = Pick<Problem, 'weights' | 'types'>;

export const record = (data: unknown): Data => {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new Error('expected fields');
  return data as Data;
};
const list = (data: unknown): readonly unknown[] => {
  if (!Array.isArray(data)) throw new Error('expected a list');
  return data;
};
export const numberOf = (data: unknown): Interval => {
  if (typeof data !== 'number' || !Number.isFinite(data)) throw new Error(`expected a number, got ${data}`);
  return exactly(data);
};
const nameOf = (data: unknown, place: number): string =>
  typeof data === 'string' ? data : `type ${place + 1}`;

/** Types on their tasks, in the study's order. */
const readBuyers = (buyers: Data, { files, nodes }: Beside): Listed => {
  switch (buyers.kind) {
    case 'representative':
      return ofOneTask(list(buyers.types).map(record));
    case 'value-scale-grid':
      return onGrid(buyers);
    case 'profiles':
      return ofProfiles(buyers, nodes);
    case 'file':
      return ofFile(buyers, files[String(buyers.file)]);
    default:
      throw new Error(`a proof covers listed buyers, got ${String(buyers.kind)}`);
  }
};

const ofOneTask = (types: readonly Data[]): Listed => ({
  weights: [one],
  types: types.map(({ name, value, mass }, n) => ({
    name: nameOf(name, n),
    values: [numberOf(value)],
    mass: numberOf(mass),
  })),
});

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
    list(scales).map(Number),
  );

/** Values of each task up to a scale: tasks are the blocks between scales. */
const byScale = (
  types: readonly { name: string; value: number; scale: number; mass: Interval }[],
  scales: readonly number[],
): Listed => ({
  weights: scales.map((scale, l) => subtract(exactly(scale), exactly(scales[l - 1] ?? 0))),
  types: types.map(({ name, value, scale, mass }) => {
    const own = exactly(value);
    return { name, values: scales.map((end) => (end <= scale ? own : zero)), mass };
  }),
});

const ofProfiles = ({ tasks, types }: Data, nodes: Beside['nodes']): Listed => {
  const { weights: given } = record(tasks);
  const isListed = given !== undefined;
  if (!isListed && nodes === undefined) throw new Error('expected the nodes of the tasks in the proof');
  const weights = isListed ? list(given).map(numberOf) : nodes!.weights.map(numberOf);
  const positions = isListed
    ? weights.map((_, m) => divide(exactly(m + 0.5), exactly(weights.length)))
    : nodes!.positions.map(numberOf);
  if (!isListed) requireQuadrature(weights);
  const valuesOf = (data: unknown): readonly Interval[] => {
    if (typeof data === 'number') return weights.map(() => numberOf(data));
    if (typeof data !== 'string') return list(data).map(numberOf);
    const formula = readFormula(data);
    return positions.map((i) => evaluate(formula, { i }));
  };
  return {
    weights,
    types: list(types).map((data, n) => {
      const { name, mass, values } = record(data);
      return { name: nameOf(name, n), mass: numberOf(mass), values: sameLength(valuesOf(values), weights) };
    }),
  };
};

/** Nodes that the proof brings must weigh what all tasks do. */
const requireQuadrature = (weights: readonly Interval[]): void => {
  const off = subtract(sum(weights), one);
  if (weights.some(({ lo }) => !lo.gt(0)) || !off.hi.lt('1e-12') || !off.lo.gt('-1e-12'))
    throw new Error('expected weights of nodes above 0 that sum to 1');
};

const sameLength = <T>(values: readonly T[], tasks: readonly unknown[]): readonly T[] => {
  if (values.length !== tasks.length)
    throw new Error(`expected ${tasks.length} values, one a task, got ${values.length}`);
  return values;
};

/** A CSV without quotes: columns value, scale and mass, or mass and one column a task. */
const ofFile = ({ weights, columns }: Data, text: string | undefined): Listed => {
  if (text === undefined) throw new Error('expected the text of the file of buyers in the proof');
  if (text.includes('"')) throw new Error('a proof covers files of buyers without quotes');
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const [head, ...rows] = lines.map((line) => line.split(/[,;\t]/).map((cell) => cell.trim()));
  const named = record(columns ?? {});
  const place = (role: string): number => head!.indexOf(String(named[role] ?? role));
  const cell = (row: readonly string[], at: number): number => Number(row[at]);
  const name = (row: readonly string[], n: number): string => row[place('name')] || `type ${n + 1}`;
  if (place('value') >= 0) {
    const scaleOf = (row: readonly string[]): number => (place('scale') < 0 ? 1 : cell(row, place('scale')));
    const scales = [...new Set(rows.map(scaleOf))].sort((a, b) => a - b);
    const types = rows.map((row, n) => ({
      name: name(row, n),
      value: cell(row, place('value')),
      scale: scaleOf(row),
      mass: numberOf(cell(row, place('mass'))),
    }));
    return byScale(types, scales);
  }
  const tasks = head!.map((_, at) => at).filter((at) => at !== place('mass') && at !== place('name'));
  const even = divide(one, exactly(tasks.length));
  return {
    weights: weights === undefined ? tasks.map(() => even) : sameLength(list(weights).map(numberOf), tasks),
    types: rows.map((row, n) => ({
      name: name(row, n),
      values: tasks.map((at) => numberOf(cell(row, at))),
      mass: numberOf(cell(row, place('mass'))),
    })),
  };
};

/** θ = (Σ ω w^{1/(1−σ)})^{1−σ}, the one number that stands for a buyer of packages (Lemma 2). */
const byIndex = ({ weights, types }: Listed, study: Data): Listed => {
  if (record(study.buyers).kind === 'representative') return { weights, types };
  const sharpness = subtract(one, degreeOf(record(study.production), record(study.inputs)));
  const theta = ({ values }: BuyerType): Interval => {
    const powers = values.map((w, m) => multiply(weights[m]!, power(w, divide(one, sharpness))));
    return power(sum(powers), sharpness);
  };
  return { weights: [one], types: types.map((type) => ({ ...type, values: [theta(type)] })) };
};

/** σ: the degree of v in the task inputs. */
export const degreeOf = ({ use, exponents, degree }: Data, inputs: Data): Interval => {
  if (use === 'ces') return numberOf(degree);
  if (use !== 'cobb-douglas') throw new Error(`a proof covers packages of cobb-douglas and ces, got ${use}`);
  const task = Object.keys(inputs).filter((name) => record(inputs[name]).scope === 'task');
  return sum(task.map((name) => numberOf(record(exponents)[name])));
};

export const readTechnology = (study: Data, tasks: number, beside: Beside): Technology =>
  study.cost === undefined
    ? readProduction(record(study.production), record(study.inputs))
    : readCost(record(study.cost), tasks, beside);

const readProduction = (production: Data, inputs: Data): Production & { assumes?: string } => {
  const listed = Object.entries(inputs).map(([name, data]) => ({ name, ...record(data) })) as readonly Data[];
  const of = (scope: string): Input[] =>
    listed
      .filter((input) => input.scope === scope)
      .map((input) => ({
        name: String(input.name),
        cost: numberOf(input.cost),
        max: input.max === undefined ? undefined : numberOf(input.max),
      }));
  const [task, shared] = [of('task'), of('shared')];
  if (task.some(({ max }) => max !== undefined))
    throw new Error('a proof does not cover a most of a task input');
  const made = { kind: 'production', task, shared } as const;
  switch (production.use) {
    case 'cobb-douglas':
      return { ...made, quality: cobbDouglas(production, task, shared) };
    case 'ces':
      return { ...made, quality: ces(production, task, shared) };
    case 'expression':
      return {
        ...made,
        quality: withParameters(readFormula(String(production.formula)), production.parameters),
        assumes: 'the production formula is concave in its inputs together',
      };
    default:
      throw new Error(`a proof covers cobb-douglas, ces and expression, got ${String(production.use)}`);
  }
};

const product = (factors: readonly Formula[]): Formula =>
  factors.reduce((left, right) => apply('*', left, right));

/** (base + input)^exponent; exponents must be above 0 and sum to less than 1, so that v is concave. */
const powerOf = (name: string, exponent: unknown, base: unknown = 0): Formula =>
  apply('^', base === 0 ? { name } : apply('+', { number: numberOf(base) }, { name }), {
    number: numberOf(exponent),
  });

const requireConcave = (exponents: readonly Interval[]): void => {
  if (!(exponents.every(({ lo }) => lo.gt(0)) && sum(exponents).hi.lt(1)))
    throw new Error('expected exponents above 0 that sum to less than 1');
};

const cobbDouglas = (
  { exponents, base = {} }: Data,
  task: readonly Input[],
  shared: readonly Input[],
): Formula => {
  const [powers, bases] = [record(exponents), record(base)];
  const all = [...task, ...shared].map(({ name }) => name);
  requireConcave(all.map((name) => numberOf(powers[name])));
  return product(all.map((name) => powerOf(name, powers[name], bases[name])));
};

const ces = (production: Data, task: readonly Input[], shared: readonly Input[]): Formula => {
  const { shares, substitution, degree } = production;
  const [weights, factors] = [record(shares), record(production.shared ?? {})];
  const r = numberOf(substitution);
  const of = shared.map(({ name }) => ({ name, ...record(factors[name]) }) as Data);
  requireConcave([numberOf(degree), ...of.map(({ exponent }) => numberOf(exponent))]);
  if (!(r.hi.lt(1) && !r.lo.isZero() && task.every(({ name }) => numberOf(weights[name]).lo.gt(0))))
    throw new Error('expected a substitution below 1 other than 0, and shares above 0');
  const terms = task.map(({ name }) =>
    apply('*', { number: numberOf(weights[name]) }, powerOf(name, substitution)),
  );
  const inner = terms.reduce((left, right) => apply('+', left, right));
  const outer = apply('^', inner, { number: divide(numberOf(degree), r) });
  return product([outer, ...of.map(({ name, exponent, base }) => powerOf(String(name), exponent, base))]);
};

const withParameters = (formula: Formula, parameters: unknown): Formula => {
  const values = record(parameters ?? {});
  const substituted = (f: Formula): Formula =>
    'number' in f
      ? f
      : 'name' in f
        ? Object.hasOwn(values, f.name)
          ? { number: numberOf(values[f.name]) }
          : f
        : { of: f.of, args: f.args.map(substituted) };
  return substituted(formula);
};

/** A cost given outright; its parameters are one for all tasks or a list of one a task. */
const readCost = (cost: Data, tasks: number, { nodes }: Beside): Cost & { assumes?: string } => {
  const onTask = (parameter: unknown, m: number): unknown =>
    Array.isArray(parameter) ? sameLength(parameter, Array.from({ length: tasks }))[m] : parameter;
  const costs = Array.from({ length: tasks }, (_, m): TaskCost => {
    const own = (name: string, otherwise?: unknown): unknown => onTask(cost[name] ?? otherwise, m);
    const max = own('max');
    const most = max === undefined ? undefined : numberOf(max);
    switch (cost.use) {
      case 'quadratic':
        return { formula: halfSquare(numberOf(own('coefficient', 1))), rate: undefined, max: undefined };
      case 'linear': {
        const rate = numberOf(own('rate', 0));
        return { formula: apply('*', { number: rate }, { name: 'q' }), rate, max: most ?? one };
      }
      case 'expression': {
        const formula = withParameters(readFormula(String(own('formula'))), cost.parameters);
        const i = nodes?.positions[m] ?? (m + 0.5) / tasks;
        return { formula: withParameters(formula, { i }), rate: undefined, max: most };
      }
      default:
        throw new Error(`a proof covers quadratic, linear and expression costs, got ${String(cost.use)}`);
    }
  });
  const total = cost.total === undefined ? undefined : numberOf(cost.total);
  const made = { kind: 'cost', tasks: costs, total } as const;
  return cost.use === 'expression' ? { ...made, assumes: 'the cost formula is convex in q' } : made;
};

const halfSquare = (coefficient: Interval): Formula =>
  apply('*', { number: divide(coefficient, exactly(2)) }, apply('^', { name: 'q' }, number(2)));
