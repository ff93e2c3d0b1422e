import { LocatedInputError, namedBuyers, type Study } from '@menusmith/app/browser';
import { type Distribution, InputError } from '@menusmith/core';
import type { Failure, SolvedStudy } from './messages.ts';

/** Where the values, and scales, of continuous buyers lie. */
export const rangesOf = ({ buyers: given }: Study): Pick<SolvedStudy, 'ranges'> => {
  const buyers = namedBuyers(given);
  if (buyers.kind === 'list') return {};
  return buyers.kind === 'line'
    ? { ranges: { value: ends(buyers.types) } }
    : { ranges: { value: ends(buyers.values), scale: ends(buyers.scales) } };
};

const ends = ({ min, max }: Distribution) => [min, max] as const;

/** What went wrong, as the page tells it. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof LocatedInputError) {
    const { complaint, field, position } = error;
    return { message: complaint, field, ...position, isOurs: false };
  }
  if (error instanceof InputError) return { message: error.message, field: error.field, isOurs: false };
  return { message: error instanceof Error ? error.message : String(error), field: [], isOurs: true };
};
