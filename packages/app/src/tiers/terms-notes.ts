import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';

/** What counts beside profit in menus of few items, and what buyers have outside, in sentences. */
export const termsNotes = (
  { terms }: Study,
  numbers = 'shares of the full menu, bounds and gaps',
): readonly string[] => {
  const { profit, consumerSurplus } = terms.objective;
  return [
    ...(surplusWeightOf(terms) > 0
      ? [
          `The objective is ${profit === 1 ? '' : `${profit} × `}profit + ${consumerSurplus} × consumer surplus: ${numbers} are of it.`,
        ]
      : []),
    ...(terms.outside === undefined
      ? []
      : ['A buyer takes a tier only where it leaves her no less than what she has outside.']),
  ];
};
