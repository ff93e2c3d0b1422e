import type { Plugin, ProductionFunction } from '@menusmith/core';
import { InputError } from '@menusmith/core';

/** A plugin just large enough for study files, independent of the standard one. */
export const smallPlugin: Plugin = {
  name: 'small',
  productionFunctions: [
    {
      name: 'cobb-douglas',
      doc: 'Product of powers.',
      parameters: {
        exponents: { kind: 'by-input', doc: 'Exponent of each input.', scope: 'any', above: 0 },
        base: { kind: 'by-input', doc: 'Added to a shared input.', scope: 'shared', default: 0, min: 0 },
      },
      create({ exponents }, names): ProductionFunction {
        const sum = Object.values(exponents as Record<string, number>).reduce((total, e) => total + e, 0);
        if (!(sum < 1)) {
          throw new InputError('exponents', `expected exponents with a sum below 1, got ${sum}`, [
            'exponents',
          ]);
        }
        return { value: () => 0, degree: names.task.reduce((total, name) => total + exponents[name], 0) };
      },
    },
    { name: 'plain', doc: 'Says nothing of itself.', parameters: {}, create: () => ({ value: () => 0 }) },
  ],
  distributions: [
    {
      name: 'uniform',
      doc: 'Every type in [min, max] equally likely.',
      parameters: {
        min: { kind: 'number', doc: 'Smallest type.', default: 0 },
        max: { kind: 'number', doc: 'Largest type.' },
      },
      create({ min, max }) {
        if (!(min < max)) {
          throw new InputError('empty-support', `expected min < max, got min = ${min}, max = ${max}`, [
            'min',
          ]);
        }
        const density = 1 / (max - min);
        return {
          min,
          max,
          breakpoints: [],
          density: () => density,
          cdf: (x) => (x - min) * density,
          survival: (x) => (max - x) * density,
          quantile: (u) => min + u * (max - min),
        };
      },
    },
    {
      name: 'polynomial',
      doc: 'Quantile polynomial.',
      parameters: {
        coefficients: { kind: 'numbers', doc: 'Lowest power first.', minLength: 2 },
        note: { kind: 'text', doc: 'Anything.', default: '' },
      },
      create: () => ({
        min: 0,
        max: 1,
        breakpoints: [],
        density: () => 1,
        cdf: (x) => x,
        survival: (x) => 1 - x,
        quantile: (u) => u,
      }),
    },
  ],
  copulas: [
    {
      name: 'independent',
      doc: 'Independence.',
      parameters: {},
      create: () => ({
        independent: true,
        cdf: (u, v) => u * v,
        density: () => 1,
        conditional: (u) => u,
        conditionalSurvival: (u) => 1 - u,
      }),
    },
    {
      name: 'fgm',
      doc: 'Farlie, Gumbel, Morgenstern.',
      parameters: { theta: { kind: 'number', doc: 'Dependence.', min: -1, max: 1 } },
      create: ({ theta }) => ({
        independent: theta === 0,
        cdf: (u, v) => u * v * (1 + theta * (1 - u) * (1 - v)),
        density: (u, v) => 1 + theta * (1 - 2 * u) * (1 - 2 * v),
        conditional: (u, v) => u * (1 + theta * (1 - u) * (1 - 2 * v)),
        conditionalSurvival: (u, v) => (1 - u) * (1 - theta * u * (1 - 2 * v)),
      }),
    },
  ],
  costFunctions: [
    {
      name: 'quadratic',
      doc: '½q².',
      parameters: { max: { kind: 'number', doc: 'Largest quality.', default: 10, above: 0 } },
      create: () => ({ inputs: [], supply: () => {}, slopes: () => {}, kinks: () => [] }),
    },
  ],
  minimizers: [
    {
      name: 'stay',
      doc: 'Stays.',
      parameters: {},
      create: () => ({ usesGradient: false, propose: ({ start }) => start }),
    },
  ],
};
