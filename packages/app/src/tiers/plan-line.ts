import { type Distribution, InputError, type Plan, planUtility, typeCells } from '@menusmith/core';
import { planOffers } from '../plans/plan-offers.ts';
import { buyerIndex, planBuyers } from '../problem/plan-buyers.ts';
import type { ContinuousChain, ListedChain } from '../problem/screening-problem.ts';
import { outsideOfChain } from '../solve/outside/outside-along.ts';
import { outsideOfBuyers } from '../solve/outside/outside-of-buyers.ts';
import { outsideOfLine } from '../solve/outside/outside-worth.ts';
import type { Study } from '../study/study.ts';

/** The buyers among whom plans are searched for: types along a line, ascending. Those of a distribution are cells of it. */
export interface PlanLine {
  readonly of: 'population' | 'list';
  readonly coordinate: 'value' | 'theta';
  /** How many tasks a type stands for. */
  readonly scale: number;
  readonly isScaleFixed: boolean;
  readonly value: Float64Array;
  readonly mass: Float64Array;
  /** What each has outside; money. */
  readonly outside: Float64Array;
}

/** Most of the buyers whom a cell of a distribution stands for, and its least number of cells. */
const MOST_MASS = 1 / 1500;
const FEWEST_CELLS = 256;

/** The buyers of a study along a line, as plans are sold to them: by their index wherever they have one. Throws InputError where they have none. */
export const planLine = (study: Study, scale: number | undefined): PlanLine => {
  const buyers = planBuyers(study, { scale });
  if (buyers.kind === 'continuous-chain') return cellsOf(study, buyers, buyers.types);
  if (buyers.kind === 'listed-chain')
    return sorted(buyers, buyers.types.value, buyers.types.mass, outsideOfLine(study, buyers));
  const index = buyers.kind === 'list' ? buyerIndex(study, buyers) : undefined;
  if (buyers.kind === 'scales' || index === undefined)
    throw new InputError(
      'unsupported',
      'plans under conditions are searched for where one number stands for a buyer; expected a homogeneous production function, representative buyers or --scale',
      ['production'],
    );
  const { listed, tasks } = buyers;
  const mass = Float64Array.from(listed, ({ mass }) => mass);
  const line = { coordinate: 'theta', scale: 1, isScaleFixed: false } as const;
  return sorted(line, index, mass, outsideOfBuyers(study, listed, tasks));
};

type Line = Pick<ContinuousChain | ListedChain, 'coordinate' | 'scale' | 'isScaleFixed'>;

const sorted = (
  { coordinate, scale, isScaleFixed }: Line,
  value: Float64Array,
  mass: Float64Array,
  outside: Float64Array | undefined,
): PlanLine => {
  const order = Array.from(value, (_, n) => n).sort((a, b) => value[a]! - value[b]!);
  const by = (column: Float64Array | undefined): Float64Array =>
    Float64Array.from(order, (n) => column?.[n] ?? 0);
  const columns = { value: by(value), mass: by(mass), outside: by(outside) };
  return { of: 'list', coordinate, scale, isScaleFixed, ...columns };
};

const cellsOf = (study: Study, line: ContinuousChain, types: Distribution): PlanLine => {
  const { coordinate, scale, isScaleFixed } = line;
  const cells = typeCells(types, FEWEST_CELLS, MOST_MASS);
  const u = outsideOfChain(study, line);
  const kept = Array.from(cells.mass, (_, n) => n).filter((n) => cells.mass[n]! > 0);
  const value = Float64Array.from(kept, (n) => cells.value[n]!);
  return {
    of: 'population',
    coordinate,
    scale,
    isScaleFixed,
    value,
    mass: Float64Array.from(kept, (n) => cells.mass[n]!),
    outside: value.map((type) => u?.utility(type) ?? 0),
  };
};

/** What each type makes of one plan, and what the seller earns by it; where a plan leaves a choice of models, of the best of them. Money. */
export interface PlanColumn {
  readonly utility: Float64Array;
  readonly margin: Float64Array;
}

/** What types along a line make of single plans, each asked for once: a fee is taken from what is had without. */
export const planColumns = (study: Study, line: PlanLine): ((plan: Plan) => PlanColumn) => {
  const known = new Map<string, PlanColumn>();
  const highest = line.value.at(-1) ?? 0;
  const withoutFee = (plan: Plan): PlanColumn => {
    const key = JSON.stringify({ ...plan, name: '', fee: 0 });
    const found = known.get(key);
    if (found !== undefined) return found;
    const offers = planOffers([{ ...plan, fee: 0 }], study, { ...line, highest });
    const { choice } = planUtility(offers, { min: 0, max: 0 });
    const utility = new Float64Array(line.value.length);
    const margin = new Float64Array(line.value.length);
    line.value.forEach((type, n) => {
      // She has to take it, whatever it leaves her.
      const use = choice(type, Number.NEGATIVE_INFINITY);
      utility[n] = use.utility;
      margin[n] = use.payment - use.cost;
    });
    const column = { utility, margin };
    known.set(key, column);
    return column;
  };
  return (plan) => {
    const { utility, margin } = withoutFee(plan);
    const { fee } = plan;
    return fee === 0
      ? { utility, margin }
      : { utility: utility.map((own) => own - fee), margin: margin.map((own) => own + fee) };
  };
};
