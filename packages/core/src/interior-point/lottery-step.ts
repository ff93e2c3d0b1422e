import type { MixedSupply } from '../finite/mixed-supply.ts';
import type { WorkingSet } from '../finite/working-set.ts';
import { advance, type Complements, complements } from './complements.ts';

/** Where the shares of models in items stand: π as `primal` and z as `dual`, item after item, and the surplus τ of every item. */
export interface Lotteries extends Complements {
  readonly level: Float64Array;
}

export const lotteries = (items: number, models: number): Lotteries => ({
  ...complements(items * models),
  level: new Float64Array(items),
});

export const copyLotteries = (from: Lotteries, to: Lotteries): void => {
  to.primal.set(from.primal);
  to.dual.set(from.dual);
  to.level.set(from.level);
};

/** Writes into `to` where a step of so much of its length leads. */
export const advanceLotteries = (from: Lotteries, step: Lotteries, length: number, to: Lotteries): void => {
  advance(from, step, length, to);
  for (let k = 0; k < to.level.length; k++) to.level[k] = from.level[k]! + length * step.level[k]!;
};

/** The part of Newton's step that moves the shares of models: see `mixedSupply`. */
export interface LotteryStep {
  /** The step of shares and shortfalls. */
  readonly step: Lotteries;
  /** What the conditions z_l = τ − S_l(p) lack at `at`; answers with the largest, money a buyer. */
  evaluate(at: Lotteries): number;
  /** Σ f π z at `length` along the step. */
  gapAfter(at: Lotteries, length: number): number;
  /** Adds to `out` by how much ω q moves towards products that all equal `target`, were p to stay, less `correction`. */
  addShift(at: Lotteries, target: number, correction: Float64Array, out: Float64Array): void;
  /** After `addShift`: the step, as p moves by `served`. Writes into `moved` what the shares change of the quality that all buyers of an item get. */
  direct(served: Float64Array, moved: Float64Array): void;
}

export const lotteryStep = (set: WorkingSet, mass: Float64Array, supply: MixedSupply): LotteryStep => {
  const { count, blockOffsets, blockWeights } = set;
  const { models, surpluses, qualities } = supply;
  const step = lotteries(count, models);
  const residual = new Float64Array(count * models);
  /** Δπ were neither p nor τ to move, and v = π/z. */
  const aims = new Float64Array(count * models);
  const responses = new Float64Array(count * models);

  const forEachShare = (visit: (k: number, l: number, i: number) => void): void => {
    for (let k = 0; k < count; k++) for (let l = 0; l < models; l++) visit(k, l, k * models + l);
  };

  const evaluate: LotteryStep['evaluate'] = ({ dual, level }) => {
    let worst = 0;
    forEachShare((k, _, i) => {
      const apart = dual[i]! - level[k]! + surpluses[i]!;
      residual[i] = apart;
      // NaN becomes the worst, and stays.
      if (!(Math.abs(apart) <= worst)) worst = Math.abs(apart);
    });
    return worst;
  };

  const gapAfter: LotteryStep['gapAfter'] = ({ primal, dual }, length) => {
    let sum = 0;
    forEachShare((k, _, i) => {
      const [share, shortfall] = [primal[i]! + length * step.primal[i]!, dual[i]! + length * step.dual[i]!];
      sum += mass[k]! * share * shortfall;
    });
    return sum;
  };

  const addShift: LotteryStep['addShift'] = ({ primal, dual }, target, correction, out) => {
    forEachShare((_, __, i) => {
      responses[i] = primal[i]! / dual[i]!;
      aims[i] = (target / models - correction[i]!) / dual[i]! - primal[i]! + responses[i]! * residual[i]!;
    });
    for (let k = 0; k < count; k++) {
      const raise = mean(k, aims);
      for (let l = 0; l < models; l++) {
        const change = aims[k * models + l]! - responses[k * models + l]! * raise;
        const own = qualities[l]!;
        for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
          out[b]! += blockWeights[b]! * own[b]! * change;
      }
    }
  };

  /** Σ over the models ÷ Σ v: what τ must move by so that shares that move so still sum to 1. */
  const mean = (k: number, changes: Float64Array): number => {
    let [sum, all] = [0, 0];
    for (let l = 0; l < models; l++) {
      sum += changes[k * models + l]!;
      all += responses[k * models + l]!;
    }
    return sum / all;
  };

  const changes = new Float64Array(count * models);
  const gains = new Float64Array(count * models);
  const direct: LotteryStep['direct'] = (served, moved) => {
    moved.fill(0);
    for (let k = 0; k < count; k++) {
      for (let l = 0; l < models; l++) {
        const i = k * models + l;
        let gain = 0;
        for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
          gain += blockWeights[b]! * qualities[l]![b]! * served[b]!;
        gains[i] = gain;
        changes[i] = aims[i]! + responses[i]! * gain;
      }
      const raise = mean(k, changes);
      step.level[k] = raise;
      for (let l = 0; l < models; l++) {
        const i = k * models + l;
        step.primal[i] = changes[i]! - responses[i]! * raise;
        step.dual[i] = raise - gains[i]! - residual[i]!;
        for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
          moved[b]! += mass[k]! * blockWeights[b]! * qualities[l]![b]! * step.primal[i]!;
      }
    }
  };

  return { step, evaluate, gapAfter, addShift, direct };
};
