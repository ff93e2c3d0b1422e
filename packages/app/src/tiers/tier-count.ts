import { InputError, limits } from '@menusmith/core';

/** Numbers of tiers as `3` or `1..8`. */
export const tierCounts = (text: string): readonly number[] => {
  const expected = `expected a number of tiers from 1 to ${limits.tiers.most} such as 3, or a range such as 1..8`;
  const complain = (): InputError =>
    new InputError('count', `--count: ${expected}, got ${text || 'nothing'}`);
  const found = /^\s*(\d+)(?:\s*\.\.\s*(\d+))?\s*$/.exec(text);
  if (found === null) throw complain();
  const from = Number(found[1]);
  const to = found[2] === undefined ? from : Number(found[2]);
  if (!(from >= 1 && to <= limits.tiers.most && from <= to)) throw complain();
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
};

/** Throws where more tiers are asked for than there are types to sell them to. */
export const requireAtMost = (counts: readonly number[], types: number): void => {
  const most = Math.max(...counts);
  if (most <= types) return;
  const kinds = types === 1 ? '1 type of buyer' : `${types} types of buyers`;
  throw new InputError(
    'count',
    `--count: expected at most ${types}, as there ${types === 1 ? 'is' : 'are'} ${kinds}, got ${most}`,
  );
};

/** Numbers of tiers given as numbers. */
export const requireCounts = (counts: readonly number[]): void => {
  for (const count of counts) {
    if (!(Number.isInteger(count) && count >= 1 && count <= limits.tiers.most))
      throw new InputError(
        'count',
        `tiers: expected whole numbers of tiers from 1 to ${limits.tiers.most}, got ${count}`,
      );
  }
  if (counts.length === 0)
    throw new InputError('count', 'tiers: expected at least one number of tiers, got none');
};
