/**
 * `density(0.3) threw: no luck`: what was thrown, and in which call of the subject's functions.
 *
 * `run` is done once more on a subject that notes its calls; where it does not throw again, the exception has to do.
 */
export const thrownMessage = <Subject extends object>(
  subject: Subject,
  run: (watched: Subject) => void,
  thrown: unknown,
): string => {
  let call: string | undefined;
  let cause = thrown;
  const watch = (of: object): object =>
    // The target is empty, as that of a frozen object would have to show its own members.
    new Proxy(
      {},
      {
        get(_, key) {
          const member: unknown = Reflect.get(of, key);
          if (typeof member !== 'function') return isPlain(member) ? watch(member) : member;
          return (...given: unknown[]): unknown => {
            try {
              const answer: unknown = Reflect.apply(member, of, given);
              return isPlain(answer) ? watch(answer) : answer;
            } catch (error) {
              call ??= `${String(key)}(${given.map(argument).join(', ')})`;
              cause = error;
              throw error;
            }
          };
        },
        has: (_, key) => Reflect.has(of, key),
      },
    );
  try {
    run(watch(subject) as Subject);
  } catch {
    // It is what `cause` says.
  }
  return `${call === undefined ? 'threw' : `${call} threw`}: ${messageOf(cause)}`;
};

export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error && thrown.message !== '' ? thrown.message : String(thrown);

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
