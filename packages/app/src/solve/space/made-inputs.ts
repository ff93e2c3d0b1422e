import type { MadeItem } from '@menusmith/core';
import type { Study } from '../../study/study.ts';
import { type InputsOfItem, itemInputs } from '../supply/item-inputs.ts';

type Made = Pick<MadeItem, 'weights' | 'served' | 'quality' | 'shares' | 'inputs'>;

/**
 * Inputs of what is made for a buyer of a population, from a menu whose blocks of tasks are the same for all but for the last one, which ends at her own scale. Under a plan
 * she spreads task inputs evenly over the tasks that it is for, which are the first block.
 */
export const madeInputs = (study: Study): ((made: Made) => ReturnType<InputsOfItem>) => {
  const { technology } = study;
  const own = technology.kind === 'models' ? technology.models.length : 1;
  const known = new Map<string, InputsOfItem>();
  return ({ weights, served, quality, shares, inputs }) => {
    if (inputs && technology.kind !== 'cost') {
      const used =
        technology.kind === 'models' ? technology.models[shares.indexOf(1)]!.inputs : technology.inputs;
      const evenly = (amount: number): number[] =>
        Array.from(quality, (_, m) => (m === 0 && amount > 0 ? amount / weights[0]! : 0));
      const perTask = used.flatMap(({ name, scope }) =>
        scope === 'task' ? [[name, evenly(inputs[name] ?? 0)] as const] : [],
      );
      return { inputs, perTask: Object.fromEntries(perTask) };
    }
    const key = `${weights.length} ${weights.at(-1)}`;
    let of = known.get(key);
    if (of === undefined) {
      of = itemInputs(study, { weights, positions: new Float64Array(weights.length) });
      known.set(key, of);
    }
    return of(served, quality, shares.length > 1 ? shares.subarray(0, own) : undefined);
  };
};
