import { type Beside, type Data, list, numberOf, record, sameLength } from './data.ts';
import { apply, type Formula, number, readFormula, substituted } from './formula.ts';
import { divide, exactly, type Interval, one, sum, zero } from './interval.ts';
import { type Input, type Model, type Task, withSlopes } from './model.ts';
import { evenly } from './read-buyers.ts';

/** How a study makes quality, on so many tasks; a rival's inputs have prices in the place of costs. */
export const readModel = (study: Data, tasks: number, beside: Beside): Model =>
  study.cost === undefined
    ? readProduction(record(study.production), record(study.inputs), tasks, beside)
    : readCost(record(study.cost), tasks, beside);

/** What a proof takes for granted of the formulas of a study. */
export const assumptions = (study: Data): readonly string[] => {
  const { rival } = record(study.outside ?? {});
  const made = [study, ...list(study.models ?? []), ...(rival ? [rival] : [])].map(record);
  const isFormula = (part: unknown): boolean => part !== undefined && record(part).use === 'expression';
  return [
    ...(made.some(({ production }) => isFormula(production))
      ? ['the production formula is concave in its inputs together']
      : []),
    ...(isFormula(study.cost) ? ['the cost formula is convex in q'] : []),
  ];
};

const positions = (tasks: number, { nodes }: Beside): readonly Interval[] =>
  nodes === undefined ? evenly(tasks) : nodes.positions.map(numberOf);

const readProduction = (production: Data, inputs: Data, tasks: number, beside: Beside): Model => {
  const listed = Object.entries(inputs).map(([name, data]) => ({ name, ...record(data) })) as readonly Data[];
  const of = (scope: string): readonly Input[] =>
    listed
      .filter((input) => input.scope === scope)
      .map(({ name, cost, price, max }) => ({
        name: String(name),
        cost: numberOf(cost ?? price),
        max: max === undefined ? undefined : numberOf(max),
      }));
  const [task, shared] = [of('task'), of('shared')];
  const names = [...task, ...shared].map(({ name }) => name);
  const taskOf = (quality: Formula): Task => ({
    quality: withSlopes(quality, names),
    cost: withSlopes(number(zero), names),
  });
  const quality = productionFormula(production, task, shared);
  const everywhere = taskOf(quality);
  const own = positions(tasks, beside).map((i) =>
    depends(quality, 'i') ? taskOf(substituted(quality, { i })) : everywhere,
  );
  return { task, shared, tasks: own };
};

const depends = (f: Formula, name: string): boolean =>
  'name' in f ? f.name === name : 'args' in f && f.args.some((each) => depends(each, name));

const productionFormula = (production: Data, task: readonly Input[], shared: readonly Input[]): Formula => {
  switch (production.use) {
    case 'cobb-douglas':
      return cobbDouglas(production, [...task, ...shared]);
    case 'ces':
      return ces(production, task, shared);
    case 'expression':
      return withParameters(String(production.formula), production.parameters);
    default:
      throw new Error(`a proof covers cobb-douglas, ces and expression, got ${String(production.use)}`);
  }
};

const product = (factors: readonly Formula[]): Formula =>
  factors.reduce((left, right) => apply('*', left, right));

/** (base + input)^exponent; exponents must be above 0 and sum to less than 1, so that v is concave. */
const powerOf = (name: string, exponent: unknown, base: unknown = 0): Formula =>
  apply('^', apply('+', number(numberOf(base)), { name }), number(numberOf(exponent)));

const requireConcave = (exponents: readonly unknown[], bases: Data): void => {
  const isAbove = (value: Interval): boolean => value.lo > 0n;
  const powers = exponents.map(numberOf);
  if (!(powers.every(isAbove) && sum(powers).hi < one.lo))
    throw new Error('expected exponents above 0 that sum to less than 1');
  if (Object.values(bases).some((base) => numberOf(base).lo < 0n))
    throw new Error('expected no base below 0');
};

const cobbDouglas = ({ exponents, base = {} }: Data, inputs: readonly Input[]): Formula => {
  const [powers, bases] = [record(exponents), record(base)];
  requireConcave(
    inputs.map(({ name }) => powers[name]),
    bases,
  );
  return product(inputs.map(({ name }) => powerOf(name, powers[name], bases[name])));
};

const ces = (production: Data, task: readonly Input[], shared: readonly Input[]): Formula => {
  const { shares, substitution, degree } = production;
  const [weights, factors] = [record(shares), record(production.shared ?? {})];
  const r = numberOf(substitution);
  const of = shared.map(({ name }): Data => ({ name, ...record(factors[name]) }));
  requireConcave(
    [degree, ...of.map(({ exponent }) => exponent)],
    Object.fromEntries(of.map(({ name, base = 0 }) => [name, base])),
  );
  if (!(r.hi < one.lo && r.lo !== 0n && task.every(({ name }) => numberOf(weights[name]).lo > 0n)))
    throw new Error('expected a substitution below 1 other than 0, and shares above 0');
  const terms = task.map(({ name }) =>
    apply('*', number(numberOf(weights[name])), powerOf(name, substitution)),
  );
  const inner = terms.reduce((left, right) => apply('+', left, right));
  const outer = apply('^', inner, number(divide(numberOf(degree), r)));
  return product([outer, ...of.map(({ name, exponent, base }) => powerOf(String(name), exponent, base))]);
};

const withParameters = (text: string, parameters: unknown): Formula => {
  const values = Object.entries(record(parameters ?? {})).map(([name, value]) => [name, numberOf(value)]);
  return substituted(readFormula(text), Object.fromEntries(values));
};

const q: Formula = { name: 'q' };

/** A cost given outright; its parameters are one for all tasks or a list of one a task. */
const readCost = (cost: Data, tasks: number, beside: Beside): Model => {
  const costs = positions(tasks, beside).map((i, m): Task => {
    const own = (name: string, otherwise?: unknown): unknown => {
      const parameter = cost[name] ?? otherwise;
      return Array.isArray(parameter) ? sameLength(parameter, Array.from({ length: tasks }))[m] : parameter;
    };
    const formulas: Readonly<Record<string, () => Formula>> = {
      quadratic: () =>
        apply(
          '*',
          number(divide(numberOf(own('coefficient', 1)), exactly(2))),
          apply('^', q, number(exactly(2))),
        ),
      linear: () => apply('*', number(numberOf(own('rate', 0))), q),
      expression: () => substituted(withParameters(String(own('formula')), cost.parameters), { i }),
    };
    const formula = formulas[String(cost.use)];
    if (formula === undefined)
      throw new Error(`a proof covers quadratic, linear and expression costs, got ${String(cost.use)}`);
    const max = own('max', cost.use === 'linear' ? 1 : undefined);
    return {
      quality: withSlopes(q, ['q']),
      cost: withSlopes(formula(), ['q']),
      max: max === undefined ? undefined : numberOf(max),
    };
  });
  const total = cost.total === undefined ? undefined : numberOf(cost.total);
  return { task: [{ name: 'q', cost: zero }], shared: [], tasks: costs, total };
};

/** σ: the degree of v in the task inputs. */
export const degreeOf = ({ use, exponents, degree }: Data, inputs: Data): Interval => {
  if (use === 'ces') return numberOf(degree);
  if (use !== 'cobb-douglas') throw new Error(`a proof covers packages of cobb-douglas and ces, got ${use}`);
  const task = Object.keys(inputs).filter((name) => record(inputs[name]).scope === 'task');
  return sum(task.map((name) => numberOf(record(exponents)[name])));
};
