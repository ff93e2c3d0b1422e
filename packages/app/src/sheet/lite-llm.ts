import { type Fields, isMap, nothingLeftAside, type Published, pricesIn } from './published-prices.ts';

const kinds: Readonly<Record<string, string>> = {
  input_cost_per_token: 'input',
  output_cost_per_token: 'output',
  cache_read_input_token_cost: 'cached',
  cache_creation_input_token_cost: 'cache creation',
};
const SUFFIX = /_(batches|priority|flex|above_\d+k_tokens)$/;

/** Fields that say nothing of prices. */
const TELLING =
  /^(?:litellm_provider|mode|source|metadata|comment|deprecation_date|(?:max|supports|supported|uses)_\w+|rpm|tpm|rpd|output_vector_size)$/;

/** A field as a price of a kind of token in a tier, which its suffixes say; undefined where it is none. */
const priceField = (field: string): { readonly token: string; readonly tier: string } | undefined => {
  const suffixes: string[] = [];
  let base = field;
  for (let found = SUFFIX.exec(base); found !== null; found = SUFFIX.exec(base)) {
    suffixes.unshift(found[1]!.replaceAll('_', ' '));
    base = base.slice(0, found.index);
  }
  return Object.hasOwn(kinds, base) ? { token: kinds[base]!, tier: suffixes.join(' ') } : undefined;
};

/** LiteLLM's `model_prices_and_context_window.json`: dollars a token, by model; undefined where it is another list. `sample_spec` is documentation. */
export const liteLlm = (data: unknown): Published | undefined => {
  if (!isMap(data)) return undefined;
  const models = Object.entries(data).filter(
    (entry): entry is [string, Fields] => entry[0] !== 'sample_spec' && isMap(entry[1]),
  );
  if (!models.some(([, own]) => Object.keys(kinds).some((field) => Object.hasOwn(own, field))))
    return undefined;
  const leftAside = nothingLeftAside();
  const items = models.flatMap(([model, own]) => {
    const tiers = new Map<string, Record<string, string>>([['', {}]]);
    for (const field of Object.keys(own)) {
      const price = priceField(field);
      if (price !== undefined) tiers.set(price.tier, { ...tiers.get(price.tier), [field]: price.token });
      else if (!TELLING.test(field)) leftAside.fields.add(field);
    }
    return [...tiers].map(([tier, fields]) => ({
      model,
      tier,
      prices: pricesIn(own, fields, 1e6, leftAside),
      from: null,
      to: null,
    }));
  });
  return { items, leftAside };
};
