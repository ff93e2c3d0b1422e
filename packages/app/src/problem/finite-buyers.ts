import {
  InputError,
  limits,
  profileTypes,
  requireWithin,
  type TypeSpace,
  type ValueScaleTypes,
  valueScaleTypes,
} from '@menusmith/core';
import { gridRange } from '../study/grid-range.ts';
import type {
  ProfileBuyers,
  ProfileTasks,
  ValueScaleBuyers,
  ValueScaleCells,
  ValueScaleSample,
} from '../study/study.ts';

/** Finitely many types as the finite solver sees them, with what the study says of each. */
export interface FiniteBuyers {
  readonly types: TypeSpace;
  readonly mass: Float64Array;
  readonly tasks: ProfileTasks;
  readonly listed: readonly ListedBuyer[];
  /** Where types are values and scales: the scales, ascending, whose differences are the tasks' weights. */
  readonly grid?: SolvableGrid;
  /** Where types are profiles: the study's own, whose nodes can be split at more places. */
  readonly profiles?: ProfileBuyers;
}

interface SolvableGrid {
  readonly types: ValueScaleTypes;
  readonly scales: Float64Array;
  /** Where types stand for continuous buyers: the edges of the cells of scales in which these are. */
  readonly scaleEdges?: Float64Array;
}

/** What a study says of a type. */
export interface ListedBuyer {
  readonly name?: string;
  readonly mass: number;
  readonly value?: number;
  readonly scale?: number;
  /** w on every task. */
  readonly values?: Float64Array;
}

/** The grid of continuous buyers whose study names none, where the solver does not refine its own. */
export const DEFAULT_GRID: ValueScaleCells = { values: 48, scales: 48 };

export const finiteBuyersOf = (buyers: ProfileBuyers | ValueScaleSample | ValueScaleBuyers): FiniteBuyers => {
  if (buyers.kind === 'value-scale') {
    const { values, scales, scaleEdges = evenScales(buyers, scales) } = buyers.grid ?? DEFAULT_GRID;
    return gridBuyers(discretised(buyers, values, scaleEdges));
  }
  return buyers.kind === 'profiles' ? profileBuyers(buyers) : gridBuyers(buyers);
};

const profileBuyers = (profiles: ProfileBuyers): FiniteBuyers => {
  const { tasks, types } = profiles;
  requireSolvableSize(types.length, tasks.weights.length);
  const values = new Float64Array(types.length * tasks.weights.length);
  types.forEach((type, n) => {
    values.set(type.values, n * tasks.weights.length);
  });
  return {
    types: profileTypes(values, tasks.weights),
    mass: Float64Array.from(types, ({ mass }) => mass),
    tasks,
    listed: types,
    profiles,
  };
};

const requireSolvableSize = (types: number, tasks: number): void => {
  requireWithin(limits.spaceTypes, types, ['buyers']);
  requireWithin(limits.spaceValues, types * tasks, ['buyers'], ` (${types} types, ${tasks} tasks)`);
};

/** Values and scales as values on the tasks between scales, each her own or nothing. */
export const profilesOfSample = (sample: ValueScaleSample): ProfileBuyers => {
  requireSolvableSize(sample.types.length, sample.scales.length);
  const { types, tasks, mass } = gridBuyers(sample);
  return {
    kind: 'profiles',
    tasks,
    breaks: [],
    types: Array.from(mass, (own, n) => ({
      mass: own,
      values: tasks.weights.map((_, m) => types.valueAt(n, m)),
    })),
  };
};

const gridBuyers = ({
  types: listed,
  scales,
  scaleEdges,
}: Pick<ValueScaleSample, 'types' | 'scales'> & {
  readonly scaleEdges?: Float64Array;
}): FiniteBuyers => {
  requireWithin(limits.spaceTypes, listed.length, ['buyers']);
  const weights = scales.map((scale, l) => (l === 0 ? scale : scale - scales[l - 1]!));
  const places = new Map(Array.from(scales, (scale, l) => [scale, l + 1]));
  const types = valueScaleTypes(
    Float64Array.from(listed, ({ value }) => value),
    Int32Array.from(listed, ({ scale }) => places.get(scale)!),
    weights,
  );
  const largest = scales.at(-1) ?? 1;
  return {
    types,
    mass: Float64Array.from(listed, ({ mass }) => mass),
    tasks: {
      weights,
      positions: scales.map((scale, l) => (scale - weights[l]! / 2) / (largest > 0 ? largest : 1)),
    },
    listed,
    grid: { types, scales, ...(scaleEdges ? { scaleEdges } : {}) },
  };
};

const evenScales = ({ scale }: ValueScaleBuyers, cells: number): Float64Array => {
  const { min, max } = gridRange(scale);
  return Float64Array.from({ length: cells + 1 }, (_, j) => min + (j * (max - min)) / cells);
};

/**
 * A continuous population on a grid, of even cells of values: a cell's buyers are taken to have its lowest value and its middle scale.
 *
 * With the lowest value the chain's φ = w − Δw (1 − F)/f is the cell's middle φ to second order (with the middle value it is half a
 * cell too high), so that the optimum converges at order 2 in the number of cells.
 */
const discretised = (
  { value, scale, dependence }: ValueScaleBuyers,
  values: number,
  scaleEdges: Float64Array,
): Pick<ValueScaleSample, 'types' | 'scales'> & { readonly scaleEdges: Float64Array } => {
  const valueRange = gridRange(value);
  const valueWidth = (valueRange.max - valueRange.min) / values;
  const scales = scaleEdges.length - 1;
  const middles = Float64Array.from({ length: scales }, (_, j) => (scaleEdges[j]! + scaleEdges[j + 1]!) / 2);
  const valueRanks = Float64Array.from({ length: values + 1 }, (_, i) =>
    value.cdf(valueRange.min + i * valueWidth),
  );
  const scaleRanks = scaleEdges.map((edge) => scale.cdf(edge));
  valueRanks[0] = 0;
  scaleRanks[0] = 0;
  valueRanks[values] = 1;
  scaleRanks[scales] = 1;
  const below = Array.from(valueRanks, (u) => Float64Array.from(scaleRanks, (v) => dependence.cdf(u, v)));
  let total = 0;
  const types = Array.from({ length: values * scales }, (_, n) => {
    const [i, j] = [Math.floor(n / scales), n % scales];
    const mass = Math.max(0, below[i + 1]![j + 1]! - below[i]![j + 1]! - below[i + 1]![j]! + below[i]![j]!);
    total += mass;
    return { value: valueRange.min + i * valueWidth, scale: middles[j]!, mass };
  });
  if (!(total > 0))
    throw new InputError('masses', 'expected a copula that has mass, got none on the grid', ['buyers']);
  return { scales: middles, scaleEdges, types: types.map((type) => ({ ...type, mass: type.mass / total })) };
};
