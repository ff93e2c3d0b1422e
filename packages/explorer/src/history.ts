/** The study's text with what came before it and what was undone. */
export interface History {
  readonly past: readonly string[];
  readonly text: string;
  readonly future: readonly string[];
  /** What was changed last, and when: moves of one slider in one go are one step. */
  readonly last?: { readonly key: string; readonly at: number };
}

export type Step =
  | { readonly kind: 'change'; readonly text: string; readonly key?: string; readonly at: number }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

/** Changes of one key less than a second apart are undone together. */
const TOGETHER = 1000;
const LONGEST = 200;

export const begin = (text: string): History => ({ past: [], text, future: [] });

export const step = (history: History, next: Step): History => {
  const { past, text, future, last } = history;
  if (next.kind === 'undo') {
    const before = past.at(-1);
    return before === undefined
      ? history
      : { past: past.slice(0, -1), text: before, future: [text, ...future] };
  }
  if (next.kind === 'redo') {
    const [after, ...rest] = future;
    return after === undefined ? history : { past: [...past, text], text: after, future: rest };
  }
  if (next.text === text) return history;
  const { key, at } = next;
  const continues = key !== undefined && last?.key === key && at - last.at < TOGETHER;
  return {
    past: continues ? past : [...past, text].slice(-LONGEST),
    text: next.text,
    future: [],
    ...(key === undefined ? {} : { last: { key, at } }),
  };
};
