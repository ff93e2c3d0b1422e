import type { ApiCall, Exported } from './api-call.ts';
import { type BilledMenu, type BilledPlan, type Charge, refused } from './billed-menu.ts';
import { type Decimal, decimalText, isZero, powerOfTen, times } from './decimal.ts';
import { rangesOf } from './ranges.ts';
import { leftOut } from './unsaid.ts';

/** Of `unit_amount_decimal`. */
const MOST_PLACES = 12;

/** Which Stripe counts in hundredths, whatever ISO 4217 says. */
const inHundredths: readonly string[] = ['ISK', 'UGX'];

/** Meters, a product a plan, and its prices: of the fee, and of each input by use. Throws InputError for what Stripe cannot say, naming the plan. */
export const stripeCalls = (menu: BilledMenu, isEnforcing: boolean): Exported => {
  const { inputs, plans, currency } = menu;
  for (const { name, place, commitment } of plans) {
    if (isZero(commitment)) continue;
    throw refused(
      name,
      `Stripe has no commitment; expected none, got ${decimalText(commitment)} ${currency.code}`,
      ['plans', place, 'commitment'],
    );
  }
  const notes = leftOut(plans, { system: 'Stripe', fields: [] }, isEnforcing);
  const places = inHundredths.includes(currency.code) ? 2 : currency.places;
  if (places > 2)
    throw refused(
      plans[0]!.name,
      `Stripe rounds ${currency.code} to ten of its minor units; expected another currency`,
      ['currency'],
    );
  const calls = [
    ...inputs.map(({ name, code }) =>
      call(`meter-${code}`, '/v1/billing/meters', {
        display_name: name,
        event_name: code,
        default_aggregation: { formula: 'sum' },
        customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
        value_settings: { event_payload_key: 'value' },
      }),
    ),
    ...plans.flatMap((plan) => [
      call(`product-${plan.code}`, '/v1/products', { id: plan.code, name: plan.name }),
      ...prices(plan, menu, powerOfTen(places)),
    ]),
  ];
  const isUnknown = plans.some(({ charges }) => charges.some(({ input }) => input.id === undefined));
  return { calls, notes: isUnknown ? [...notes, UNKNOWN_IDS] : notes };
};

const UNKNOWN_IDS =
  'recurring.meter is the event name of a meter where --metrics says no id: make the meters in Stripe, and export again with their ids.';

const call = (file: string, path: string, body: object): ApiCall => ({ file, method: 'POST', path, body });

/** A plan without a fee has none in its prices either, unless it would have no price at all. */
const prices = (plan: BilledPlan, { currency, period }: BilledMenu, minor: Decimal): readonly ApiCall[] => {
  const { name, code, place, fee, charges } = plan;
  const amount = (money: Decimal, field: 'fee' | 'prices'): string => {
    const cents = times(money, minor);
    if (cents.places <= MOST_PLACES) return decimalText(cents);
    const message = `expected ${field === 'fee' ? 'a fee' : 'prices of one token'} of at most ${MOST_PLACES} decimal places in minor units of ${currency.code}`;
    throw refused(name, `${message}, got ${decimalText(cents)}`, ['plans', place, field]);
  };
  const common = { currency: currency.code.toLowerCase(), product: code };
  const hasFee = !isZero(fee) || charges.length === 0;
  return [
    ...(hasFee
      ? [
          call(`price-${code}-fee`, '/v1/prices', {
            ...common,
            nickname: 'fee',
            recurring: { ...period.stripe, usage_type: 'licensed' },
            billing_scheme: 'per_unit',
            unit_amount_decimal: amount(fee, 'fee'),
          }),
        ]
      : []),
    ...charges.map((charge) =>
      call(`price-${code}-${charge.input.code}`, '/v1/prices', {
        ...common,
        nickname: charge.input.name,
        recurring: { ...period.stripe, usage_type: 'metered', meter: charge.input.id ?? charge.input.code },
        ...scheme(charge, plan, (money) => amount(money, 'prices')),
      }),
    ),
  ];
};

const scheme = (charge: Charge, plan: BilledPlan, amount: (money: Decimal) => string): object => {
  const ranges = rangesOf(charge, plan);
  if (ranges.length === 1) return { billing_scheme: 'per_unit', unit_amount_decimal: amount(charge.price) };
  return {
    billing_scheme: 'tiered',
    tiers_mode: 'graduated',
    tiers: ranges.map(({ upTo, price }) => ({ up_to: upTo ?? 'inf', unit_amount_decimal: amount(price) })),
  };
};
