import { describe, expect, it } from 'vitest';
import { addressOf, readAddress } from '../../packages/explorer/src/address.ts';

describe('an address', () => {
  it('gives back the study, the other one and the tiers', async () => {
    const shared = { study: 'name: θ φ̄ — "quotes" & #hash\n', other: 'name: other\n', tiers: 3 };
    expect(await readAddress(await addressOf(shared))).toEqual(shared);
    expect(await readAddress(await addressOf({ study: 'a' }))).toEqual({ study: 'a' });
  });

  it('is made of characters that no mail program breaks', async () => {
    const study = Array.from({ length: 300 }, (_, i) => String.fromCharCode(32 + ((i * 7919) % 90))).join('');
    expect(await addressOf({ study })).toMatch(/^#study=[\w-]+$/);
  });

  it('is nothing where it cannot be read', async () => {
    for (const hash of ['', '#', '#study=!!', '#study=AAAA', '#other=abc'])
      expect(await readAddress(hash), hash).toBeUndefined();
  });
});
