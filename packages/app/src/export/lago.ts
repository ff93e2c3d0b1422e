import type { ApiCall, Exported } from './api-call.ts';
import {
  type BilledInput,
  type BilledMenu,
  type BilledPlan,
  type Charge,
  cappedInputs,
  refused,
} from './billed-menu.ts';
import { type Decimal, decimalText, isZero, plus, powerOfTen, times, wholeNumber } from './decimal.ts';
import { rangesOf } from './ranges.ts';
import { leftOut } from './unsaid.ts';

/** Of a feature that limits an input. */
const MOST = 'most';

/**
 * Metrics, plans, and features with which plans are entitled to models, or to so much of an input that has no price beyond. A minimum commitment of Lago includes the fee.
 * Throws InputError for what Lago cannot say, naming the plan.
 */
export const lagoCalls = (menu: BilledMenu, isEnforcing: boolean): Exported => {
  const { inputs, plans } = menu;
  const notes = leftOut(plans, { system: 'Lago', fields: ['included', 'models'] }, isEnforcing);
  const bodies = plans.map((plan) => ({ plan, body: planBody(plan, menu) }));
  const models = modelCodes(menu);
  const capped = cappedInputs(menu);
  const unknown = bodies.some(({ plan }) => plan.charges.some(({ input }) => input.id === undefined));
  const calls = [
    ...inputs.map((input) => call(`metric-${input.code}`, '/api/v1/billable_metrics', metric(input))),
    ...capped.map((input) => call(`feature-${input.code}`, '/api/v1/features', capFeature(input))),
    ...[...models].map(([name, code]) =>
      call(`feature-${code}`, '/api/v1/features', { feature: { code, name } }),
    ),
    ...bodies.map(({ plan, body }) => call(`plan-${plan.code}`, '/api/v1/plans', body)),
    ...plans.flatMap((plan) => {
      const entitlements = entitlementsOf(plan, capped, models);
      if (Object.keys(entitlements).length === 0) return [];
      return [call(`entitlements-${plan.code}`, `/api/v1/plans/${plan.code}/entitlements`, { entitlements })];
    }),
  ];
  return { calls, notes: unknown ? [...notes, UNKNOWN_IDS] : notes };
};

const UNKNOWN_IDS =
  'billable_metric_id is the code of a metric where --metrics says no id: make the metrics in Lago, and export again with their ids.';

const call = (file: string, path: string, body: object): ApiCall => ({ file, method: 'POST', path, body });

const metric = ({ name, code }: BilledInput): object => ({
  billable_metric: { name, code, aggregation_type: 'sum_agg', field_name: code, recurring: false },
});

const capFeature = ({ name, code }: BilledInput): object => ({
  feature: {
    code,
    name,
    privileges: [{ code: MOST, name: 'The most of it in a period', value_type: 'integer' }],
  },
});

/** Of the models that some plan names; a plan that names none has all. */
const modelCodes = ({ plans, codes }: BilledMenu): ReadonlyMap<string, string> => {
  const names = new Set(plans.flatMap(({ models = [] }) => models));
  return new Map([...names].map((name) => [name, codes.of(name)]));
};

/** A plan that sells an input beyond what is included is entitled to it without a limit. */
const entitlementsOf = (
  { caps, charges, models }: BilledPlan,
  capped: readonly BilledInput[],
  codes: ReadonlyMap<string, string>,
): Readonly<Record<string, object>> =>
  Object.fromEntries([
    ...caps.map(({ input, most }) => [input.code, { [MOST]: most }] as const),
    ...charges.filter(({ input }) => capped.includes(input)).map(({ input }) => [input.code, {}] as const),
    ...(models ?? [...codes.keys()]).map((name) => [codes.get(name)!, {}] as const),
  ]);

const planBody = (plan: BilledPlan, { currency, period }: BilledMenu): object => {
  const { name, code, place, fee, commitment, charges } = plan;
  const cents = (amount: Decimal, field: 'fee' | 'commitment'): number => {
    const whole = wholeNumber(times(amount, powerOfTen(currency.places)));
    if (whole !== undefined) return whole;
    const got = `expected a ${field} in whole ${currency.places === 0 ? 'units' : 'minor units'} of ${currency.code}`;
    throw refused(name, `${got}, got ${decimalText(amount)}`, ['plans', place, field]);
  };
  return {
    plan: {
      name,
      code,
      interval: period.lago,
      amount_cents: cents(fee, 'fee'),
      amount_currency: currency.code,
      pay_in_advance: true,
      ...(isZero(commitment)
        ? {}
        : { minimum_commitment: { amount_cents: cents(plus(fee, commitment), 'commitment') } }),
      charges: charges.map((charge) => chargeBody(charge, plan)),
    },
  };
};

const chargeBody = (charge: Charge, plan: BilledPlan): object => {
  const { input } = charge;
  const ranges = rangesOf(charge, plan);
  const [first] = ranges;
  return {
    billable_metric_id: input.id ?? input.code,
    invoice_display_name: input.name,
    pay_in_advance: false,
    ...(ranges.length === 1
      ? { charge_model: 'standard', properties: { amount: decimalText(first!.price) } }
      : {
          charge_model: 'graduated',
          properties: {
            graduated_ranges: ranges.map(({ upTo, price }, k) => ({
              from_value: k === 0 ? 0 : ranges[k - 1]!.upTo! + 1,
              to_value: upTo,
              flat_amount: '0',
              per_unit_amount: decimalText(price),
            })),
          },
        }),
  };
};
