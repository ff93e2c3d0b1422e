import type { Plan } from '@menusmith/core';
import type { Registry } from '../../registry.ts';
import type { Calibration } from '../calibration.ts';
import { likelyForms } from '../estimate/fitted-types.ts';
import type { Panel } from '../estimate/panel.ts';
import type { TypeDensity } from '../estimate/type-density.ts';
import type { FittedModel } from '../fitted-model.ts';
import { listMenu } from '../study-text.ts';
import { bestTariffs, drawnStudy, type Gain, gainOf } from './drawn-market.ts';

/** All that draws have in common, as plain data that goes to every thread: columns stand in memory that threads share. */
export interface DrawSource {
  readonly seed: number;
  /** The place of a cell is its `source`, by which tokens are found. */
  readonly panel: Panel;
  /** By input of the panel and cell. */
  readonly tokens: readonly Float64Array[];
  readonly model: number;
  /** Of the fit. */
  readonly degree: number;
  /** Forms of the distribution of types, of which each draw has the one that is best for it. */
  readonly forms: readonly TypeDensity[];
  /** Whether prices have the degree, and then whether the model has one of its own. */
  readonly isByPrices: boolean;
  readonly isOwnDegree: boolean;
  readonly costs: Readonly<Record<string, number>>;
  readonly today: readonly Plan[];
  /** The best three two-part tariffs for the fit, and what they earn more than today's list from its buyers. */
  readonly plans: readonly Plan[];
  readonly gain: Gain;
  /** To look for the best tariffs takes ten times what a draw takes without: it is done in one of so many draws. */
  readonly searchEvery: number;
}

const EVERY = 10;
const MOST_SEARCHES = 20;

/** The main model's part of a calibration, for so many draws. */
export const drawSource = (
  { panel, models, usage, costs, degree }: Calibration,
  { draws, seed, registry }: { readonly draws: number; readonly seed: number; readonly registry: Registry },
): DrawSource => {
  const [fit] = models as [FittedModel];
  const own = { panel, costs: costs[fit.model]! };
  const study = drawnStudy(own, fit, registry);
  const plans = bestTariffs(study);
  const today = listMenu(panel, fit).plans.map((plan) => ({
    ...plan,
    fee: 0,
    included: {},
    commitment: 0,
    taskCap: null,
  }));
  return {
    seed,
    ...own,
    panel: sharedPanel(panel),
    tokens: usage.log.tokens.map((tokens) =>
      filled(Float64Array, panel.source.length, (cell) => tokens.get(panel.source[cell]!)),
    ),
    model: fit.model,
    degree: fit.degree,
    forms: likelyForms(fit.theta.types),
    isByPrices: degree.by === 'prices',
    isOwnDegree: fit.degree !== degree.pooled,
    today,
    plans,
    gain: gainOf(study, plans, today),
    searchEvery: Math.max(EVERY, Math.ceil(draws / MOST_SEARCHES)),
  };
};

const sharedPanel = (panel: Panel): Panel => ({
  ...panel,
  offsets: filled(Uint32Array, panel.offsets.length, (k) => panel.offsets[k]!),
  customerOf: filled(Uint32Array, panel.customerOf.length, (k) => panel.customerOf[k]!),
  modelOf: filled(Uint16Array, panel.modelOf.length, (k) => panel.modelOf[k]!),
  month: filled(Uint16Array, panel.month.length, (k) => panel.month[k]!),
  logSpending: filled(Float64Array, panel.logSpending.length, (k) => panel.logSpending[k]!),
  lift: panel.lift && filled(Float64Array, panel.lift.length, (k) => panel.lift![k]!),
  logRequests: undefined,
  source: filled(Uint32Array, panel.source.length, (k) => k),
});

interface Columns<Column> {
  new (buffer: SharedArrayBuffer): Column;
  readonly BYTES_PER_ELEMENT: number;
}

/** A column in shared memory. */
const filled = <Column extends { [k: number]: number }>(
  make: Columns<Column>,
  length: number,
  at: (k: number) => number,
): Column => {
  const column = new make(new SharedArrayBuffer(make.BYTES_PER_ELEMENT * length));
  for (let k = 0; k < length; k++) column[k] = at(k);
  return column;
};
