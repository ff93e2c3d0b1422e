import { wholeShares } from '../finite/supplied-items.ts';
import { type Lotteries, lotteries } from './lottery-step.ts';
import type { Workbench } from './workbench.ts';

/** Where quality rises by less than this share of the share by which all values do, throughout, p does not tell it. */
const INELASTIC = 0.25;

/** Shares of the starting values at which supply must be inelastic for being so: beyond a kink or a most quality stands still at any cost. */
const NEAR_AND_FAR = [1, 1e-2, 1e-4];

/** Whether quality, or what one of the models makes of it, responds so little to values that p alone does not tell it. */
export const isInelastic = (bench: Workbench): boolean => {
  const { supply, at } = bench;
  if (supply.starts.some((start) => start > 0)) return false;
  if (supply.mixed === undefined) return isInelasticAt(bench, undefined);
  const { models } = supply.mixed;
  const items = at.lotteries!.level.length;
  return Array.from({ length: models }, (_, l) => l).some((l) => {
    const alone = lotteries(items, models);
    alone.primal.set(wholeShares(new Int32Array(items).fill(l), models));
    alone.dual.fill(1);
    return isInelasticAt(bench, alone);
  });
};

const isInelasticAt = ({ set, supply, at }: Workbench, shares: Lotteries | undefined): boolean => {
  const { primal: served, dual: floors } = at.service;
  const coupled = new Float64Array(served.length);
  return NEAR_AND_FAR.every((share) => {
    const values = served.map((p) => share * p);
    supply.evaluate(values, floors, undefined, shares);
    supply.couple(values, coupled);
    const amountOf = (b: number): number => set.blockWeights[b]! * supply.quality[b]!;
    const blocks = Array.from(served, (_, b) => b).filter((b) => supply.free[b] === 0);
    // Who serves nothing else, whatever the values, is told by the shares.
    if (!blocks.some((b) => amountOf(b) > 0)) return false;
    return blocks.every((b) => {
      const own = supply.elasticity[b]!;
      const amount = amountOf(b);
      return !(own > INELASTIC) && !(amount > 0 && own + coupled[b]! / amount > INELASTIC);
    });
  });
};
