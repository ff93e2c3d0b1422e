import {
  conditionalDistribution,
  type Distribution,
  type FiniteTypes,
  InputError,
  limits,
  profileIndex,
  representativeDistribution,
  representativeType,
  requireWithin,
} from '@menusmith/core';
import { degreeOf } from '../study/degree.ts';
import { isSoldBeyondGrid, isSolvedOnGrid } from '../study/solved-on-grid.ts';
import type {
  Contract,
  Goods,
  ProfileBuyers,
  ProfileTasks,
  Study,
  ValueScaleBuyers,
  ValueScaleSample,
} from '../study/study.ts';
import { type FiniteBuyers, finiteBuyersOf, type ListedBuyer, profilesOfSample } from './finite-buyers.ts';

/**
 * A study as a problem of the one theory (DESIGN §1): what its buyers come down to under its contract. Whoever solves, sells or draws asks for the
 * kind of problem, and never for the kind of buyers.
 */
export type ScreeningProblem = ContinuousChain | ListedChain | ScaleChains | SpaceProblem;

/** Buyers who differ in one number. */
interface Chain {
  /** The number: the value of each of `scale` tasks, or the representative type θ. */
  readonly coordinate: 'value' | 'theta';
  /** At which supply is asked for; 1 for an index. */
  readonly scale: number;
  /** Whether the scale is one that was asked for, of several that buyers have. */
  readonly isScaleFixed: boolean;
}

/** Continuously many types along a line (Mussa–Rosen; Prop. 5). */
export interface ContinuousChain extends Chain {
  readonly kind: 'continuous-chain';
  readonly types: Distribution;
}

/** Finitely many types along a line. */
export interface ListedChain extends Chain {
  readonly kind: 'listed-chain';
  readonly types: FiniteTypes;
  /** What the study says of each type, in its order. */
  readonly listed: readonly ListedBuyer[];
  /** Where they stand among the study's types, where they are some of these. */
  readonly places?: readonly number[];
  /** The tasks over which a package is spread, where θ stands for values on them. */
  readonly tasks?: ProfileTasks;
}

/** Independent values and scales: a chain at every scale, none of which tempts another under Assumption 1 (Prop. 4). */
export interface ScaleChains {
  readonly kind: 'scale-chains';
  readonly values: Distribution;
  readonly scales: Distribution;
}

/** Finitely many types with values on tasks, without an order. */
export interface SpaceProblem extends FiniteBuyers {
  readonly kind: 'space';
  /** The continuous buyers for whom the types stand. */
  readonly population?: ValueScaleBuyers;
  /** The continuous buyers of goods for whom they stand, where its menu is sold to these. */
  readonly goods?: Goods;
}

/** What the buyers come down to; a grid is made once for each study. */
export const screeningProblem = (study: Study): ScreeningProblem => {
  const known = made.get(study);
  if (known !== undefined) return known;
  const problem = reduce[study.contract](study);
  made.set(study, problem);
  return problem;
};
const made = new WeakMap<Study, ScreeningProblem>();

/** Under packages one number stands for a buyer; without private information, wherever it does. */
const reduce: Readonly<Record<Contract, (study: Study) => ScreeningProblem>> = {
  packages: (study) => chainOfTypes(study) ?? chainByIndex(study),
  allocations: (study) => chainOfTypes(study) ?? allocated(study),
  efficient: (study) => {
    const { buyers } = study;
    if (buyers.kind === 'value-scale' && buyers.dependence.independent) return scaleChains(buyers);
    const line = chainOfTypes(study);
    if (line !== undefined) return line;
    if (buyers.kind === 'profiles') return space(buyers);
    return degreeOf(study.technology) === undefined
      ? seenSample(buyers as ValueScaleSample)
      : chainByIndex(study);
  },
};

/** Without θ a list of values and scales is served type by type, as profiles are. */
const seenSample = (sample: ValueScaleSample): SpaceProblem => ({
  ...space(profilesOfSample(sample)),
  listed: sample.types,
});

/** Buyers whose type is one number as the study gives it. */
const chainOfTypes = ({ buyers }: Study): ScreeningProblem | undefined => {
  if (buyers.kind !== 'representative') return undefined;
  const line = { coordinate: 'value', scale: 1, isScaleFixed: false } as const;
  return 'types' in buyers
    ? listedChain(line, buyers.types)
    : { kind: 'continuous-chain', types: buyers.type, ...line };
};

/** Tokens task by task: types of one task, or of one scale, are a line; independent values and scales are many; the rest is a space. */
const allocated = (study: Study): ScreeningProblem => {
  const { buyers, solver } = study;
  if (buyers.kind === 'value-scale')
    return isSolvedOnGrid(study) ? { ...space(buyers), population: buyers } : scaleChains(buyers);
  // A solver that is asked for is one of spaces.
  if (buyers.kind === 'profiles' && buyers.goods && isSoldBeyondGrid(study))
    return { ...space(buyers), goods: buyers.goods };
  if (buyers.kind !== 'representative' && solver.use === 'auto')
    return lineOfOneTask(study, buyers) ?? space(buyers);
  return space(buyers as ProfileBuyers | ValueScaleSample);
};

/** Listed types who all have the same tasks, each of one value: the one task, or the one scale, of them all. */
const lineOfOneTask = (
  { technology }: Study,
  buyers: ProfileBuyers | ValueScaleSample,
): ListedChain | undefined => {
  if (buyers.kind !== 'profiles') {
    const [scale = 0] = buyers.scales;
    const line = { coordinate: 'value', scale, isScaleFixed: false } as const;
    return buyers.scales.length === 1 && scale > 0 ? listedChain(line, buyers.types) : undefined;
  }
  const { weights } = buyers.tasks;
  const differs =
    (technology.kind === 'production' && technology.production.atTask !== undefined) ||
    (technology.kind === 'cost' && technology.supply.byTask !== undefined);
  if (weights.length !== 1 || !(weights[0]! > 0) || differs) return undefined;
  const types = buyers.types.map(({ values, ...type }) => ({ ...type, value: values[0]! }));
  return listedChain({ coordinate: 'value', scale: weights[0]!, isScaleFixed: false }, types);
};

/** θ of every buyer (Lemma 2). */
const chainByIndex = ({ buyers, technology, terms }: Study): ScreeningProblem => {
  const degree = degreeOf(technology)!;
  const line = { coordinate: 'theta', scale: 1, isScaleFixed: false } as const;
  if (buyers.kind === 'value-scale') {
    const { value, scale, dependence } = buyers;
    const isPromising = terms.outside !== undefined || terms.keep !== undefined;
    const types = representativeDistribution(value, scale, degree, dependence, isPromising);
    return { kind: 'continuous-chain', types, ...line };
  }
  if (buyers.kind === 'profiles') {
    const { tasks } = buyers;
    const index = ({ values = none }: ListedBuyer): number => profileIndex(values, tasks.weights, degree);
    return { ...listedChain(line, buyers.types, index), tasks };
  }
  const { types } = buyers as ValueScaleSample;
  return listedChain(line, types, ({ value = 0, scale = 0 }) => representativeType(value, scale, degree));
};
const none = new Float64Array(0);

const listedChain = (
  line: Chain,
  listed: readonly ListedBuyer[],
  numberOf: (type: ListedBuyer) => number = ({ value = 0 }) => value,
): ListedChain => {
  requireWithin(limits.chainTypes, listed.length, ['buyers']);
  return {
    kind: 'listed-chain',
    ...line,
    types: {
      value: Float64Array.from(listed, numberOf),
      mass: Float64Array.from(listed, ({ mass }) => mass),
    },
    listed,
  };
};

const scaleChains = ({ value, scale }: ValueScaleBuyers): ScaleChains => ({
  kind: 'scale-chains',
  values: value,
  scales: scale,
});

const space = (buyers: ProfileBuyers | ValueScaleSample | ValueScaleBuyers): SpaceProblem => ({
  kind: 'space',
  ...finiteBuyersOf(buyers),
});

/** The problem of the buyers of one scale alone: their values, given that scale. Throws InputError where there are none, or buyers have no scale. */
export const problemAtScale = (study: Study, scale: number): ContinuousChain | ListedChain => {
  const { buyers, contract } = study;
  if (buyers.kind === 'representative') throw wrongScale('representative buyers have no scale; leave it out');
  if (contract === 'packages')
    throw wrongScale('with packages one number stands for value and scale; leave it out');
  if (buyers.kind === 'profiles') throw wrongScale('profiles have no scale; leave it out');
  const line = { coordinate: 'value', scale, isScaleFixed: true } as const;
  if (buyers.kind === 'value-scale') {
    const { value, scale: scales, dependence } = buyers;
    if (!(scale > 0 && scale >= scales.min && scale <= scales.max))
      throw wrongScale(`expected a scale above 0 in [${scales.min}, ${scales.max}], got ${scale}`);
    const types = dependence.independent
      ? value
      : conditionalDistribution(value, dependence, scales.cdf(scale), scales.survival(scale));
    return { kind: 'continuous-chain', types, ...line };
  }
  const places = buyers.types.flatMap((type, n) => (type.scale === scale ? [n] : []));
  const own = places.map((n) => buyers.types[n]!);
  const total = own.reduce((sum, { mass }) => sum + mass, 0);
  if (!(scale > 0 && total > 0)) {
    const listed = Array.from(buyers.scales).filter((each) => each > 0);
    const shown = listed.length > 8 ? [...listed.slice(0, 8), '…'] : listed;
    throw wrongScale(`expected one of the scales of the buyers (${shown.join(', ')}), got ${scale}`);
  }
  return {
    ...listedChain(
      line,
      own.map((type) => ({ ...type, mass: type.mass / total })),
    ),
    places,
  };
};

const wrongScale = (message: string): InputError => new InputError('scale', `--scale: ${message}`);
