import type { Copula, CopulaEntry } from '@menusmith/core';

/** C(u, v) = u·v. */
export const independence: Copula = {
  independent: true,
  cdf: (u, v) => u * v,
  density: () => 1,
  conditional: (u) => u,
  conditionalSurvival: (u, _v, uRest = 1 - u) => uRest,
};

/** Independence copula C(u, v) = u·v. */
export const independent: CopulaEntry = {
  name: 'independent',
  doc: 'Value and scale are independent.',
  parameters: {},
  examples: [{}],
  create: () => independence,
};
