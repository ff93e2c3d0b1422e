import { gaussLegendre, InputError, limits, numberWords, requireWithin } from '@menusmith/core';
import type { BuyersData } from './buyers-schema.ts';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';
import { readProfile, type WrittenProfile } from './profile-values.ts';
import type { ProfileBuyers, ProfileTasks } from './study.ts';
import { readTaskNames } from './task-names.ts';
import { readMasses } from './type-masses.ts';

const DEFAULT_NODES = 64;
const MOST_NODES = 512;
/** Where profiles break, each piece has nodes in proportion to its length, and at least these. */
const LEAST_NODES = 8;
const SAME_PLACE = 1e-12;

/** Buyers with value profiles over tasks, no value below `least`. */
export const readProfiles = (
  data: BuyersData<'profiles'>,
  least: number,
  problems: Problems,
): ProfileBuyers | undefined => {
  const before = problems.count();
  const masses = readMasses(data.types, problems.within('types'));
  const written = data.types.map(({ values }, index) =>
    readProfile(values, least, problems.within('types', index, 'values')),
  );
  const tasks = readTasks(data.tasks ?? {}, written, problems);
  if (tasks === undefined || problems.count() > before) return undefined;
  const values = written.map((profile, index) =>
    problems.within('types', index, 'values').attempt(() => valuesOn(profile!, least, tasks)),
  );
  if (problems.count() > before) return undefined;
  const types = data.types.map(({ name }, index) => ({
    ...(name === undefined ? {} : { name }),
    mass: masses[index]!,
    values: values[index]!,
  }));
  const functions = written.flatMap((profile) => (profile?.kind === 'function' ? [profile] : []));
  const isFixed = data.tasks?.weights !== undefined || functions.length < written.length;
  const breaks = functions.flatMap((profile) => profile.breaks);
  if (isFixed) return { kind: 'profiles', tasks, types, breaks };
  const refined = (places: readonly number[]): ProfileBuyers => {
    const finer = pieces(data.tasks?.nodes ?? DEFAULT_NODES, breaks, places);
    return {
      kind: 'profiles',
      tasks: finer,
      types: types.map((type, n) => ({ ...type, values: valuesOn(functions[n]!, least, finer) })),
      refined,
      breaks,
    };
  };
  return { kind: 'profiles', tasks, types, refined, breaks };
};

/**
 * The tasks: of given weights, each at the middle of its share; or Gauss–Legendre nodes, the rule put together of pieces between the
 * places where a profile breaks, so that what is smooth between them is integrated to rounding.
 */
const readTasks = (
  { nodes, weights, names }: NonNullable<BuyersData<'profiles'>['tasks']>,
  written: readonly (WrittenProfile | undefined)[],
  problems: Problems,
): ProfileTasks | undefined => {
  const own = problems.within('tasks');
  if (weights !== undefined) {
    if (nodes !== undefined) {
      own.within('weights').add(new InputError('both', 'expected either nodes or weights, got both'));
    }
    const tasks = readWeights(weights, own.within('weights'));
    return tasks && { ...tasks, names: readTaskNames(names, weights.length, 'task', own.within('names')) };
  }
  if (names !== undefined)
    own
      .within('names')
      .add(new InputError('names', 'expected names only beside weights, as nodes have no names'));
  const count = nodes ?? DEFAULT_NODES;
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST_NODES)) {
    const message = `expected a whole number from 1 to ${MOST_NODES}, got ${count}`;
    own.within('nodes').add(new InputError('nodes', message));
    return undefined;
  }
  const list = written.findIndex((profile) => profile?.kind === 'list');
  const breaks = written.flatMap((profile) => (profile?.kind === 'function' ? profile.breaks : []));
  // A list has its values at the nodes of the whole, which must then stay.
  if (list < 0) return own.within('nodes').attempt(() => pieces(count, breaks));
  if (breaks.length > 0) {
    const message =
      'a list of values stands at fixed nodes, which the kinks of another type would move; tasks: { weights: [..] } would do';
    problems.within('types', list, 'values').add(new InputError('values', message));
  }
  return pieces(count, []);
};

/** Tasks of the weights given, each at the middle of its share. */
export const readWeights = (weights: readonly number[], problems: Problems): ProfileTasks | undefined => {
  const before = problems.count();
  weights.forEach((weight, index) => {
    problems.within(index).attempt(() => numberWithin(weight, { above: 0 }));
  });
  if (weights.length === 0) problems.add(new InputError('weights', 'expected at least one weight, got none'));
  problems.attempt(() => requireWithin(limits.tasks, weights.length));
  if (problems.count() > before) return undefined;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let past = 0;
  const positions = weights.map((weight) => {
    past += weight;
    return (past - weight / 2) / total;
  });
  return { weights: Float64Array.from(weights), positions: Float64Array.from(positions) };
};

const pieces = (count: number, breaks: readonly number[], crowded: readonly number[] = []): ProfileTasks => {
  const ends = [0];
  for (const place of [...breaks, ...crowded, 1].sort((a, b) => a - b)) {
    if (place > ends.at(-1)! + SAME_PLACE && place <= 1) ends.push(place);
  }
  const weights: number[] = [];
  const positions: number[] = [];
  for (let k = 1; k < ends.length; k++) {
    const [from, length] = [ends[k - 1]!, ends[k]! - ends[k - 1]!];
    const rule = gaussLegendre(Math.max(Math.min(count, LEAST_NODES), Math.ceil(count * length)));
    const isCrowded = (end: number): boolean => crowded.some((place) => Math.abs(place - end) <= SAME_PLACE);
    for (const { at, slope } of coordinates(isCrowded(from), isCrowded(from + length))) {
      rule.nodes.forEach((node, m) => {
        positions.push(from + length * at(node));
        weights.push(length * slope(node) * rule.weights[m]!);
      });
    }
    const note = `; profiles that break at ${ends.length - 2} places need so many`;
    requireWithin(limits.nodes, positions.length, [], note);
  }
  return { weights: Float64Array.from(weights), positions: Float64Array.from(positions) };
};

/** A place in a piece as a function of t in [0, 1], and its derivative. */
interface Coordinate {
  at(t: number): number;
  slope(t: number): number;
}

/** Towards a crowded end the place moves like t⁴, which makes fractional powers smooth. */
const coordinates = (isFromCrowded: boolean, isToCrowded: boolean): readonly Coordinate[] => {
  const fromEnd: Coordinate = { at: (t) => t ** 4, slope: (t) => 4 * t ** 3 };
  const toEnd: Coordinate = { at: (t) => 1 - (1 - t) ** 4, slope: (t) => 4 * (1 - t) ** 3 };
  if (isFromCrowded && isToCrowded) {
    return [
      { at: (t) => fromEnd.at(t) / 2, slope: (t) => fromEnd.slope(t) / 2 },
      { at: (t) => (1 + toEnd.at(t)) / 2, slope: (t) => toEnd.slope(t) / 2 },
    ];
  }
  return [isFromCrowded ? fromEnd : isToCrowded ? toEnd : { at: (t) => t, slope: () => 1 }];
};

const valuesOn = (profile: WrittenProfile, least: number, { positions }: ProfileTasks): Float64Array => {
  if (profile.kind === 'list') {
    if (profile.values.length === positions.length) return Float64Array.from(profile.values);
    throw new InputError(
      'values',
      `expected ${positions.length} values, one a task, got ${profile.values.length}`,
    );
  }
  return positions.map((i) => {
    const value = profile.at(i);
    if (value >= least && Number.isFinite(value)) return value;
    const came = numberWords(value, 6);
    throw new InputError(
      'values',
      `expected finite values${Number.isFinite(least) ? ` of at least ${least}` : ''}, got ${came} at i = ${Number(i.toPrecision(6))}`,
    );
  });
};
