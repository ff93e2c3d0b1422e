import { evenRanks } from '../distributions/known-cells.ts';
import { auditMenu } from './audit.ts';
import type { Certificate } from './certificate.ts';
import { type ChainBound, gridBound, stretchBound } from './chain-bound.ts';
import { CELLS, type ChainGrid, chainGrid } from './chain-grid.ts';
import type { Chain, ChainProblem, Stretch } from './chain-problem.ts';
import { leastRent, rentsAlong } from './chain-rents.ts';
import { chainService, type Draw } from './chain-service.ts';
import {
  chainStretches,
  gridStretches,
  type Served,
  type ServedStretch,
  servedStretch,
} from './chain-stretches.ts';
import { type ChainTotals, chainTotals } from './chain-totals.ts';
import type { Pool } from './ironing.ts';
import type { Item } from './scale-menu.ts';
import type { Schedule } from './scale-schedule.ts';

/** An item of a chain. Quality, cost, transfer and inputs are this seller's, and expectations where the item is a lottery. */
export interface ChainItem extends Item {
  readonly takes: 'menu' | 'outside';
  /** What the item is: one outcome, or those of a lottery. */
  readonly draws: readonly Draw[];
  /** γ(θ): the multipliers of participation at this type and below. */
  readonly level: number;
}

/** The best menu for types who have something outside (Jullien 2000). */
export interface ChainMenu {
  readonly stretches: readonly Stretch[];
  readonly pools: readonly Pool[];
  totals(): ChainTotals;
  item(type: number): ChainItem;
  /** U(θ), which is at least u(θ). */
  rent(type: number): number;
  /** All that types are given, whoever makes it, and what it costs whoever pays. */
  schedule(types: Float64Array): Schedule;
  certificate(): Certificate;
}

/** Whether a type is left to what she has outside and nothing is paid for it, beside money of this size: nobody but her has that. */
export const isOwnOption = ({ takes, rent, draws }: ChainItem, utility: number, money: number): boolean =>
  takes === 'outside' && draws.length === 1 && Math.abs(rent - utility) <= ROUNDING * money;

const AUDITED = 128;
/** Gaps of this size, relative to the bound, are rounding. */
const CLOSED = 1e-9;
/** Money that is no more than this share of what is given and left is none. */
const ROUNDING = 1e-12;

/**
 * The menu with the largest profit + κ · consumer surplus, all types having U ≥ u.
 *
 * With γ(θ), the multipliers of U ≥ u at θ and below, type θ is served for φ̄ of φ = θ − (γ − (1 − κ)F)/f, and D(γ) = ∫ f S(φ̄) − ∫ u dγ is an upper bound on
 * every menu. The best γ is found on a grid by isotonic regression; it is constant where U > u, and where it rises quality is u′. Ends and levels of
 * these stretches are then solved for. Where quality has to be ironed next to types with U = u the grid's own menu and bound are taken, and the gap says how good they are.
 */
export const chainMenu = (problem: ChainProblem): ChainMenu => {
  const { types, participation, surplusWeight = 0, scale = 1, outside = 'none', rival } = problem;
  const { elsewhere = participation } = problem;
  const service = chainService({
    own: problem.supply,
    scale,
    use: outside,
    participation: elsewhere,
    support: types,
    ...(rival ? { rival } : {}),
  });
  const chain: Chain = { types, service, surplusWeight, participation };
  if (surplusWeight === 1) {
    // U ≥ u has no price where money is worth as much to buyers.
    const whole = servedStretch(chain, { kind: 'level', from: types.min, to: types.max, level: 0 });
    return stretchMenu(problem, chain, [whole], stretchBound(chain, [whole]));
  }
  // Few cells mostly find all stretches, whose ends and levels are then solved for.
  const few = menuOn(problem, chain, CELLS.few);
  if (few.isBest) return few.menu;
  const many = menuOn(problem, chain, CELLS.many);
  // Beside a u that is not convex nothing is known of menus in which quality would have to be ironed.
  return many.isBest || participation.isConvex === false ? many.menu : besideGridMenu(problem, chain, many);
};

/** The menu along the stretches of a grid, and its bound. */
interface GridAnswer {
  readonly grid: ChainGrid;
  readonly found: readonly ServedStretch[];
  readonly bound: ChainBound;
  readonly menu: ChainMenu;
  /** Not where quality falls: types do not take what is meant for them. */
  readonly isOffered: boolean;
  readonly isBest: boolean;
}

const menuOn = (problem: ChainProblem, chain: Chain, cells: number): GridAnswer => {
  const grid = chainGrid(chain, cells);
  const found = chainStretches(chain, grid).map((of) => servedStretch(chain, of, grid.isIroned));
  const bound = stretchBound(chain, found);
  const menu = stretchMenu(problem, chain, found, bound);
  const { attained, upperBound, maxIncentiveViolation } = menu.certificate();
  const isOffered =
    maxIncentiveViolation <= CLOSED * Math.max(Math.abs(attained), menu.rent(chain.types.max));
  const isClosed = Number.isFinite(upperBound) && upperBound - attained <= CLOSED * Math.abs(upperBound);
  return { grid, found, bound, menu, isOffered, isBest: isOffered && isClosed };
};

/** The better of the menu along stretches and the grid's own, below the lesser of both bounds. */
const besideGridMenu = (
  problem: ChainProblem,
  chain: Chain,
  { grid, found, bound, menu, isOffered }: GridAnswer,
): ChainMenu => {
  const coarse = gridStretches(chain, grid).map((stretch) => servedStretch(chain, stretch));
  const other = gridBound(chain, grid);
  const least = !(bound.upperBound <= other.upperBound) ? other : bound;
  const second = stretchMenu(problem, chain, coarse, least);
  return !isOffered || second.certificate().attained > menu.certificate().attained
    ? second
    : stretchMenu(problem, chain, found, least);
};

/** The item of a type whose rent is known. */
const itemOf = (
  { types, surplusWeight }: Chain,
  { scale = 1, supply }: ChainProblem,
  { stretch, at }: ServedStretch,
  type: number,
  rent: number,
): ChainItem => {
  const { value, quality, draws } = at(type);
  const most = 1 - surplusWeight;
  const sum = (of: (draw: Draw) => number): number =>
    draws.reduce((total, draw) => total + draw.share * of(draw), 0);
  const elsewhere = sum(({ isOutside, cost }) => (isOutside ? cost : 0));
  const level =
    stretch.kind === 'level'
      ? stretch.level
      : most * (1 - types.survival(type)) + (type - value) * types.density(type);
  return {
    value: type,
    scale,
    servedValue: value,
    quality: sum((draw) => (draw.isOutside ? 0 : draw.quality)),
    cost: sum((draw) => (draw.isOutside ? 0 : draw.cost)),
    transfer: type * quality - rent - elsewhere,
    rent,
    inputs: Float64Array.from(supply.inputs, (_, j) => sum(({ inputs }) => inputs[j]!)),
    model: (draws.find(({ isOutside }) => !isOutside) ?? draws[0])?.model ?? 0,
    takes: draws.some(({ isOutside }) => !isOutside) ? 'menu' : 'outside',
    draws,
    level: Math.min(most, Math.max(0, level)),
  };
};

const stretchMenu = (
  problem: ChainProblem,
  chain: Chain,
  stretches: readonly ServedStretch[],
  bound: ChainBound,
): ChainMenu => {
  const { types, surplusWeight, participation } = chain;
  const { scale = 1 } = problem;
  const along = rentsAlong(chain, stretches);
  /** U of the lowest type: the least with which nobody has less than u. */
  const lowest = leastRent(chain, stretches, along);
  const rent = (type: number): number => lowest + along(type);
  const stretchOf = (type: number): ServedStretch =>
    stretches.find(({ stretch }) => type <= stretch.to) ?? stretches[stretches.length - 1]!;
  const most = 1 - surplusWeight;

  const item = (type: number): ChainItem => itemOf(chain, problem, stretchOf(type), type, rent(type));

  let known: ChainTotals | undefined;
  const totals = (): ChainTotals => {
    known ??= chainTotals(problem, stretches, lowest, bound);
    return known;
  };

  const schedule = (values: Float64Array): Schedule => {
    const served = Array.from(values, (type) => stretchOf(type).at(type));
    const column = (of: (each: Served) => number): Float64Array => Float64Array.from(served, of);
    return {
      value: values,
      servedValue: column(({ value }) => value),
      quality: column(({ quality }) => quality),
      cost: column(({ cost }) => cost),
      rent: values.map(rent),
    };
  };

  const certified = (): Certificate => {
    const { grossValue, cost, rent: surplus, solved } = totals();
    const values = Float64Array.from(
      Array.from(evenRanks(types, AUDITED)).flatMap((type, i) => [
        type,
        types.min + (i / AUDITED) * (types.max - types.min),
      ]),
    ).sort();
    const outside = values.map(participation.utility);
    const money = outside.reduce((most, utility) => Math.max(most, Math.abs(utility)), Math.abs(surplus));
    const audit = auditMenu(
      [
        {
          scale,
          schedule: schedule(values),
          masses: new Float64Array(values.length).fill(1 / values.length),
          outside,
          ...(participation.isConvex === false
            ? { isOffered: Array.from(values, (type, i) => !isOwnOption(item(type), outside[i]!, money)) }
            : {}),
        },
      ],
      1e-9 * Math.abs(grossValue),
    );
    const isTaken =
      participation.isConvex !== false ||
      audit.maxIncentiveViolation <= CLOSED * Math.max(Math.abs(grossValue - cost), money);
    // Where nothing is to be earned both are rounding of larger sums.
    const rounded = (money: number): number =>
      Math.abs(money) <= ROUNDING * (Math.abs(grossValue) + surplus) ? 0 : money;
    return {
      of: 'population',
      attained:
        solved && isTaken
          ? rounded(grossValue - cost - most * surplus - Math.max(0, audit.loss))
          : Number.NaN,
      upperBound: rounded(bound.upperBound + bound.wrong),
      maxIncentiveViolation: audit.maxIncentiveViolation,
      maxParticipationViolation: audit.maxParticipationViolation,
    };
  };

  let found: Certificate | undefined;
  const certificate = (): Certificate => {
    found ??= certified();
    return found;
  };

  const pools = stretches.flatMap(({ stretch, ironed }) =>
    (ironed?.pools ?? []).filter(({ from, to }) => from >= stretch.from && to <= stretch.to),
  );
  return {
    stretches: stretches.map(({ stretch }) => stretch),
    pools,
    totals,
    item,
    rent,
    schedule,
    certificate,
  };
};
