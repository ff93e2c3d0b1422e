/** A call of one of a subject's functions, as `density(0.3)`. */
export interface WatchedCall {
  readonly name: string;
  readonly given: readonly unknown[];
}

export const callText = ({ name, given }: WatchedCall): string =>
  `${name}(${given.map(argument).join(', ')})`;

/** The subject with every call of its functions going through `around`, those of the objects that it answers with too. */
export const watchedCalls = <Subject extends object>(
  subject: Subject,
  around: (call: WatchedCall, run: () => unknown) => unknown,
): Subject => {
  const watch = (of: object): object =>
    // The target is empty, as that of a frozen object would have to show its own members.
    new Proxy(
      {},
      {
        get(_, key) {
          const member: unknown = Reflect.get(of, key);
          if (typeof member !== 'function') return isPlain(member) ? watch(member) : member;
          return (...given: unknown[]): unknown => {
            const answer = around({ name: String(key), given }, () => Reflect.apply(member, of, given));
            return isPlain(answer) ? watch(answer) : answer;
          };
        },
        has: (_, key) => Reflect.has(of, key),
      },
    );
  return watch(subject) as Subject;
};

const isPlain = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const argument = (value: unknown): string => {
  if (typeof value === 'number') return String(value);
  if (value instanceof Float64Array || Array.isArray(value)) return `[${value.join(', ')}]`;
  return '…';
};
