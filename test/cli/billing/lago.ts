/*
 * Lago's bills, from its documents alone: https://getlago.com/docs/guide/plans. A graduated range from a to b is of the units a, …, b, counted from 1 (its first from 0), and its flat amount
 * is due once a unit is in it. A minimum commitment is what an invoice, its subscription fee included, is filled up to. Entitlements say what an application lets through.
 */
import {
  type Bill,
  cents,
  type Documents,
  type Fields,
  larger,
  money,
  smaller,
  type Usage,
} from './money.ts';

/** The bill under the plan of this name; `usage` is by the name of the metric, and `ids` are Lago's by it. */
export const lagoBill = (
  documents: Documents,
  plan: string,
  usage: Usage,
  ids: ReadonlyMap<string, string>,
): Bill => {
  const bodies = documents.map(([, body]) => body);
  const found = bodies.find((body) => body.plan?.name === plan)!.plan as Fields;
  const metrics = bodies.flatMap(({ billable_metric }) => billable_metric ?? []) as Fields[];
  const features = bodies.flatMap(({ feature }) => feature ?? []) as Fields[];
  const entitled = (documents.find(([file]) => file.endsWith(`-entitlements-${found.code}.json`))?.[1]
    .entitlements ?? {}) as Fields;
  let bill = cents(found.amount_cents);
  for (const [name, tokens] of usage) {
    const { code } = metrics.find((metric) => metric.name === name)!;
    const charges = (found.charges as Fields[]).filter(
      ({ billable_metric_id }) => billable_metric_id === ids.get(name),
    );
    if (charges.length > 1) throw new Error(`counted twice: ${name}`);
    const feature = features.find((each) => each.code === code && each.privileges !== undefined);
    const limit = entitled[code]?.most as number | undefined;
    const isLetThrough = feature === undefined ? charges.length === 1 : entitled[code] !== undefined;
    if (tokens > 0n && (!isLetThrough || (limit !== undefined && tokens > BigInt(limit)))) return undefined;
    for (const charge of charges) bill += chargeFor(charge, tokens);
  }
  return larger(bill, cents(found.minimum_commitment?.amount_cents ?? 0));
};

const chargeFor = ({ charge_model, properties }: Fields, tokens: bigint): bigint => {
  if (charge_model === 'standard') return tokens * money(properties.amount);
  if (charge_model !== 'graduated') throw new Error(`no such charge model here: ${charge_model}`);
  let [sum, next] = [0n, 0];
  const ranges = properties.graduated_ranges as Fields[];
  for (const [k, { from_value, to_value, flat_amount, per_unit_amount }] of ranges.entries()) {
    if (from_value !== next || (to_value === null) !== (k === ranges.length - 1))
      throw new Error('ranges with a hole, or without an end');
    next = to_value + 1;
    const first = BigInt(from_value === 0 ? 1 : from_value);
    const last = to_value === null ? tokens : smaller(tokens, BigInt(to_value));
    if (last >= first) sum += money(flat_amount) + (last - first + 1n) * money(per_unit_amount);
  }
  return sum;
};
