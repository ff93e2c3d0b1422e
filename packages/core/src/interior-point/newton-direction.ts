import type { FiniteProblem } from '../finite/finite-problem.ts';
import type { WorkingSet } from '../finite/working-set.ts';
import { type Complements, complements } from './complements.ts';
import type { Iterate } from './iterate.ts';
import type { LotteryStep } from './lottery-step.ts';
import type { PathWeights } from './path-weights.ts';
import { rentSystem } from './rent-system.ts';
import type { Residuals } from './residuals.ts';
import type { ServedSupply } from './served-supply.ts';
import type { WithheldStep } from './withheld-step.ts';

/** Rounds of iterative refinement where the system is nearly singular: quality is withheld, or items are lotteries. */
const REFINEMENTS = 4;

/** Second-order terms, by which the products at the end of a step differ from what is linear in it; one a pair. */
export interface SecondOrder {
  readonly incentive: Float64Array;
  readonly participation: Float64Array;
  readonly service: Float64Array;
  readonly withheld: Float64Array;
  readonly lotteries: Float64Array;
}

/** The conditions as they stand, and the parts that not every problem has. */
export interface StepParts {
  readonly residual: Pick<Residuals, 'incentive' | 'participation' | 'service'>;
  readonly weights: PathWeights;
  readonly lottery: LotteryStep | undefined;
  readonly held: WithheldStep | undefined;
}

/** The linear system of Newton's method: a direction from the iterate at which the conditions were evaluated. */
export interface NewtonDirection {
  readonly step: Pick<Iterate, 'incentive' | 'participation' | 'service'>;
  /** Δ(f ω q), the quality that all buyers of an item get, with Δν. */
  readonly delivered: Complements;
  /** The part of Δ(f ω q) that shares of models make. */
  readonly mixed: Float64Array;
  /** Set by the caller before `solve`. */
  readonly correction: SecondOrder;
  /** Factors the system at an iterate; false where it could not be. */
  factor(at: Iterate): boolean;
  /** The direction towards products that all equal `target` times their weights, less the second-order terms. */
  solve(at: Iterate, target: number): void;
}

export const newtonDirection = (
  problem: FiniteProblem,
  set: WorkingSet,
  supply: ServedSupply,
  parts: StepParts,
): NewtonDirection => {
  const { lottery, held } = parts;
  const size = set.from.length;
  const blocks = set.blockWeights.length;
  const step = {
    incentive: complements(size),
    participation: complements(set.count),
    service: complements(blocks),
  };
  const correction: SecondOrder = {
    incentive: new Float64Array(size),
    participation: new Float64Array(set.count),
    service: new Float64Array(blocks),
    withheld: new Float64Array(blocks),
    lotteries: new Float64Array(lottery?.step.primal.length ?? 0),
  };
  const on: Sides = { set, mass: problem.mass, supply, step, correction, ...parts };
  const service = serviceSide(on);
  const flows = flowSide(on, problem.types.coordinates);
  return {
    step,
    delivered: service.delivered,
    mixed: service.mixed,
    correction,
    factor: flows.factor,
    solve: (at, target) => {
      flows.solve(at, target, service.aim(at, target));
      if (held || lottery) for (let i = 0; i < REFINEMENTS; i++) flows.refine(at.incentive, service.answer());
      flows.complete(at, target);
      service.complete(at, target);
    },
  };
};

/** What both sides of the system work on. */
interface Sides extends StepParts, Pick<NewtonDirection, 'step' | 'correction'> {
  readonly set: WorkingSet;
  readonly mass: Float64Array;
  readonly supply: ServedSupply;
}

/** Served values, floors, what is withheld and shares: eliminated block by block, as qualities answer to virtual values. */
const serviceSide = ({ set, mass, supply, step, correction, residual, weights, lottery, held }: Sides) => {
  const { count, blockOffsets, blockWeights } = set;
  const blocks = blockWeights.length;
  const delivered: Complements = { primal: new Float64Array(blocks), dual: step.service.dual };
  const mixed = new Float64Array(lottery ? blocks : 0);
  /** Δφ of the flows' step. */
  const virtual = new Float64Array(blocks);
  /** By how much served values move whatever the flows do, and ω q whatever p does. */
  const push = new Float64Array(blocks);
  const shifted = new Float64Array(blocks);
  const response = new Float64Array(blocks);

  const respond = (change: Float64Array): Float64Array => {
    supply.respond(change, response);
    for (let b = 0; b < blocks; b++) response[b]! += shifted[b]!;
    return response;
  };

  /** Δ(ω q) that the complementarities of floors, of what is withheld and of shares ask for, were flows to stay. */
  const aim = (at: Iterate, target: number): Float64Array => {
    const { primal: served, dual: floors } = at.service;
    for (let b = 0; b < blocks; b++) {
      const amount = supply.delivered[b]!;
      const product = target * weights.service[b]! - correction.service[b]!;
      push[b] = residual.service[b]! + (amount > 0 ? product / amount - floors[b]! : 0);
    }
    if (held === undefined && lottery === undefined) return respond(push);
    // With δ what is withheld more, whatever p does, qualities respond to φ + Dδ less δ.
    held?.release(at.held!, served, target, weights.service, correction.withheld);
    if (held) shifted.set(held.released);
    else shifted.fill(0);
    lottery?.addShift(at.lotteries!, target, correction.lotteries, shifted);
    for (let b = 0; b < blocks; b++) {
      const amount = blockWeights[b]! * supply.quality[b]!;
      if (amount > 0) push[b]! -= (floors[b]! / amount) * shifted[b]!;
    }
    return respond(push);
  };

  /** Δ(ω q) with the step of the flows. */
  const answer = (): Float64Array => {
    writeVirtualStep(set, mass, step.incentive.dual, virtual);
    for (let b = 0; b < blocks; b++) virtual[b]! += push[b]!;
    return respond(virtual);
  };

  /** The step of all of these, from that of the flows. */
  const complete = (at: Iterate, target: number): void => {
    const { primal: served, dual: floors } = at.service;
    writeVirtualStep(set, mass, step.incentive.dual, virtual);
    for (let b = 0; b < blocks; b++) push[b]! += virtual[b]!;
    respond(push);
    for (let k = 0; k < count; k++) {
      for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++) {
        const amount = supply.delivered[b]!;
        const change = mass[k]! * response[b]!;
        const product = target * weights.service[b]! - correction.service[b]!;
        delivered.primal[b] = change;
        step.service.dual[b] = amount > 0 ? (product - floors[b]! * change) / amount - floors[b]! : 0;
        step.service.primal[b] = virtual[b]! + residual.service[b]! + step.service.dual[b]!;
      }
    }
    held?.direct(at.held!, served, floors, response, shifted, step.service.primal);
    lottery?.direct(step.service.primal, mixed);
  };
  return { delivered, mixed, aim, answer, complete };
};

/** Flows and rents, with slacks and multipliers by their products. */
const flowSide = (
  { set, supply, step, correction, residual, weights }: Sides,
  coordinates: readonly Float64Array[],
) => {
  const { count, from } = set;
  const size = from.length;
  const system = rentSystem(set, coordinates);
  const diagonal = new Float64Array(count);
  const sides = { flow: new Float64Array(size), rent: new Float64Array(count) };
  const aims = { flow: new Float64Array(size), rent: new Float64Array(count) };
  const fixes = { flow: new Float64Array(size), rent: new Float64Array(count) };
  const flowProduct = (e: number, target: number): number =>
    target * weights.incentive[e]! - correction.incentive[e]!;
  const rentProduct = (k: number, target: number): number =>
    target * weights.participation[k]! - correction.participation[k]!;

  /** The steps of flows and rents, with qualities that move by `change` were flows to stay. */
  const solve = ({ incentive, participation }: Iterate, target: number, change: Float64Array): void => {
    forEachAdvantage(set, change, (e, shift) => {
      const aim = flowProduct(e, target) / incentive.dual[e]! - incentive.primal[e]!;
      aims.flow[e] = aim - residual.incentive[e]!;
      sides.flow[e] = aims.flow[e]! + shift;
    });
    for (let k = 0; k < count; k++) {
      const aim = rentProduct(k, target) / participation.primal[k]! - participation.dual[k]!;
      sides.rent[k] = aims.rent[k] = aim - residual.participation[k]!;
    }
    system.solve(sides.flow, sides.rent, step.participation.primal, step.incentive.dual);
  };

  /** Solves again for what rounding left of the equations, with qualities that move by `change` as flows do. */
  const refine = ({ primal: slacks, dual: flows }: Complements, change: Float64Array): void => {
    const rentStep = step.participation.primal;
    const flowStep = step.incentive.dual;
    for (let k = 0; k < count; k++) sides.rent[k] = aims.rent[k]! - diagonal[k]! * rentStep[k]!;
    forEachAdvantage(set, change, (e, shift, k) => {
      const n = from[e]!;
      sides.flow[e] =
        aims.flow[e]! + shift - (slacks[e]! / flows[e]!) * flowStep[e]! - (rentStep[n]! - rentStep[k]!);
      sides.rent[n]! += flowStep[e]!;
      sides.rent[k]! -= flowStep[e]!;
    });
    system.solve(sides.flow, sides.rent, fixes.rent, fixes.flow);
    for (let k = 0; k < count; k++) rentStep[k]! += fixes.rent[k]!;
    for (let e = 0; e < size; e++) flowStep[e]! += fixes.flow[e]!;
  };

  const complete = ({ incentive, participation }: Iterate, target: number): void => {
    for (let e = 0; e < size; e++) {
      const [slack, flow] = [incentive.primal[e]!, incentive.dual[e]!];
      step.incentive.primal[e] = (flowProduct(e, target) - slack * step.incentive.dual[e]!) / flow - slack;
    }
    for (let k = 0; k < count; k++) {
      const [rent, rest] = [participation.primal[k]!, participation.dual[k]!];
      step.participation.dual[k] =
        (rentProduct(k, target) - rest * step.participation.primal[k]!) / rent - rest;
    }
  };

  const factor = ({ incentive, participation }: Iterate): boolean => {
    for (let k = 0; k < count; k++) diagonal[k] = participation.dual[k]! / participation.primal[k]!;
    return system.factor(supply, incentive.primal, incentive.dual, diagonal);
  };
  return { factor, solve, refine, complete };
};

/** ⟨w_n − w_k, change of q_k⟩ of every constraint n → k. */
const forEachAdvantage = (
  { count, offsets, blockOffsets, differenceOffsets, differences }: WorkingSet,
  change: Float64Array,
  visit: (e: number, shift: number, k: number) => void,
): void => {
  for (let k = 0; k < count; k++) {
    const [first, end] = [blockOffsets[k]!, blockOffsets[k + 1]!];
    let at = differenceOffsets[k]!;
    for (let e = offsets[k]!; e < offsets[k + 1]!; e++) {
      let shift = 0;
      for (let b = first; b < end; b++) shift += differences[at++]! * change[b]!;
      visit(e, shift, k);
    }
  }
};

/** Δφ of a step of the flows. */
const writeVirtualStep = (
  { count, offsets, blockOffsets, differenceOffsets, differences }: WorkingSet,
  mass: Float64Array,
  flowStep: Float64Array,
  out: Float64Array,
): void => {
  for (let k = 0; k < count; k++) {
    const [first, end] = [blockOffsets[k]!, blockOffsets[k + 1]!];
    for (let b = first; b < end; b++) out[b] = 0;
    let at = differenceOffsets[k]!;
    const perMass = -1 / mass[k]!;
    for (let e = offsets[k]!; e < offsets[k + 1]!; e++) {
      const change = perMass * flowStep[e]!;
      for (let b = first; b < end; b++) out[b]! += change * differences[at++]!;
    }
  }
};
