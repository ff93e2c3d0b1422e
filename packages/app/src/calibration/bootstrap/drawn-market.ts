import type { Plan } from '@menusmith/core';
import { planMarket } from '../../plans/plan-market.ts';
import type { Registry } from '../../registry.ts';
import { parseStudy } from '../../study/parse-study.ts';
import type { Study } from '../../study/study.ts';
import { bestTiers } from '../../tiers/best-tiers.ts';
import type { Panel } from '../estimate/panel.ts';
import type { FittedModel } from '../fitted-model.ts';
import { studyText } from '../study-text.ts';

/** A change of profit, a buyer and period, and the same over the profit that it is a change of. */
export interface Gain {
  readonly absolute: number;
  readonly relative: number;
}

/** The study of a fit to θ alone: what is sold as packages depends on nothing else of the customers. */
export const drawnStudy = (
  { panel, costs }: { readonly panel: Panel; readonly costs: Readonly<Record<string, number>> },
  { valueAndScale: _, ...fit }: FittedModel,
  registry: Registry,
): Study =>
  parseStudy(studyText(panel, fit, { name: 'refit', comments: [], costs }), { file: 'refit.yaml', registry });

/** The best three two-part tariffs for a study, as plans. */
export const bestTariffs = (study: Study): readonly Plan[] =>
  bestTiers(study, { counts: [3], kind: 'two-part-tariff' }).menus[0]!.tiers.map(({ tariff }, k) => ({
    name: `tariff ${k + 1}`,
    fee: tariff!.upfront,
    included: {},
    prices: tariff!.prices,
    commitment: 0,
    taskCap: null,
  }));

/** What plans earn from the study's buyers more than today's. */
export const gainOf = (study: Study, plans: readonly Plan[], today: readonly Plan[]): Gain => {
  const market = planMarket(study);
  const before = market.sales(today).profit;
  const absolute = market.sales(plans).profit - before;
  return { absolute, relative: absolute / before };
};
