/*
 * What the program rests on, and a plugin in the same thread can change: Math.exp, Array.prototype.map. Lists are walked by index and functions are held from the start, as
 * any other way may be what was changed.
 */
const { defineProperty, getOwnPropertyDescriptor, is } = Object;
const { ownKeys, deleteProperty } = Reflect;

/** Something of JavaScript's own, and how it was. */
interface Original {
  /** `Math.exp`. */
  readonly name: string;
  readonly holder: object;
  readonly key: string | symbol;
  readonly descriptor: PropertyDescriptor;
}

const NAMES = [
  ...[
    'Object',
    'Function',
    'Array',
    'Number',
    'Boolean',
    'String',
    'Symbol',
    'BigInt',
    'Math',
    'JSON',
    'Reflect',
  ],
  ...[
    'Promise',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'Date',
    'RegExp',
    'Error',
    'TypeError',
    'RangeError',
    'Proxy',
  ],
  ...[
    'ArrayBuffer',
    'SharedArrayBuffer',
    'Float64Array',
    'Int32Array',
    'Uint32Array',
    'Uint8Array',
    'Int8Array',
  ],
  ...['Atomics', 'Infinity', 'NaN', 'isNaN', 'isFinite', 'parseInt', 'parseFloat', 'undefined', 'globalThis'],
  ...[
    'performance',
    'setTimeout',
    'clearTimeout',
    'setImmediate',
    'queueMicrotask',
    'structuredClone',
    'process',
  ],
];

const originals: Original[] = [];
/** Where nothing may be added that shows up in every object or list. */
const bases = [
  { name: 'Object.prototype', base: Object.prototype },
  { name: 'Array.prototype', base: Array.prototype },
  { name: 'Function.prototype', base: Function.prototype },
];

/** Takes note of how everything is; once. */
export const noteGlobals = (): void => {
  if (originals.length > 0) return;
  const own = globalThis as unknown as Record<string, unknown>;
  const iterators: readonly (readonly [string, object])[] = [
    ['the iterator of lists', Object.getPrototypeOf([][Symbol.iterator]()) as object],
    ['typed arrays', Object.getPrototypeOf(Float64Array.prototype) as object],
  ];
  for (const [name, holder] of iterators) noteMembers(name, holder);
  for (const name of NAMES) {
    noteMember(name, globalThis, name);
    const value = own[name];
    if (!isHolder(value) || value === globalThis || name === 'process') continue;
    noteMembers(name, value);
    const { prototype } = value as { readonly prototype?: unknown };
    if (isHolder(prototype)) noteMembers(`${name}.prototype`, prototype);
  }
};

const isHolder = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** How stacks of errors are written is in no result, and source maps, debuggers and runners of tests set it when they like. */
const STACKS = /^Error\.(prepareStackTrace|stackTraceLimit)$/;

const noteMembers = (name: string, holder: object): void => {
  for (const key of ownKeys(holder)) {
    const member = `${name}.${String(key)}`;
    if (!STACKS.test(member)) noteMember(member, holder, key);
  }
};

const noteMember = (name: string, holder: object, key: string | symbol): void => {
  const found = getOwnPropertyDescriptor(holder, key);
  // Without a prototype, as something may be added to that.
  if (found)
    originals.push({ name, holder, key, descriptor: { __proto__: null, ...found } as PropertyDescriptor });
};

/** What has been changed since `noteGlobals`, `Math.exp`, or added to every object, `Object.prototype.x`; it is as it was from here on. Undefined where nothing has. */
export const changedGlobal = (): string | undefined => {
  let changed: string | undefined;
  for (let b = 0; b < bases.length; b++) {
    const { name, base } = bases[b]!;
    const keys = ownKeys(base);
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k]!;
      if (!getOwnPropertyDescriptor(base, key)!.enumerable) continue;
      changed ??= `${name}.${typeof key === 'symbol' ? 'a symbol' : key}`;
      deleteProperty(base, key);
    }
  }
  for (let i = 0; i < originals.length; i++) {
    const { name, holder, key, descriptor } = originals[i]!;
    const now = getOwnPropertyDescriptor(holder, key);
    if (now !== undefined && is(now.value, descriptor.value) && now.get === descriptor.get) continue;
    changed ??= name;
    try {
      defineProperty(holder, key, descriptor);
    } catch {
      // It was made final; saying so is all that is left.
    }
  }
  return changed;
};
