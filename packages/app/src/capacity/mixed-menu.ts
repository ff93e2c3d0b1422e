import type { Certificate, Totals } from '@menusmith/core';
import type { TypeResult } from '../result.ts';
import type { InputUse } from '../solve/input-use.ts';
import type { Solved } from '../solve/solved.ts';

/** A menu, counted at true costs, and the share in which it enters a mixture; what is missing to 1 is served nothing. */
export interface SoldMenu {
  readonly solved: Solved;
  readonly share: number;
}

/**
 * The mixture of menus, each item the mean of everybody's items: of qualities, transfers and inputs. Everybody prefers her own, as she does in each of
 * them, and with a concave production function the mean inputs make at least the mean quality; of items of several models it is a lottery.
 */
export const mixedMenu = (sold: readonly SoldMenu[]): Solved => {
  const first = sold[0]!.solved;
  if (sold.length === 1 && sold[0]!.share === 1) return first;
  const mean = (of: (solved: Solved) => number): number =>
    sold.reduce((sum, { solved, share }) => sum + share * of(solved), 0);
  const most = (of: (solved: Solved) => number): number => Math.max(...sold.map(({ solved }) => of(solved)));
  const { implementation: _, pools: __, twoTypes: ___, ...rest } = first;
  return {
    ...rest,
    totals: mixedTotals(sold, mean),
    certificate: mixedCertificate(first.certificate, mean, most),
    pools: [],
    types: first.types.map((_type, n) =>
      mixedType(sold.map(({ solved, share }) => ({ type: solved.types[n]!, share }))),
    ),
    quote: (buyer) => mixedType(sold.map(({ solved, share }) => ({ type: solved.quote(buyer), share }))),
    use: () => mixedUse(sold.map(({ solved, share }) => ({ use: solved.use(), share }))),
  };
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
    ...(all[0]!.kept === undefined ? {} : { kept: mean(({ totals }) => totals.kept!) }),
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

const mixedType = (parts: readonly { readonly type: TypeResult; readonly share: number }[]): TypeResult => {
  const first = parts[0]!.type;
  const mean = <T extends number | null | undefined>(of: (type: TypeResult) => T): T =>
    (typeof of(first) === 'number'
      ? parts.reduce<number>((sum, { type, share }) => sum + share * (of(type) as number), 0)
      : of(first)) as T;
  const served = parts.filter(({ type }) => !type.excluded);
  const models = new Set(served.map(({ type }) => (type.lottery ? undefined : type.model)));
  const { model: _, lottery: __, ...rest } = first;
  const [model] = models;
  const indexQuality = mean(({ index }) => index?.quality);
  return {
    ...rest,
    excluded: served.length === 0,
    ...(models.size === 1 && model !== undefined ? { model } : {}),
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

type Amounts = number | readonly number[];

const mixedPerTask = (
  parts: readonly { readonly type: TypeResult; readonly share: number }[],
): TypeResult['perTask'] => {
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
