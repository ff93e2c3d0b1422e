import type { GoodsItem, Result, TypeResult } from '../result.ts';
import { modelWords } from './model-words.ts';

/** An item of the menu, as far as those who take it tell it. */
export type SoldItem = Pick<TypeResult, 'quality' | 'profile' | 'inputs' | 'model'> & {
  readonly transfer: number;
  /** Of all buyers. */
  readonly share: number;
  /** Who takes it: positions in the result's types. */
  readonly takers: readonly number[];
};

/** Items of more tasks than this are read in JSON and CSV alone. */
export const MOST_TASKS = 12;
/** Items that differ by less, relative to the menu's largest numbers, are one. */
const SAME = 1e-6;

/**
 * The items that listed types take, or the continuous buyers of goods for whom they stand, ascending in price, with the share of the buyers who take each; at most `most` of them, those that most buyers take.
 * Undefined where tasks are not listed one by one, or are too many to be read, where buyers of packages serve them themselves, and where nothing is sold.
 */
export const soldItems = (
  {
    tasks,
    types,
    status,
    method,
    goods,
  }: Pick<Result, 'tasks' | 'types' | 'status' | 'method'> & Partial<Pick<Result, 'goods'>>,
  most = Number.POSITIVE_INFINITY,
): { readonly items: readonly SoldItem[]; readonly count: number } | undefined => {
  if (tasks === undefined || tasks.length > MOST_TASKS || status === 'uncertified') return undefined;
  // A package is spread over several tasks by its buyers, and each does so in her own way.
  if (method === 'one-dimensional' && tasks.length > 1) return undefined;
  const groups = grouped(types, goods?.items);
  if (groups.length === 0) return undefined;
  const byShare = [...groups].sort((a, b) => b.share - a.share).slice(0, most);
  const items = byShare.sort((a, b) => a.transfer - b.transfer || a.quality - b.quality);
  return { items, count: groups.length };
};

/** `sold` are items whose shares are known; midpoints of cells that take them then tell no shares. */
const grouped = (all: readonly TypeResult[], sold?: readonly GoodsItem[]): readonly SoldItem[] => {
  const buys = ({ excluded, transfer, profile }: TypeResult): boolean =>
    !excluded && transfer !== null && profile !== undefined;
  const types = all.filter(buys);
  const largest = (of: (type: TypeResult) => number): number =>
    types.reduce((most, type) => Math.max(most, Math.abs(of(type))), 0);
  const price = SAME * largest(({ transfer }) => transfer!);
  const amount = SAME * largest(({ profile }) => profile!.reduce((most, q) => Math.max(most, q), 0));
  // Those who take the very same item first: the rest are few.
  const exact = new Map<string, SoldItem>();
  for (const { profile, ...item } of sold ?? [])
    exact.set(`${item.transfer} ${profile.join(' ')} `, { ...item, profile: [...profile], takers: [] });
  all.forEach((type, n) => {
    if (!buys(type)) return;
    const { quality, profile, inputs, transfer, mass = 0 } = type;
    const model = modelWords(type);
    const key = `${transfer} ${profile!.join(' ')} ${model ?? ''}`;
    const known = exact.get(key);
    exact.set(key, {
      quality,
      profile: profile!,
      inputs,
      ...(model === undefined ? {} : { model }),
      transfer: transfer!,
      share: (sold ? 0 : mass) + (known?.share ?? 0),
      takers: [...(known?.takers ?? []), n],
    });
  });
  const groups: SoldItem[] = [];
  for (const item of exact.values()) {
    const k = groups.findIndex(
      (other) =>
        Math.abs(other.transfer - item.transfer) <= price &&
        other.model === item.model &&
        other.profile!.every((q, m) => Math.abs(q - item.profile![m]!) <= amount),
    );
    if (k < 0) groups.push(item);
    else {
      const { share, takers } = groups[k]!;
      groups[k] = { ...groups[k]!, share: share + item.share, takers: [...takers, ...item.takers] };
    }
  }
  return groups.filter(({ share }) => share > 0);
};
