import type { CopulaEntry } from '@menusmith/core';

/** Independence copula C(u, v) = u·v. */
export const independent: CopulaEntry = {
  name: 'independent',
  doc: 'Value and scale are independent.',
  parameters: {},
  examples: [{}],
  create: () => ({
    independent: true,
    cdf: (u, v) => u * v,
    density: () => 1,
    conditional: (u) => u,
  }),
};
