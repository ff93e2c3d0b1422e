import type { Provenance } from '../provenance/provenance.ts';
import type {
  BindingResult,
  CertificateResult,
  ConditionResult,
  Coordinates,
  GoodsItem,
  ModelShare,
  ObjectiveResult,
  PoolResult,
  Result,
  StatusReason,
  TariffResult,
  TwoTypesResult,
  TypeResult,
} from '../result.ts';
import {
  byName,
  choice,
  DRAFT,
  definitionsOf,
  either,
  flag,
  type JsonSchema,
  list,
  map,
  named,
  nullable,
  number,
  numberOrNull,
  optional,
  pair,
  text,
} from './json-schema.ts';
import {
  bindingFields,
  finite,
  grid,
  headline,
  implementation,
  population,
  refinement,
} from './result-parts.ts';

const tariff = named(
  'tariff',
  map<TariffResult>({
    upfront: number,
    prices: byName(number),
    taskCap: numberOrNull,
    tasks: optional(list(number)),
    markup: number,
    spendingCap: optional(number),
  }),
);

const type = named(
  'type',
  map<TypeResult>({
    name: optional(text),
    labels: optional(byName(text)),
    value: optional(number),
    scale: optional(number),
    values: optional(list(number)),
    mass: optional(number),
    excluded: flag,
    takes: optional(choice('menu', 'outside', 'kept')),
    model: optional(text),
    lottery: optional(
      list(map<{ readonly model: string; readonly share: number }>({ model: text, share: number })),
    ),
    quality: number,
    profile: optional(list(number)),
    virtualProfile: optional(list(numberOrNull)),
    surplus: optional(numberOrNull),
    transfer: numberOrNull,
    rent: numberOrNull,
    virtualValue: numberOrNull,
    ironedVirtualValue: numberOrNull,
    index: optional(
      map<NonNullable<TypeResult['index']>>({
        theta: number,
        quality: numberOrNull,
        thetaHat: optional(numberOrNull),
      }),
    ),
    inputs: byName(number),
    taskEnds: optional(list(number)),
    perTask: byName(either(number, list(number))),
    tariff: nullable(tariff),
  }),
);

const objective = named(
  'objective',
  map<ObjectiveResult>({ profit: number, consumerSurplus: number, value: numberOrNull }),
);

const certificate = named(
  'certificate',
  map<CertificateResult>({
    of: choice('grid', 'population'),
    attainedObjective: numberOrNull,
    attainedProfit: numberOrNull,
    upperBound: numberOrNull,
    relativeGap: numberOrNull,
    maxIncentiveViolation: numberOrNull,
    maxParticipationViolation: numberOrNull,
    doubts: optional(list(text)),
  }),
);

const reason = named(
  'reason',
  map<StatusReason>({
    code: choice(
      'contradiction',
      'across-scales',
      'interrupted',
      'most-iterations',
      'stuck',
      'numerical',
      'unknown-bound',
      'not-concave',
      'violation',
      'grid-alone',
      'gap',
    ),
    what: text,
    remedy: text,
  }),
);

const condition = named(
  'condition',
  map<ConditionResult>({
    name: choice(
      'increasing-virtual-value',
      'bounded-rent',
      'bounded-rent-tariff',
      'nonincreasing-markup',
      'full-extraction',
    ),
    holds: flag,
    margin: numberOrNull,
    at: map<Partial<Coordinates>>({ value: optional(number), scale: optional(number) }),
  }),
);

const pool = named(
  'pool',
  map<PoolResult>({ from: number, to: number, ironedVirtualValue: number, item: type }),
);

const twoTypes = map<TwoTypesResult>({
  regime: choice('full-surplus', 'high-incentive', 'high-participation'),
  high: number,
  highName: nullable(text),
  lambda: number,
  massRatio: number,
  temptation: number,
  ranking: optional(map<NonNullable<TwoTypesResult['ranking']>>({ thetas: pair(number), test: number })),
});

const provenance = named(
  'provenance',
  map<Provenance>({
    menusmith: text,
    node: nullable(text),
    study: nullable(text),
    set: list(text),
    files: byName(text),
    plugins: byName(nullable(text)),
    seed: optional(number),
  }),
);

const result = map<Result & { readonly provenance: Provenance }>({
  name: text,
  method: choice('efficient', 'two-types', 'one-dimensional', 'scale-by-scale', 'finite'),
  status: choice('optimal', 'feasible', 'uncertified'),
  reasons: list(reason),
  ...headline,
  objective,
  outsideShare: optional(numberOrNull),
  keptShare: optional(numberOrNull),
  lotteries: optional(flag),
  withoutLotteries: optional(
    map<NonNullable<Result['withoutLotteries']>>({ profit: numberOrNull, objective: numberOrNull }),
  ),
  models: optional(list(map<ModelShare>({ name: text, share: number }))),
  certificate,
  provenance,
  conditions: list(condition),
  pools: list(pool),
  types: list(type),
  tasks: optional(list(text)),
  goods: optional(
    map<NonNullable<Result['goods']>>({
      cells: list(number),
      items: optional(
        list(
          map<GoodsItem>({
            quality: number,
            profile: list(number),
            transfer: number,
            inputs: byName(number),
            share: number,
          }),
        ),
      ),
    }),
  ),
  implementation: optional(implementation),
  twoTypes: optional(twoTypes),
  binding: optional(map<BindingResult>(bindingFields)),
  finite: optional(finite),
  population: optional(population),
  grid: optional(grid),
  refinement: optional(refinement),
  capacity: optional(byName(number)),
  used: optional(byName(number)),
  shadowPrices: optional(byName(number)),
  notes: list(text),
  supply: choice('closed-form', 'numeric'),
  seconds: number,
  iterations: number,
});

/** The schema of what `solve --json` prints, of which `Result` has the meaning of every field. */
export const resultJsonSchema = (): JsonSchema => ({
  $schema: DRAFT,
  title: 'A result of menusmith solve',
  description:
    'Everything in the study’s units of money, shares in [0, 1], null where a number does not exist.',
  ...result.schema,
  definitions: definitionsOf([objective, certificate, reason, provenance, condition, tariff, type, pool]),
});
