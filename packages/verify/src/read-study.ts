import { type Beside, type Data, list, numberOf, record, sameLength } from './data.ts';
import { evaluate, readFormula } from './formula.ts';
import { divide, exactly, type Interval, isAtMost, multiply, one, power, subtract, sum } from './interval.ts';
import type { Model } from './model.ts';
import { type Listed, type ListedType, readBuyers } from './read-buyers.ts';
import { degreeOf, readModel } from './read-model.ts';

/** A screening problem with listed types, as a study states it: DESIGN's one problem, in exact numbers. */
export interface Problem {
  /** ω, one a task. */
  readonly weights: readonly Interval[];
  readonly types: readonly BuyerType[];
  /** What makes quality; several where there is a choice. */
  readonly models: readonly Model[];
  /** Somebody else's model, at his prices. */
  readonly rival?: Model;
  /** Weights of profit and of consumer surplus in the objective. */
  readonly objective: { readonly profit: Interval; readonly consumerSurplus: Interval };
  /** The most of inputs that all buyers together may use, per buyer. */
  readonly capacity: readonly (readonly [input: string, most: Interval])[];
}

/** A type; masses sum to 1. */
interface BuyerType extends Pick<ListedType, 'name' | 'values' | 'mass'> {
  /** What she has without the seller; undefined where that is nothing, or a rival's. */
  readonly outside?: Interval | undefined;
}

/** The problem that a study states. Throws an Error that says what is missing or not covered. */
export const readProblem = (study: Data, beside: Beside): Problem => {
  requireCovered(study);
  const outside = record(study.outside ?? {});
  const listed = readBuyers(record(study.buyers), beside, columnOf(outside.utility));
  const isByIndex = study.contract === 'packages';
  const { weights, types } = isByIndex ? byIndex(listed, study) : listed;
  const making = isByIndex ? { files: {} } : beside;
  const all = sum(types.map(({ mass }) => mass));
  const utilities = utilitiesOf(outside.utility, types);
  return {
    weights,
    types: types.map((type, n) => ({ ...type, mass: divide(type.mass, all), outside: utilities?.[n] })),
    models: modelsOf(study).map((made) => readModel(made, weights.length, making)),
    ...(outside.rival === undefined
      ? {}
      : { rival: readModel(record(outside.rival), weights.length, making) }),
    objective: objectiveOf(study),
    capacity: Object.entries(record(study.capacity ?? {})).map(([name, most]) => [name, numberOf(most)]),
  };
};

/** Throws where a study has a term that no proof covers. */
export const requireCovered = (study: Data): void => {
  if (study.keep !== undefined) throw new Error('a proof does not cover keep');
  if (study.contract === 'efficient')
    throw new Error('a proof is of a menu: under contract: efficient there is none');
};

export const objectiveOf = (study: Data): Problem['objective'] => {
  const { profit = 1, consumerSurplus = 0 } = record(study.objective ?? {});
  const objective = { profit: numberOf(profit), consumerSurplus: numberOf(consumerSurplus) };
  if (objective.profit.lo <= 0n || !isAtMost(objective.consumerSurplus, objective.profit))
    throw new Error('expected a weight of profit above 0, and none of consumer surplus above it');
  return objective;
};

/** What each of several models is made by, or the study itself. */
const modelsOf = (study: Data): readonly Data[] =>
  study.models === undefined ? [study] : list(study.models).map(record);

/** θ = (Σ ω w^{1/(1−σ)})^{1−σ}, the one number that stands for a buyer of packages (Lemma 2). */
const byIndex = ({ weights, types }: Listed, study: Data): Listed => {
  if (record(study.buyers).kind === 'representative') return { weights, types };
  const sharpness = subtract(one, degreeOfAll([...modelsOf(study), ...rivalOf(study)]));
  const theta = ({ values }: ListedType): Interval => {
    const powers = values.map((w, m) => multiply(weights[m]!, power(w, divide(one, sharpness))));
    return power(sum(powers), sharpness);
  };
  return {
    weights: [one],
    types: types.map((type) => {
      const own = theta(type);
      return { ...type, values: [own], known: { theta: own } };
    }),
  };
};

const rivalOf = ({ outside }: Data): readonly Data[] => {
  const { rival } = record(outside ?? {});
  return rival === undefined ? [] : [record(rival)];
};

/** σ of all models, which must have the same one for an index to stand for a buyer. */
const degreeOfAll = (models: readonly Data[]): Interval => {
  const [first, ...others] = models.map(({ production, inputs }) =>
    degreeOf(record(production), record(inputs)),
  );
  if (others.some(({ lo, hi }) => lo > first!.hi || hi < first!.lo))
    throw new Error('a proof covers packages of models of one degree');
  return first!;
};

const columnOf = (utility: unknown): unknown =>
  typeof utility === 'object' && !Array.isArray(utility) && utility !== null
    ? record(utility).column
    : undefined;

/** What each type has outside: a number, a formula, a column, or one number a type. */
const utilitiesOf = (utility: unknown, types: readonly ListedType[]): readonly Interval[] | undefined => {
  if (utility === undefined) return undefined;
  if (typeof utility === 'number') return types.map(() => numberOf(utility));
  if (Array.isArray(utility)) return sameLength(utility.map(numberOf), types);
  const column = columnOf(utility);
  if (column !== undefined) return types.map(({ row }) => exactly(row?.[String(column)] ?? ''));
  const formula = readFormula(String(utility));
  return types.map(({ known }) => evaluate(formula, known));
};
