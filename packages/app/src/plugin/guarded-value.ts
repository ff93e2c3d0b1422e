import { InputError } from '@menusmith/core';
import { listCopy } from './plain-copy.ts';
import { type Call, isPromise, kindOfValue, PluginFault, thrownText } from './plugin-fault.ts';
import { beginCall, beginShortCall, type CallSite, endCall, siteNumber } from './running-call.ts';

/** What a plugin's value must be to be taken at all; whether it is right is the laws' business, and the certificate's. */
export interface Kind {
  /** `a number`. */
  readonly expected: string;
  /** The value as it is used from here on, its functions guarded; throws Mismatch where it is something else. It comes from this call. */
  take(value: unknown, from: Call): unknown;
}

/** A value that is not what was expected, or a part of one. */
export class Mismatch extends Error {
  readonly got: string;
  readonly expected: string;

  constructor(got: string, expected: string) {
    super(`${got}; expected ${expected}`);
    this.got = got;
    this.expected = expected;
  }
}

/** The value is not what was expected. */
export const refused = (value: unknown, expected: string): Mismatch => {
  // Nobody waits for it; where it is rejected, that is said of nothing.
  if (isPromise(value)) attempt(() => value.then(undefined, () => {}));
  return new Mismatch(kindOfValue(value), expected);
};

/** What `work` answers with; undefined where it throws. */
const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

const kind = (expected: string, fits: (value: unknown) => boolean): Kind => ({
  expected,
  take(value) {
    if (fits(value)) return value;
    throw refused(value, expected);
  },
});

/** NaN and ∞ are numbers here. */
export const number = kind('a number', (value) => typeof value === 'number');
export const boolean = kind('true or false', (value) => typeof value === 'boolean');
export const text = kind('a text', (value) => typeof value === 'string');
export const nothing = kind('nothing', (value) => !isPromise(value));

export const either = (one: Kind, other: Kind): Kind => ({
  expected: `${one.expected} or ${other.expected}`,
  take(value, from) {
    try {
      return one.take(value, from);
    } catch {
      return other.take(value, from);
    }
  },
});

export const absent = kind('nothing', (value) => value === undefined);

export const listOf = (item: Kind, expected: string): Kind => ({
  expected,
  take(value, from) {
    if (!Array.isArray(value) && !(value instanceof Float64Array)) throw refused(value, expected);
    return listCopy(value).map((each, i) => {
      try {
        return item.take(each, from);
      } catch (error) {
        if (isA(Mismatch, error))
          throw new Mismatch(`a list whose item ${i} is ${error.got}`, error.expected);
        throw error;
      }
    });
  },
});

export const numbers = listOf(number, 'a list of numbers');
export const texts = listOf(text, 'a list of texts');

/** A typed array, copied: what a plugin does with its own later is its own affair. */
const typedArray = <T extends Float64Array | Int32Array>(type: new (of: T) => T): Kind => ({
  expected: `a ${type.name}`,
  take(value) {
    if (value instanceof type) return new type(value);
    throw refused(value, `a ${type.name}`);
  },
});
export const floats = typedArray<Float64Array>(Float64Array);
export const integers = typedArray<Int32Array>(Int32Array);

/** A function of an object: what it answers with. */
export interface FunctionKind {
  readonly answer: Kind;
  /** Whether a call is a step, which may take its time. */
  readonly isStep?: boolean;
  /** Whether the call runs until the promise is settled with which it answers, and `answer` says when that is. */
  readonly isAwaited?: boolean;
  /** So many of its first arguments are buffers of ours, of which it gets copies. */
  readonly copied?: number;
  /** What is made ready in its arguments, and what is wrong with them once it has come back. */
  readonly before?: (given: readonly unknown[]) => readonly unknown[];
  readonly after?: (given: readonly unknown[]) => string | undefined;
}

/** instanceof, of anything that may be thrown: a Proxy can object to the question. */
const isA = <T>(type: new (...of: never[]) => T, thrown: unknown): thrown is T =>
  attempt(() => thrown instanceof type) === true;

type Members = Readonly<Record<string, Kind | FunctionKind>>;

/** An object with these members; of others it keeps what it has. */
export const objectOf = (expected: string, required: Members, optional: Members = {}): Kind => ({
  expected,
  take(value, from) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || isPromise(value))
      throw refused(value, expected);
    const found: Record<string | symbol, unknown> = {};
    for (const key of keysOf(value)) found[key] = Reflect.get(value, key);
    const taken: Record<string | symbol, unknown> = {};
    for (const key of Reflect.ownKeys(found)) {
      const member = found[key];
      taken[key] =
        typeof member === 'function' ? (...given: unknown[]) => Reflect.apply(member, value, given) : member;
    }
    for (const [members, isOptional] of [
      [required, false],
      [optional, true],
    ] as const) {
      for (const [name, of] of Object.entries(members)) {
        const member = found[name];
        if (isOptional && member === undefined) delete taken[name];
        else taken[name] = takenMember(of, member, value, { name, owner: from.owner });
      }
    }
    return taken;
  },
});

const takenMember = (of: Kind | FunctionKind, member: unknown, value: object, site: CallSite): unknown => {
  try {
    if ('take' in of) return of.take(member, site);
    if (typeof member !== 'function') throw refused(member, 'a function');
    return guardedFunction(member as AnyFunction, value, site, of);
  } catch (error) {
    if (!isA(Mismatch, error)) throw error;
    throw new Mismatch(`an object whose ${site.name} is ${error.got}`, error.expected);
  }
};

/** All that can be read of an object, what its classes declare included. */
const keysOf = (value: object): readonly (string | symbol)[] => {
  const keys = new Set<string | symbol>();
  for (
    let at: object | null = value;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    for (const key of Reflect.ownKeys(at)) if (key !== 'constructor') keys.add(key);
  }
  return [...keys];
};

type AnyFunction = (...given: never[]) => unknown;

/**
 * The function, as a method of `of`. What it throws is a PluginFault, and so is an answer of another kind; an InputError, which says of the input what is wrong
 * with it, stays what it is.
 */
export const guardedFunction = (
  of: AnyFunction,
  self: object,
  site: CallSite,
  kind: FunctionKind,
): ((...given: unknown[]) => unknown) => {
  const { answer, isStep = false, isAwaited = false, copied = 0, before, after } = kind;
  if (answer === number && before === undefined && after === undefined)
    return numberFunction(of, self, site, copied);
  const called = siteNumber({ ...site, kind: isStep ? 'step' : 'value' });
  const buffers: Float64Array[] = [];
  return (...asked) => {
    for (let i = 0; i < copied; i++) asked[i] = buffers[i] = copyInto(buffers[i], asked[i] as Float64Array);
    const given = before === undefined ? asked : before(asked);
    const outer = beginCall(called, given);
    let isWaiting = false;
    try {
      const answered = Reflect.apply(of, self, given);
      if (after !== undefined) {
        const complaint = after(given);
        if (complaint !== undefined) throw new PluginFault({ ...site, given }, complaint);
      }
      if (answered === undefined && answer === nothing) return undefined;
      // Still a part of the call, as whatever it has of getters and traps runs.
      const taken = takenAnswer(answer, answered, { ...site, given });
      isWaiting = isAwaited && isPromise(taken);
      return taken;
    } catch (thrown) {
      throw faultOf({ ...site, given }, thrown);
    } finally {
      if (!isWaiting) endCall(outer);
    }
  };
};

/** The same of a function that answers with a number, and is called a million times: of at most four arguments, without lists of them. */
const numberFunction = (
  of: AnyFunction,
  self: object,
  site: CallSite,
  copied: number,
): ((...given: unknown[]) => unknown) => {
  const called = siteNumber(site);
  // Whatever the function has for a `bind` of its own.
  const bound = Reflect.apply(bind, of, [self]) as (...given: unknown[]) => unknown;
  let [x, z]: (Float64Array | undefined)[] = [];
  return (a, b, c, d) => {
    if (copied > 0) a = x = copyInto(x, a as Float64Array);
    if (copied > 1) b = z = copyInto(z, b as Float64Array);
    const outer = beginShortCall(called, a, b, c, d);
    try {
      const answered = bound(a, b, c, d);
      if (typeof answered === 'number') return answered;
      return takenAnswer(number, answered, { ...site, given: [a, b, c, d] });
    } catch (thrown) {
      throw faultOf({ ...site, given: [a, b, c, d] }, thrown);
    } finally {
      endCall(outer);
    }
  };
};

const { bind } = Function.prototype;

const copyInto = (buffer: Float64Array | undefined, from: Float64Array): Float64Array => {
  const own = buffer?.length === from.length ? buffer : new Float64Array(from.length);
  for (let i = 0; i < from.length; i++) own[i] = from[i]!;
  return own;
};

/** What a plugin's function threw, as an InputError; its own InputErrors stay as they are, as far as they are whole. */
export const faultOf = (call: Call, thrown: unknown): InputError => {
  try {
    if (thrown instanceof PluginFault) return thrown;
    if (thrown instanceof InputError) {
      const { code, message, field, cause } = thrown;
      // From elsewhere than TypeScript it is easily a text.
      const path = typeof field === 'string' ? [field] : Array.isArray(field) ? field : [];
      const keys = path.filter((key) => typeof key === 'string' || typeof key === 'number');
      return new InputError(String(code), String(message), keys, { cause: cause ?? thrown });
    }
  } catch {
    // It is no error that can be read.
  }
  return new PluginFault(call, `threw: ${thrownText(thrown)}`, thrown);
};

/** The answer to a call, as it is used; a PluginFault where it is of another kind. */
export const takenAnswer = (answer: Kind, answered: unknown, call: Call): unknown => {
  try {
    return answer.take(answered, call);
  } catch (error) {
    if (isA(InputError, error)) throw error;
    if (isA(Mismatch, error)) throw new PluginFault(call, `answered with ${error.message}`);
    throw new PluginFault(call, `answered with what cannot be read: ${thrownText(error)}`, error);
  }
};
