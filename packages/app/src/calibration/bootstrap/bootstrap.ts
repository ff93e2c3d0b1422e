import type { Plan } from '@menusmith/core';
import { migrationOf } from '../../plans/migration.ts';
import { planMarket } from '../../plans/plan-market.ts';
import type { Registry } from '../../registry.ts';
import { parseStudy } from '../../study/parse-study.ts';
import type { Study } from '../../study/study.ts';
import { bestTiers } from '../../tiers/best-tiers.ts';
import type { Calibration } from '../calibration.ts';
import { demandDegrees, demandIndex } from '../estimate/demand-degree.ts';
import { lastingPart } from '../estimate/lasting-part.ts';
import type { Panel } from '../estimate/panel.ts';
import { priceIndex } from '../estimate/price-index.ts';
import { spendingShares } from '../estimate/spending-shares.ts';
import { expectedType } from '../estimate/type-density.ts';
import { typeDistribution } from '../estimate/type-distribution.ts';
import { exponentsOf, type FittedModel, fittedQuantity, logTheta } from '../fitted-model.ts';
import { listMenu, studyText } from '../study-text.ts';
import { randomNumbers } from './random-numbers.ts';
import { customerSeries, resampledPanel } from './resampled-panel.ts';

/** From the 5th to the 95th percentile of draws. */
export type Band = readonly [number, number];

/** What other customers of the same kind would have led to: the main model, refitted to customers drawn with replacement. */
export interface Bootstrap {
  readonly asked: number;
  /** Of these the numbers are; fewer where it was stopped or draws failed. */
  readonly draws: number;
  /** Draws in which demand did not fall with prices, or exponents were not concave. */
  readonly failed: number;
  readonly seed: number;
  readonly level: number;
  readonly degree: Band;
  /** The best three two-part tariffs for the fit, in the study's units. */
  readonly plans: readonly Plan[];
  /** What they earn more than today's list, a customer and month: for the fit, its band over refits, and the same over what today's list earns. */
  readonly profitChange: number;
  readonly profitChangeBand: Band;
  readonly relativeChange: number;
  readonly relativeChangeBand: Band;
  /** By how much the tariffs that are best for a refit promise more than they bring from customers who were not drawn, relative to today's list; null without draws. */
  readonly optimism: number | null;
  readonly optimismDraws: number;
  /** Relative changes, one a draw. */
  readonly changes: readonly number[];
}

const LEVEL = 0.9;
/** To look for the best tariffs takes ten times what a draw takes without: it is done in every fifth, and at most in so many. */
const EVERY = 5;
const MOST_RECOMMENDED = 40;

export interface BootstrapRequest {
  readonly draws: number;
  readonly seed: number;
  readonly registry: Registry;
}

/** How many draws are done, and what they say. */
export interface Draws {
  readonly drawn: number;
  readonly soFar: () => Bootstrap;
}

/** Yields the draws so far; `next(true)` asks it to end with them. The same seed gives the same draws. */
export function* bootstrapping(
  calibration: Calibration,
  { draws, seed, registry }: BootstrapRequest,
): Generator<Draws, Bootstrap, boolean | undefined> {
  const { panel, models } = calibration;
  const [fit] = models as [FittedModel];
  const today = menuPlans(calibration, fit);
  const study = studyOf(calibration, panel, fit, registry);
  const plans = bestTariffs(study);
  const gain = gainOf(study, plans, today);
  const groups = customerSeries(panel);
  const size = groups.starts.length - 1;
  const random = randomNumbers(seed);
  const changes: { absolute: number; relative: number; degree: number }[] = [];
  const optimism: number[] = [];
  const every = Math.max(EVERY, Math.ceil(draws / MOST_RECOMMENDED));
  let failed = 0;
  const soFar = (): Bootstrap => {
    const bandOf = (of: 'absolute' | 'relative' | 'degree'): Band =>
      band(changes.map((change) => change[of]));
    return {
      asked: draws,
      draws: changes.length,
      failed,
      seed,
      level: LEVEL,
      degree: bandOf('degree'),
      plans,
      profitChange: gain.absolute,
      profitChangeBand: bandOf('absolute'),
      relativeChange: gain.relative,
      relativeChangeBand: bandOf('relative'),
      optimism: optimism.length === 0 ? null : optimism.reduce((a, b) => a + b, 0) / optimism.length,
      optimismDraws: optimism.length,
      changes: changes.map(({ relative }) => relative),
    };
  };
  for (let draw = 0; draw < draws; draw++) {
    if ((yield { drawn: draw, soFar }) === true) break;
    const picks = Uint32Array.from({ length: size }, () => random(size));
    const refit = refitted(calibration, resampledPanel(panel, groups, picks));
    if (refit === undefined) {
      failed++;
      continue;
    }
    const own = studyOf(calibration, panel, refit.fit, registry);
    changes.push({ ...gainOf(own, plans, today), degree: refit.fit.degree });
    if (draw % every !== 0) continue;
    const best = bestTariffs(own);
    const rest = resampledPanel(panel, groups, othersThan(picks, size));
    const brought = heldOut(rest, refit, own, best, today);
    if (Number.isFinite(brought)) optimism.push(gainOf(own, best, today).relative - brought);
  }
  return soFar();
}

const menuPlans = ({ panel }: Calibration, fit: FittedModel): readonly Plan[] =>
  listMenu(panel, fit).plans.map((plan) => ({
    ...plan,
    fee: 0,
    included: {},
    commitment: 0,
    taskCap: null,
  }));

/** The study of θ alone: what is sold as packages depends on nothing else of the customers. */
const studyOf = (
  { costs }: Calibration,
  panel: Panel,
  { valueAndScale: _, ...fit }: FittedModel,
  registry: Registry,
): Study =>
  parseStudy(studyText(panel, fit, { name: 'refit', comments: [], costs: costs[fit.model]! }), {
    file: 'refit.yaml',
    registry,
  });

const bestTariffs = (study: Study): readonly Plan[] =>
  bestTiers(study, { counts: [3], kind: 'two-part-tariff' }).menus[0]!.tiers.map(({ tariff }, k) => ({
    name: `tariff ${k + 1}`,
    fee: tariff!.upfront,
    included: {},
    prices: tariff!.prices,
    commitment: 0,
    taskCap: null,
  }));

/** What plans earn from the study's buyers more than others, a buyer, and over what these earn. */
const gainOf = (study: Study, plans: readonly Plan[], today: readonly Plan[]) => {
  const market = planMarket(study);
  const before = market.sales(today).profit;
  const absolute = market.sales(plans).profit - before;
  return { absolute, relative: absolute / before };
};

/** A fit to other customers, and how it reads log θ of any panel. */
interface Refit {
  readonly fit: FittedModel;
  readonly read: (panel: Panel) => (cell: number, series: number) => number;
}

/** The main model's fit to other customers, its distribution of the same form; undefined where it has no concave production. */
const refitted = (calibration: Calibration, panel: Panel): Refit | undefined => {
  const { usage, prices, degree: identified, models } = calibration;
  const [first] = models as [FittedModel];
  const { model } = first;
  const shares = spendingShares(panel, usage.log);
  const index = priceIndex(panel, shares, prices);
  const own = shares[model]!;
  const isOwn = first.degree !== identified.pooled;
  const found =
    identified.by === 'prices' ? demandDegrees(panel, index, demandIndex(panel, index, shares)) : undefined;
  const fromPrices = isOwn ? found?.own[model]?.degree : found?.pooled.degree;
  const degree = identified.by === 'prices' ? (fromPrices ?? Number.NaN) : first.degree;
  if (!(degree > 0 && degree * (1 + own.shared) < 1)) return undefined;
  const read = (other: Panel) => logTheta(other, demandIndex(other, index, shares), degree, own.tasks);
  const theta = fittedQuantity(panel, model, read(panel), first.theta.types.chosen.density);
  const { density } = theta.types.chosen;
  const fit = {
    model,
    degree,
    exponents: exponentsOf(panel, model, degree, own),
    theta,
    distribution: typeDistribution(density, theta.expected.length, theta.highest),
    beyondSample: 0,
  };
  return { fit, read };
};

/** Places that were not picked. */
const othersThan = (picks: Uint32Array, size: number): Uint32Array => {
  const isPicked = new Uint8Array(size);
  for (const pick of picks) isPicked[pick] = 1;
  return Uint32Array.from({ length: size }, (_, k) => k).filter((k) => isPicked[k] === 0);
};

/** What plans bring from customers who were not drawn more than today's, over what today's bring; their types are those that the refit makes of them. */
const heldOut = (
  panel: Panel,
  { fit, read }: Refit,
  study: Study,
  plans: readonly Plan[],
  today: readonly Plan[],
): number => {
  const { mean, counts } = lastingPart(panel, fit.model, read(panel));
  const { noise } = fit.theta.lasting;
  const { density } = fit.theta.types.chosen;
  const customers = Array.from(mean, (x, k) => ({
    id: String(k),
    value: Math.exp(expectedType(density, x, noise > 0 ? noise / counts[k]! : 0).mean),
  }));
  const { changes } = migrationOf(study, customers, today, plans);
  return changes.change.profit / (changes.profit - changes.change.profit);
};

const band = (numbers: readonly number[]): Band => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const low = sorted[below]!;
    return low + (place - below) * ((sorted[below + 1] ?? low) - low);
  };
  return [at((1 - LEVEL) / 2), at((1 + LEVEL) / 2)];
};
