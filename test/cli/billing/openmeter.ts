/*
 * OpenMeter's invoices, from its documents alone: https://openmeter.io/docs/billing. A tier holds the quantity up to and including `upToAmount`; the least that a rate card is billed for is its
 * price's `minimumAmount`. A feature can be used by those who are entitled to it, as far as a hard limit goes; where no plan has an entitlement for it, by those who have a rate card.
 */
import { type Bill, type Documents, type Fields, larger, money, smaller, type Usage } from './money.ts';

export const openMeterBill = (documents: Documents, plan: string, usage: Usage): Bill => {
  const bodies = documents.map(([, body]) => body);
  const plans = bodies.filter(({ phases }) => phases !== undefined);
  const cards = (own: Fields): Fields[] => {
    if (own.phases.length !== 1 || own.phases[0].duration !== null) throw new Error('more than one phase');
    return own.phases[0].rateCards;
  };
  const own = cards(plans.find(({ name }) => name === plan)!);
  if (new Set(own.map(({ key }) => key)).size < own.length) throw new Error('two rate cards of one key');
  for (const card of own)
    if (card.featureKey !== undefined && card.key !== card.featureKey)
      throw new Error('OpenMeter refuses it');
  let bill = own
    .filter(({ type, price }) => type === 'flat_fee' && price !== null)
    .reduce((sum, { price }) => sum + money(price.amount), 0n);
  for (const [name, tokens] of usage) {
    const meter = bodies.find((body) => body.slug !== undefined && body.name === name)!;
    const feature = bodies.find(({ meterSlug }) => meterSlug === meter.slug)!;
    const card = own.find(({ featureKey }) => featureKey === feature.key);
    const isGuarded = plans.some((each) =>
      cards(each).some(
        (other) => other.featureKey === feature.key && other.entitlementTemplate !== undefined,
      ),
    );
    const { isSoftLimit, issueAfterReset } = card?.entitlementTemplate ?? {};
    if (tokens > 0n) {
      if (card === undefined || (isGuarded && card.entitlementTemplate === undefined)) return undefined;
      if (isSoftLimit === false && tokens > BigInt(issueAfterReset)) return undefined;
    }
    if (card !== undefined && card.price !== null) bill += priceOf(card.price, tokens);
  }
  return bill;
};

const priceOf = (price: Fields, tokens: bigint): bigint =>
  larger(
    price.type === 'unit' ? tokens * money(price.amount) : tiered(price, tokens),
    money(price.minimumAmount ?? '0'),
  );

const tiered = ({ type, mode, tiers }: Fields, tokens: bigint): bigint => {
  if (type !== 'tiered' || mode !== 'graduated' || tiers.at(-1).upToAmount !== undefined)
    throw new Error('a price of another kind');
  let [sum, before] = [0n, 0n];
  for (const { upToAmount, unitPrice, flatPrice } of tiers as Fields[]) {
    const end = upToAmount === undefined ? tokens : BigInt(upToAmount);
    const last = smaller(tokens, end);
    if (last > before) sum += (last - before) * money(unitPrice.amount) + money(flatPrice?.amount ?? '0');
    before = end;
  }
  return sum;
};
