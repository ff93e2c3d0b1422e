import { InputError } from '@menusmith/core';
import { screeningProblem } from '../problem/screening-problem.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';

/** Distributions whose F a checker can write down. */
const KNOWN = ['uniform', 'exponential', 'pareto', 'kumaraswamy'];

interface DistributionData {
  readonly use?: unknown;
  readonly min?: unknown;
  readonly max?: unknown;
}

/** What a study's text says of continuous buyers. */
interface BuyersText {
  readonly type?: DistributionData;
  readonly value?: DistributionData;
  readonly scale?: DistributionData;
  readonly dependence?: DistributionData;
}

/** Throws InputError 'proof' where no proof will cover the study, before anything takes its time. `data` is the study as its text has it. */
export const requireProvable = (study: Study, data: Readonly<Record<string, unknown>>): void => {
  const { terms, technology, contract, buyers } = study;
  const missing = [
    [contract === 'efficient', 'contract: efficient, which has no menu'],
    [technology.kind === 'models', 'a choice of models'],
    [
      technology.kind === 'production' && technology.production.atTask !== undefined,
      'tasks that are made in different ways',
    ],
    [terms.outside !== undefined, 'outside options'],
    [terms.keep !== undefined, 'plans that are kept'],
    [terms.capacity !== undefined, 'capacity'],
    ['goods' in buyers && buyers.goods !== undefined, 'goods with continuous values'],
  ] as const;
  const [, what = continuousFault(study, data.buyers as BuyersText)] = missing.find(([is]) => is) ?? [];
  if (what !== undefined)
    throw new InputError('proof', `--proof: expected listed buyers, or types along a line, got ${what}`);
};

/** Why continuous buyers are not covered; undefined where they are, or where buyers are listed. */
const continuousFault = (
  study: Study,
  { type, value, scale, dependence }: BuyersText,
): string | undefined => {
  const { kind, ...problem } = screeningProblem(study);
  if (kind === 'listed-chain' || (kind === 'space' && !('population' in problem && problem.population)))
    return undefined;
  if (kind !== 'continuous-chain') return 'continuous values and scales whose tokens are bought task by task';
  if (surplusWeightOf(study.terms) > 0) return 'a weight on the surplus of continuous buyers';
  if (study.terms.objective.profit !== 1) return 'a weight on profit other than 1';
  if (type !== undefined)
    return KNOWN.includes(String(type.use))
      ? undefined
      : `types by ${String(type.use)} (covered: ${KNOWN.join(', ')})`;
  const isUnit = (own: DistributionData | undefined): boolean =>
    own?.use === 'uniform' && (own.min ?? 0) === 0;
  const isCovered =
    isUnit(value) &&
    isUnit(scale) &&
    (scale?.max ?? 1) === 1 &&
    (dependence?.use ?? 'independent') === 'independent';
  return isCovered
    ? undefined
    : 'values and scales other than independent uniform ones from 0 on, scales up to 1';
};
