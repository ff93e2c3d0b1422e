import { advance, type Complements, complements, gapAfter, reachAlong } from './complements.ts';
import { movedServedValue } from './moved-served-value.ts';
import { rentSystem } from './rent-system.ts';
import type { ServedSupply } from './served-supply.ts';
import type { TypeSpace } from './type-space.ts';
import { writeVirtualValues } from './virtual-menu.ts';
import type { WorkingSet } from './working-set.ts';

/** Where the method stands. */
export interface Iterate {
  /** Slacks s and flows λ of the constraints at work. */
  readonly incentive: Complements;
  /** Rents U and the multipliers y of participation. */
  readonly participation: Complements;
  /** Served values p > 0 beyond where supply starts, block by block, and the multipliers ν of q ≥ 0: start + p = φ + ν where the method has converged. */
  readonly service: Complements;
}

/** Evaluates the conditions at an iterate, and steps towards where they hold. */
export interface NewtonStep {
  /** Evaluates the conditions at `at`; answers with the largest violation of those that are not complementarities, money a buyer. */
  evaluate(at: Iterate): number;
  /** Σ sλ + Σ Uy + Σ f ω q ν at the last evaluation: the gap between profit and bound where the conditions are met. */
  gap(at: Iterate): number;
  /** The weights π of the central path: products end at barrier·π. */
  readonly weights: { readonly incentive: Float64Array; readonly total: number };
  /** Computes the step at the last evaluation; answers with its length, 0 where the system could not be solved. */
  direct(at: Iterate, leastGap: number): number;
  /** Moves to `length` times the step from where it was computed; can be called again with another length. */
  move(at: Iterate, length: number): void;
}

/** The largest share of the way to the boundary. */
const TO_BOUNDARY = 0.995;
const LEAST_CENTERING = 1e-4;
/** A step of this length, or one that leaves less than this share of the gap, is good enough. */
const LONG = 0.9;
const PROGRESS = 0.9;
/** Share of the gap that a step aims at whose only purpose is to bring the products together. */
const RECENTERING = 0.5;

/**
 * Newton's method, with Mehrotra's predictor and corrector, on the optimality conditions of a working set. For every constraint
 * e = (n → k) at work, every type n and every block b of an item k:
 *
 *     U_n − U_k − ⟨w_n − w_k, q_k⟩ = s_e        s_e λ_e = π_e·barrier
 *     f_n − out_n(λ) + in_n(λ) = y_n            U_n y_n = π_n·barrier
 *     φ_b(λ) + ν_b = start + p_b                f ω q_b(p) ν_b = π_b·barrier
 *
 * with q(p) the efficient supply to served values start + p. The weights π are masses, so that the path does not depend on how unequal these are:
 * with equal weights, slacks of types of mass 10⁻¹² would have to be 10¹² times those of others.
 */
export const newtonStep = (
  set: WorkingSet,
  types: TypeSpace,
  mass: Float64Array,
  supply: ServedSupply,
): NewtonStep => {
  const { count, from, to, offsets, blockOffsets, differenceOffsets, differences } = set;
  const size = from.length;
  const blocks = set.blockWeights.length;
  const system = rentSystem(set, types.coordinates);
  const step: Iterate = {
    incentive: complements(size),
    participation: complements(count),
    service: complements(blocks),
  };
  const start: Iterate = {
    incentive: complements(size),
    participation: complements(count),
    service: complements(blocks),
  };
  const qualityStep = new Float64Array(blocks);
  const servedStep = new Float64Array(blocks);
  const deliveredStep: Complements = { primal: new Float64Array(blocks), dual: step.service.dual };
  const residual = {
    incentive: new Float64Array(size),
    participation: new Float64Array(count),
    service: new Float64Array(blocks),
  };
  const correction = {
    incentive: new Float64Array(size),
    participation: new Float64Array(count),
    service: new Float64Array(blocks),
  };
  const weights = {
    incentive: Float64Array.from({ length: size }, (_, e) => Math.min(mass[from[e]!]!, mass[to[e]!]!)),
    participation: mass,
    service: new Float64Array(blocks),
    total: 0,
  };
  for (let k = 0; k < count; k++) {
    const [first, end] = [blockOffsets[k]!, blockOffsets[k + 1]!];
    for (let b = first; b < end; b++) weights.service[b] = mass[k]! / (end - first);
  }
  for (const part of [weights.incentive, weights.participation, weights.service])
    for (const w of part) weights.total += w;
  const largest = set.ownValues.reduce((most, value) => Math.max(most, value), 0);
  const virtual = new Float64Array(blocks);
  const push = new Float64Array(blocks);
  const response = new Float64Array(blocks);
  const flowSide = new Float64Array(size);
  const rentSide = new Float64Array(count);
  const diagonal = new Float64Array(count);

  const deliveredAt = ({ service }: Iterate): Complements => ({
    primal: supply.delivered,
    dual: service.dual,
  });

  const evaluate: NewtonStep['evaluate'] = ({ incentive, participation, service }) => {
    const { primal: slacks, dual: flows } = incentive;
    const { primal: rents, dual: rest } = participation;
    supply.evaluate(service.primal, service.dual);
    writeVirtualValues(set, mass, flows, virtual);
    let worst = 0;
    for (let b = 0; b < blocks; b++) {
      const apart = virtual[b]! - supply.start + service.dual[b]! - service.primal[b]!;
      residual.service[b] = apart;
      const worth = Math.abs(apart) * set.blockWeights[b]! * supply.quality[b]!;
      // NaN becomes the worst, and stays.
      if (!(worth <= worst)) worst = worth;
    }
    for (let k = 0; k < count; k++) residual.participation[k] = mass[k]! - rest[k]!;
    for (let e = 0; e < size; e++) {
      const n = from[e]!;
      const k = to[e]!;
      residual.participation[n]! -= flows[e]!;
      residual.participation[k]! += flows[e]!;
      const broken = rents[n]! - rents[k]! - supply.advantage[e]! - slacks[e]!;
      residual.incentive[e] = broken;
      if (!(Math.abs(broken) <= worst)) worst = Math.abs(broken);
    }
    return worst;
  };

  const gap: NewtonStep['gap'] = (at) => {
    const { incentive, participation } = at;
    const delivered = deliveredAt(at);
    return (
      gapAfter(incentive, incentive, 0) +
      gapAfter(participation, participation, 0) +
      gapAfter(delivered, delivered, 0)
    );
  };

  /** Δφ of the flows' step, into `virtual`. */
  const writeVirtualStep = (): void => {
    for (let k = 0; k < count; k++) {
      const [first, end] = [blockOffsets[k]!, blockOffsets[k + 1]!];
      for (let b = first; b < end; b++) virtual[b] = 0;
      let at = differenceOffsets[k]!;
      const perMass = -1 / mass[k]!;
      for (let e = offsets[k]!; e < offsets[k + 1]!; e++) {
        const change = perMass * step.incentive.dual[e]!;
        for (let b = first; b < end; b++) virtual[b]! += change * differences[at++]!;
      }
    }
  };

  /** The direction towards products that all equal `target`, less the second-order terms. */
  const solveFor = ({ incentive, participation, service }: Iterate, target: number): void => {
    const { primal: slacks, dual: flows } = incentive;
    const { primal: rents, dual: rest } = participation;
    const { delivered } = supply;
    const floors = service.dual;
    // Towards the floors' complementarity the served values move by `push` whatever the flows do.
    for (let b = 0; b < blocks; b++) {
      const aim =
        delivered[b]! > 0
          ? (target * weights.service[b]! - correction.service[b]!) / delivered[b]! - floors[b]!
          : 0;
      push[b] = residual.service[b]! + aim;
    }
    supply.respond(push, response);
    for (let k = 0; k < count; k++) {
      let at = differenceOffsets[k]!;
      for (let e = offsets[k]!; e < offsets[k + 1]!; e++) {
        let shift = 0;
        for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
          shift += differences[at++]! * response[b]!;
        const aim = (target * weights.incentive[e]! - correction.incentive[e]!) / flows[e]! - slacks[e]!;
        flowSide[e] = aim - residual.incentive[e]! + shift;
      }
    }
    for (let k = 0; k < count; k++) {
      const aim = (target * weights.participation[k]! - correction.participation[k]!) / rents[k]! - rest[k]!;
      rentSide[k] = aim - residual.participation[k]!;
    }
    system.solve(flowSide, rentSide, step.participation.primal, step.incentive.dual);
    for (let e = 0; e < size; e++) {
      step.incentive.primal[e] =
        (target * weights.incentive[e]! - correction.incentive[e]! - slacks[e]! * step.incentive.dual[e]!) /
          flows[e]! -
        slacks[e]!;
    }
    for (let k = 0; k < count; k++) {
      step.participation.dual[k] =
        (target * weights.participation[k]! -
          correction.participation[k]! -
          rest[k]! * step.participation.primal[k]!) /
          rents[k]! -
        rest[k]!;
    }
    writeVirtualStep();
    for (let b = 0; b < blocks; b++) push[b]! += virtual[b]!;
    supply.respond(push, response);
    for (let k = 0; k < count; k++) {
      for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++) {
        const amount = delivered[b]!;
        const change = mass[k]! * response[b]!;
        deliveredStep.primal[b] = change;
        step.service.dual[b] =
          amount > 0
            ? (target * weights.service[b]! - correction.service[b]! - floors[b]! * change) / amount -
              floors[b]!
            : 0;
        step.service.primal[b] = virtual[b]! + residual.service[b]! + step.service.dual[b]!;
      }
    }
  };

  /** Relative changes of p and q, and whether p moves as in the linear model. */
  const compareSteps = ({ service }: Iterate): void => {
    for (let b = 0; b < blocks; b++) {
      const r = deliveredStep.primal[b]! / supply.delivered[b]!;
      // Where p is small beside ν, Δp is a difference of numbers that nearly cancel.
      const isSmall = service.primal[b]! < service.dual[b]!;
      const relative = isSmall ? r / supply.elasticity[b]! : step.service.primal[b]! / service.primal[b]!;
      qualityStep[b] = r;
      servedStep[b] = relative;
    }
  };

  const reach = (at: Iterate, most: number): number => {
    compareSteps(at);
    let length = reachAlong(
      at.participation,
      step.participation,
      reachAlong(at.incentive, step.incentive, most),
    );
    const [floors, floorStep] = [at.service.dual, step.service.dual];
    for (let b = 0; b < blocks; b++) {
      if (floorStep[b]! < 0) length = Math.min(length, -floors[b]! / floorStep[b]!);
      if (qualityStep[b]! < 0) length = Math.min(length, -1 / qualityStep[b]!);
    }
    return length;
  };

  const direct: NewtonStep['direct'] = (at, leastGap) => {
    const { incentive, participation } = at;
    for (let k = 0; k < count; k++) diagonal[k] = participation.dual[k]! / participation.primal[k]!;
    if (!system.factor(supply, incentive.primal, incentive.dual, diagonal)) return 0;
    start.incentive.primal.set(incentive.primal);
    start.incentive.dual.set(incentive.dual);
    start.participation.primal.set(participation.primal);
    start.participation.dual.set(participation.dual);
    start.service.primal.set(at.service.primal);
    start.service.dual.set(at.service.dual);
    const before = gap(at);
    // Predictor: how far could the gap be closed at once?
    clearCorrection();
    solveFor(at, 0);
    const likely = gapAlong(at, reach(at, 1)) / before;
    const centering = Math.max(LEAST_CENTERING, Math.abs(likely) ** 3, Math.min(1, leastGap / before));
    // Corrector.
    writeCorrection();
    solveFor(at, (centering * before) / weights.total);
    const length = TO_BOUNDARY * reach(at, 1 / TO_BOUNDARY);
    if (length > LONG || gapAlong(at, length) < PROGRESS * before) return length;
    // Where that leads nowhere, products have drifted apart: bring them together first. The corrector can go in circles here.
    clearCorrection();
    solveFor(at, (Math.max(centering, RECENTERING) * before) / weights.total);
    return TO_BOUNDARY * reach(at, 1 / TO_BOUNDARY);
  };

  /** The gap at `length` along the step, as far as it is linear in the qualities. */
  const gapAlong = (at: Iterate, length: number): number =>
    gapAfter(at.incentive, step.incentive, length) +
    gapAfter(at.participation, step.participation, length) +
    gapAfter(deliveredAt(at), deliveredStep, length);

  const clearCorrection = (): void => {
    correction.incentive.fill(0);
    correction.participation.fill(0);
    correction.service.fill(0);
  };

  /** The second-order terms of the products, at a full step. */
  const writeCorrection = (): void => {
    const products = (of: Complements, out: Float64Array): void => {
      for (let i = 0; i < out.length; i++) out[i] = of.primal[i]! * of.dual[i]!;
    };
    products(step.incentive, correction.incentive);
    products(step.participation, correction.participation);
    products(deliveredStep, correction.service);
  };

  const move: NewtonStep['move'] = ({ incentive, participation, service }, length) => {
    advance(start.incentive, step.incentive, length, incentive);
    advance(start.participation, step.participation, length, participation);
    for (let b = 0; b < blocks; b++) {
      service.primal[b] = movedServedValue(
        start.service.primal[b]!,
        servedStep[b]!,
        qualityStep[b]!,
        length,
        largest,
      );
      service.dual[b] = start.service.dual[b]! + length * step.service.dual[b]!;
    }
  };

  return { evaluate, gap, weights, direct, move };
};
