import type { TypeResult } from '../result.ts';

/** An item of a menu along the values of one scale: buyers from `from` to `to` take it. */
export interface Step {
  readonly from: number;
  readonly to: number;
  /** What the buyer of this value is quoted. */
  quote(value: number): TypeResult;
}

/** The line w u − T of an item's utility to buyers of one scale. */
interface Line {
  readonly used: number;
  readonly transfer: number;
  readonly item: TypeResult;
}

/** Items nearer to each other, as a share of the largest quality, are drawn as one. */
const SAME = 1e-6;
const MOST_SPLITS = 12;
/** How often the way from who goes elsewhere to who does not is halved: what she has there is on no line of an item. */
const HALVINGS = 40;

/**
 * The items that buyers of ascending values take from a finite menu. Rents are the upper envelope of the items' lines: where those of two buyers meet,
 * either both are indifferent, or the buyer there is quoted a third. With n items it takes 2n quotes, and the steps are where they are; where buyers begin to go elsewhere, or end, is looked for.
 */
export const quotedSteps = (quote: (value: number) => TypeResult, from: number, to: number): Step[] => {
  const lineAt = (value: number): Line => {
    const item = quote(value);
    const transfer = item.excluded ? 0 : (item.transfer ?? 0);
    return { used: item.excluded || value === 0 ? 0 : ((item.rent ?? 0) + transfer) / value, transfer, item };
  };
  const [first, last] = [lineAt(from), lineAt(to)];
  const same = SAME * last.used;
  const isElsewhere = ({ item }: Line): boolean => item.takes === 'outside';
  const isSame = (a: Line, b: Line): boolean =>
    isElsewhere(a) === isElsewhere(b) && Math.abs(a.used - b.used) <= same;
  const ends: { at: number; line: Line }[] = [];
  const split = (a: Line, b: Line, low: number, high: number, splits: number): void => {
    if (isSame(a, b)) return;
    if (isElsewhere(a) !== isElsewhere(b)) {
      turn(a, b, low, high, splits);
      return;
    }
    const crossing = (b.transfer - a.transfer) / (b.used - a.used);
    const at = crossing > low && crossing < high ? crossing : (low + high) / 2;
    const between = splits > 0 ? lineAt(at) : a;
    if (isSame(between, a) || isSame(between, b)) {
      ends.push({ at, line: b });
      return;
    }
    split(a, between, low, at, splits - 1);
    split(between, b, at, high, splits - 1);
  };
  /** The same where one of both goes elsewhere: from where on the other's neighbour does. */
  const turn = (a: Line, b: Line, low: number, high: number, splits: number): void => {
    let [before, after] = [low, high];
    let [lastLike, firstUnlike] = [a, b];
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = before + (after - before) / 2;
      const line = lineAt(middle);
      if (isElsewhere(line) === isElsewhere(a)) [before, lastLike] = [middle, line];
      else [after, firstUnlike] = [middle, line];
    }
    split(a, lastLike, low, before, splits - 1);
    ends.push({ at: after, line: firstUnlike });
    split(firstUnlike, b, after, high, splits - 1);
  };
  split(first, last, from, to, MOST_SPLITS);
  return [{ at: from, line: first }, ...ends].map(
    ({ at, line: { item, used, transfer } }, k): Step => ({
      from: at,
      to: ends[k]?.at ?? to,
      quote: (value) => {
        // What she has elsewhere is on no line of an item.
        if (item.takes === 'outside') return quote(value);
        return { ...item, value, rent: Math.max(Math.min(0, item.rent ?? 0), value * used - transfer) };
      },
    }),
  );
};
