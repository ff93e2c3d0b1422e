import {
  bestSupply,
  concaveSupply,
  type EfficientSupply,
  type Input,
  InputError,
  largestOf,
  type ModelSupply,
  numericSupply,
  type ProductionAssumption,
  type ProductionFunction,
  productionAssumptions,
  supplyPoint,
  type Technology,
  technology,
  unboundedInput,
} from '@menusmith/core';
import { namedBuyers } from '../../problem/named-buyers.ts';
import type { ProductionTechnology, SolverSettings, Study } from '../../study/study.ts';

/** The study's efficient supply, which path it takes, and how often it was asked. */
export interface StudySupply {
  readonly supply: EfficientSupply;
  readonly path: 'closed-form' | 'numeric';
  readonly evaluations: () => number;
}

type Made = Omit<StudySupply, 'evaluations'>;

/** The buyer to whom more is worth most. */
interface TopBuyer {
  readonly value: number;
  readonly scale: number;
}

const topBuyer = ({ buyers: given, contract }: Study): TopBuyer | undefined => {
  const isSold = (top: TopBuyer): TopBuyer | undefined =>
    top.value > 0 && top.value < Number.POSITIVE_INFINITY ? top : undefined;
  const buyers = namedBuyers(given);
  if (buyers.kind === 'line') return isSold({ value: buyers.types.max, scale: 1 });
  if (buyers.kind === 'plane')
    return contract === 'packages'
      ? undefined
      : isSold({ value: buyers.values.max, scale: buyers.scales.max });
  return buyers.coordinates.length === 1
    ? isSold({ value: largestOf(buyers.types.map(({ value = 0 }) => value)), scale: 1 })
    : undefined;
};

/** Throws where no amount of an input is enough for the top buyer: then no menu is best. */
const requireBounded = (made: Technology, top: TopBuyer, { shape }: Trial): void => {
  const unbounded = unboundedInput(made, top.value, top.scale, shape === 'concave');
  if (unbounded === undefined) return;
  const at = `to the buyer of value ${top.value} and scale ${top.scale}`;
  const input = made.inputs.find(({ name }) => name === unbounded);
  const message =
    input === undefined
      ? `expected diminishing returns, got a production function of which ever more is worth more than it costs ${at}: the surplus has no maximum. ` +
        'A production function of lower degree, or higher costs, would do'
      : `expected a marginal product that falls, got one with which a further unit of ${input.name} is always worth more than its cost of ` +
        `${input.cost} ${at}: the surplus has no maximum. ` +
        (input.scope === 'shared'
          ? `A max on the input ${input.name}, or a production function with a diminishing marginal product of it, would do`
          : `A production function with a diminishing marginal product of ${input.name} would do`);
  throw new InputError('unbounded-surplus', message, ['production']);
};

/** The closed form, if there is one; throws where the top buyer would take ever more. */
const closedSupply = (
  production: ProductionFunction,
  inputs: readonly Input[],
  top: TopBuyer | undefined,
): EfficientSupply | undefined => {
  const supply = production.closedForm?.(inputs);
  if (supply === undefined || top === undefined) return supply;
  const point = supplyPoint(inputs.length);
  supply.supply(top.value, top.scale, point);
  if (point.surplus === Number.POSITIVE_INFINITY) {
    const made = technology(production, inputs);
    requireBounded(made, top, trialOf(production, made));
  }
  return supply;
};

/** The closed form where the plugin has one and the study does not ask for the numeric path, else v and its gradient. */
const produced = (
  { production, inputs }: ProductionTechnology,
  solver: SolverSettings,
  top: TopBuyer | undefined,
): Made => {
  const closed = solver.supply === 'numeric' ? undefined : closedSupply(production, inputs, top);
  if (closed) return { supply: closed, path: 'closed-form' };
  const made = technology(production, inputs);
  const trial = trialOf(production, made);
  if (top) requireBounded(made, top, trial);
  return { supply: numericallySupplied(made, trial, solver), path: 'numeric' };
};

const numericallySupplied = (
  made: Technology,
  { shape }: Trial,
  { minimizer }: SolverSettings,
): EfficientSupply =>
  shape === 'concave' ? concaveSupply(made) : numericSupply(made, minimizer, shape !== 'not-concave');

/**
 * Supply at a plan's prices, which stand in `priced` for costs: from a production function, or from what a plan leaves of it to be bought (`beyond`). Throws
 * InputError where the top buyer would take ever more.
 */
export const supplyAtPrices = (
  { production, inputs }: Pick<ProductionTechnology, 'production' | 'inputs'>,
  beyond: ProductionFunction,
  priced: readonly Input[],
  solver: SolverSettings,
  top: TopBuyer,
): EfficientSupply => {
  if (beyond === production && solver.supply !== 'numeric' && production.closedForm)
    return closedSupply(production, priced, top)!;
  const made = technology(beyond, priced);
  const trial = trialOf(production, technology(production, inputs));
  requireBounded(made, top, trial);
  return numericallySupplied(made, trial, solver);
};

/** Which numeric path can serve v: the first-order conditions of a smooth one that increases, or bounds that any concave v has. */
type Shape = 'smooth' | 'concave' | 'not-concave';

interface Trial {
  readonly shape: Shape;
  /** Where it is found not to be concave. */
  readonly nonconcave?: ProductionAssumption;
}

/** What is homogeneous and has a closed form is known to be concave and smooth; anything else is tried, once, as costs do not matter. */
const trialOf = (production: ProductionFunction, made: Technology): Trial => {
  const isKnown = production.closedForm !== undefined && production.degree !== undefined;
  const answer = tried.get(production) ?? (isKnown ? { shape: 'smooth' } : shapeTrial(made));
  tried.set(production, answer);
  return answer;
};
const tried = new WeakMap<ProductionFunction, Trial>();

/** Where the production function, or that of one of the models, is found not to be concave. */
export const nonconcavity = (how: Study['technology']): ProductionAssumption | undefined => {
  const all = how.kind === 'models' ? how.models : how.kind === 'production' ? [how] : [];
  return all
    .map(({ production, inputs }) => trialOf(production, technology(production, inputs)).nonconcave)
    .find((found) => found !== undefined);
};

/** Whether tasks are best served each on its own: none of their inputs is shared, and v is concave. */
export const isSolvedAlone = ({ production, inputs }: ProductionTechnology): boolean =>
  inputs.every(({ scope }) => scope === 'task') &&
  trialOf(production, technology(production, inputs)).shape !== 'not-concave';

const shapeTrial = (made: Technology): Trial => {
  const assumptions = productionAssumptions(made);
  const isMet = (name: ProductionAssumption['name'], least: number): boolean =>
    assumptions.every((own) => own.name !== name || own.holds || own.margin >= least);
  const concave = assumptions.find(({ name }) => name === 'concave');
  if (concave !== undefined && !concave.holds) return { shape: 'not-concave', nonconcave: concave };
  // A slope of nothing is no harm to first-order conditions; a falling v is.
  const isSmooth = isMet('smooth', 0) && isMet('increasing', 0);
  return { shape: isSmooth && made.inputs.length > 1 ? 'smooth' : 'concave' };
};

const uncounted = (study: Study): Made => {
  const { technology: made, solver } = study;
  if (made.kind === 'cost') return { supply: made.supply, path: 'closed-form' };
  const top = topBuyer(study);
  if (made.kind === 'production') return produced(made, solver, top);
  const models = producedByModel(made, solver, top);
  const isClosed = models.every(({ path }) => path === 'closed-form');
  return { supply: bestSupply(models), path: isClosed ? 'closed-form' : 'numeric' };
};

const producedByModel = (
  { models }: Extract<Study['technology'], { kind: 'models' }>,
  solver: SolverSettings,
  top: TopBuyer | undefined,
): (Made & ModelSupply)[] => models.map((model) => ({ name: model.name, ...produced(model, solver, top) }));

/** The supply of each of a study's models, where there is a choice of them. */
export const modelSupplies = (study: Study): readonly ModelSupply[] | undefined =>
  study.technology.kind === 'models'
    ? producedByModel(study.technology, study.solver, topBuyer(study))
    : undefined;

export const studySupply = (study: Study): StudySupply => {
  const { supply, path } = uncounted(study);
  let count = 0;
  const counted: EfficientSupply = {
    ...supply,
    supply: (value, scale, out) => {
      count++;
      supply.supply(value, scale, out);
    },
    slopes: (value, scale, out) => {
      count++;
      supply.slopes(value, scale, out);
    },
  };
  return { supply: counted, path, evaluations: () => count };
};
