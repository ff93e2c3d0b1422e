import { upperEnvelope, walkEnvelope } from '../screening/upper-envelope.ts';
import { type ItemProfiles, writeProfile } from './item-profiles.ts';

/** Types with two tasks, in rows that share the value of one of them. */
export interface TypeRows {
  /** The task whose value a row shares. */
  readonly axis: 0 | 1;
  readonly rows: readonly TypeRow[];
  /** The row in which each type stands. */
  readonly rowOf: Int32Array;
}

interface TypeRow {
  readonly shared: number;
  /** By ascending value of the other task. */
  readonly members: Int32Array;
}

/** Types a row, on average, from which on envelopes are worth their while. */
const LONG = 4;

/** The rows of types on a plane, along the task that makes fewer of them; undefined where there are not two tasks, or hardly any rows. */
export const rowsOnPlane = (values: Float64Array, tasks: number): TypeRows | undefined => {
  if (tasks !== 2) return undefined;
  const [across, up] = [rowsAlong(values, 0), rowsAlong(values, 1)];
  const best = across.rows.length <= up.rows.length ? across : up;
  return best.rows.length * LONG <= values.length / 2 ? best : undefined;
};

const rowsAlong = (values: Float64Array, axis: 0 | 1): TypeRows => {
  const byValue = new Map<number, number[]>();
  for (let n = 0; n < values.length / 2; n++) {
    const shared = values[2 * n + axis]!;
    const row = byValue.get(shared);
    if (row === undefined) byValue.set(shared, [n]);
    else row.push(n);
  }
  const rowOf = new Int32Array(values.length / 2);
  const rows = [...byValue].map(([shared, members], r): TypeRow => {
    for (const n of members) rowOf[n] = r;
    const other = (n: number): number => values[2 * n + 1 - axis]!;
    return { shared, members: Int32Array.from(members.sort((a, b) => other(a) - other(b))) };
  });
  return { axis, rows, rowOf };
};

/** The items as lines in the value that varies along a row, sorted by their slope ω q on that task. */
const linesOf = ({ axis }: TypeRows, weights: Float64Array, items: ItemProfiles, count: number) => {
  const profile = new Float64Array(2);
  const sharedSlopes = new Float64Array(count);
  const slopes = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    writeProfile(items, k, profile);
    sharedSlopes[k] = weights[axis]! * profile[axis]!;
    slopes[k] = weights[1 - axis]! * profile[1 - axis]!;
  }
  const order = Int32Array.from({ length: count }, (_, k) => k).sort((a, b) => slopes[a]! - slopes[b]!);
  return { sharedSlopes, slopes, order };
};

/** Every type's favourite among the items of each row, where it gives her more than `least` above her rent: O(N) a pair of rows. */
export const visitTemptedByRows = (
  types: TypeRows,
  values: Float64Array,
  weights: Float64Array,
  items: ItemProfiles,
  transfers: Float64Array,
  rents: Float64Array,
  least: number,
  visit: (n: number, k: number, gain: number) => void,
): void => {
  const count = transfers.length;
  const { sharedSlopes, slopes, order } = linesOf(types, weights, items, count);
  // The items of one row after another, each by slope.
  const grouped: number[][] = types.rows.map(() => []);
  for (const k of order) grouped[types.rowOf[k]!]!.push(k);
  const orders = grouped.map((group) => Int32Array.from(group));
  const prices = new Float64Array(count);
  const hull = new Int32Array(count);
  const valueAlong = (n: number): number => values[2 * n + 1 - types.axis]!;
  for (const { shared, members } of types.rows) {
    for (let k = 0; k < count; k++) prices[k] = transfers[k]! - shared * sharedSlopes[k]!;
    for (const group of orders) {
      const size = upperEnvelope(group, group.length, slopes, prices, hull);
      walkEnvelope(members, valueAlong, slopes, prices, hull, size, (n, k, utility) => {
        if (utility - rents[n]! > least && n !== k) visit(n, k, utility - rents[n]!);
      });
    }
  }
};
