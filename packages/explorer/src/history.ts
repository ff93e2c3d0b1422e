/** What can be undone: the study, the one that it is compared with, and how many tiers are asked for. */
export interface Choices {
  readonly study: string;
  readonly other: string | undefined;
  readonly tiers: number;
}

/** What is chosen, with what came before it and what was undone. */
export interface History {
  readonly past: readonly Choices[];
  readonly now: Choices;
  readonly future: readonly Choices[];
  /** What was changed last, and when: moves of one slider in one go are one step. */
  readonly last?: { readonly key: string; readonly at: number };
}

export type Step =
  | { readonly kind: 'change'; readonly to: Partial<Choices>; readonly key?: string; readonly at: number }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

/** Changes of one key less than a second apart are undone together. */
const TOGETHER = 1000;
const LONGEST = 200;

export const begin = (now: Choices): History => ({ past: [], now, future: [] });

export const step = (history: History, next: Step): History => {
  const { past, now, future, last } = history;
  if (next.kind === 'undo') {
    const before = past.at(-1);
    return before === undefined
      ? history
      : { past: past.slice(0, -1), now: before, future: [now, ...future] };
  }
  if (next.kind === 'redo') {
    const [after, ...rest] = future;
    return after === undefined ? history : { past: [...past, now], now: after, future: rest };
  }
  const changed = { ...now, ...next.to };
  if (changed.study === now.study && changed.other === now.other && changed.tiers === now.tiers)
    return history;
  const { key, at } = next;
  const continues = key !== undefined && last?.key === key && at - last.at < TOGETHER;
  return {
    past: continues ? past : [...past, now].slice(-LONGEST),
    now: changed,
    future: [],
    ...(key === undefined ? {} : { last: { key, at } }),
  };
};
