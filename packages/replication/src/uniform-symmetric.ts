import { aggregateFormulas } from './aggregate-formulas.ts';
import {
  allocationItem,
  fineTuningValue,
  packageCutoffs,
  packageDensity,
  packageItem,
} from './closed-form.ts';
import type { Formula } from './formula.ts';
import { itemFormulas } from './item-formulas.ts';
import { anyTypes, fineTunedScales, scalar } from './points.ts';
import { densityOfTypes, fineTuningFrom, serviceFrom } from './reading.ts';

const place = 'Appendix, Uniform Symmetric Setting';
const allocation = itemFormulas('US', place, 'allocations');
const item = itemFormulas('US', place, 'packages');

/** (2w − 1)ρ/c, the base of every power in the passage. */
const base = (w: number, ρ: number, c: number) => ((2 * w - 1) * ρ) / c;

/** Menus of token allocations, for every ρ < 1/3 and c. */
const allocationFormulas: readonly Formula[] = [
  allocation('virtualValue', undefined, (w) => 2 * w - 1),
  allocation('marginalCost', 'plain', (w, s, ρ, c) => {
    const power = (1 - 2 * ρ) / (2 * ρ);
    return (c / ρ) * (1 / s) ** power * allocationItem(w, s, ρ, c).quality ** power;
  }),
  allocation('marginalCost', 'fine-tuned', (w, s, ρ, c) => {
    const { quality } = allocationItem(w, s, ρ, c);
    return (c / ρ) * (1 / s) ** ((1 - 2 * ρ) / (3 * ρ)) * quality ** ((1 - 3 * ρ) / (3 * ρ));
  }),
  {
    id: 'US.allocations.service',
    place,
    quantity: 'w from which buyers are served',
    contract: 'allocations',
    points: fineTunedScales,
    printed: () => 1 / 2,
    closedForm: () => 1 / 2, // φ(w) = 2w − 1 = 0
    numeric: serviceFrom('allocations'),
  },
  {
    id: 'US.allocations.fineTuningValue',
    place,
    quantity: 'ŵ(s)',
    contract: 'allocations',
    points: fineTunedScales,
    printed: ({ scale = 1 }, ρ, c) => (1 / 2) * (1 + (c / ρ) * (1 / scale) ** (1 - 2 * ρ)),
    closedForm: ({ scale = 1 }, ρ, c) => fineTuningValue(scale, ρ, c),
    numeric: fineTuningFrom('allocations'),
  },
  allocation('quality', 'plain', (w, s, ρ, c) => s * base(w, ρ, c) ** ((2 * ρ) / (1 - 2 * ρ))),
  allocation('tokens', 'plain', (w, s, ρ, c) => s ** (1 / (2 * ρ)) * base(w, ρ, c) ** (1 / (1 - 2 * ρ)), {
    erratum: 'F8',
    corrected: (w, _s, ρ, c) => base(w, ρ, c) ** (1 / (1 - 2 * ρ)),
  }),
  allocation('fineTuning', 'plain', () => 0),
  allocation(
    'transfer',
    'plain',
    (w, s, ρ, c) => s * base(w, ρ, c) ** ((2 * ρ) / (1 - 2 * ρ)) * (1 / 2 + (2 * w - 1) * ρ),
  ),
  allocation(
    'quality',
    'fine-tuned',
    (w, s, ρ, c) => s ** ((1 - 2 * ρ) / (1 - 3 * ρ)) * base(w, ρ, c) ** ((3 * ρ) / (1 - 3 * ρ)),
  ),
  allocation(
    'tokens',
    'fine-tuned',
    (w, s, ρ, c) =>
      s ** ((1 - 3 * ρ + 3 * ρ ** 2) / (3 * ρ * (1 - 3 * ρ))) * base(w, ρ, c) ** (1 / (1 - 3 * ρ)),
    {
      erratum: 'F9',
      corrected: (w, s, ρ, c) => s ** (ρ / (1 - 3 * ρ)) * base(w, ρ, c) ** (1 / (1 - 3 * ρ)),
    },
  ),
  allocation(
    'fineTuning',
    'fine-tuned',
    (w, s, ρ, c) => s ** ((1 - 6 * ρ ** 2) / (3 * ρ * (1 - 3 * ρ))) * base(w, ρ, c) ** (1 / (1 - 3 * ρ)) - 1,
    {
      erratum: 'F10',
      corrected: (w, s, ρ, c) => s ** ((1 - 2 * ρ) / (1 - 3 * ρ)) * base(w, ρ, c) ** (1 / (1 - 3 * ρ)) - 1,
    },
  ),
  allocation(
    'transfer',
    'fine-tuned',
    (w, s, ρ, c) =>
      -c / 2 +
      s ** ((1 - 2 * ρ) / (1 - 3 * ρ)) *
        base(w, ρ, c) ** ((3 * ρ) / (1 - 3 * ρ)) *
        (1 / 2 + (3 * (2 * w - 1) * ρ) / 2),
  ),
  allocation('price', undefined, (w, _s, _ρ, c) => (w / (2 * w - 1)) * c),
  allocation(
    'upfront',
    'plain',
    (w, s, ρ, c) =>
      s *
      ((1 / 2 + (2 * w - 1) * ρ) * base(w, ρ, c) ** ((2 * ρ) / (1 - 2 * ρ)) -
        ((2 * w * c) / (2 * w - 1)) * base(w, ρ, c) ** (1 / (1 - 2 * ρ))),
  ),
  allocation('upfront', 'fine-tuned', printedUpfront, {
    erratum: 'F11', // the base level's part of m·C = m·(… − c·b) is left out
    corrected: (w, s, ρ, c) => printedUpfront(w, s, ρ, c) + (w * c) / (2 * w - 1),
  }),
  ...aggregateFormulas('US', place, 'allocations'),
];

function printedUpfront(w: number, s: number, ρ: number, c: number): number {
  return (
    -c / 2 +
    s ** ((1 - 2 * ρ) / (1 - 3 * ρ)) *
      ((1 / 2 + (3 * (2 * w - 1) * ρ) / 2) * base(w, ρ, c) ** ((3 * ρ) / (1 - 3 * ρ)) -
        ((3 * w * c) / (2 * w - 1)) * base(w, ρ, c) ** (1 / (1 - 3 * ρ)))
  );
}

/** The passage goes on with ρ = 1/4 alone: the fine-tuning threshold is intractable elsewhere. */
const quarter = { statedFor: (ρ: number) => ρ === 1 / 4 };

/** Menus of token packages: the type's distribution for every ρ, the menu for ρ = 1/4. */
const packageFormulas: readonly Formula[] = [
  {
    id: 'US.packages.density',
    place,
    quantity: 'f_θ(θ)',
    contract: 'packages',
    points: anyTypes,
    printed: ({ value: θ = Number.NaN }, ρ) => (1 / (2 * ρ)) * (1 - θ ** ((2 * ρ) / (1 - 2 * ρ))),
    closedForm: ({ value: θ = Number.NaN }, ρ) => packageDensity(θ, ρ),
    numeric: densityOfTypes,
  },
  item(
    'virtualValue',
    undefined,
    (θ, _s, ρ) => (2 * (θ + ρ - (1 - ρ) * θ ** (1 / (1 - 2 * ρ)))) / (1 - θ ** ((2 * ρ) / (1 - 2 * ρ))),
    {
      erratum: 'F12',
      points: anyTypes,
      corrected: (θ, _s, ρ) =>
        (2 * (θ - ρ - (1 - ρ) * θ ** (1 / (1 - 2 * ρ)))) / (1 - θ ** ((2 * ρ) / (1 - 2 * ρ))),
    },
  ),
  item(
    'marginalCost',
    'plain',
    (θ, _s, ρ, c) => (c / ρ) * packageItem(θ, ρ, c).quality ** ((1 - 2 * ρ) / (2 * ρ)),
  ),
  item(
    'marginalCost',
    'fine-tuned',
    (θ, _s, ρ, c) => (c / ρ) * packageItem(θ, ρ, c).quality ** ((1 - 3 * ρ) / (3 * ρ)),
  ),
  item('virtualValue', undefined, (θ) => (3 * θ - 1) / 2, { points: anyTypes, id: 'atQuarter', ...quarter }),
  {
    id: 'US.packages.service',
    place,
    quantity: 'θ from which buyers are served',
    contract: 'packages',
    points: scalar,
    ...quarter,
    printed: () => 1 / 3,
    closedForm: (_, ρ, c) => packageCutoffs(ρ, c)?.service ?? null,
    numeric: serviceFrom('packages'),
  },
  {
    id: 'US.packages.fineTuningType',
    place,
    quantity: 'θ̂',
    contract: 'packages',
    points: scalar,
    ...quarter,
    printed: (_, _ρ, c) => 1 / 3 + (8 * c) / 3,
    closedForm: (_, ρ, c) => packageCutoffs(ρ, c)?.fineTuning ?? null,
    numeric: fineTuningFrom('packages'),
  },
  item('quality', 'plain', (θ, _s, _ρ, c) => (3 * θ - 1) / (8 * c), quarter),
  item('tokens', 'plain', (θ, _s, _ρ, c) => ((3 * θ - 1) / (8 * c)) ** 2, quarter),
  item('fineTuning', 'plain', () => 0, quarter),
  item('transfer', 'plain', (θ, _s, _ρ, c) => (9 * θ ** 2 - 1) / (48 * c), quarter),
  item('quality', 'fine-tuned', (θ, _s, _ρ, c) => ((3 * θ - 1) / (8 * c)) ** 3, quarter),
  item('tokens', 'fine-tuned', (θ, _s, _ρ, c) => ((3 * θ - 1) / (8 * c)) ** 4, quarter),
  item('fineTuning', 'fine-tuned', (θ, _s, _ρ, c) => ((3 * θ - 1) / (8 * c)) ** 4 - 1, quarter),
  item(
    'transfer',
    'fine-tuned',
    (θ, _s, _ρ, c) => -(2 / 3) * c + ((1 + 9 * θ) / 12) * ((3 * θ - 1) / (8 * c)) ** 3,
    quarter,
  ),
  item('markup', undefined, (θ) => (2 * θ) / (3 * θ - 1), quarter),
  item('upfront', 'plain', (θ, _s, _ρ, c) => (1 / 6) * ((3 * θ - 1) / (8 * c)), quarter),
  item(
    'upfront',
    'fine-tuned',
    (θ, _s, _ρ, c) => (2 * c) / (3 * (3 * θ - 1)) + (1 / 12) * ((3 * θ - 1) / (8 * c)) ** 3,
    quarter,
  ),
  ...aggregateFormulas('US', place, 'packages'),
];

/** Every formula of the appendix's Uniform Symmetric Setting, as printed: α = β = γ = ρ, costs c, b = 1. */
export const uniformSymmetric: readonly Formula[] = [...allocationFormulas, ...packageFormulas];
