import { InputError } from '@menusmith/core';
import type { Shard } from './chunks.ts';

/** `3/8`: the third of eight parts. Its rows need a directory that all parts share. */
export const shardOf = (text: string, out: string | undefined): Shard => {
  const [, index = Number.NaN, of = Number.NaN] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).map(Number);
  if (!(index >= 1 && index <= of))
    throw new InputError('shard', `--shard ${text}: expected K/N with K from 1 to N, as 3/8`);
  if (out === undefined)
    throw new InputError('shard', `--shard ${text}: expected --out, a directory that all shards write into`);
  return { index, of };
};
