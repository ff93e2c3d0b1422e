/*
 * Which call of a plugin is running, in memory that another thread can read: a loop without end says nothing any more. Nothing is imported here, so that a small thread
 * can read it.
 */

/** A call of a plugin that has not come back. */
export interface RunningCall {
  /** `quantile(0.3) of the distribution "triangle" of the plugin "mine"`. */
  readonly text: string;
  /** Its number: it is the same call as long as that is the same. */
  readonly call: number;
  readonly kind: CallKind;
  /** The call out of which it was made, while that runs; itself where the program made it. */
  readonly outermost: Omit<RunningCall, 'outermost'>;
}

/** A call for one value; a step of a solver or a minimizer, which is work; a module that is executed. */
type CallKind = 'value' | 'step' | 'module';

/** A function of a plugin: `quantile` is its name, ` of the distribution "triangle" of the plugin "mine"` its owner. */
export interface CallSite {
  readonly name: string;
  readonly owner: string;
  /** `value` where nothing is said. */
  readonly kind?: CallKind;
}

/** The size of the memory. */
export const RUNNING_CALL_BYTES = 1 << 16;

const SHOWN = 4;
/** Places of whole numbers: the running site, 0 for none; its call; how many arguments; bytes of sites; the site and call that the program made. */
const [SITE, CALL, GIVEN, WRITTEN, OUTERMOST, OUTERMOST_CALL] = [0, 1, 2, 3, 4, 5];
/** In the place of a count of arguments: they are not known. */
const UNKNOWN = -1;
/** Where the first arguments stand, and after them the sites' texts, in bytes. */
const ARGUMENTS = 24;
const TEXTS = ARGUMENTS + 8 * SHOWN;
/** Names are the plugin's own, and may be of any length. */
const LONGEST_NAME = 200;
/** In the place of sites for which there is no room, which may be steps. */
const ANY_SITE: CallSite = { name: 'a function', owner: ' of a plugin', kind: 'step' };
const RESERVE = 100;

const recordIn = (buffer: ArrayBufferLike) => ({
  ints: new Int32Array(buffer, 0, ARGUMENTS / 4),
  floats: new Float64Array(buffer, ARGUMENTS, SHOWN),
  texts: new Uint8Array(buffer, TEXTS),
});

let record = recordIn(new ArrayBuffer(RUNNING_CALL_BYTES));
let sites: CallSite[] = [];
/** Calls so far. */
let calls = 0;
/** The latest arguments, for this thread: a list, or these. */
let latest: readonly unknown[] | undefined;
let [first, second, third, fourth]: unknown[] = [];

/** From now on calls are noted there, in RUNNING_CALL_BYTES of shared memory. Comes before plugins are loaded. */
export const shareRunningCalls = (buffer: SharedArrayBuffer): void => {
  record = recordIn(buffer);
  sites = [];
};

/** The number by which `beginCall` knows a site. */
export const siteNumber = ({ name, owner, kind = 'value' }: CallSite): number => {
  const isIt = (site: CallSite): boolean => site.name === name && site.owner === owner && site.kind === kind;
  const known = sites.findIndex(isIt);
  if (known >= 0) return known + 1;
  const { ints, texts } = record;
  const line = [name, owner, kind].map((text) => text.slice(0, LONGEST_NAME).replace(/[\t\n]/g, ' '));
  const bytes = new TextEncoder().encode(`${line.join('\t')}\n`);
  const free = texts.length - ints[WRITTEN]! - bytes.length;
  // The reserve is for the site that stands for all others.
  if (free < RESERVE && name !== ANY_SITE.name) return siteNumber(ANY_SITE);
  texts.set(bytes, ints[WRITTEN]!);
  ints[WRITTEN]! += bytes.length;
  return sites.push({ name, owner, kind });
};

/** Notes that a call begins. Its answer goes to `endCall` when the call has come back or thrown. */
export const beginCall = (site: number, given?: readonly unknown[]): number => {
  const outer = begin(site, given?.length ?? UNKNOWN);
  if (given === undefined) return outer;
  for (let i = 0; i < given.length && i < SHOWN; i++) record.floats[i] = shownNumber(given[i]);
  latest = given;
  return outer;
};

/** The same with at most four arguments, those that are left out undefined: without a list of them it takes half the time. */
export const beginShortCall = (site: number, a: unknown, b: unknown, c: unknown, d: unknown): number => {
  const outer = begin(site, d !== undefined ? 4 : c !== undefined ? 3 : b !== undefined ? 2 : 1);
  const { floats } = record;
  floats[0] = shownNumber(a);
  floats[1] = shownNumber(b);
  floats[2] = shownNumber(c);
  floats[3] = shownNumber(d);
  latest = undefined;
  first = a;
  second = b;
  third = c;
  fourth = d;
  return outer;
};

const begin = (site: number, count: number): number => {
  const { ints } = record;
  const outer = ints[SITE]!;
  calls = (calls + 1) | 0;
  ints[SITE] = site;
  ints[CALL] = calls;
  if (outer === 0) {
    ints[OUTERMOST] = site;
    ints[OUTERMOST_CALL] = calls;
  }
  ints[GIVEN] = count;
  return outer;
};

/** Whether a call has begun and not come back. */
export const isCalling = (): boolean => record.ints[SITE] !== 0;

const shownNumber = (given: unknown): number => (typeof given === 'number' ? given : Number.NaN);

export const endCall = (outer: number): void => {
  record.ints[SITE] = outer;
  record.ints[GIVEN] = UNKNOWN;
};

/** What runs according to the memory at `buffer`. */
export const runningCall = (buffer: ArrayBufferLike): RunningCall | undefined => {
  const { ints, floats } = recordIn(buffer);
  const noted = notedSites(buffer);
  const [site, outermost] = [noted[ints[SITE]! - 1], noted[ints[OUTERMOST]! - 1]];
  if (site === undefined || outermost === undefined) return undefined;
  const described = ({ name, owner, kind = 'value' }: CallSite, given: string, call: number) => ({
    text: `${name}${kind === 'module' ? '' : given}${owner}`,
    call,
    kind,
  });
  const own = described(site, `(${shownArguments(floats, ints[GIVEN]!)})`, ints[CALL]!);
  return {
    ...own,
    outermost: ints[OUTERMOST_CALL] === ints[CALL] ? own : described(outermost, '(…)', ints[OUTERMOST_CALL]!),
  };
};

/** The modules of plugins that have begun to load, as the memory has them: `the plugin module mine.mjs`. */
export const notedModules = (buffer: ArrayBufferLike): readonly string[] =>
  notedSites(buffer)
    .filter(({ kind }) => kind === 'module')
    .map(({ name }) => name);

const notedSites = (buffer: ArrayBufferLike): readonly CallSite[] => {
  const { ints, texts } = recordIn(buffer);
  // What is shared cannot be decoded where it lies.
  const lines = new TextDecoder().decode(texts.slice(0, ints[WRITTEN]!)).split('\n').slice(0, -1);
  return lines.map((line) => {
    const [name, owner, kind] = line.split('\t');
    return { name: name!, owner: owner!, kind: kind as CallKind };
  });
};

const shownArguments = (floats: Float64Array, count: number): string => {
  if (count === UNKNOWN) return '…';
  const first = [...floats.slice(0, Math.min(SHOWN, count))];
  const shown = first.map((each) => (Number.isNaN(each) ? '…' : String(each)));
  if (shown.every((each) => each === '…')) return count === 0 ? '' : '…';
  return [...shown, ...(count > SHOWN ? ['…'] : [])].join(', ');
};

/** The function whose call was given up, with its arguments where they are known; nothing runs from now on. */
export const abandonedCall = (): (CallSite & { readonly given?: readonly unknown[] }) | undefined => {
  const { ints } = record;
  const site = sites[ints[SITE]! - 1];
  const given = ints[GIVEN] === UNKNOWN ? {} : { given: latest ?? [first, second, third, fourth] };
  endCall(0);
  return site && { ...site, ...given };
};
