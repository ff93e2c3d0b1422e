import { iron, representativeDistribution, scaleMenu, trueValue, valueScaleTotals } from '@menusmith/core';
import { beta, uniform } from '@menusmith/plugins';
import { bimodal, g5 } from './polynomial-types.ts';
import type { Statement } from './statement.ts';
import { asymmetric, type CobbDouglas, numericOf } from './technology.ts';

const unit = () => uniform.create({ min: 0, max: 1 });

const found = 'Errata H, other findings' as const;

const benchmark = (of: CobbDouglas) => {
  const scales = beta.create({ a: 2, b: 2, min: 0, max: 1 });
  const values = unit();
  const supply = numericOf(of);
  const optimal = valueScaleTotals({ values, scales, served: iron(values), supply });
  const efficient = valueScaleTotals({ values, scales, served: trueValue(values), supply });
  const first = efficient.grossValue - efficient.cost;
  return {
    profit: (optimal.grossValue - optimal.rent - optimal.cost) / first,
    consumers: optimal.rent / first,
  };
};

const packageBenchmark = () => {
  const types = representativeDistribution(unit(), unit(), 1 / 2);
  const supply = numericOf({ ...asymmetric, α: 0.3, β: 0.2, b: 0.1 });
  const optimal = scaleMenu({ types, served: iron(types), supply, scale: 1 }).totals();
  const efficient = scaleMenu({ types, served: trueValue(types), supply, scale: 1 }).totals();
  const first = efficient.grossValue - efficient.cost;
  return {
    profit: (optimal.grossValue - optimal.rent - optimal.cost) / first,
    consumers: optimal.rent / first,
  };
};

/** ERRATA H: what else was found. */
export const benchmarkStatements: readonly Statement[] = [
  ...(
    [
      ['uniform.profit', 'Π*/FB, w ~ U[0, 1], tasks contractible', 1 / 2, () => benchmark(asymmetric).profit],
      [
        'uniform.consumers',
        'CS/FB, w ~ U[0, 1], tasks contractible',
        1 / 4,
        () => benchmark(asymmetric).consumers,
      ],
      ['packages.profit', 'Π*/FB, packages, σ = 1/2, w, s ~ U', 4 / 9, () => packageBenchmark().profit],
      [
        'packages.consumers',
        'CS/FB, packages, σ = 1/2, w, s ~ U',
        8 / 27,
        () => packageBenchmark().consumers,
      ],
    ] as const
  ).map(
    ([id, quantity, corrected, numeric]): Statement => ({
      id: `H.${id}`,
      kind: 'formula',
      place: found,
      covers: ['Example 1'],
      quantity,
      setting: 'asymmetric costs; s ~ Beta(2, 2) where tasks are contractible',
      erratum: 'H(1)',
      cases: () => [{ corrected, numeric: numeric() }],
    }),
  ),
  ...(
    [
      [bimodal, [0.0891183654865718, 0.601101418873873, -0.453597161986295], 'ironing does not matter'],
      [g5, [0.36941786611998, 0.679719134595543, 0.190671476540918], 'ironing matters'],
    ] as const
  ).map(
    ([types, [from, to, level], what], k): Statement => ({
      id: `H.ironing.${k + 1}`,
      kind: 'formula',
      place: found,
      covers: ['Prop. 4'],
      quantity: `ironed interval and φ̄: ${what}`,
      setting: `w ~ ${types.name}`,
      erratum: 'H(2)',
      cases: () => {
        const [pool] = iron(types.numeric).pools;
        const mean = (a: number, b: number): number =>
          (a * types.survival(a) - b * types.survival(b)) / (types.survival(a) - types.survival(b));
        return [
          { at: 'from', corrected: from, numeric: pool?.from ?? Number.NaN },
          { at: 'to', corrected: to, numeric: pool?.to ?? Number.NaN },
          {
            at: 'φ̄',
            corrected: level,
            closedForm: mean(from, to),
            numeric: pool?.ironedVirtualValue ?? Number.NaN,
          },
        ];
      },
    }),
  ),
];
