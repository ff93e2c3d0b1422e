import type {
  BindingResult,
  ComparisonResult,
  FiniteResult,
  GridResult,
  Headline,
  ImplementationResult,
  PopulationResult,
  RefinementStep,
} from '../result.ts';
import { choice, type Fields, flag, list, map, number, numberOrNull, optional, text } from './json-schema.ts';

export const headline: Fields<Headline> = {
  profit: numberOrNull,
  revenue: numberOrNull,
  cost: numberOrNull,
  consumerSurplus: numberOrNull,
  welfare: numberOrNull,
  efficientWelfare: numberOrNull,
  excludedShare: numberOrNull,
  fineTunedShare: numberOrNull,
};

export const bindingFields: Fields<BindingResult> = {
  count: number,
  largest: list(map<BindingResult['largest'][number]>({ from: number, to: number, flow: number })),
};

type ScaleByScale = ComparisonResult['scaleByScale'];

const comparison = map<ComparisonResult>({
  observableScale: number,
  optimum: number,
  scaleByScale: map<ScaleByScale>({
    attainedProfit: number,
    deviatingShare: number,
    worst: optional(
      map<NonNullable<ScaleByScale['worst']>>({ value: number, scale: optional(number), gain: number }),
    ),
  }),
});

export const finite = map<FiniteResult>({
  solver: text,
  stopped: choice('converged', 'stuck', 'most-iterations', 'numerical', 'interrupted'),
  types: number,
  tasks: number,
  rebate: numberOrNull,
  binding: map<FiniteResult['binding']>({
    ...bindingFields,
    withinScale: optional(number),
    acrossScales: optional(number),
    flowAcrossScales: optional(number),
  }),
  uniformity: optional(
    map<NonNullable<FiniteResult['uniformity']>>({ isUniform: flag, spread: number, type: numberOrNull }),
  ),
  comparison: optional(comparison),
});

export const grid = map<GridResult>({
  ...headline,
  values: optional(number),
  scales: optional(number),
  cells: optional(list(number)),
  upperBound: numberOrNull,
  relativeGap: numberOrNull,
  maxIncentiveViolation: numberOrNull,
  maxParticipationViolation: numberOrNull,
  extrapolatedProfit: numberOrNull,
});

export const refinement = list(
  map<RefinementStep>({
    values: optional(number),
    scales: optional(number),
    cells: optional(list(number)),
    attainedObjective: numberOrNull,
    upperBound: numberOrNull,
    relativeGap: numberOrNull,
  }),
);

export const population = map<PopulationResult>({
  attainedProfit: numberOrNull,
  upperBound: numberOrNull,
  boundBy: choice('flow', 'observable-scale'),
  observableScale: numberOrNull,
  grid: optional(map<NonNullable<PopulationResult['grid']>>({ values: number, scales: number })),
  extrapolatedProfit: numberOrNull,
});

type Best = NonNullable<ImplementationResult['best']>;
type Worst = NonNullable<ImplementationResult['worst']>;

const attained: Fields<Omit<Best, 'isBest'>> = {
  attainedProfit: numberOrNull,
  consumerSurplus: optional(numberOrNull),
  maxDeviationGain: numberOrNull,
};

export const implementation = map<ImplementationResult>({
  kind: choice('two-part-tariff', 'maximum-spend'),
  ...attained,
  isByType: optional(flag),
  ofGrid: optional(map<NonNullable<ImplementationResult['ofGrid']>>({ profit: number })),
  deviatingShare: numberOrNull,
  worst: optional(
    map<Worst>({
      value: optional(number),
      scale: optional(number),
      name: optional(text),
      gain: number,
      markup: optional(number),
      spendingCap: optional(number),
      upfront: optional(number),
    }),
  ),
  best: optional(map<Best>({ ...attained, isBest: flag })),
  maximumSpend: optional(map<NonNullable<ImplementationResult['maximumSpend']>>(attained)),
});
