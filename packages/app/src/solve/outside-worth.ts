import { InputError, isLinear, supplyPoint } from '@menusmith/core';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { ListedChain } from '../problem/screening-problem.ts';
import type { OutsideOption, Study } from '../study/study.ts';
import { costFormOf } from './cost-form-of.ts';
import { studySupply } from './supply-of.ts';

/** What every listed type has who takes nothing from this seller, in numbers; money. */
export const outsideWorth = (
  outside: Exclude<OutsideOption, { readonly kind: 'rival' }>,
  { listed }: FiniteBuyers,
): Float64Array =>
  outside.kind === 'listed'
    ? outside.utilities
    : Float64Array.from(listed, ({ value, scale }) =>
        outside.at(outside.names.map((name) => (name === 'value' ? value! : scale!))),
      );

/**
 * What types along a line have outside. Of a rival at linear prices it is the surplus that she makes of his tokens: what he earns is nobody's here.
 */
export const outsideAlongLine = (
  outside: OutsideOption,
  study: Study,
  { types: { value: numbers }, listed, scale }: ListedChain,
): Float64Array => {
  if (outside.kind === 'listed') return outside.utilities;
  if (outside.kind === 'utility') {
    const known = (k: number) => ({ theta: numbers[k], value: listed[k]!.value, scale: listed[k]!.scale });
    return numbers.map((_, k) => outside.at(outside.names.map((name) => known(k)[name as 'theta']!)));
  }
  const { supply } = studySupply({ ...study, technology: outside.technology });
  const point = supplyPoint(supply.inputs.length);
  return numbers.map((value) => {
    supply.supply(value, scale, point);
    return point.surplus;
  });
};

/** Throws InputError where what listed types have outside cannot be taken into account yet. */
export const requireOutside = (study: Study, { population }: { readonly population?: unknown }): void => {
  const refuse = (why: string): never => {
    throw new InputError('unsupported', `outside is not supported yet ${why}`, ['outside']);
  };
  if (population !== undefined)
    refuse('where a grid stands for continuous buyers: they would be promised what its types have');
  const form = costFormOf(study);
  if (form !== undefined && isLinear(form))
    refuse('with a linear cost, of which lotteries are for a linear program');
};
