import { didYouMean, InputError } from '@menusmith/core';
import { LocatedInputError } from '../study/located-input-error.ts';
import { numberWithin } from '../study/number-bounds.ts';
import type { Technology } from '../study/study.ts';
import type { TierKind, TierResult } from '../tiers/tiers-result.ts';
import type { Market } from './market.ts';

/** A menu that the seller has chosen: what `tiers --json` prints, or as much of it as says what is sold. */
export interface GivenMenu {
  readonly kind: TierKind;
  readonly tiers: readonly TierResult[];
}

type Fields = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The menu in a JSON text, for this market; throws InputError with file and field. */
export const givenMenu = (text: string, file: string, { study, isOneNumber }: Market): GivenMenu => {
  const fail = (message: string, ...field: (string | number)[]): LocatedInputError =>
    new LocatedInputError(new InputError('menu', message, field), file);
  if (!isOneNumber)
    throw fail(
      'a menu can be given for buyers who differ in one number (contract: packages, representative buyers, or --scale)',
    );
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw fail('expected JSON, as tiers --json prints it');
  }
  if (!isMap(data)) throw fail('expected a map with tiers, as tiers --json prints it');
  if (data.tiers === undefined && Array.isArray(data.menus))
    throw fail('expected one menu, got those of a range of counts; tiers --count 3 --json prints one');
  if (!Array.isArray(data.tiers)) throw fail('expected a list of tiers', 'tiers');
  if (data.tiers.length === 0) throw fail('expected at least one tier, got none', 'tiers');
  const read = data.tiers.map((tier: unknown, k): TierResult => {
    if (!isMap(tier)) throw fail('expected a map of what is sold', 'tiers', k);
    try {
      return tier.tariff === undefined ? bundleOf(tier, study.technology) : tariffOf(tier.tariff);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new LocatedInputError(error.within('tiers', k), file);
    }
  });
  const isTariff = read.map(({ tariff }) => tariff !== undefined);
  if (isTariff.some((own) => own !== isTariff[0]))
    throw fail(
      'expected tiers of one kind, got bundles and tariffs',
      'tiers',
      isTariff.lastIndexOf(!isTariff[0]),
    );
  return { kind: isTariff[0] ? 'two-part-tariff' : 'bundle', tiers: read };
};

const unknownSales = {
  share: Number.NaN,
  from: null,
  to: null,
  cost: Number.NaN,
  margin: Number.NaN,
} as const;

const bundleOf = (tier: Fields, technology: Technology): TierResult => {
  const transfer = numberWithin(tier.transfer, { min: 0 }, ['transfer']);
  if (technology.kind === 'cost') {
    const quality = numberWithin(tier.quality, { min: 0 }, ['quality']);
    return { ...unknownSales, quality, transfer, inputs: {} };
  }
  if (tier.quality !== undefined) numberWithin(tier.quality, { min: 0 }, ['quality']);
  const model = modelOf(tier.model, technology);
  const made =
    technology.kind === 'production' ? technology : technology.models.find(({ name }) => name === model)!;
  if (!isMap(tier.inputs))
    throw new InputError('menu', 'expected amounts of inputs, as { input: 2, output: 1 }', ['inputs']);
  const known = made.inputs.map(({ name }) => name);
  const amounts: Record<string, number> = {};
  for (const [name, amount] of Object.entries(tier.inputs)) {
    if (!known.includes(name)) {
      const message = `no input called "${name}"${didYouMean(name, known)} (inputs: ${known.join(', ')})`;
      throw new InputError('unknown-input', message, ['inputs', name]);
    }
    amounts[name] = numberWithin(amount, { min: 0 }, ['inputs', name]);
  }
  return {
    ...unknownSales,
    quality: Number.NaN,
    transfer,
    inputs: amounts,
    ...(model === undefined ? {} : { model }),
  };
};

const modelOf = (model: unknown, technology: Technology): string | undefined => {
  if (technology.kind !== 'models') return undefined;
  const known = technology.models.map(({ name }) => name);
  if (typeof model === 'string' && known.includes(model)) return model;
  throw new InputError(
    'unknown-name',
    `expected one of the models ${known.join(', ')}, got ${JSON.stringify(model) ?? 'nothing'}`,
    ['model'],
  );
};

const tariffOf = (tariff: unknown): TierResult => {
  if (!isMap(tariff))
    throw new InputError('menu', 'expected a tariff, as { upfront: 0.2, markup: 1.5 }', ['tariff']);
  const upfront = numberWithin(tariff.upfront, { min: 0 }, ['tariff', 'upfront']);
  const markup = numberWithin(tariff.markup, { above: 0 }, ['tariff', 'markup']);
  const nothing = { quality: Number.NaN, transfer: Number.NaN, inputs: {} };
  return { ...unknownSales, ...nothing, tariff: { upfront, prices: {}, taskCap: null, markup } };
};
