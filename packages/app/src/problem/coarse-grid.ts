import type { Study, ValueScaleBuyers } from '../study/study.ts';

type Grid = NonNullable<ValueScaleBuyers['grid']>;

/** The grid that a study asks for, where its continuous buyers can have one. */
export const gridAsked = ({ buyers }: Study): Grid | undefined =>
  buyers.kind === 'value-scale' ? buyers.grid : undefined;

/** The study with its continuous values and scales on a grid of at most so many, under allocations; any other as it is. */
export const onCoarseGrid = (study: Study, most: Grid): Study => {
  const { buyers, contract } = study;
  if (buyers.kind !== 'value-scale' || contract !== 'allocations') return study;
  const { values, scales } = buyers.grid ?? most;
  const grid = { values: Math.min(values, most.values), scales: Math.min(scales, most.scales) };
  return { ...study, buyers: { ...buyers, grid } };
};
