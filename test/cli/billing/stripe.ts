/*
 * Stripe's invoices, from its documents alone: https://docs.stripe.com/api/prices. A subscription has all prices of its plan's product. Amounts are cents; in graduated tiers the units up to and
 * including `up_to` are at the tier's price.
 */
import { type Bill, type Documents, type Fields, money, smaller, type Usage } from './money.ts';

export const stripeBill = (
  documents: Documents,
  plan: string,
  usage: Usage,
  ids: ReadonlyMap<string, string>,
): Bill => {
  const bodies = documents.map(([, body]) => body);
  const products = bodies.filter((body) => body.id !== undefined && body.name === plan);
  if (products.length !== 1) throw new Error(`not one product: ${plan}`);
  const prices = bodies.filter(({ product }) => product === products[0]!.id);
  let hundredths = 0n;
  for (const price of prices) {
    if (price.currency !== 'usd' || price.recurring.interval_count !== 1) throw new Error('another currency');
    if (price.recurring.usage_type === 'licensed') hundredths += money(price.unit_amount_decimal);
  }
  for (const [name, tokens] of usage) {
    const own = prices.filter(({ recurring }) => recurring.meter === ids.get(name));
    if (own.length > 1) throw new Error(`counted twice: ${name}`);
    if (own.length === 0 && tokens > 0n) return undefined;
    for (const price of own) hundredths += priceOf(price, tokens);
  }
  return hundredths / 100n;
};

const priceOf = (price: Fields, tokens: bigint): bigint => {
  const unit = ({ unit_amount_decimal }: Fields): bigint => {
    if (!/^\d+(?:\.\d{1,12})?$/.test(unit_amount_decimal))
      throw new Error(`Stripe refuses ${unit_amount_decimal}`);
    return money(unit_amount_decimal);
  };
  if (price.billing_scheme === 'per_unit') return tokens * unit(price);
  if (price.tiers_mode !== 'graduated') throw new Error('tiers of another mode');
  let [sum, before] = [0n, 0n];
  for (const tier of price.tiers as Fields[]) {
    const last = tier.up_to === 'inf' ? tokens : smaller(tokens, BigInt(tier.up_to));
    if (last > before) sum += (last - before) * unit(tier);
    before = tier.up_to === 'inf' ? tokens : BigInt(tier.up_to);
  }
  if (price.tiers.at(-1).up_to !== 'inf') throw new Error('tiers without an end');
  return sum;
};
