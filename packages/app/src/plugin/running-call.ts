/*
 * Which call of a plugin is running, in memory that another thread can read: a loop without end says nothing any more. Nothing is imported here, so that a small thread
 * can read it.
 */

/** A call of a plugin that has not come back. */
export interface RunningCall {
  /** `quantile(0.3) of the distribution "triangle" of the plugin "mine"`. */
  readonly text: string;
  /** Calls begun so far: where it stays the same between two looks, this is the call that does not come back. */
  readonly calls: number;
  /** When it is to have come back, in milliseconds as Date.now() has them; absent where it may take its time. */
  readonly until?: number;
}

/** A function of a plugin: `quantile` is its name, ` of the distribution "triangle" of the plugin "mine"` its owner. */
export interface CallSite {
  readonly name: string;
  readonly owner: string;
}

/** The size of the memory. */
export const RUNNING_CALL_BYTES = 1 << 16;

const SHOWN = 4;
/** Places of whole numbers: the number of the running site, 0 for none; calls begun; how many arguments; bytes of sites. */
const [SITE, CALLS, GIVEN, WRITTEN] = [0, 1, 2, 3];
/** Places of numbers: when the running call is to have come back, then the first arguments. */
const [UNTIL, ARGUMENTS] = [2, 3];
/** In the place of a count of arguments: they are not known; there are none as it is no call of a function. */
const [UNKNOWN, NO_CALL] = [-1, -2];
/** Where the sites' texts begin. */
const TEXTS = 8 * (ARGUMENTS + SHOWN);

const recordIn = (buffer: ArrayBufferLike) => ({
  ints: new Int32Array(buffer, 0, 4),
  floats: new Float64Array(buffer, 0, ARGUMENTS + SHOWN),
  texts: new Uint8Array(buffer, TEXTS),
});

let record = recordIn(new ArrayBuffer(RUNNING_CALL_BYTES));
let sites: CallSite[] = [];
/** The latest arguments, for this thread. */
let latest: readonly unknown[] = [];

/** From now on calls are noted there, in RUNNING_CALL_BYTES of shared memory. Comes before plugins are loaded. */
export const shareRunningCalls = (buffer: SharedArrayBuffer): void => {
  record = recordIn(buffer);
  sites = [];
};

/** The number by which `beginCall` knows a site; 0, which is no site, after thousands of them. */
export const siteNumber = (site: CallSite): number => {
  const known = sites.findIndex(({ name, owner }) => name === site.name && owner === site.owner);
  if (known >= 0) return known + 1;
  const bytes = new TextEncoder().encode(`${site.name}\t${site.owner}\n`);
  const { ints, texts } = record;
  if (ints[WRITTEN]! + bytes.length > texts.length) return 0;
  texts.set(bytes, ints[WRITTEN]!);
  ints[WRITTEN]! += bytes.length;
  return sites.push(site);
};

/** Notes that a call begins. Its answer goes to `endCall` when the call has come back or thrown. */
export const beginCall = (site: number, given?: readonly unknown[]): number => {
  const { ints, floats } = record;
  const outer = ints[SITE]!;
  ints[SITE] = site;
  ints[CALLS]!++;
  ints[GIVEN] = given?.length ?? NO_CALL;
  if (given === undefined) return outer;
  for (let i = 0; i < given.length && i < SHOWN; i++) {
    const each = given[i];
    floats[ARGUMENTS + i] = typeof each === 'number' ? each : Number.NaN;
  }
  latest = given;
  return outer;
};

export const endCall = (outer: number): void => {
  record.ints[SITE] = outer;
  record.ints[GIVEN] = UNKNOWN;
};

/** What runs is to have come back by then, in milliseconds as Date.now() has them, 0 for never; answers with what was said before. */
export const endBy = (until: number): number => {
  const before = record.floats[UNTIL]!;
  record.floats[UNTIL] = until;
  return before;
};

/** What runs according to the memory at `buffer`. */
export const runningCall = (buffer: ArrayBufferLike): RunningCall | undefined => {
  const { ints, floats, texts } = recordIn(buffer);
  const [site, calls, count] = [ints[SITE]!, ints[CALLS]!, ints[GIVEN]!];
  if (site === 0) return undefined;
  // What is shared cannot be decoded where it lies.
  const lines = new TextDecoder().decode(texts.slice(0, ints[WRITTEN]!)).split('\n');
  const [name, owner] = lines[site - 1]!.split('\t');
  const until = floats[UNTIL]!;
  const given = count === NO_CALL ? '' : `(${shownArguments(floats, count)})`;
  return { text: `${name}${given}${owner}`, calls, ...(until > 0 ? { until } : {}) };
};

const shownArguments = (floats: Float64Array, count: number): string => {
  if (count === UNKNOWN) return '…';
  const first = [...floats.slice(ARGUMENTS, ARGUMENTS + Math.min(SHOWN, count))];
  const shown = first.map((each) => (Number.isNaN(each) ? '…' : String(each)));
  return [...shown, ...(count > SHOWN ? ['…'] : [])].join(', ');
};

/** The function whose call was given up, with its arguments; nothing runs from now on. */
export const abandonedCall = (): (CallSite & { readonly given: readonly unknown[] }) | undefined => {
  const site = record.ints[SITE]!;
  endCall(0);
  return site === 0 ? undefined : { ...sites[site - 1]!, given: latest };
};
