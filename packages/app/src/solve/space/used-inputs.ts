import {
  type MadeItem,
  OUTSIDE,
  type PointWithInputs,
  type ProfileModel,
  type ProfileSupply,
  pointWithInputs,
  taskInputCount,
} from '@menusmith/core';
import type { Study } from '../../study/study.ts';
import { costFormOf } from '../supply/cost-form-of.ts';
import { madeInputs } from './made-inputs.ts';

/** Amounts of inputs by name, one number an input. */
interface UsedInputs {
  readonly names: readonly string[];
  of(item: MadeItem): Float64Array;
}

/** What is used of each input for what is made for a buyer of a population, by whichever of the seller's models; of a lottery what is expected. */
export const usedInputs = (study: Study, supply: ProfileSupply): UsedInputs => {
  const { technology } = study;
  if (technology.kind === 'cost') return { names: [], of: () => new Float64Array(0) };
  const all =
    technology.kind === 'models' ? technology.models.flatMap(({ inputs }) => inputs) : technology.inputs;
  const names = [...new Set(all.map(({ name }) => name))];
  const told = madeInputs(study);
  const byStudy = (item: MadeItem): Float64Array => {
    const { inputs } = told(item);
    return Float64Array.from(names, (name) => inputs[name] ?? 0);
  };
  // Beside a cost of pieces amounts follow from quality, and not from φ.
  if (costFormOf(study) !== undefined) return { names, of: byStudy };
  const own: readonly ProfileModel[] = supply.models?.filter(({ name }) => name !== OUTSIDE) ?? [
    { name: 'seller', supply },
  ];
  const adders = own.map((model) => amountsBy(model.supply, names));
  return {
    names,
    of: (item) => {
      if (item.inputs) return byStudy(item);
      const sums = new Float64Array(names.length);
      adders.forEach((add, l) => {
        if (item.shares[l]! > 0) add(item, item.shares[l]!, sums);
      });
      return sums;
    },
  };
};

/** Adds a share of what one model uses for an item. */
const amountsBy = (
  supply: ProfileSupply,
  names: readonly string[],
): ((item: MadeItem, share: number, sums: Float64Array) => void) => {
  const point: PointWithInputs = pointWithInputs(supply);
  const places = supply.inputs.map(({ name }) => names.indexOf(name));
  const taskCount = taskInputCount(supply.inputs);
  return ({ weights, served, quality }, share, sums) => {
    if (!quality.some((q) => q > 0)) return;
    supply.supply(served, weights, weights.length, point);
    places.forEach((place, i) => {
      if (i >= taskCount) {
        sums[place]! += share * point.inputs.shared[i - taskCount]!;
        return;
      }
      for (let m = 0; m < weights.length; m++)
        sums[place]! += share * weights[m]! * point.inputs.task[m * taskCount + i]!;
    });
  };
};
