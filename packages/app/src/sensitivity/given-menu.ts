import { didYouMean, InputError, type Plan } from '@menusmith/core';
import { isMap, readAmounts, readPlans, requireKnown } from '../plans/menu-file.ts';
import { openJson } from '../plans/open-json.ts';
import { expectedOneNumber } from '../problem/one-number-advice.ts';
import { LocatedInputError } from '../study/located-input-error.ts';
import { numberWithin } from '../study/number-bounds.ts';
import type { Study, Technology } from '../study/study.ts';
import type { TierResult } from '../tiers/tiers-result.ts';
import type { SoldMenu } from './fixed-menu.ts';
import type { Market } from './market.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A menu that the seller has chosen, as it is sold: bundles, tariffs at a markup on a cost given outright, or plans with prices of their own. */
export type GivenMenu = SoldMenu & { readonly count: number; readonly notes: readonly string[] };

/**
 * The menu in a JSON text, for this market: plans, or what `tiers --json` prints, or as much of it as says what is sold. Throws InputError with file, line and field; a field
 * that is not understood is one.
 */
export const givenMenu = (
  text: string,
  file: string,
  { study, isOneNumber }: Pick<Market, 'study' | 'isOneNumber'>,
): GivenMenu => {
  const fail = (message: string): LocatedInputError =>
    new LocatedInputError(new InputError('menu', message), file);
  if (!isOneNumber)
    throw fail(
      `a menu can be given for buyers who differ in one number, and these differ in more${expectedOneNumber(study)}`,
    );
  const { data, locating } = openJson(text, file, 'a menu of plans, or tiers as tiers --json prints them');
  if (!isMap(data)) throw fail('expected a map with plans, or with tiers as tiers --json prints them');
  return locating(() => (data.plans === undefined ? tiersMenu(data, study) : plansMenu(data, study)));
};

const plansMenu = (data: Fields, { technology, units }: Study): GivenMenu => {
  const plans = readPlans(data, technology, units);
  return { kind: 'plans', plans, count: plans.length, notes: [] };
};

/** What the document of `tiers --json` has beside its tiers, and a tier beside what is sold: numbers that say how it sold. */
const menuFields =
  'tiers name kind coordinate scale tasks full count profit objective share served upperBound relativeGap status kept capacity shadowPrices used brokenBy change betterOff worseOff notes seconds sheets provenance';
const tierFields =
  'share from to buyers quality transfer cost margin inputs model profile perTask tariff plan lowest highest';
const tariffFields = 'upfront prices taskCap markup';

const tiersMenu = (data: Fields, study: Study): GivenMenu => {
  const fail = (message: string, ...field: (string | number)[]): InputError =>
    new InputError('menu', message, field);
  if (data.tiers === undefined && Array.isArray(data.menus))
    throw fail('expected one menu, got those of a range of counts; tiers --count 3 --json prints one');
  if (!Array.isArray(data.tiers))
    throw fail('expected a list of plans, or of tiers as tiers --json prints them', 'tiers');
  requireKnown(data, [...menuFields.split(' '), 'plans']);
  if (data.tiers.length === 0) throw fail('expected at least one tier, got none', 'tiers');
  const { technology } = study;
  if (isPlan(data.tiers[0])) return tierPlans(data.tiers, data.kept, technology);
  const read = data.tiers.map((tier: unknown, k): TierResult | GivenTariff => {
    if (!isMap(tier)) throw fail('expected a map of what is sold', 'tiers', k);
    try {
      requireKnown(tier, tierFields.split(' '));
      return tier.tariff === undefined ? bundleOf(tier, technology) : tariffOf(tier.tariff, k, technology);
    } catch (error) {
      throw error instanceof InputError ? error.within('tiers', k) : error;
    }
  });
  const isTariff = read.map((tier) => 'markup' in tier);
  if (isTariff.some((own) => own !== isTariff[0]))
    throw fail(
      'expected tiers of one kind, got bundles and tariffs',
      'tiers',
      isTariff.lastIndexOf(!isTariff[0]),
    );
  const count = read.length;
  if (!isTariff[0]) return { kind: 'bundle', tiers: read as TierResult[], count, notes: [] };
  const tariffs = read as GivenTariff[];
  if (technology.kind === 'cost')
    return { kind: 'two-part-tariff', tiers: tariffs.map(onCost), count, notes: [] };
  const isOwn = tariffs.some(({ isMarkupIgnored }) => isMarkupIgnored);
  return {
    kind: 'plans',
    plans: tariffs.map(({ plan }) => plan),
    count,
    notes: isOwn ? [OWN_PRICES] : [],
  };
};

const isPlan = (tier: unknown): boolean => isMap(tier) && tier.plan !== undefined;

/** Tiers that were found as plans, and today's that stay on sale beside them, in the study's own money. */
const tierPlans = (tiers: readonly unknown[], kept: unknown, technology: Technology): GivenMenu => {
  const plansIn = (given: unknown, field: string): readonly unknown[] => {
    if (!Array.isArray(given) || !given.every(isPlan))
      throw new InputError('menu', 'expected a list of tiers that each have a plan', [field]);
    for (const [k, tier] of given.entries())
      try {
        requireKnown(tier as Fields, tierFields.split(' '));
      } catch (error) {
        throw error instanceof InputError ? error.within(field, k) : error;
      }
    return given.map((tier) => (tier as Fields).plan);
  };
  const own = plansIn(tiers, 'tiers');
  const stay = kept === undefined ? [] : plansIn(kept, 'kept');
  const plans = readPlans({ plans: [...stay, ...own] }, technology, undefined);
  const sold = plans.slice(stay.length);
  return { kind: 'plans', plans: sold, stay: plans.slice(0, stay.length), count: sold.length, notes: [] };
};

const OWN_PRICES =
  'The menu is sold at its prices: its markups are others than those over this study’s costs, and do not count.';

const unknownSales = {
  share: Number.NaN,
  from: null,
  to: null,
  cost: Number.NaN,
  margin: Number.NaN,
} as const;

const bundleOf = (tier: Fields, technology: Technology): TierResult => {
  const transfer = numberWithin(tier.transfer, { min: 0 }, ['transfer']);
  if (technology.kind === 'cost') {
    const quality = numberWithin(tier.quality, { min: 0 }, ['quality']);
    return { ...unknownSales, quality, transfer, inputs: {} };
  }
  if (tier.quality !== undefined) numberWithin(tier.quality, { min: 0 }, ['quality']);
  const model = modelOf(tier.model, technology);
  const made =
    technology.kind === 'production' ? technology : technology.models.find(({ name }) => name === model)!;
  if (!isMap(tier.inputs))
    throw new InputError('menu', 'expected amounts of inputs, as { input: 2, output: 1 }', ['inputs']);
  const known = made.inputs.map(({ name }) => name);
  const amounts: Record<string, number> = {};
  for (const [name, amount] of Object.entries(tier.inputs)) {
    if (!known.includes(name)) {
      const message = `no input called "${name}"${didYouMean(name, known)} (inputs: ${known.join(', ')})`;
      throw new InputError('unknown-input', message, ['inputs', name]);
    }
    amounts[name] = numberWithin(amount, { min: 0 }, ['inputs', name]);
  }
  return {
    ...unknownSales,
    quality: Number.NaN,
    transfer,
    inputs: amounts,
    ...(model === undefined ? {} : { model }),
  };
};

const modelOf = (model: unknown, technology: Technology): string | undefined => {
  if (technology.kind !== 'models') return undefined;
  const known = technology.models.map(({ name }) => name);
  if (typeof model === 'string' && known.includes(model)) return model;
  throw new InputError(
    'unknown-name',
    `expected one of the models ${known.join(', ')}, got ${JSON.stringify(model) ?? 'nothing'}`,
    ['model'],
  );
};

interface GivenTariff {
  readonly plan: Plan;
  /** NaN where the menu does not say it. */
  readonly markup: number;
  readonly isMarkupIgnored: boolean;
}

/** A fee and prices; where the menu has no prices, they are its markup over the study's costs. */
const tariffOf = (tariff: unknown, k: number, technology: Technology): GivenTariff => {
  if (!isMap(tariff))
    throw new InputError('menu', 'expected a tariff, as { upfront: 0.2, markup: 1.5 }', ['tariff']);
  try {
    requireKnown(tariff, tariffFields.split(' '));
    const { taskCap = null } = tariff;
    const fee = numberWithin(tariff.upfront, { min: 0 }, ['upfront']);
    const prices = readAmounts(tariff.prices, 'prices', technology);
    const hasPrices = Object.keys(prices).length > 0;
    const markup =
      hasPrices && tariff.markup === undefined
        ? Number.NaN
        : numberWithin(tariff.markup, { above: 0 }, ['markup']);
    const atMarkup = pricesAt(markup, technology);
    const isFar = ([name, price]: [string, number]): boolean =>
      !(Math.abs(price - atMarkup[name]!) <= 1e-6 * price);
    const common = { included: {}, commitment: 0 };
    return {
      plan: {
        ...common,
        name: `tier ${k + 1}`,
        fee,
        prices: hasPrices ? prices : atMarkup,
        taskCap: taskCap === null ? null : numberWithin(taskCap, { above: 0 }, ['taskCap']),
      },
      markup,
      isMarkupIgnored: hasPrices && !Number.isNaN(markup) && Object.entries(prices).some(isFar),
    };
  } catch (error) {
    throw error instanceof InputError ? error.within('tariff') : error;
  }
};

/** Every input at one markup over its cost, each under the name that only it has. */
const pricesAt = (markup: number, technology: Technology): Readonly<Record<string, number>> => {
  if (technology.kind === 'cost') return {};
  const made =
    technology.kind === 'models'
      ? technology.models.map(({ name, inputs }) => ({ prefix: `${name}.`, inputs }))
      : [{ prefix: '', inputs: technology.inputs }];
  return Object.fromEntries(
    made.flatMap(({ prefix, inputs }) =>
      inputs.map(({ name, cost }) => [`${prefix}${name}`, markup * cost] as const),
    ),
  );
};

/** Where cost is given outright a tariff is a markup on it. */
const onCost = ({ plan, markup }: GivenTariff): TierResult => ({
  ...unknownSales,
  quality: Number.NaN,
  transfer: Number.NaN,
  inputs: {},
  tariff: { upfront: plan.fee, prices: {}, taskCap: plan.taskCap, markup },
});
