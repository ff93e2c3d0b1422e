import { didYouMean, InputError } from '@menusmith/core';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';
import type { Technology } from './study.ts';
import type { UnitsData } from './study-schema.ts';
import type { InputUnit, Units } from './units.ts';

const MOST_LETTERS = 24;

/** The units of a study; every input that they name must be one of its technology's. */
export const readUnits = (
  { currency = '', money = 1, period, inputs = {} }: UnitsData,
  technology: Technology | undefined,
  problems: Problems,
): Units | undefined => {
  const before = problems.count();
  problems.within('currency').attempt(() => shortText(currency, true));
  problems.within('money').attempt(() => numberWithin(money, { above: 0 }));
  if (period !== undefined) problems.within('period').attempt(() => shortText(period));
  const known = technology && inputNames(technology);
  const read: Record<string, InputUnit> = {};
  for (const [name, { unit = 'tokens', per = 1, quote = per }] of Object.entries(inputs)) {
    const own = problems.within('inputs', name);
    if (known !== undefined && !known.includes(name)) own.add(unknownInput(name, known));
    own.within('unit').attempt(() => shortText(unit));
    own.within('per').attempt(() => numberWithin(per, { above: 0 }));
    own.within('quote').attempt(() => numberWithin(quote, { above: 0 }));
    read[name] = { unit, per, quote };
  }
  return problems.count() > before ? undefined : { currency, money, period, inputs: read };
};

const inputNames = (technology: Technology): readonly string[] => {
  if (technology.kind === 'cost') return [];
  const made = technology.kind === 'models' ? technology.models : [technology];
  return [...new Set(made.flatMap(({ inputs }) => inputs.map(({ name }) => name)))];
};

const unknownInput = (name: string, known: readonly string[]): InputError =>
  new InputError(
    'unknown-input',
    known.length === 0
      ? 'the cost is given outright, so that there are no inputs to have units'
      : `no input called "${name}"${didYouMean(name, known)} (inputs: ${known.join(', ')})`,
  );

/** A word or two on one line; `isEmptyAllowed` where none is a choice. */
const shortText = (text: string, isEmptyAllowed = false): void => {
  const isShort = text.length <= MOST_LETTERS && (isEmptyAllowed || text.trim() !== '');
  if (isShort && !/[\p{C}|]/u.test(text)) return;
  throw new InputError(
    'text',
    `expected a text of at most ${MOST_LETTERS} letters on one line, got "${text}"`,
  );
};
