import fc from 'fast-check';
import { extremeNumber, nameText, numberFrom } from './scalars.ts';
import { mapOf } from './technologies.ts';
import type { Tree } from './tree.ts';

const price = fc.oneof<fc.Arbitrary<Tree>[]>(
  numberFrom(0, 100),
  numberFrom(0, 1e-5).map((x) => String(x)),
  fc.constantFrom<Tree>(null, '-1', '', 'free'),
  extremeNumber,
);

const llmPrices = fc
  .array(
    mapOf({
      id: nameText,
      price_history: fc.array(
        mapOf(
          { input: price, output: price },
          {
            input_cached: price,
            from_date: fc.constantFrom<Tree>(null, '2025-01-01', '2025-01-01', '2099-01-01', 'soon'),
            to_date: fc.constantFrom<Tree>(null, '2025-06-01'),
          },
        ),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 5 },
  )
  .map((models): Tree => ({ models }));

const openRouter = fc
  .array(
    mapOf({
      id: nameText,
      pricing: mapOf({}, { prompt: price, completion: price, image: price, input_cache_read: price }),
    }),
    {
      maxLength: 5,
    },
  )
  .map((data): Tree => ({ data }));

const liteLlm = fc
  .array(
    fc.tuple(
      nameText,
      mapOf(
        {},
        {
          input_cost_per_token: price,
          output_cost_per_token: price,
          input_cost_per_token_batches: price,
          output_cost_per_token_above_200k_tokens_priority: price,
          surprise: price,
          mode: fc.constantFrom('chat', 'embedding'),
        },
      ),
    ),
    {
      maxLength: 5,
    },
  )
  .map((models): Tree => Object.fromEntries(models));

/** Lists of prices in the formats in which they are published. */
export const jsonPriceList: fc.Arbitrary<Tree> = fc.oneof(llmPrices, openRouter, liteLlm);
