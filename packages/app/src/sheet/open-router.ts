import {
  isMap,
  modelName,
  noteUnknown,
  nothingLeftAside,
  type Published,
  type PublishedItem,
  pricesIn,
} from './published-prices.ts';

const kinds = {
  prompt: 'input',
  completion: 'output',
  input_cache_read: 'cached',
  input_cache_write: 'cache creation',
};

/** Fields of a model that say nothing of prices. */
const telling = [
  'id canonical_slug hugging_face_id name created description context_length architecture pricing top_provider',
  'per_request_limits supported_parameters default_parameters supported_voices knowledge_cutoff expiration_date links',
].flatMap((names) => names.split(' '));

/** OpenRouter's `/models`: dollars a token, in texts; undefined where it is another list. A price below 0 depends on where a call is sent. */
export const openRouter = (data: unknown): Published | undefined => {
  if (!isMap(data) || !Array.isArray(data.data)) return undefined;
  const models = data.data.filter(isMap);
  if (!models.some(({ pricing }) => isMap(pricing))) return undefined;
  const leftAside = nothingLeftAside();
  noteUnknown(data, ['data'], leftAside);
  const items = models.flatMap((model): PublishedItem[] => {
    const name = modelName(model, leftAside);
    if (name === undefined) return [];
    noteUnknown(model, telling, leftAside);
    const pricing = isMap(model.pricing) ? model.pricing : {};
    for (const [field, price] of Object.entries(pricing))
      if (!Object.hasOwn(kinds, field) && (typeof price === 'object' || Number(price) !== 0))
        leftAside.fields.add(field);
    const prices = pricesIn(pricing, kinds, 1e6, leftAside);
    return [{ model: name, tier: '', prices, from: null, to: null }];
  });
  return { items, leftAside };
};
