import {
  betterParticipation,
  type Certificate,
  type ChainMenu,
  type ChainParticipation,
  type ChainProblem,
  chainService,
  type EfficientSupply,
  formulaKinks,
  InputError,
  outsideSupply,
  type PlanUtility,
  participationFault,
  rivalParticipation,
  substitute,
} from '@menusmith/core';
import { keptUtility } from '../../plans/kept-plans.ts';
import type { ContinuousChain } from '../../problem/screening-problem.ts';
import type { Kept, OutsideOption, OutsideUtility, Study } from '../../study/study.ts';
import { supplyAtPrices } from '../supply/supply-of.ts';
import { type KeptAlong, keptAlong } from './kept-along.ts';
import { requireOneIndex } from './outside-worth.ts';

/** A step from a type at which a slope is no number, relative to the support. */
const INSIDE = 2 ** -40;
/** Kinks of a formula are looked for between so many places. */
const PLACES = 256;

/** A chain with what its buyers have elsewhere and are promised; and who keeps a plan of today's. */
export interface PromisedChain {
  readonly problem: ChainProblem;
  /** Today's plans, where they are promised: in full, whatever share of their utility is. */
  readonly plans?: PlanUtility;
  readonly kept?: (menu: ChainMenu) => KeptAlong;
  /** What the seller earns from a type who has what she is promised, and none of the menu; 0 of one who has as much outside. */
  readonly margin?: (type: number) => number;
}

/** Which formulas are taken: those that are convex, as what buyers choose freely elsewhere leaves them, or any. */
type Shapes = 'convex' | 'any';

/** Adds to chains what a study's buyers have outside, and what today's plans promise them; whoever has both has the better of the two. */
export const promising = (
  study: Study,
  highest: Pick<ContinuousChain, 'types' | 'scale' | 'coordinate'>,
  shapes: Shapes = 'convex',
): ((chain: ContinuousChain, supply: EfficientSupply) => PromisedChain) => {
  const { outside, keep } = study.terms;
  const outsideOf = outside && outsideAlong(study, highest, outside, shapes);
  return (chain, supply) => {
    const { types, scale } = chain;
    const base = { types, supply, scale };
    const own = outsideOf?.(chain);
    // What is no tariff nobody can sell: it is each buyer's own.
    const use = own?.participation.isConvex === false ? 'own' : 'resold';
    if (keep === undefined) return { problem: { ...base, outside: use, ...own! } };
    const plans = keptUtility(keep, study, chain);
    const promised: ChainParticipation = {
      utility: (type) => keep.share * plans.utility(type),
      slope: (type) => keep.share * plans.slope(type),
      breakpoints: plans.breakpoints,
    };
    const kept = (menu: ChainMenu): KeptAlong => keptAlong(keep, plans, types, menu);
    if (own === undefined)
      return {
        problem: { ...base, participation: promised },
        plans,
        kept,
        margin: marginOf(keep, plans, chain, supply),
      };
    const { participation: elsewhere, rival = outsideSupply(elsewhere, types) } = own;
    const participation = betterParticipation(promised, elsewhere, types);
    return {
      problem: { ...base, outside: use, participation, elsewhere, rival },
      plans,
      kept,
      margin: marginOf(keep, plans, chain, supply, elsewhere),
    };
  };
};

/** What she takes of a plan, or the share of it that she is promised, made at its least cost. */
const marginOf = (
  { share }: Kept,
  plans: PlanUtility,
  { types, scale }: Pick<ContinuousChain, 'types' | 'scale'>,
  own: EfficientSupply,
  elsewhere?: ChainParticipation,
): ((type: number) => number) => {
  const service = chainService({ own, scale, use: 'none', participation: plans, support: types });
  return (type) => {
    const { offer, utility, payment, quality, cost } = plans.choice(type);
    if (offer < 0 || (elsewhere && !(share * utility > elsewhere.utility(type)))) return 0;
    const made = service.deliver(type, share * quality);
    if (share === 1 && !(made.solved && made.cost <= cost)) return payment - cost;
    return share * payment - (made.solved ? made.cost : Number.NaN);
  };
};

type Outside = Pick<ChainProblem, 'participation' | 'rival'>;

/** u(θ) of a study's buyers along a chain, who have that outside; undefined where they have nothing. */
export const outsideOfChain = (study: Study, chain: ContinuousChain): ChainParticipation | undefined => {
  const { outside } = study.terms;
  return outside && outsideAlong(study, chain, outside)(chain).participation;
};

const outsideAlong = (
  study: Study,
  { types, scale, coordinate }: Pick<ContinuousChain, 'types' | 'scale' | 'coordinate'>,
  outside: OutsideOption,
  shapes: Shapes = 'convex',
): ((chain: ContinuousChain) => Outside) => {
  if (outside.kind === 'listed')
    throw new InputError(
      'outside',
      'listed utilities are for types that are listed, and buyers here are a distribution; expected a number, a formula or a rival',
      ['outside', 'utility'],
    );
  if (coordinate === 'theta' && outside.kind === 'utility' && outside.names.includes('value'))
    throw new InputError(
      'unsupported',
      'outside is not supported yet where one number stands for value and scale and nothing is hidden: a formula in value and scale is for allocations',
      ['outside'],
    );
  if (outside.kind === 'utility')
    return (chain) => ({ participation: formulaParticipation(outside, chain, shapes) });
  const { technology } = outside;
  const { production, inputs } = technology;
  if (coordinate === 'theta') requireOneIndex(study, outside);
  const rival = supplyAtPrices(technology, production, inputs, study.solver, { value: types.max, scale });
  return (chain) => ({ rival, participation: rivalParticipation(rival, chain.types, chain.scale) });
};

/** u of a formula in the number of a chain, and in the scale that its buyers share. */
const formulaParticipation = (
  { at, slope, formula, names, text }: OutsideUtility,
  { types, scale, isScaleFixed }: ContinuousChain,
  shapes: Shapes,
): ChainParticipation => {
  const { min, max } = types;
  const [name] = names;
  // A formula in value and scale, or in one number alone.
  const known = names.length > 1 ? (type: number) => [type, scale] : (type: number) => [type];
  const inside = INSIDE * (max - min);
  const places = Array.from({ length: PLACES + 1 }, (_, i) => min + ((max - min) * i) / PLACES);
  const participation: ChainParticipation = {
    utility: (type) => at(known(type)),
    slope: (type) => {
      const rise = slope(known(type));
      // A derivative such as x · x^(−⅔) is no number where x is 0.
      return Number.isNaN(rise) ? slope(known(type + (type < max ? inside : -inside))) : rise;
    },
    breakpoints: name === undefined ? [] : formulaKinks(substitute(formula, { scale }), name, places),
  };
  const fault = participationFault(participation, types);
  if (fault === undefined) return participation;
  if (fault.fault === 'not convex' && shapes === 'any') return { ...participation, isConvex: false };
  const what = {
    'not convex': `a utility whose slope does not fall in ${name}, as buyers choose freely outside`,
    'no number': `a finite number for every ${name}`,
  }[fault.fault];
  const where = `${name} = ${fault.type}${isScaleFixed ? `, scale = ${scale}` : ''}`;
  throw new InputError('outside', `expected ${what}, got "${text}" at ${where}`, ['outside', 'utility']);
};

/** Throws InputError where buyers would take items meant for others, of the only menu that is looked for beside a utility that bends down. */
export const requireOffered = (
  study: Study,
  isConvex: boolean | undefined,
  { attained, maxIncentiveViolation }: Certificate,
): void => {
  const { outside } = study.terms;
  if (isConvex !== false || outside?.kind !== 'utility') return;
  if (Number.isFinite(attained) || !(maxIncentiveViolation > 0)) return;
  throw new InputError(
    'unsupported',
    `beside "${outside.text}", whose slope falls, the best menu would have to pool types next to some who have no more than that, and how is known only where the slope does not fall: expected such a utility, or listed types, for which any will do`,
    ['outside', 'utility'],
  );
};
