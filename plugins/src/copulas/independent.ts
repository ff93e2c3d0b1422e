import { type CopulaEntry, independence } from '@menusmith/core';

/** Independence copula C(u, v) = u·v. */
export const independent: CopulaEntry = {
  name: 'independent',
  doc: 'Value and scale are independent.',
  parameters: {},
  examples: [{}],
  create: () => independence,
};
