import { evaluate, readFormula, type Values } from './formula.ts';
import { exactly, type Interval, must, one, sum } from './interval.ts';
import { type Beside, type Listed, type ListedType, list, numbers, readBuyers } from './read-buyers.ts';
import { type Data, degreeOf, type Model, numbersIn, readModel, record } from './read-model.ts';

/** A screening problem with listed types, as a study states it: DESIGN's one problem, in exact numbers. */
export interface Problem {
  /** ω, one a task. */
  readonly weights: readonly Interval[];
  /** Her values and mass, of which there is 1 in all, and what she has without the seller, where that is not a rival's. */
  readonly types: readonly (Pick<ListedType, 'values' | 'mass'> & { readonly outside: Interval })[];
  /** What makes quality; several where there is a choice. */
  readonly models: readonly Model[];
  /** Somebody else's model, at his prices. */
  readonly rival: Model | undefined;
  readonly objective: ReturnType<typeof readObjective>;
  /** The most of inputs that all buyers together may use, per buyer. */
  readonly capacity: Values;
}

/** The problem that a study states. Throws an Error that says what is missing or not covered. */
export const readProblem = (study: Data, beside: Beside): Problem => {
  const { utility, rival, ...others } = record(study.outside);
  must(Object.keys(others).length === 0, `a proof does not cover outside: ${Object.keys(others)}`);
  const column = typeof utility === 'object' && !Array.isArray(utility) ? record(utility).column : undefined;
  const made = (study.models === undefined ? [study] : list(study.models)).map(record);
  const elsewhere = rival === undefined ? [] : [record(rival)];
  const listed = readBuyers(record(study.buyers), beside, column);
  const isIndex = study.contract === 'packages' && record(study.buyers).kind !== 'representative';
  const { weights, positions, types } = isIndex ? byIndex(listed, [...made, ...elsewhere]) : listed;
  const isMeasure = weights.every(({ lo }) => lo.gt(0)) && types.every(({ mass }) => mass.lo.gte(0));
  must(isMeasure, 'expected tasks with weights above 0, and no type with a mass below 0');
  const all = sum(types.map(({ mass }) => mass));
  const utilities = utilitiesOf(utility, column, types);
  return {
    weights,
    types: types.map(({ values, mass }, n) => ({ values, mass: mass.over(all), outside: utilities[n]! })),
    models: made.map((own) => readModel(own, positions)),
    rival: elsewhere.map((own) => readModel(own, positions))[0],
    objective: readObjective(study),
    capacity: numbersIn(study.capacity),
  };
};

const TECHNOLOGY = ['production', 'inputs', 'cost', 'models'];
const REST = [
  'name',
  'buyers',
  'contract',
  'implementation',
  'objective',
  'outside',
  'capacity',
  'units',
  'solver',
];
const TERMS = [...TECHNOLOGY, ...REST];

/** Weights of profit and of consumer surplus. Throws where a study has a term that no proof covers. */
export const readObjective = (study: Data): { readonly profit: Interval; readonly surplus: Interval } => {
  const beyond = Object.keys(study).find((term) => !TERMS.includes(term));
  must(beyond === undefined, `a proof does not cover ${beyond}`);
  must(study.contract !== 'efficient', 'a proof is of a menu: under contract: efficient there is none');
  const objective = record(study.objective);
  const [profit, surplus] = [exactly(objective.profit ?? 1), exactly(objective.consumerSurplus ?? 0)];
  must(profit.lo.gt(0) && surplus.atMost(profit), 'expected profit to weigh more than 0 and than surplus');
  return { profit, surplus };
};

/** θ = (Σ ω w^{1/(1−σ)})^{1−σ}, the one number that stands for a buyer of packages (Lemma 2), where all models have one σ. */
const byIndex = ({ weights, types }: Listed, models: readonly Data[]): Listed => {
  const [degree, ...others] = models.map(degreeOf) as [Interval, ...Interval[]];
  const isOne = others.every(({ lo, hi }) => lo.lte(degree.hi) && hi.gte(degree.lo));
  must(isOne, 'a proof covers packages of models of one degree');
  const sharpness = one.minus(degree);
  const indexed = types.map((type) => {
    const terms = type.values.map((w, m) => weights[m]!.times(w.power(one.over(sharpness))));
    const theta = sum(terms).power(sharpness);
    return { ...type, values: [theta], known: { theta } };
  });
  return { weights: [one], positions: [exactly(0.5)], types: indexed };
};

/** What each type has outside: one number a type, a column, a formula or a number. */
const utilitiesOf = (utility: unknown, column: unknown, types: Listed['types']): readonly Interval[] => {
  if (Array.isArray(utility)) return numbers(utility, types);
  if (column !== undefined) return types.map(({ row }) => exactly(row?.[String(column)]));
  const formula = readFormula(String(utility ?? 0));
  return types.map(({ known }) => evaluate(formula, known).value);
};
