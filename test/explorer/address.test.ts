import { deflateRawSync } from 'node:zlib';
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

  it('is none where it would be longer than any that is passed on', async () => {
    let seed = 1;
    const letter = (): string => {
      seed = (seed * 48_271) % 2_147_483_647;
      return String.fromCharCode(33 + (seed % 90));
    };
    const study = (length: number): string => Array.from({ length }, letter).join('');
    expect(await addressOf({ study: study(100_000) })).toMatch(/^#study=/);
    const long = study(300_000);
    expect(await addressOf({ study: long })).toBe('');
    expect(await addressOf({ study: 'a', other: long })).toBe('');
  });

  it('is nothing where more comes out of it than a study has', async () => {
    const packed = (length: number): string =>
      `#study=${deflateRawSync(Buffer.alloc(length, 'x')).toString('base64url')}`;
    expect((await readAddress(packed(1_000_000)))?.study).toHaveLength(1_000_000);
    expect(await readAddress(packed(30_000_000))).toBeUndefined();
  });
});
