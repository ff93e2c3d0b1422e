import type { ConditionResult } from '@menusmith/app/browser';
import { shown } from '../words.ts';

/** What a condition means where it holds, and where it fails. */
const meanings: Readonly<
  Record<ConditionResult['name'], readonly [title: string, holds: string, fails: string]>
> = {
  'increasing-virtual-value': [
    'Virtual values rise',
    'Of the buyers who are served, those who value quality more bring more: nobody has to be pooled.',
    'What a buyer brings falls with her value somewhere: buyers there are pooled, and get one and the same item.',
  ],
  'bounded-rent': [
    'Scales need not be policed (Assumption 1)',
    'The best menu for each scale can be offered to all: nobody gains by pretending to have another number of tasks.',
    'Some buyers gain by an item that is made for another scale: menus made scale by scale are not incentive compatible.',
  ],
  'bounded-rent-tariff': [
    'Fees rise with scale (Assumption 2)',
    'Buyers with more tasks pay higher upfront fees.',
    'Upfront fees would have to fall with the number of tasks somewhere.',
  ],
  'nonincreasing-markup': [
    'Markups do not rise',
    'Buyers who value quality more pay a smaller markup: a menu of fees with token prices earns all of the profit.',
    'The markup rises with the type somewhere: buyers there would rather have a neighbour’s tariff, and two-part tariffs lose profit.',
  ],
  'full-extraction': [
    'The seller gets everything',
    'No buyer keeps a surplus, and nothing is distorted.',
    'Hiding her type is worth something to some buyer: she keeps a rent, or the menu is distorted to save it.',
  ],
};

export interface ConditionWords {
  readonly title: string;
  readonly sentence: string;
  /** Where it is tightest, or fails most. */
  readonly place: string | undefined;
}

export const conditionWords = ({ name, holds, at }: ConditionResult): ConditionWords => {
  const [title, good, bad] = meanings[name];
  const coordinates = [
    at.value === undefined ? [] : [`${at.scale === undefined ? 'type' : 'value'} ${shown(at.value, 4)}`],
    at.scale === undefined ? [] : [`scale ${shown(at.scale, 4)}`],
  ].flat();
  const where = coordinates.length === 0 ? undefined : coordinates.join(', ');
  return {
    title,
    sentence: holds ? good : bad,
    place: where && (holds ? `tightest at ${where}` : `fails most at ${where}`),
  };
};
