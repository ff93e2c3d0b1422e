import { advance, type Complements, complements, gapAfter, reachAlong } from './complements.ts';
import type { FiniteProblem } from './finite-problem.ts';
import type { Iterate } from './iterate.ts';
import { copyLotteries, lotteries, lotteryStep } from './lottery-step.ts';
import { movedServedValue } from './moved-served-value.ts';
import { budgetsOf, participationOf } from './participation.ts';
import { rentSystem } from './rent-system.ts';
import type { ServedSupply, Withheld } from './served-supply.ts';
import { valueWithholding } from './value-withholding.ts';
import { writeVirtualValues } from './virtual-menu.ts';
import type { WorkingSet } from './working-set.ts';

/** Evaluates the conditions at an iterate, and steps towards where they hold. */
export interface NewtonStep {
  /** Evaluates the conditions at `at`; answers with the largest violation of those that are not complementarities, money a buyer. */
  evaluate(at: Iterate): number;
  /** Σ sλ + Σ Vy + Σ f ω q ν at the last evaluation: the gap between profit and bound where the conditions are met. */
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
/** Shared inputs make a served value depend on those of other tasks; rounds in which these are taken in. */
const COUPLED_PASSES = 4;
/** Rounds of iterative refinement where quality is withheld. */
const REFINEMENTS = 4;

/**
 * Newton's method, with Mehrotra's predictor and corrector, on the optimality conditions of a working set. For every constraint
 * e = (n → k) at work, every type n and every block b of an item k:
 *
 *     U_n − U_k − ⟨w_n − w_k, q_k⟩ = s_e        s_e λ_e = π_e·barrier
 *     (1 − κ) f_n − out_n(λ) + in_n(λ) = y_n    (U_n − u_n) y_n = π_n·barrier
 *     φ_b(λ) + ν_b = start_b + p_b              f ω q_b(p) ν_b = π_b·barrier
 *
 * with q(p) the efficient supply to served values start + p. Where quality is withheld, q = Q(p) − r with f ω r p = π_b·barrier. The weights π are
 * masses, or budgets (1 − κ) f where flows are concerned, so that the path does not depend on how unequal these are:
 * with equal weights, slacks of types of mass 10⁻¹² would have to be 10¹² times those of others.
 */
export const newtonStep = (
  problem: FiniteProblem,
  set: WorkingSet,
  supply: ServedSupply,
  isWithholding = false,
): NewtonStep => {
  const { types, mass } = problem;
  const budgets = budgetsOf(problem);
  const { least: promised } = participationOf(problem);
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
  /** The part of it that p makes. */
  const ownStep = new Float64Array(blocks);
  const servedStep = new Float64Array(blocks);
  const lottery = supply.mixed && lotteryStep(set, mass, supply.mixed);
  const startLotteries = supply.mixed && lotteries(count, supply.mixed.models);
  /** What the change of shares makes of the quality that all buyers of an item get. */
  const mixedStep = new Float64Array(lottery ? blocks : 0);
  const mixedQuality = new Float64Array(lottery ? blocks : 0);
  const startHeld = { withheld: new Float64Array(blocks), aimed: new Float64Array(blocks) };
  /** The elasticity of Q(p), before quality is withheld. */
  const startElasticity = new Float64Array(blocks);
  const withheldStep = new Float64Array(blocks);
  /** What withheld quality is to fall by, ω r, were p to stay. */
  const released = new Float64Array(blocks);
  /** By how much ω q is to move, were p to stay: what is released, and what shares of models move by. */
  const shifted = new Float64Array(blocks);
  const coupled = new Float64Array(blocks);
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
    withheld: new Float64Array(blocks),
    lotteries: new Float64Array(startLotteries?.primal.length ?? 0),
  };
  const weights = {
    incentive: Float64Array.from({ length: size }, (_, e) => Math.min(budgets[from[e]!]!, budgets[to[e]!]!)),
    participation: budgets,
    service: new Float64Array(blocks),
    total: 0,
  };
  for (let k = 0; k < count; k++) {
    const [first, end] = [blockOffsets[k]!, blockOffsets[k + 1]!];
    for (let b = first; b < end; b++) weights.service[b] = mass[k]! / (end - first);
  }
  for (const part of [weights.incentive, weights.participation, weights.service])
    for (const w of part) weights.total += w;
  if (isWithholding) for (const w of weights.service) weights.total += w;
  if (lottery) for (const w of mass) weights.total += w;
  const largest = set.ownValues.reduce((most, value) => Math.max(most, value), 0);
  const virtual = new Float64Array(blocks);
  const push = new Float64Array(blocks);
  const response = new Float64Array(blocks);
  const flowSide = new Float64Array(size);
  const rentSide = new Float64Array(count);
  const flowAim = new Float64Array(size);
  const rentAim = new Float64Array(count);
  const flowFix = new Float64Array(size);
  const rentFix = new Float64Array(count);
  const diagonal = new Float64Array(count);

  const deliveredAt = ({ service }: Iterate): Complements => ({
    primal: supply.delivered,
    dual: service.dual,
  });

  const evaluate: NewtonStep['evaluate'] = (at) => {
    const { incentive, participation, service, held } = at;
    const { primal: slacks, dual: flows } = incentive;
    const { primal: rents, dual: rest } = participation;
    supply.evaluate(service.primal, service.dual, held, at.lotteries);
    writeVirtualValues(set, mass, flows, virtual);
    let worst = lottery ? lottery.evaluate(at.lotteries!) : 0;
    for (let b = 0; b < blocks; b++) {
      const apart = virtual[b]! - supply.starts[b]! + service.dual[b]! - service.primal[b]!;
      residual.service[b] = apart;
      const worth = Math.abs(apart) * set.blockWeights[b]! * supply.quality[b]!;
      // NaN becomes the worst, and stays.
      if (!(worth <= worst)) worst = worth;
    }
    for (let k = 0; k < count; k++) residual.participation[k] = budgets[k]! - rest[k]!;
    for (let e = 0; e < size; e++) {
      const n = from[e]!;
      const k = to[e]!;
      residual.participation[n]! -= flows[e]!;
      residual.participation[k]! += flows[e]!;
      const apart = rents[n]! + promised[n]! - (rents[k]! + promised[k]!);
      const broken = apart - supply.advantage[e]! - slacks[e]!;
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
      gapAfter(delivered, delivered, 0) +
      withheldGap(at, 0) +
      lotteryGap(at, 0)
    );
  };

  /** Σ f (π + t·step)(z + t·step). */
  const lotteryGap = (at: Iterate, t: number): number =>
    lottery && at.lotteries ? lottery.gapAfter(at.lotteries, t) : 0;

  /** Σ f ω (r + t·step)(p + t·step). */
  const withheldGap = ({ service, held }: Iterate, t: number): number => {
    let sum = 0;
    if (held === undefined) return sum;
    forEachBlock((b, f) => {
      sum +=
        f *
        set.blockWeights[b]! *
        (held.withheld[b]! + t * withheldStep[b]!) *
        (service.primal[b]! + t * step.service.primal[b]!);
    });
    return sum;
  };

  const forEachBlock = (visit: (b: number, f: number) => void): void => {
    for (let k = 0; k < count; k++) {
      for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++) visit(b, mass[k]!);
    }
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
  const solveFor = (at: Iterate, target: number): void => {
    const { incentive, participation, service, held } = at;
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
    if (held) {
      // With δ what is withheld more, whatever p does, qualities respond to φ + Dδ less δ.
      forEachBlock((b, f) => {
        const aim = (target * weights.service[b]! - correction.withheld[b]!) / (f * service.primal[b]!);
        released[b] = set.blockWeights[b]! * held.withheld[b]! - aim;
      });
    }
    shifted.set(released);
    if (lottery) lottery.addShift(at.lotteries!, target, correction.lotteries, shifted);
    if (held || lottery) {
      for (let b = 0; b < blocks; b++) {
        const amount = set.blockWeights[b]! * supply.quality[b]!;
        if (amount > 0) push[b]! -= (floors[b]! / amount) * shifted[b]!;
      }
    }
    supply.respond(push, response);
    for (let b = 0; b < blocks; b++) response[b]! += shifted[b]!;
    for (let k = 0; k < count; k++) {
      let at = differenceOffsets[k]!;
      for (let e = offsets[k]!; e < offsets[k + 1]!; e++) {
        let shift = 0;
        for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
          shift += differences[at++]! * response[b]!;
        const aim = (target * weights.incentive[e]! - correction.incentive[e]!) / flows[e]! - slacks[e]!;
        flowAim[e] = aim - residual.incentive[e]!;
        flowSide[e] = flowAim[e]! + shift;
      }
    }
    for (let k = 0; k < count; k++) {
      const aim = (target * weights.participation[k]! - correction.participation[k]!) / rents[k]! - rest[k]!;
      rentSide[k] = rentAim[k] = aim - residual.participation[k]!;
    }
    system.solve(flowSide, rentSide, step.participation.primal, step.incentive.dual);
    if (held || lottery) for (let i = 0; i < REFINEMENTS; i++) refine(incentive);
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
    for (let b = 0; b < blocks; b++) response[b]! += shifted[b]!;
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
    if (held) withhold(at, held);
    if (lottery === undefined) return;
    lottery.direct(step.service.primal, mixedStep);
    forEachBlock((b, f) => {
      mixedQuality[b] = set.blockWeights[b]! > 0 ? mixedStep[b]! / (f * set.blockWeights[b]!) : 0;
    });
  };

  /** Iterative refinement: solves again for what rounding left of the equations, as items sold in part make the system nearly singular. */
  const refine = ({ primal: slacks, dual: flows }: Complements): void => {
    const rentStep = step.participation.primal;
    const flowStep = step.incentive.dual;
    writeVirtualStep();
    for (let b = 0; b < blocks; b++) virtual[b]! += push[b]!;
    supply.respond(virtual, response);
    for (let k = 0; k < count; k++) rentSide[k] = rentAim[k]! - diagonal[k]! * rentStep[k]!;
    for (let k = 0; k < count; k++) {
      let at = differenceOffsets[k]!;
      for (let e = offsets[k]!; e < offsets[k + 1]!; e++) {
        const n = from[e]!;
        let shift = 0;
        for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
          shift += differences[at++]! * (response[b]! + shifted[b]!);
        flowSide[e] =
          flowAim[e]! + shift - (slacks[e]! / flows[e]!) * flowStep[e]! - (rentStep[n]! - rentStep[k]!);
        rentSide[n]! += flowStep[e]!;
        rentSide[k]! -= flowStep[e]!;
      }
    }
    system.solve(flowSide, rentSide, rentFix, flowFix);
    for (let k = 0; k < count; k++) rentStep[k]! += rentFix[k]!;
    for (let e = 0; e < size; e++) flowStep[e]! += flowFix[e]!;
  };

  /**
   * The step of what is withheld; and, where p is small beside ν, of p by it: there its step is a difference of numbers that nearly cancel.
   */
  const withhold = ({ service }: Iterate, { withheld }: Withheld): void => {
    const { primal: p, dual: floors } = service;
    const { primal: servedSteps } = step.service;
    for (let pass = 0; pass < COUPLED_PASSES; pass++) {
      supply.couple(servedSteps, coupled);
      for (let b = 0; b < blocks; b++) {
        if (!(p[b]! < floors[b]! && supply.quality[b]! < withheld[b]!)) continue;
        const own = (supply.elasticity[b]! * set.blockWeights[b]! * supply.quality[b]!) / p[b]!;
        if (own > 0) servedSteps[b] = (response[b]! - shifted[b]! - coupled[b]!) / own;
      }
    }
    for (let b = 0; b < blocks; b++) {
      const weight = set.blockWeights[b]!;
      withheldStep[b] = weight > 0 ? -released[b]! / weight - (withheld[b]! / p[b]!) * servedSteps[b]! : 0;
    }
  };

  /** Relative changes of p and q, and whether p moves as in the linear model. */
  const compareSteps = ({ service, held }: Iterate): void => {
    for (let b = 0; b < blocks; b++) {
      // What the shares of models change is no matter of p.
      const own = deliveredStep.primal[b]! - (lottery ? mixedStep[b]! : 0);
      const r = own / supply.delivered[b]!;
      // Where p is small beside ν, Δp is a difference of numbers that nearly cancel; at a kink of the cost quality says nothing of p.
      const isSmall =
        held === undefined && service.primal[b]! < service.dual[b]! && supply.elasticity[b]! > 0;
      const relative = isSmall ? r / supply.elasticity[b]! : step.service.primal[b]! / service.primal[b]!;
      qualityStep[b] = deliveredStep.primal[b]! / supply.delivered[b]!;
      ownStep[b] = r;
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
    if (lottery) length = reachAlong(at.lotteries!, lottery.step, length);
    const [floors, floorStep] = [at.service.dual, step.service.dual];
    for (let b = 0; b < blocks; b++) {
      if (floorStep[b]! < 0) length = Math.min(length, -floors[b]! / floorStep[b]!);
      if (qualityStep[b]! < 0) length = Math.min(length, -1 / qualityStep[b]!);
    }
    if (at.held) {
      for (let b = 0; b < blocks; b++) {
        if (servedStep[b]! < 0) length = Math.min(length, -1 / servedStep[b]!);
        if (withheldStep[b]! < 0) length = Math.min(length, -at.held.withheld[b]! / withheldStep[b]!);
      }
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
    if (at.held) {
      startHeld.withheld.set(at.held.withheld);
      startHeld.aimed.set(at.held.aimed);
      for (let b = 0; b < blocks; b++) {
        const [q, r] = [at.held.aimed[b]!, at.held.withheld[b]!];
        startElasticity[b] = Math.max(0, supply.elasticity[b]! * q - r) / (q + r);
      }
    }
    if (startLotteries && at.lotteries) copyLotteries(at.lotteries, startLotteries);
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
    gapAfter(deliveredAt(at), deliveredStep, length) +
    withheldGap(at, length) +
    lotteryGap(at, length);

  const clearCorrection = (): void => {
    correction.incentive.fill(0);
    correction.participation.fill(0);
    correction.service.fill(0);
    correction.withheld.fill(0);
    correction.lotteries.fill(0);
  };

  /** The second-order terms of the products, at a full step. */
  const writeCorrection = (): void => {
    const products = (of: Complements, out: Float64Array): void => {
      for (let i = 0; i < out.length; i++) out[i] = of.primal[i]! * of.dual[i]!;
    };
    products(step.incentive, correction.incentive);
    products(step.participation, correction.participation);
    products(deliveredStep, correction.service);
    if (lottery) products(lottery.step, correction.lotteries);
    if (isWithholding) {
      forEachBlock((b, f) => {
        correction.withheld[b] = f * set.blockWeights[b]! * withheldStep[b]! * step.service.primal[b]!;
      });
    }
  };

  const move: NewtonStep['move'] = (at, length) => {
    const { incentive, participation, service, held } = at;
    advance(start.incentive, step.incentive, length, incentive);
    advance(start.participation, step.participation, length, participation);
    if (lottery && startLotteries && at.lotteries) {
      advance(startLotteries, lottery.step, length, at.lotteries);
      for (let k = 0; k < count; k++)
        at.lotteries.level[k] = startLotteries.level[k]! + length * lottery.step.level[k]!;
    }
    if (held) {
      for (let b = 0; b < blocks; b++) {
        const [p, r] = [start.service.primal[b]!, startHeld.withheld[b]!];
        const aimed = startHeld.aimed[b]! * (1 + length * qualityStep[b]!);
        const product = p * (1 + length * servedStep[b]!) * (r + length * withheldStep[b]!);
        const most = startHeld.aimed[b]! + r + (lottery ? length * mixedQuality[b]! : 0);
        const elasticity = startElasticity[b]!;
        // Up a supply of which little is withheld p is linear: quality hardly moves, and p would go too far.
        const isLinear = servedStep[b]! > 0 && r < elasticity * most;
        const moved = isLinear
          ? p * (1 + length * servedStep[b]!)
          : valueWithholding(p, most, elasticity, aimed, product);
        service.primal[b] = moved;
        service.dual[b] = start.service.dual[b]! + length * step.service.dual[b]!;
        held.withheld[b] = product / moved;
        held.aimed[b] = isLinear ? Number.NaN : aimed;
      }
      return;
    }
    for (let b = 0; b < blocks; b++) {
      service.primal[b] = movedServedValue(
        start.service.primal[b]!,
        servedStep[b]!,
        // Of the whole quality less than nothing is never left; of p's part it may be.
        Math.max(ownStep[b]!, -TO_BOUNDARY / length),
        length,
        largest,
      );
      service.dual[b] = start.service.dual[b]! + length * step.service.dual[b]!;
    }
  };

  return { evaluate, gap, weights, direct, move };
};
