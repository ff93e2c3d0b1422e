import { type Certificate, OUTSIDE, type Totals } from '@menusmith/core';
import type { TypeResult } from '../result.ts';
import type { Elsewhere, Solved } from '../solve/solved.ts';
import type { InputUse } from '../solve/supply/input-use.ts';

/** A menu, counted at true costs, and the share in which it enters a mixture; to what is missing to 1 nothing is sold. */
export interface SoldMenu {
  readonly solved: Solved;
  readonly share: number;
}

/** Shares that sum to less than this leave somebody without. */
const ALL = 1 - 1e-12;

/**
 * The mixture of menus, each item the mean of everybody's items: of qualities, transfers and inputs. Everybody prefers her own, as she does in each of
 * them, and with a concave production function the mean inputs make at least the mean quality; of items of several models, or with what she has
 * elsewhere, it is a lottery. `surplusWeight` is κ, 1 where welfare is certified, and `promise` the most that anybody is promised: to whom nothing is sold is paid so much.
 */
export const mixedMenu = (parts: readonly SoldMenu[], surplusWeight: number, promise = 0): Solved => {
  // What is told of one menu alone is told of that which is sold most.
  const menus = [...parts].sort((a, b) => b.share - a.share);
  const first = menus[0]!.solved;
  if (menus.length === 1 && menus[0]!.share === 1) return first;
  const missing = 1 - menus.reduce((sum, { share }) => sum + share, 0);
  const sold =
    missing > 1 - ALL
      ? [...menus, { solved: withoutSale(first, surplusWeight, promise), share: missing }]
      : menus;
  const mean = (of: (solved: Solved) => number): number =>
    sold.reduce((sum, { solved, share }) => sum + share * of(solved), 0);
  const most = (of: (solved: Solved) => number): number => Math.max(...sold.map(({ solved }) => of(solved)));
  const { implementation: _, pools: __, twoTypes: ___, withoutLotteries: ____, ...rest } = first;
  const types = first.types.map((_type, n) =>
    mixedType(sold.map(({ solved, share }) => ({ type: solved.types[n]!, share }))),
  );
  return {
    ...rest,
    ...lotteriesIn(sold, types),
    totals: { ...mixedTotals(sold, mean), ...sharesOf(types) },
    certificate: mixedCertificate(first.certificate, mean, most),
    money: most(({ money }) => money),
    pools: [],
    types,
    quote: (buyer) => mixedType(sold.map(({ solved, share }) => ({ type: solved.quote(buyer), share }))),
    use: () => mixedUse(sold.map(({ solved, share }) => ({ use: solved.use(), share }))),
  };
};

/** The menu that sells nothing: everybody has what she has elsewhere, or is paid what is promised. */
const withoutSale = (solved: Solved, surplusWeight: number, promise: number): Solved => {
  const { totals, certificate } = solved;
  const elsewhere = solved.elsewhere?.();
  const { mean, types: worth, at }: Elsewhere = elsewhere ?? nothingElsewhere;
  const without = (type: TypeResult, own: number): TypeResult =>
    unserved(type, own, promise, elsewhere !== undefined);
  const types = solved.types.map((type, n) => without(type, worth[n] ?? 0));
  return {
    ...solved,
    totals: {
      ...totals,
      servedSurplus: 0,
      cost: 0,
      grossValue: mean,
      rent: mean + promise,
      excluded: 1,
      fineTuned: 0,
      ...(totals.models ? { models: totals.models.map(() => 0) } : {}),
      ...(totals.outside === undefined ? {} : { outside: 1 }),
      ...(totals.kept === undefined ? {} : { kept: 0 }),
    },
    certificate: {
      ...certificate,
      attained: surplusWeight * mean - (1 - surplusWeight) * promise,
      maxIncentiveViolation: 0,
      maxParticipationViolation: 0,
    },
    types,
    quote: (buyer) => {
      const asked = solved.quote(buyer);
      const n = solved.types.findIndex(({ value, scale }) => value === asked.value && scale === asked.scale);
      return types[n] ?? without(asked, at(buyer));
    },
    use: () => ({}),
  };
};

const nothingElsewhere: Elsewhere = { mean: 0, types: new Float64Array(0), at: () => 0 };

const unserved = (type: TypeResult, worth: number, paid: number, hasOutside: boolean): TypeResult => {
  const { model: _, lottery: __, ...rest } = type;
  const none = (amounts: Amounts): Amounts => (typeof amounts === 'number' ? 0 : amounts.map(() => 0));
  return {
    ...rest,
    excluded: true,
    ...(hasOutside ? { takes: 'outside' as const } : paid > 0 ? { takes: 'menu' as const } : {}),
    quality: 0,
    ...(type.profile ? { profile: type.profile.map(() => 0) } : {}),
    ...(typeof type.surplus === 'number' ? { surplus: 0 } : {}),
    transfer: type.transfer === null ? null : 0 - paid,
    rent: type.rent === null ? null : worth + paid,
    ...(type.index ? { index: { ...type.index, quality: 0 } } : {}),
    inputs: Object.fromEntries(Object.keys(type.inputs).map((name) => [name, 0])),
    perTask: Object.fromEntries(Object.entries(type.perTask).map(([name, of]) => [name, none(of)])),
    tariff: null,
  };
};

/** Of continuous buyers with something elsewhere, some are served in one of the menus and not in another. */
const lotteriesIn = (sold: readonly SoldMenu[], types: readonly TypeResult[]): Pick<Solved, 'lotteries'> => {
  const isLottery =
    types.some(({ lottery }) => lottery !== undefined) ||
    (types.length === 0 &&
      (sold.some(({ solved }) => solved.lotteries === true || solved.elsewhere !== undefined) ||
        isServedOtherwise(sold)));
  return isLottery || sold[0]!.solved.lotteries !== undefined ? { lotteries: isLottery } : {};
};

/** Whether models serve other shares of the buyers in one menu than in another; who is served in one alone is sold a part of the same item. */
const isServedOtherwise = (sold: readonly SoldMenu[]): boolean => {
  const parts = sold.flatMap(({ solved: { totals } }) => {
    const served = totals.models?.reduce((sum, share) => sum + share, 0) ?? 0;
    return served > 0 ? [totals.models!.map((share) => share / served)] : [];
  });
  return parts.some((part) => part.some((share, k) => Math.abs(share - parts[0]![k]!) > ALIKE));
};

/** Shares of buyers that differ by less are rounding. */
const ALIKE = 1e-9;

/** Of listed types, who gets nothing in any of the menus, and who keeps a plan in all of them. */
const sharesOf = (types: readonly TypeResult[]): Partial<Pick<Totals, 'excluded' | 'kept'>> => {
  if (types.length === 0) return {};
  const share = (isCounted: (type: TypeResult) => boolean): number =>
    types.reduce((sum, type) => (isCounted(type) ? sum + (type.mass ?? 0) : sum), 0);
  return { excluded: share(({ excluded }) => excluded), kept: share(({ takes }) => takes === 'kept') };
};

const mixedTotals = (sold: readonly SoldMenu[], mean: (of: (solved: Solved) => number) => number): Totals => {
  const of = (field: 'servedSurplus' | 'cost' | 'grossValue' | 'rent'): number =>
    mean(({ totals }) => totals[field]);
  const all = sold.map(({ solved }) => solved.totals);
  return {
    servedSurplus: of('servedSurplus'),
    cost: of('cost'),
    grossValue: of('grossValue'),
    rent: of('rent'),
    // Who is served in one of the menus is served in the mixture.
    excluded: Math.min(...all.map(({ excluded }) => excluded)),
    fineTuned: Math.max(...all.map(({ fineTuned }) => fineTuned)),
    ...(all[0]!.models
      ? { models: all[0]!.models.map((_, k) => mean(({ totals }) => totals.models![k]!)) }
      : {}),
    ...(all[0]!.outside === undefined ? {} : { outside: mean(({ totals }) => totals.outside!) }),
    // Who keeps a plan in the mixture keeps it in all of the menus.
    ...(all[0]!.kept === undefined ? {} : { kept: Math.min(...all.map(({ kept }) => kept!)) }),
    error: Math.max(...all.map(({ error }) => error)),
    solved: all.every(({ solved }) => solved),
  };
};

const mixedCertificate = (
  certificate: Certificate,
  mean: (of: (solved: Solved) => number) => number,
  most: (of: (solved: Solved) => number) => number,
): Certificate => ({
  ...certificate,
  attained: mean((own) => own.certificate.attained),
  maxIncentiveViolation: most((own) => own.certificate.maxIncentiveViolation),
  maxParticipationViolation: most((own) => own.certificate.maxParticipationViolation),
});

const mixedUse = (parts: readonly { readonly use: InputUse; readonly share: number }[]): InputUse => {
  const names = new Set(parts.flatMap(({ use }) => Object.keys(use)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      parts.reduce((sum, { use, share }) => sum + share * (use[name] ?? 0), 0),
    ]),
  );
};

const mixedType = (parts: Parts): TypeResult => {
  const first = parts[0]!.type;
  const mean = <T extends number | null | undefined>(of: (type: TypeResult) => T): T =>
    (typeof of(first) === 'number' && parts.some(({ type }) => of(type) !== of(first))
      ? parts.reduce<number>((sum, { type, share }) => sum + share * (of(type) as number), 0)
      : of(first)) as T;
  const served = parts.filter(({ type }) => !type.excluded);
  const { model: _, lottery: __, takes: ___, ...rest } = first;
  const indexQuality = mean(({ index }) => index?.quality);
  return {
    ...rest,
    excluded: served.length === 0,
    ...takenOf(parts),
    ...mixedModels(parts),
    quality: mean(({ quality }) => quality),
    ...(first.profile ? { profile: first.profile.map((_q, m) => mean(({ profile }) => profile![m]!)) } : {}),
    ...(first.surplus === undefined ? {} : { surplus: mean(({ surplus }) => surplus ?? null) }),
    transfer: mean(({ transfer }) => transfer),
    rent: mean(({ rent }) => rent),
    ...(first.index ? { index: { ...first.index, quality: indexQuality ?? null } } : {}),
    inputs: mixedUse(parts.map(({ type, share }) => ({ use: type.inputs, share }))),
    perTask: mixedPerTask(parts),
    tariff: null,
  };
};

type Parts = readonly { readonly type: TypeResult; readonly share: number }[];

/** Who gets anything of the seller's, by lot or not, takes an item of the menu, unless it is her plan for certain. */
const takenOf = (parts: Parts): Pick<TypeResult, 'takes'> => {
  const { takes } = parts[0]!.type;
  if (takes === undefined) return {};
  return { takes: parts.every(({ type }) => type.takes === takes) ? takes : 'menu' };
};

/** What a type is called whose item the only model of a study makes. */
const SELLER = 'seller';

/** The model that makes an item, the likeliest of a lottery, and its chances; who is sold nothing at times has what she has elsewhere, if anything. */
const mixedModels = (parts: Parts): Pick<TypeResult, 'model' | 'lottery'> => {
  const chances = new Map<string, number>();
  const add = (model: string, chance: number): void => {
    if (chance > 0) chances.set(model, (chances.get(model) ?? 0) + chance);
  };
  for (const { type, share } of parts) {
    if (type.lottery) for (const drawn of type.lottery) add(drawn.model, share * drawn.share);
    else if (!type.excluded) add(type.model ?? SELLER, share);
    else if (type.takes === 'outside') add(OUTSIDE, share);
  }
  const all = [...chances.values()].reduce((sum, chance) => sum + chance, 0);
  const drawn = [...chances].map(([model, chance]) => ({ model, share: chance / all }));
  const own = drawn.filter(({ model }) => model !== OUTSIDE).sort((a, b) => b.share - a.share);
  const likeliest = own[0]?.model;
  return {
    ...(likeliest === undefined || likeliest === SELLER ? {} : { model: likeliest }),
    ...(own.length > 0 && drawn.length > 1 ? { lottery: drawn } : {}),
  };
};

type Amounts = number | readonly number[];

const mixedPerTask = (parts: Parts): TypeResult['perTask'] => {
  const names = new Set(parts.flatMap(({ type }) => Object.keys(type.perTask)));
  const at = (of: Amounts, m: number): number => (typeof of === 'number' ? of : of[m]!);
  return Object.fromEntries(
    [...names].map((name): [string, Amounts] => {
      const amounts = parts.map(({ type, share }) => ({ share, of: type.perTask[name] ?? 0 }));
      const mean = (m: number): number => amounts.reduce((sum, { share, of }) => sum + share * at(of, m), 0);
      const list = amounts.map(({ of }) => of).find((of) => typeof of !== 'number');
      return [name, typeof list === 'object' ? Array.from(list, (_, m) => mean(m)) : mean(0)];
    }),
  );
};
