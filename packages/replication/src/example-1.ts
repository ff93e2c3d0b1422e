import { aggregate, aggregateFormulas } from './aggregate-formulas.ts';
import { allocationAggregates, packageAggregates } from './aggregates.ts';
import { fineTuningValue, packageCutoffs, packageDensity } from './closed-form.ts';
import type { Formula, MenuContract } from './formula.ts';
import { itemFormulas } from './item-formulas.ts';
import { anyTypes, fineTunedScales, scalar } from './points.ts';
import { densityOfTypes, fineTuningFrom, ofResult, serviceFrom } from './reading.ts';

const menus = 'Example 1, Section 4.2';
const packages = 'Example 1, Section 5';
const allocation = itemFormulas('E1', menus, 'allocations');
const allocationTariff = itemFormulas('E1', 'Example 1, Section 6.2', 'allocations');
const item = itemFormulas('E1', packages, 'packages');
const itemTariff = itemFormulas('E1', 'Example 1, Section 6.3', 'packages');

/** 'R* ≃ 0.290': an aggregate to as many decimals as the paper gives. */
const rounded = (
  place: string,
  contract: MenuContract,
  name: 'revenue' | 'profit',
  text: string,
): Formula => ({
  id: `E1.${contract}.${name}.rounded`,
  place,
  quantity: `${name === 'revenue' ? 'R*' : 'Π*'} ≃ ${text}`,
  contract,
  decimals: 3,
  points: scalar,
  printed: () => Number(text),
  closedForm: aggregate(contract, name),
  numeric: ofResult(contract, (result) => result[name]),
});

/** Menus of token allocations: w, s ~ U[0, 1], α = β = γ = 1/4, every token costs 1/8, b = 1. */
const allocationFormulas: readonly Formula[] = [
  {
    id: 'E1.allocations.service',
    place: menus,
    quantity: 'w from which buyers are served',
    contract: 'allocations',
    points: fineTunedScales,
    printed: () => 1 / 2,
    closedForm: () => 1 / 2, // φ(w) = 2w − 1 = 0
    numeric: serviceFrom('allocations'),
  },
  {
    id: 'E1.allocations.fineTuningValue',
    place: menus,
    quantity: 'ŵ(s)',
    contract: 'allocations',
    points: fineTunedScales,
    printed: ({ scale = 1 }) => (1 / 2) * (1 + 1 / (2 * Math.sqrt(scale))),
    closedForm: ({ scale = 1 }, ρ, c) => fineTuningValue(scale, ρ, c),
    numeric: fineTuningFrom('allocations'),
  },
  allocation('quality', 'plain', (w, s) => 2 * s * (2 * w - 1)),
  allocation('tokens', 'plain', (w, s) => 4 * s ** 2 * (2 * w - 1) ** 2, {
    erratum: 'F1',
    corrected: (w) => 4 * (2 * w - 1) ** 2,
  }),
  allocation('fineTuning', 'plain', () => 0),
  allocation('transfer', 'plain', (w, s) => s * (2 * w ** 2 - 1 / 2)),
  allocation('quality', 'fine-tuned', (w, s) => 8 * s ** 2 * (2 * w - 1) ** 3),
  allocation('tokens', 'fine-tuned', (w, s) => 16 * s ** (1 / 3) * (2 * w - 1) ** 4, {
    erratum: 'F2',
    corrected: (w, s) => 16 * s * (2 * w - 1) ** 4,
  }),
  allocation('fineTuning', 'fine-tuned', (w, s) => 16 * s ** (10 / 3) * (2 * w - 1) ** 4 - 1, {
    erratum: 'F3',
    corrected: (w, s) => 16 * s ** 2 * (2 * w - 1) ** 4 - 1,
  }),
  allocation('transfer', 'fine-tuned', (w, s) => s ** 2 * (2 * w - 1) ** 3 * (1 + 6 * w) - 1 / 16),
  ...aggregateFormulas('E1', menus, 'allocations', {
    revenue: ['139/480', 139 / 480],
    profit: ['97/960', 97 / 960],
  }),
  rounded(menus, 'allocations', 'revenue', '0.290'),
  rounded(menus, 'allocations', 'profit', '0.101'),
  allocationTariff('price', undefined, (w) => w / (8 * (2 * w - 1))),
  allocationTariff('upfront', 'plain', (w, s) => s * (w - 1 / 2)),
  allocationTariff('upfront', 'fine-tuned', (w, s) => s ** 2 * (2 * w - 1) ** 3 - 1 / 16, {
    erratum: 'F4',
    corrected: (w, s) => s ** 2 * (2 * w - 1) ** 3 + 1 / (16 * (2 * w - 1)),
  }),
];

/** Menus of token packages: types θ = w·s^{1/2}. */
const packageFormulas: readonly Formula[] = [
  {
    id: 'E1.packages.density',
    place: packages,
    quantity: 'f_θ(θ)',
    contract: 'packages',
    points: anyTypes,
    printed: ({ value: θ = Number.NaN }) => 2 * (1 - θ),
    closedForm: ({ value: θ = Number.NaN }, ρ) => packageDensity(θ, ρ),
    numeric: densityOfTypes,
  },
  item('virtualValue', undefined, (θ) => (3 * θ - 1) / 2, { points: anyTypes }),
  {
    id: 'E1.packages.service',
    place: packages,
    quantity: 'θ from which buyers are served',
    contract: 'packages',
    points: scalar,
    printed: () => 1 / 3,
    closedForm: (_, ρ, c) => packageCutoffs(ρ, c)?.service ?? null,
    numeric: serviceFrom('packages'),
  },
  {
    id: 'E1.packages.fineTuningType',
    place: packages,
    quantity: 'θ̂',
    contract: 'packages',
    points: scalar,
    printed: () => 2 / 3,
    closedForm: (_, ρ, c) => packageCutoffs(ρ, c)?.fineTuning ?? null,
    numeric: fineTuningFrom('packages'),
  },
  {
    id: 'E1.packages.fineTuningFrom',
    place: packages,
    quantity: 'fine-tuning types θ ∈ (·, 1]',
    contract: 'packages',
    erratum: 'F13',
    points: scalar,
    printed: () => 1 / 3 + 2 / 3,
    corrected: () => 2 / 3,
    closedForm: (_, ρ, c) => packageCutoffs(ρ, c)?.fineTuning ?? null,
    numeric: fineTuningFrom('packages'),
  },
  item('quality', 'plain', (θ) => 3 * θ - 1),
  item('tokens', 'plain', (θ) => (3 * θ - 1) ** 2),
  item('fineTuning', 'plain', () => 0),
  item('transfer', 'plain', (θ) => (9 * θ ** 2 - 1) / 6),
  item('quality', 'fine-tuned', (θ) => (3 * θ - 1) ** 3),
  item('tokens', 'fine-tuned', (θ) => (3 * θ - 1) ** 4),
  item('fineTuning', 'fine-tuned', (θ) => (3 * θ - 1) ** 4 - 1),
  item('transfer', 'fine-tuned', (θ) => -1 / 12 + ((1 + 9 * θ) / 12) * (3 * θ - 1) ** 3),
  ...aggregateFormulas('E1', packages, 'packages', {
    revenue: ['139/540', 139 / 540],
    profit: ['97/1080', 97 / 1080],
  }),
  rounded(packages, 'packages', 'revenue', '0.257'),
  rounded(packages, 'packages', 'profit', '0.090'),
  {
    id: 'E1.packages.loss',
    place: packages,
    quantity: 'loss against allocations, ‘around 10%’',
    contract: 'packages',
    erratum: 'T12',
    decimals: 2,
    points: scalar,
    printed: () => 0.1,
    corrected: () => 1 / 9,
    closedForm: (_, ρ, c) =>
      1 - (packageAggregates(ρ, c)?.profit ?? Number.NaN) / allocationAggregates(ρ, c).profit,
    numeric: (solved) => 1 - solved.packages.result.profit! / solved.allocations.result.profit!,
  },
  itemTariff('price', undefined, (θ) => θ / (4 * (3 * θ - 1))),
  itemTariff('upfront', 'plain', (θ) => (3 * θ - 1) / 6),
  itemTariff('upfront', 'fine-tuned', (θ) => 1 / (12 * (3 * θ - 1)) + (1 / 12) * (3 * θ - 1) ** 3),
];

/** Every number and formula of Example 1 (Sections 4.2, 5, 6.2, 6.3), as printed. */
export const example1: readonly Formula[] = [...allocationFormulas, ...packageFormulas];
