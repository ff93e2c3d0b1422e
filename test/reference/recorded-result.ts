import type { Result, Solution, Study, TypeResult } from '@menusmith/app';

/** What is compared of a result: no seconds and no iterations, numbers rounded to 12 digits. */
export type Recorded =
  | number
  | string
  | boolean
  | null
  | readonly Recorded[]
  | { readonly [key: string]: Recorded };

export const recordedResult = (study: Study, { result, quote }: Solution): Recorded =>
  rounded({
    method: result.method,
    status: result.status,
    supply: result.supply,
    totals: { ...numbersOf(result, ['seconds', 'iterations']) },
    certificate: { of: result.certificate.of, ...numbersOf(result.certificate) },
    doubts: result.certificate.doubts?.length ?? 0,
    conditions: Object.fromEntries(
      result.conditions.map(({ name, holds, margin }) => [name, [holds, margin]]),
    ),
    pools: result.pools.map(({ from, to, ironedVirtualValue }) => [from, to, ironedVirtualValue]),
    ...(result.models && {
      models: Object.fromEntries(result.models.map(({ name, share }) => [name, share])),
    }),
    ...(result.twoTypes && { regime: result.twoTypes.regime, twoTypes: numbersOf(result.twoTypes) }),
    ...(result.grid && { grid: numbersOf(result.grid) }),
    ...(result.population && { population: numbersOf(result.population) }),
    ...(result.implementation && implementationOf(result.implementation)),
    types: evenly(result.types, 9).map(itemOf),
    quotes: quotedBuyers(study).map((buyer) => itemOf(quote(buyer))),
  });

const implementationOf = ({ kind, best, maximumSpend, ...rest }: NonNullable<Result['implementation']>) => ({
  implementation: {
    kind,
    ...numbersOf(rest),
    ...(best && { best: numbersOf(best) }),
    ...(maximumSpend && { maximumSpend: numbersOf(maximumSpend) }),
  },
});

/** [transfer, quality, rent] */
const itemOf = ({ transfer, quality, rent }: TypeResult): readonly (number | null)[] => [
  transfer,
  quality,
  rent,
];

const numbersOf = (of: object, without: readonly string[] = []): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(of).filter(
      (entry): entry is [string, number | null] =>
        (typeof entry[1] === 'number' || entry[1] === null) && !without.includes(entry[0]),
    ),
  );

const evenly = <T>(all: readonly T[], count: number): readonly T[] =>
  all.length <= count
    ? all
    : Array.from({ length: count }, (_, k) => all[Math.round((k * (all.length - 1)) / (count - 1))]!);

/** Three buyers, as shares of the way through the supports; none where types are listed. */
const quotedBuyers = ({ buyers }: Study): readonly { readonly value: number; readonly scale?: number }[] => {
  const at = ({ min, max }: { readonly min: number; readonly max: number }, share: number): number =>
    min + share * (max - min);
  if (buyers.kind === 'representative' && 'type' in buyers) {
    return [0.4, 0.7, 0.95].map((share) => ({ value: at(buyers.type, share) }));
  }
  if (buyers.kind !== 'value-scale') return [];
  return [
    [0.6, 0.9],
    [0.8, 0.4],
    [0.95, 1],
  ].map(([value, scale]) => ({ value: at(buyers.value, value!), scale: at(buyers.scale, scale!) }));
};

/** As the file has it. */
const rounded = (value: unknown): Recorded =>
  JSON.parse(JSON.stringify(value, (_, it) => (typeof it === 'number' ? Number(it.toPrecision(12)) : it)));
