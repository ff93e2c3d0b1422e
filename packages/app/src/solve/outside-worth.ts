import { InputError, profilePoint } from '@menusmith/core';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { OutsideOption, Study } from '../study/study.ts';
import { profileSupplyOf } from './profile-supply-of.ts';

/**
 * What every listed type has who takes nothing from this seller; money. Of a rival at linear prices it is the surplus that she makes of his tokens: what he
 * earns is nobody's here.
 */
export const outsideWorth = (outside: OutsideOption, study: Study, buyers: FiniteBuyers): Float64Array => {
  const { types, listed, tasks } = buyers;
  if (outside.kind === 'listed') return outside.utilities;
  if (outside.kind === 'utility')
    return Float64Array.from(listed, ({ value, scale }) =>
      outside.at(outside.names.map((name) => (name === 'value' ? value! : scale!))),
    );
  const { supply } = profileSupplyOf({ ...study, technology: outside.technology }, tasks);
  const point = profilePoint(supply);
  const { length } = tasks.weights;
  const values = new Float64Array(length);
  return Float64Array.from({ length: types.count }, (_, n) => {
    for (let m = 0; m < length; m++) values[m] = types.valueAt(n, m);
    supply.supply(values, tasks.weights, length, point);
    return point.surplus;
  });
};

/** Throws InputError where what buyers have outside cannot be taken into account yet. */
export const requireOutside = (
  { implementation }: Study,
  { population }: { readonly population?: unknown },
  isLinear: boolean,
): void => {
  const refuse = (why: string): never => {
    throw new InputError('unsupported', `outside is not supported yet ${why}`, ['outside']);
  };
  if (population !== undefined)
    refuse('where a grid stands for continuous buyers: they would be promised what its types have');
  if (isLinear) refuse('with a linear cost, of which lotteries are for a linear program');
  if (implementation !== 'direct')
    refuse(`with implementation: ${implementation}, for types without an order`);
};
