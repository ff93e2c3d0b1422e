import type { Coordinates, Solution, Study, TypeResult } from '@menusmith/app/browser';
import {
  colours,
  hasMenu,
  namedBuyers,
  type Picture,
  panel,
  pictureOf,
  type Row,
} from '@menusmith/app/browser';
import { allocationItem, packageItem } from './closed-form.ts';

const VALUES = 25;
/** Differences of nothing are drawn here: below the rounding of numbers of size 1. */
const FLOOR = 1e-18;

interface Setting {
  readonly exponent: number;
  readonly cost: number;
}

/**
 * ρ and c where the study is the paper's uniform symmetric setting, for which there are closed forms: v = x^ρ y^ρ (1 + z)^ρ with ρ < 1/3, every
 * input costs c, w and s are uniform on [0, 1].
 */
const settingOf = ({ technology, buyers: given, contract }: Study): Setting | undefined => {
  const buyers = namedBuyers(given);
  if (contract === 'efficient' || buyers.kind !== 'plane' || !buyers.dependence.independent) return undefined;
  if (technology.kind !== 'production' || technology.use !== 'cobb-douglas') return undefined;
  const { inputs, names, parameters } = technology;
  const isUniform = [buyers.values, buyers.scales].every(
    ({ min, max, breakpoints, density }) =>
      min === 0 &&
      max === 1 &&
      breakpoints.length === 0 &&
      [0.1, 0.3, 0.5, 0.7, 0.9].every((x) => density(x) === 1),
  );
  if (!isUniform || names.task.length !== 2 || names.shared.length !== 1) return undefined;
  const [{ cost }] = inputs as readonly [(typeof inputs)[number]];
  const exponents = parameters.exponents as Readonly<Record<string, unknown>>;
  const base = parameters.base as Readonly<Record<string, unknown>> | undefined;
  const [exponent] = Object.values(exponents);
  const isSymmetric =
    inputs.every((input) => input.cost === cost && input.max === Number.POSITIVE_INFINITY) &&
    inputs.every(({ name }) => exponents[name] === exponent) &&
    base?.[names.shared[0]!] === 1;
  if (!isSymmetric || typeof exponent !== 'number' || !(exponent < 1 / 3)) return undefined;
  // The rents of packages are closed at ρ = 1/4 alone.
  return contract === 'packages' && exponent !== 1 / 4 ? undefined : { exponent, cost };
};

/** Numbers that were computed, beside the paper's closed forms; none where there are no closed forms, or no menu. */
export const closedFormPicture = (study: Study, solution: Solution): Picture[] => {
  const setting = settingOf(study);
  if (setting === undefined || !hasMenu(solution) || solution.result.method === 'finite') return [];
  const { exponent: ρ, cost: c } = setting;
  const isPackage = study.contract === 'packages';
  const closed = ({ value, scale = 1 }: Coordinates) =>
    isPackage ? packageItem(value, ρ, c) : allocationItem(value, scale, ρ, c);
  const measures: readonly [string, (quote: TypeResult) => number | null, 'quality' | 'transfer'][] = [
    ['quality', ({ quality }) => quality, 'quality'],
    ['transfer', ({ transfer }) => transfer, 'transfer'],
  ];
  const rows = Array.from({ length: VALUES }, (_, k) => k / (VALUES - 1)).flatMap((value) => {
    const buyer: Coordinates = isPackage ? { value } : { value, scale: 1 };
    const [quote, right] = [solution.quote(buyer), closed(buyer)];
    return measures.flatMap(([measure, read, name]): Row[] => {
      const [found, known] = [read(quote), right[name]];
      if (found === null || known === null) return [];
      return [{ type: value, measure, difference: Math.max(FLOOR, Math.abs(found - known)) }];
    });
  });
  const legend = { title: null };
  const picture = pictureOf(
    {
      name: 'closed-form',
      title: 'Computed against closed forms',
      caption:
        'For this study the paper has formulas. The dots are how far the computed menu is from them' +
        (isPackage ? '' : ', at scale 1') +
        '; differences of nothing at all are drawn at 10⁻¹⁸. About 10⁻¹⁶ is the rounding of the machine’s numbers.',
    },
    { differences: rows },
    {
      ...panel,
      data: { name: 'differences' },
      mark: { type: 'point', filled: true, opacity: 1, size: 45 },
      encoding: {
        x: {
          field: 'type',
          type: 'quantitative',
          axis: {
            title: isPackage ? 'type θ' : 'value w of a task',
            grid: false,
            tickCount: 6,
            labelFlush: false,
          },
        },
        y: {
          field: 'difference',
          type: 'quantitative',
          scale: { type: 'log', domain: [FLOOR, 1e-6], clamp: true },
          axis: {
            title: 'absolute difference',
            values: [1e-18, 1e-16, 1e-14, 1e-12, 1e-10, 1e-8, 1e-6],
            format: '.0e',
          },
        },
        color: {
          field: 'measure',
          type: 'nominal',
          sort: null,
          scale: { range: [colours.blue, colours.orange] },
          legend,
        },
        shape: {
          field: 'measure',
          type: 'nominal',
          sort: null,
          scale: { range: ['circle', 'diamond'] },
          legend,
        },
      },
    },
  );
  return [picture];
};
