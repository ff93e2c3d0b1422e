import type { Plugin } from '@menusmith/core';
import { beta } from './distributions/beta.ts';
import { withoutBeta } from './without-beta.ts';

/** All that Menusmith brings along. */
export const standardPlugin: Plugin = {
  ...withoutBeta,
  distributions: [...withoutBeta.distributions!, beta],
};
