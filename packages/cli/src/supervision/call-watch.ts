import type { RunningCall } from '@menusmith/app/plugin-calls';

/** What a single call of a plugin may take. */
export interface CallLimits {
  /** Seconds. */
  readonly seconds: number;
  /** Bytes by which the memory of the process may grow meanwhile. */
  readonly bytes: number;
}

export const callLimits: CallLimits = { seconds: 10, bytes: 2e9 };

/** Whoever looks at the calls of plugins from another thread, every now and then. */
export interface CallWatch {
  /** A look at the call that runs, at so many seconds, with so many bytes in use. Answers with what is wrong with the call, which is then to be ended. */
  look(now: number, bytes: number): string | undefined;
  /** The call that has been running since the latest look or longer, for a message: `quantile(0.3) of …`. */
  lasting(): string | undefined;
  /** From now on values may take so many seconds, and steps at least so many. */
  allow(seconds: { readonly value?: number; readonly step?: number }): void;
}

/** When a call was first seen, and with how much memory. */
interface Seen {
  readonly call: number;
  readonly since: number;
  readonly bytes: number;
}

/** `running` reads which call runs. A call is the same while its number is. */
export const callWatch = (running: () => RunningCall | undefined, limits: CallLimits): CallWatch => {
  const allowed = { value: limits.seconds, step: limits.seconds, module: limits.seconds };
  let seen: { readonly inner: Seen; readonly outermost: Seen } | undefined;
  const lasting = (): RunningCall | RunningCall['outermost'] | undefined => {
    const now = running();
    if (now?.call === seen?.inner.call) return now;
    return now?.outermost.call === seen?.outermost.call ? now?.outermost : undefined;
  };
  return {
    look: (now, bytes) => {
      const current = running();
      const at = (before: Seen | undefined, { call }: { readonly call: number }): Seen =>
        before?.call === call ? before : { call, since: now, bytes };
      seen = current && {
        inner: at(seen?.inner, current),
        outermost: at(seen?.outermost, current.outermost),
      };
      if (current === undefined || seen === undefined) return undefined;
      for (const [{ text, kind }, { since, bytes: before }] of [
        [current, seen.inner],
        [current.outermost, seen.outermost],
      ] as const) {
        const seconds = allowed[kind];
        if (bytes - before > limits.bytes) return `${text} took more than ${limits.bytes / 1e9} GB of memory`;
        if (!(now - since > seconds)) continue;
        if (kind === 'module') return `${text} has not loaded within ${seconds} s`;
        const remedy = kind === 'step' ? '; with --time-limit it may take as long as that' : '';
        return `${text} did not return within ${seconds} s${remedy}`;
      }
      return undefined;
    },
    lasting: () => {
      const call = lasting();
      return call && (call.kind === 'module' ? `${call.text} was loading` : `${call.text} was running`);
    },
    allow: ({ value, step }) => {
      allowed.value = value ?? allowed.value;
      allowed.step = Math.max(allowed.step, step ?? 0);
    },
  };
};
