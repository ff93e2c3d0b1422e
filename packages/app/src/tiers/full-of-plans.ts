import { asPartOf, InputError, type Plan } from '@menusmith/core';
import { problemAtScale } from '../problem/screening-problem.ts';
import type { Solution } from '../solution.ts';
import { type SolveProgress, solvingStudy } from '../solve/solve-study.ts';
import { studySupply } from '../solve/supply/supply-of.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { lineTermsOf } from './line-terms.ts';
import { oneDimensionalTiers } from './one-dimensional-tiers.ts';
import type { TiersResult } from './tiers-result.ts';
import { unknownFull } from './tiers-so-far.ts';

/** The bound of all menus under the same promise, and the best of them: packages, as plans meter totals. */
export function* fullOfPlans(
  study: Study,
  keep: { readonly plans: readonly Plan[]; readonly share: number } | undefined,
  scale: number | undefined,
): Generator<SolveProgress<TiersResult['full']>, TiersResult['full'], boolean | undefined> {
  if (scale !== undefined) {
    if (keep !== undefined)
      throw new InputError('scale', '--scale: with --keep plans are for all buyers; leave it out');
    const buyers = problemAtScale(study, scale);
    const terms = lineTermsOf(study, buyers);
    if (terms === undefined)
      throw new InputError(
        'outside',
        '--scale: beside options that differ among types plans are for all buyers; leave it out',
      );
    const { full } = oneDimensionalTiers(buyers, studySupply(study).supply, 'bundle', [1], terms);
    return full;
  }
  const { keep: _, ...terms } = study.terms;
  const kept = keep === undefined ? {} : { keep: { menu: '', ...keep } };
  const packages = {
    ...study,
    contract: 'packages',
    implementation: 'direct',
    terms: { ...terms, ...kept },
  } as Study;
  const asFull = ({ result }: Solution): TiersResult['full'] => ({
    profit: result.profit ?? 0,
    ...(surplusWeightOf(study.terms) > 0 ? { objective: result.objective?.value ?? 0 } : {}),
    upperBound: result.certificate.upperBound ?? Number.POSITIVE_INFINITY,
    served: 1 - (result.excludedShare ?? 0),
  });
  yield { iterations: 0, expectedGap: Number.NaN, incumbent: () => unknownFull };
  return asFull(yield* asPartOf(solvingStudy(packages), asFull));
}
