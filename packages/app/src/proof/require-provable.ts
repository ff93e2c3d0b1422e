import { InputError } from '@menusmith/core';
import { screeningProblem } from '../problem/screening-problem.ts';
import type { Study } from '../study/study.ts';

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
    [terms.keep !== undefined, 'plans that are kept'],
    [
      terms.outside?.kind === 'rival' && technology.kind === 'cost',
      'a rival beside a cost that is given outright',
    ],
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
  if (kind !== 'continuous-chain' && kind !== 'scale-chains')
    return 'continuous values and scales that are dependent, whose tokens are bought task by task';
  const { terms, technology } = study;
  const [field] = Object.keys(terms).filter((term) => term !== 'objective');
  if (field !== undefined) return `${field} of continuous buyers`;
  if (technology.kind === 'models') return 'a choice of models for continuous buyers';
  const isKnown = (own: DistributionData | undefined): boolean => KNOWN.includes(String(own?.use));
  if (type !== undefined) return isKnown(type) ? undefined : unknown(type);
  if (kind === 'scale-chains')
    return [value, scale].every(isKnown) ? undefined : unknown(isKnown(value) ? scale : value);
  const isUnit = (own: DistributionData | undefined): boolean =>
    own?.use === 'uniform' && (own.min ?? 0) === 0;
  const isCovered =
    isUnit(value) &&
    isUnit(scale) &&
    (scale?.max ?? 1) === 1 &&
    (dependence?.use ?? 'independent') === 'independent';
  return isCovered
    ? undefined
    : 'packages for values and scales other than independent uniform ones from 0 on, scales up to 1';
};

const unknown = (type: DistributionData | undefined): string =>
  `types by ${String(type?.use)} (covered: ${KNOWN.join(', ')})`;
