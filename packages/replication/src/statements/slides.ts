import { maximizer } from '@menusmith/core';
import { indexOf, supplyByShares } from './expenditure-shares.ts';
import type { Statement } from './statement.ts';
import { oneDimensional, printedUtility } from './tariffs.ts';
import {
  costOf,
  exampleTechnology,
  numericOf,
  suppliedTo,
  supplyOnTasks,
  technologyOf,
} from './technology.ts';

/** Slips of the slides that the paper does not make where they stand. */
export const slideStatements: readonly Statement[] = [
  {
    id: 'slides.28',
    kind: 'formula',
    place: 'Slides',
    covers: ['slides p. 28'],
    quantity: 'p. 28: the consumer’s utility θq − C(q)',
    setting: oneDimensional,
    erratum: 'slides p. 28',
    cases: printedUtility,
  },
  {
    id: 'slides.19',
    kind: 'formula',
    place: 'Slides',
    covers: ['slides p. 19'],
    quantity: 'p. 19: q that maximises the objective, w = .8, s = .5',
    text: '‘The seller maximises buyer surplus’ for her own profit: buyer surplus wq − T(q) is largest for her own item, E[T − C] at φ.',
    setting: 'Example 1',
    erratum: 'slides p. 19',
    correctedDecimals: 6, // a maximum is flat
    cases: () => {
      // The integrand of Π at w: φq − C(q, s) for the seller, wq − C(q, s) where the buyer's surplus counts in full.
      const supply = numericOf(exampleTechnology);
      const objective = (φ: number) => maximizer((q) => φ * q - costOf(supply, q, 0.5).cost, 0.05, 6, 50);
      return [
        {
          printed: supplyByShares(0.8, 0.5, exampleTechnology).quality,
          corrected: supplyByShares(0.6, 0.5, exampleTechnology).quality,
          numeric: objective(0.6),
        },
      ];
    },
  },
  {
    id: 'slides.3',
    kind: 'formula',
    place: 'Slides',
    covers: ['slides p. 3'],
    quantity: 'p. 3: ∫ z_i di of two tasks, z_i for each',
    text: 'v(x_i, y_i, z_i) for v(x_i, y_i, z): fine-tuning is common to all tasks.',
    setting: 'tasks worth .9 and .7, Example 1’s technology',
    erratum: 'slides p. 3',
    cases: () => {
      const profile = { values: [0.9, 0.7], weights: [0.5, 0.5] };
      const alone = (w: number) => supplyByShares(w, 1, exampleTechnology).z;
      const common = supplyByShares(indexOf(profile, 1 / 2), 1, exampleTechnology).z;
      const { inputs } = suppliedTo(
        supplyOnTasks(technologyOf(exampleTechnology), profile.weights),
        profile.values,
      );
      return [{ printed: (alone(0.9) + alone(0.7)) / 2, corrected: common, numeric: inputs.shared[0]! }];
    },
  },
];
