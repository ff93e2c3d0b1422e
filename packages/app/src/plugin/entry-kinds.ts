import type { FiniteProblem, SupplyPoint } from '@menusmith/core';
import type { RegistryKind } from '../registry.ts';
import { guardedPromise } from './guarded-promise.ts';
import { guardedProposals } from './guarded-proposals.ts';
import {
  absent,
  boolean,
  either,
  type FunctionKind,
  type Kind,
  listOf,
  nothing,
  number,
  numbers,
  objectOf,
  text,
  texts,
} from './guarded-value.ts';

const gives = (answer: Kind, more: Omit<FunctionKind, 'answer'> = {}): FunctionKind => ({ answer, ...more });

/** A kind that is made of itself: `of` is asked for when it is needed. */
const later = (expected: string, of: () => Kind): Kind => ({
  expected,
  take: (value, from) => of().take(value, from),
});

const distribution = objectOf(
  'a distribution',
  {
    min: number,
    max: number,
    breakpoints: numbers,
    density: gives(number),
    cdf: gives(number),
    survival: gives(number),
    quantile: gives(number),
  },
  { steepAt: numbers, remarks: texts },
);

const copula = objectOf('a copula', {
  independent: boolean,
  cdf: gives(number),
  density: gives(number),
  conditional: gives(number),
  conditionalSurvival: gives(number),
});

/** A gradient that writes nothing leaves numbers that are none, and not those of another point. */
const unwritten = (given: readonly unknown[]): readonly unknown[] => {
  (given[2] as Float64Array).fill(Number.NaN);
  return given;
};

/** A supply that writes nothing leaves numbers that are none, and not those of another buyer. */
const unsupplied = (given: readonly unknown[]): readonly unknown[] => {
  const out = given[2] as SupplyPoint;
  out.quality = Number.NaN;
  out.cost = Number.NaN;
  out.surplus = Number.NaN;
  return given;
};

const badPoint = (given: readonly unknown[]): string | undefined => {
  const point = given[2] as SupplyPoint;
  const name = (
    ['quality', 'cost', 'surplus', 'regime', 'model', 'qualityByValue', 'qualityByScale'] as const
  ).find((field) => typeof point[field] !== 'number');
  if (name !== undefined) return `wrote a ${name} that is no number`;
  if (typeof point.solved !== 'boolean') return 'wrote a solved that is neither true nor false';
  return point.inputs instanceof Float64Array ? undefined : 'wrote inputs that are no Float64Array';
};

const supplies = gives(nothing, { before: unsupplied, after: badPoint });

const costPiece = objectOf('a piece of a cost', { rate: number, curvature: number, length: number });
const costForm = objectOf(
  'a cost in pieces',
  { tasks: listOf(listOf(costPiece, 'a list of pieces'), 'a list of tasks') },
  { total: number, exclusive: number },
);

const input = objectOf('an input', { name: text, scope: text, cost: number, max: number });

const efficientSupply: Kind = objectOf(
  'an efficient supply',
  {
    inputs: listOf(input, 'a list of inputs'),
    supply: supplies,
    slopes: supplies,
    kinks: gives(numbers),
  },
  {
    models: texts,
    form: costForm,
    taskCost: gives(number),
    byTask: objectOf(
      'costs by task',
      { at: gives(later('an efficient supply', () => efficientSupply)) },
      { count: number, total: number },
    ),
  },
);

const productionFunction: Kind = objectOf(
  'a production function',
  { value: gives(number, { copied: 2 }) },
  {
    gradient: gives(nothing, { copied: 2, before: unwritten }),
    valueWithGradient: gives(number, { copied: 2, before: unwritten }),
    degree: number,
    atTask: gives(later('a production function', () => productionFunction)),
    closedForm: gives(efficientSupply),
  },
);

const minimizer = objectOf('a minimizer', {
  usesGradient: boolean,
  propose: gives(numbers, { isStep: true }),
});

/** The problem with arrays of its own: a certificate rests on ours. */
const ownProblem = (given: readonly unknown[]): readonly unknown[] => {
  const [problem, ...rest] = given as [FiniteProblem, ...unknown[]];
  const { types, mass, participation, assigned } = problem;
  const own: FiniteProblem = {
    ...problem,
    types: {
      ...types,
      weights: types.weights.slice(),
      coordinates: types.coordinates.map((axis) => axis.slice()),
    },
    mass: mass.slice(),
    ...(participation && { participation: participation.slice() }),
    ...(assigned && { assigned: assigned.slice() }),
  };
  return [own, ...rest];
};

const solver = objectOf(
  'a solver',
  {
    refuses: gives(either(absent, text), { before: ownProblem }),
    proposals: gives(guardedProposals, { isStep: true, before: ownProblem }),
  },
  { prepare: gives(guardedPromise, { isAwaited: true }) },
);

/** What the entries of a kind create. */
export const createdKinds: Readonly<Record<RegistryKind, Kind>> = {
  productionFunctions: productionFunction,
  distributions: distribution,
  copulas: copula,
  costFunctions: efficientSupply,
  minimizers: minimizer,
  solvers: solver,
};
