import type { ApiCall, Exported } from './api-call.ts';
import {
  type BilledMenu,
  type BilledPlan,
  type Charge,
  cappedInputs,
  refused,
  tooMany,
} from './billed-menu.ts';
import { type Decimal, decimalText, floor, isZero, wholeNumber } from './decimal.ts';
import { rangesOf } from './ranges.ts';
import { leftOut } from './unsaid.ts';

/** Letters of a name. */
const MOST_LETTERS = 256;

/**
 * Meters, features, and plans. A commitment is one on a rate card, and so on one input; caps and models are entitlements. Throws InputError for what OpenMeter cannot
 * say, naming the plan.
 */
export const openMeterCalls = (menu: BilledMenu, isEnforcing: boolean): Exported => {
  const { inputs, plans, codes } = menu;
  const notes = leftOut(plans, { system: 'OpenMeter', fields: ['included', 'models'] }, isEnforcing);
  const names = new Set(plans.flatMap(({ models = [] }) => models));
  const models = new Map([...names].map((name) => [name, codes.of(name)]));
  const bodies = plans.map((plan) =>
    call(`plan-${plan.code}`, '/api/v1/plans', planBody(plan, menu, models)),
  );
  return {
    calls: [
      ...inputs.map(({ name, code }) =>
        call(`meter-${code}`, '/api/v1/meters', {
          slug: code,
          name,
          eventType: 'usage',
          aggregation: 'SUM',
          valueProperty: `$.${code}`,
        }),
      ),
      ...inputs.map(({ name, code, id }) =>
        call(`feature-${code}`, '/api/v1/features', { key: code, name, meterSlug: id ?? code }),
      ),
      ...[...models].map(([name, code]) => call(`feature-${code}`, '/api/v1/features', { key: code, name })),
      ...bodies,
    ],
    notes,
  };
};

const call = (file: string, path: string, body: object): ApiCall => ({ file, method: 'POST', path, body });

const planBody = (plan: BilledPlan, menu: BilledMenu, models: ReadonlyMap<string, string>): object => {
  const { name, code, place, fee, charges, caps } = plan;
  if (name.length > MOST_LETTERS)
    throw refused(name, `expected a name of at most ${MOST_LETTERS} letters, got ${name.length}`, [
      'plans',
      place,
      'name',
    ]);
  const billingCadence = menu.period.duration;
  const committed = committedCharge(plan, menu.currency.code);
  const capped = cappedInputs(menu);
  const feature = (key: string, own: string) => ({ key, name: own, featureKey: key, billingCadence });
  const metered = (issueAfterReset: number, isSoftLimit: boolean) => ({
    entitlementTemplate: { type: 'metered', isSoftLimit, issueAfterReset, usagePeriod: billingCadence },
  });
  const hasFee = !isZero(fee) || charges.length + caps.length === 0;
  const flat = { type: 'flat', amount: decimalText(fee), paymentTerm: 'in_advance' };
  const rateCards = [
    ...(hasFee ? [{ type: 'flat_fee', key: 'fee', name: 'Fee', billingCadence, price: flat }] : []),
    ...charges.map((charge) => ({
      type: 'usage_based',
      ...feature(charge.input.code, charge.input.name),
      price: {
        ...price(charge, plan),
        ...(charge === committed ? { minimumAmount: decimalText(plan.commitment) } : {}),
      },
      // Without an entitlement there would be no telling it from what is not sold.
      ...(capped.includes(charge.input) ? metered(freeTokens(charge, plan), true) : {}),
    })),
    ...caps.map(({ input, most }) => ({
      type: 'usage_based',
      ...feature(input.code, input.name),
      price: null,
      ...metered(most, false),
    })),
    ...(plan.models ?? [...models.keys()]).map((model) => ({
      type: 'flat_fee',
      ...feature(models.get(model)!, model),
      price: null,
      entitlementTemplate: { type: 'boolean' },
    })),
  ];
  return {
    key: code,
    name,
    currency: menu.currency.code,
    billingCadence,
    phases: [{ key: 'default', name: 'Default', duration: null, rateCards }],
  };
};

const freeTokens = ({ input, included }: Charge, { name, place }: BilledPlan): number =>
  wholeNumber(floor(included)) ?? tooMany(name, place, input.name);

/** The charge that bears the commitment: what is spent on others would count towards it, too. */
const committedCharge = (
  { name, place, commitment, charges }: BilledPlan,
  currency: string,
): Charge | undefined => {
  if (isZero(commitment)) return undefined;
  const priced = charges.filter((charge) => !isZero(charge.price));
  if (priced.length === 1) return priced[0];
  const inputs = priced.length === 0 ? 'none' : priced.map(({ input }) => input.name).join(', ');
  throw refused(
    name,
    `OpenMeter has commitments on one input, not across several; expected one input with a price beside the commitment of ${decimalText(commitment)} ${currency}, got ${inputs}`,
    ['plans', place, 'commitment'],
  );
};

const price = (charge: Charge, plan: BilledPlan): object => {
  const unit = (amount: Decimal): object => ({ type: 'unit', amount: decimalText(amount) });
  const ranges = rangesOf(charge, plan);
  if (ranges.length === 1) return unit(charge.price);
  return {
    type: 'tiered',
    mode: 'graduated',
    tiers: ranges.map(({ upTo, price: amount }) => ({
      ...(upTo === null ? {} : { upToAmount: String(upTo) }),
      flatPrice: null,
      unitPrice: unit(amount),
    })),
  };
};
