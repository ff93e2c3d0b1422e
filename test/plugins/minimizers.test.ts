import { entryLaws, minimizerLaws } from '@menusmith/app';
import { standardPlugin } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

/** The gradients at which the libraries stop of themselves. */
const tolerances: Readonly<Record<string, number>> = {
  'fmin-nelder-mead': 1e-5,
  'fmin-conjugate-gradient': 1e-5,
  'optimization-js-l-bfgs': 1e-5,
  'optimization-js-gradient-descent': 1e-3,
  'optimization-js-powell': 1e-2,
};

describe.each(standardPlugin.minimizers ?? [])('$name', (entry) => {
  const gradientTolerance = tolerances[entry.name] ?? 1e-5;

  test.each(minimizerLaws)(`to the accuracy at which it stops: $statement`, (law) => {
    expect(law.check({ minimizer: entry.create({}), gradientTolerance })).toMatchObject({ holds: true });
  });

  test('obeys the laws', async () => {
    const { laws } = await entryLaws('minimizers', entry);
    expect(laws.filter(({ holds }) => !holds)).toEqual([]);
  });
});
