import type { ParameterValues } from '@menusmith/core';
import { beta, uniform } from '@menusmith/plugins';

const half = (distribution: unknown) => ({ weight: 0.5, of: distribution });

const sample = [0.05, 0.1, 0.12, 0.3, 0.34, 0.36, 0.4, 0.42, 0.45, 0.6, 0.9];

/** Parameters with which each distribution is drawn: up to three that show what its parameters do. A label stands where they are no plain numbers. */
export const drawnDensities: Readonly<
  Record<string, readonly { readonly label?: string; readonly parameters: ParameterValues }[]>
> = {
  beta: [
    { parameters: { a: 2, b: 3, min: 0, max: 1 } },
    { parameters: { a: 5, b: 2, min: 0, max: 1 } },
    { parameters: { a: 0.5, b: 0.5, min: 0, max: 1 } },
  ],
  empirical: [{ label: 'a sample of eleven', parameters: { file: '', column: sample } }],
  exponential: [
    { parameters: { rate: 0.5, min: 0, max: 3 } },
    { parameters: { rate: 1, min: 0, max: 3 } },
    { parameters: { rate: 2, min: 0, max: 3 } },
  ],
  kumaraswamy: [
    { parameters: { a: 2, b: 3, min: 0, max: 1 } },
    { parameters: { a: 5, b: 2, min: 0, max: 1 } },
    { parameters: { a: 0.5, b: 0.5, min: 0, max: 1 } },
  ],
  lognormal: [
    { parameters: { mu: 0, sigma: 0.25, min: 0, max: 4 } },
    { parameters: { mu: 0, sigma: 0.5, min: 0, max: 4 } },
    { parameters: { mu: 0, sigma: 1, min: 0, max: 4 } },
  ],
  mixture: [
    {
      label: 'half beta(3, 10), half beta(8, 3)',
      parameters: {
        parts: [
          half(beta.create({ a: 3, b: 10, min: 0, max: 1 })),
          half(beta.create({ a: 8, b: 3, min: 0, max: 1 })),
        ],
      },
    },
    {
      label: 'half uniform on [0, 1], half on [0.6, 0.9]',
      parameters: {
        parts: [half(uniform.create({ min: 0, max: 1 })), half(uniform.create({ min: 0.6, max: 0.9 }))],
      },
    },
  ],
  pareto: [
    { parameters: { shape: 1, min: 1, max: 5 } },
    { parameters: { shape: 2, min: 1, max: 5 } },
    { parameters: { shape: 4, min: 1, max: 5 } },
  ],
  'quantile-polynomial': [
    { parameters: { coefficients: [0, 1, 0.5] } },
    { parameters: { coefficients: [0, 3, -3, 1.5] } },
  ],
  'truncated-normal': [
    { parameters: { mean: 0.5, sd: 0.1, min: 0, max: 1 } },
    { parameters: { mean: 0.5, sd: 0.25, min: 0, max: 1 } },
    { parameters: { mean: 0, sd: 0.4, min: 0, max: 1 } },
  ],
  uniform: [{ parameters: { min: 0, max: 1 } }, { parameters: { min: 0.25, max: 0.75 } }],
};
