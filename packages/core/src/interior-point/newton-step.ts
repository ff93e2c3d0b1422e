import type { FiniteProblem } from '../finite/finite-problem.ts';
import type { WorkingSet } from '../finite/working-set.ts';
import { advance, type Complements, complements, gapAfter, reachAlong } from './complements.ts';
import type { Iterate } from './iterate.ts';
import { advanceLotteries, copyLotteries, type LotteryStep, lotteries, lotteryStep } from './lottery-step.ts';
import { movedServedValue } from './moved-served-value.ts';
import { type NewtonDirection, newtonDirection, type SecondOrder } from './newton-direction.ts';
import { type PathWeights, pathWeights } from './path-weights.ts';
import { residuals } from './residuals.ts';
import type { ServedSupply } from './served-supply.ts';
import { type WithheldStep, withheldStep } from './withheld-step.ts';

/** Evaluates the conditions at an iterate, and steps towards where they hold. */
export interface NewtonStep {
  /** Evaluates the conditions at `at`; answers with the largest violation of those that are not complementarities, money a buyer. */
  evaluate(at: Iterate): number;
  /** Σ sλ + Σ Vy + Σ f ω q ν at the last evaluation: the gap between profit and bound where the conditions are met. */
  gap(at: Iterate): number;
  readonly weights: PathWeights;
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
 *     (1 − κ) f_n − out_n(λ) + in_n(λ) = y_n    (U_n − u_n) y_n = π_n·barrier
 *     φ_b(λ) + ν_b = start + p_b                f ω q_b(p) ν_b = π_b·barrier
 *
 * with q(p) the efficient supply to served values start + p, and the weights π of `pathWeights`. Where quality is withheld, q = Q(p) − r with
 * f ω r p = π_b·barrier; where there is a choice of models, items are lotteries (`mixedSupply`), and what types have outside has no ν, as its chance is kept
 * above 0 as such.
 */
export const newtonStep = (
  problem: FiniteProblem,
  set: WorkingSet,
  supply: ServedSupply,
  isWithholding = false,
): NewtonStep => {
  const { mass } = problem;
  const blocks = set.blockWeights.length;
  const lottery = supply.mixed && lotteryStep(set, mass, supply.mixed);
  const held = isWithholding ? withheldStep(set, mass, supply) : undefined;
  const weights = pathWeights(problem, set, supply.free, { isWithholding, isMixed: lottery !== undefined });
  const residual = residuals(problem, set, supply);
  const direction = newtonDirection(problem, set, supply, { residual, weights, lottery, held });
  const { step, delivered, mixed, correction } = direction;
  const start = startOf(set, supply);
  const moves = relativeMoves(set, mass, supply);
  const largest = set.ownValues.reduce((most, value) => Math.max(most, value), 0);

  const deliveredAt = ({ service }: Iterate): Complements => ({
    primal: supply.delivered,
    dual: service.dual,
  });

  /** The gap at `length` along the step, as far as it is linear in the qualities. */
  const gapAlong = (at: Iterate, length: number): number =>
    gapAfter(at.incentive, step.incentive, length) +
    gapAfter(at.participation, step.participation, length) +
    gapAfter(deliveredAt(at), delivered, length) +
    (held ? held.gapAfter(at.held!, at.service.primal, step.service.primal, length) : 0) +
    (lottery ? lottery.gapAfter(at.lotteries!, length) : 0);

  const reach = (at: Iterate, most: number): number => {
    moves.compare(at, delivered.primal, mixed, step.service.primal);
    let length = reachAlong(
      at.participation,
      step.participation,
      reachAlong(at.incentive, step.incentive, most),
    );
    if (lottery) length = reachAlong(at.lotteries!, lottery.step, length);
    const [floors, floorStep] = [at.service.dual, step.service.dual];
    for (let b = 0; b < blocks; b++) {
      if (floorStep[b]! < 0) length = Math.min(length, -floors[b]! / floorStep[b]!);
      if (moves.quality[b]! < 0) length = Math.min(length, -1 / moves.quality[b]!);
    }
    return held ? held.reach(at.held!, moves.served, length) : length;
  };

  const direct: NewtonStep['direct'] = (at, leastGap) => {
    if (!direction.factor(at)) return 0;
    start.set(at);
    held?.begin(at.held!);
    const before = gapAlong(at, 0);
    // Predictor: how far could the gap be closed at once?
    clear(correction);
    direction.solve(at, 0);
    const likely = gapAlong(at, reach(at, 1)) / before;
    const centering = Math.max(LEAST_CENTERING, Math.abs(likely) ** 3, Math.min(1, leastGap / before));
    // Corrector.
    writeProducts(direction, lottery, held);
    direction.solve(at, (centering * before) / weights.total);
    const length = TO_BOUNDARY * reach(at, 1 / TO_BOUNDARY);
    if (length > LONG || gapAlong(at, length) < PROGRESS * before) return length;
    // Where that leads nowhere, products have drifted apart: bring them together first. The corrector can go in circles here.
    clear(correction);
    direction.solve(at, (Math.max(centering, RECENTERING) * before) / weights.total);
    return TO_BOUNDARY * reach(at, 1 / TO_BOUNDARY);
  };

  const move: NewtonStep['move'] = (at, length) => {
    advance(start.incentive, step.incentive, length, at.incentive);
    advance(start.participation, step.participation, length, at.participation);
    if (lottery) advanceLotteries(start.lotteries!, lottery.step, length, at.lotteries!);
    for (let b = 0; b < blocks; b++) {
      const p = start.service.primal[b]!;
      if (supply.free[b] === 1) {
        at.service.primal[b] = p + length * step.service.primal[b]!;
        continue;
      }
      const relative = moves.served[b]!;
      at.service.primal[b] = held
        ? held.move(b, length, p, relative, moves.quality[b]!, lottery ? moves.mixedQuality[b]! : 0, at.held!)
        : // Of the whole quality less than nothing is never left; of p's part it may be.
          movedServedValue(p, relative, Math.max(moves.own[b]!, -TO_BOUNDARY / length), length, largest);
      at.service.dual[b] = start.service.dual[b]! + length * step.service.dual[b]!;
    }
  };

  return {
    evaluate: (at) => {
      supply.evaluate(at.service.primal, at.service.dual, at.held, at.lotteries);
      return residual.evaluate(at, lottery ? lottery.evaluate(at.lotteries!) : 0);
    },
    gap: (at) => gapAlong(at, 0),
    weights,
    direct,
    move,
  };
};

const clear = (correction: SecondOrder): void => {
  for (const part of Object.values(correction) as Float64Array[]) part.fill(0);
};

/** Writes the second-order terms of the products, at a full step. */
const writeProducts = (
  { step, delivered, correction }: NewtonDirection,
  lottery: LotteryStep | undefined,
  held: WithheldStep | undefined,
): void => {
  const products = (of: Complements, out: Float64Array): void => {
    for (let i = 0; i < out.length; i++) out[i] = of.primal[i]! * of.dual[i]!;
  };
  products(step.incentive, correction.incentive);
  products(step.participation, correction.participation);
  products(delivered, correction.service);
  if (lottery) products(lottery.step, correction.lotteries);
  held?.writeProducts(step.service.primal, correction.withheld);
};

/** Room for the iterate from which a step is taken, but for what is withheld. */
const startOf = ({ from, count, blockWeights }: WorkingSet, { mixed }: ServedSupply) => {
  const start = {
    incentive: complements(from.length),
    participation: complements(count),
    service: complements(blockWeights.length),
    lotteries: mixed && lotteries(count, mixed.models),
    set: (at: Iterate): void => {
      for (const part of ['incentive', 'participation', 'service'] as const) {
        start[part].primal.set(at[part].primal);
        start[part].dual.set(at[part].dual);
      }
      if (start.lotteries && at.lotteries) copyLotteries(at.lotteries, start.lotteries);
    },
  };
  return start;
};

/** By which shares of themselves p and q move in a full step. */
const relativeMoves = (
  { count, blockOffsets, blockWeights }: WorkingSet,
  mass: Float64Array,
  supply: ServedSupply,
) => {
  const blocks = blockWeights.length;
  const quality = new Float64Array(blocks);
  /** The part of it that p makes. */
  const own = new Float64Array(blocks);
  const served = new Float64Array(blocks);
  /** Δq by shares of models. */
  const mixedQuality = new Float64Array(supply.mixed ? blocks : 0);

  /** Writes them; what the shares of models change is no matter of p. */
  const compare = (
    { service, held }: Iterate,
    deliveredStep: Float64Array,
    mixed: Float64Array,
    servedStep: Float64Array,
  ): void => {
    for (let b = 0; b < blocks; b++) {
      const all = supply.delivered[b]!;
      const r = (deliveredStep[b]! - (mixed.length > 0 ? mixed[b]! : 0)) / all;
      // Where p is small beside ν, Δp is a difference of numbers that nearly cancel; at a kink of the cost quality says nothing of p.
      const isSmall =
        held === undefined && service.primal[b]! < service.dual[b]! && supply.elasticity[b]! > 0;
      served[b] = isSmall ? r / supply.elasticity[b]! : servedStep[b]! / service.primal[b]!;
      if (supply.free[b] === 1) served[b] = 0;
      quality[b] = deliveredStep[b]! / all;
      own[b] = r;
    }
    if (mixed.length === 0) return;
    for (let k = 0; k < count; k++) {
      for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
        mixedQuality[b] = blockWeights[b]! > 0 ? mixed[b]! / (mass[k]! * blockWeights[b]!) : 0;
    }
  };
  return { quality, own, served, mixedQuality, compare };
};
