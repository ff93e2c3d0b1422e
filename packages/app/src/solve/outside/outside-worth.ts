import {
  chainProblem,
  type FiniteProblem,
  hasJumps,
  InputError,
  isLinear,
  numberWords,
  supplyPoint,
  withOutsideOption,
  withRival,
} from '@menusmith/core';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import { type ListedChain, screeningProblem } from '../../problem/screening-problem.ts';
import { degreeOf } from '../../study/degree.ts';
import type { OutsideOption, OutsideUtility, Study } from '../../study/study.ts';
import { costFormOf } from '../supply/cost-form-of.ts';
import { studySupply } from '../supply/supply-of.ts';

/** Degrees of homogeneity that are sums of exponents differ by rounding. */
const SAME_DEGREE = 1e-12;

/** What every listed type has who takes nothing from this seller, in numbers; money. */
export const outsideWorth = (
  outside: Exclude<OutsideOption, { readonly kind: 'rival' }>,
  { listed }: FiniteBuyers,
): Float64Array =>
  outside.kind === 'listed'
    ? outside.utilities
    : worthOfFormula(
        outside,
        listed.map(({ value, scale }) => ({ value: value!, scale: scale! })),
      );

/** The same along a line. */
export const outsideAlongLine = (
  outside: Exclude<OutsideOption, { readonly kind: 'rival' }>,
  { types: { value: numbers }, listed, places }: ListedChain,
): Float64Array => {
  if (outside.kind === 'listed')
    return places === undefined ? outside.utilities : Float64Array.from(places, (n) => outside.utilities[n]!);
  return worthOfFormula(
    outside,
    Array.from(numbers, (theta, k) => ({ theta, value: listed[k]!.value!, scale: listed[k]!.scale! })),
  );
};

/** What each of a study's types along a line has outside, in numbers or from a rival; undefined where they have nothing. */
export const outsideOfLine = (study: Study, chain: ListedChain): Float64Array | undefined => {
  const { outside } = study.terms;
  if (outside === undefined) return undefined;
  if (outside.kind !== 'rival') return outsideAlongLine(outside, chain);
  if (chain.coordinate === 'theta') requireOneIndex(study, outside);
  const { supply } = studySupply({ ...study, technology: outside.technology });
  const point = supplyPoint(supply.inputs.length);
  return chain.types.value.map((value) => {
    supply.supply(value, chain.scale, point);
    return point.surplus;
  });
};

/** Throws InputError where the formula has no number for a type. */
const worthOfFormula = (
  { at, names, text }: OutsideUtility,
  types: readonly Readonly<Record<string, number>>[],
): Float64Array =>
  Float64Array.from(types, (type) => {
    const worth = at(names.map((name) => type[name]!));
    if (Number.isFinite(worth)) return worth;
    const where =
      names.length === 0 ? '' : ` at ${names.map((name) => `${name} = ${type[name]}`).join(', ')}`;
    throw new InputError(
      'outside',
      `expected a finite number for every type, got "${text}", which is ${numberWords(worth)}${where}`,
      ['outside', 'utility'],
    );
  });

/**
 * Whether each type has her own option, in numbers: also of a rival beside a linear cost, and of types without an order beside one that is straight in a part. Lotteries
 * with a product of his that the seller resells would be no linear program, and the interior-point method is far off where quality jumps; those between an item and what
 * a type buys there herself are one.
 */
export const isOwnOption = (
  outside: OutsideOption,
  cost: FiniteProblem['cost'],
  isAlongLine: boolean,
): boolean =>
  outside.kind !== 'rival' || (cost !== undefined && (isAlongLine ? isLinear(cost) : hasJumps(cost)));

/** The problem with what types have outside: each her own option, or a rival's product, which could be resold. */
export const lineBesideOutside = (
  study: Study,
  chain: ListedChain,
  problem: FiniteProblem,
): FiniteProblem => {
  const { outside } = study.terms;
  if (outside === undefined) return problem;
  if (outside.kind !== 'rival' || isOwnOption(outside, problem.cost, true))
    return withOutsideOption(problem, outsideOfLine(study, chain)!);
  if (chain.coordinate === 'theta') requireOneIndex(study, outside);
  const { supply } = studySupply({ ...study, technology: outside.technology });
  return withRival(problem, chainProblem(chain.types, supply, chain.scale).supply);
};

/** What a reader must know of the bound beside a rival whom listed types have as an option of their own. */
export const ownOptionNotes = (study: Study): readonly string[] => {
  const { contract, terms } = study;
  if (contract === 'efficient' || terms.outside?.kind !== 'rival') return [];
  const problem = screeningProblem(study);
  const isListed = problem.kind === 'listed-chain' || (problem.kind === 'space' && !problem.population);
  if (!isListed || !isOwnOption(terms.outside, costFormOf(study), problem.kind === 'listed-chain')) return [];
  return [
    'Beside a cost with straight pieces the rival’s product is not resold: a lottery is between an item of the menu and what its buyer would buy from the rival herself, and the bound is one on menus without resale.',
  ];
};

/** With packages θ stands for a buyer's tasks by our production function's degree: the rival's must have the same. */
export const requireOneIndex = (study: Study, outside: Extract<OutsideOption, { kind: 'rival' }>): void => {
  const [own, other] = [degreeOf(study.technology), degreeOf(outside.technology)];
  if (own !== undefined && other !== undefined && Math.abs(own - other) <= SAME_DEGREE) return;
  throw new InputError(
    'outside',
    `with packages one number stands for value and scale, and a rival's must be the same: expected task exponents of the same sum as production has, ${own}, got ${other ?? 'a production function without an index'}`,
    ['outside', 'rival', 'production'],
  );
};
