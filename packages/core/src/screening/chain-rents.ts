import { pieceBelow } from '../integration/quadrature.ts';
import { root } from '../integration/root.ts';
import type { Chain } from './chain-problem.ts';
import { qualityIntegral, type ServedStretch } from './chain-stretches.ts';

/** Places in a stretch at which U ≥ u is looked at. */
const CHECKED = 32;

/** Rents from the lowest type on, above the lowest type's own. */
export const rentsAlong = (
  { participation }: Chain,
  stretches: readonly ServedStretch[],
): ((type: number) => number) => {
  /** Where pieces start, with the rent so far. */
  const starts: {
    readonly from: number;
    readonly rent: number;
    readonly of: ServedStretch;
    readonly piece: number;
  }[] = [];
  const within = (of: ServedStretch, piece: number, to: number): number => {
    const whole = of.pieces[piece]!;
    const { from } = whole;
    if (!(to > from)) return 0;
    if (of.stretch.kind === 'fixed') return of.stretch.quality * (to - from);
    if (of.stretch.kind === 'slope') return participation.utility(to) - participation.utility(from);
    return qualityIntegral(of, [to === whole.to ? whole : pieceBelow(whole, to)]);
  };
  let rent = 0;
  for (const of of stretches) {
    of.pieces.forEach(({ from, to }, piece) => {
      starts.push({ from, rent, of, piece });
      rent += within(of, piece, to);
    });
  }
  return (type) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]!.from <= type) low = middle;
      else high = middle - 1;
    }
    const { rent: before, of, piece } = starts[low]!;
    return before + within(of, piece, type);
  };
};

/** max u(θ) − ∫q: looked for in stretches where U may be above u, between places at which it is largest. */
export const leastRent = (
  { participation }: Chain,
  stretches: readonly ServedStretch[],
  along: (type: number) => number,
): number => {
  const lack = (type: number): number => participation.utility(type) - along(type);
  let most = Number.NEGATIVE_INFINITY;
  for (const { stretch, at, pieces } of stretches) {
    const { from, to, kind } = stretch;
    most = Math.max(most, lack(from), lack(to));
    if (kind !== 'level') continue;
    // Inside a stretch it is largest where quality passes u′ from below.
    const fall = (type: number): number => at(type).quality - participation.slope(type);
    const even = Array.from({ length: CHECKED + 1 }, (_, i) => from + ((to - from) * i) / CHECKED);
    const breaks = participation.breakpoints.filter((x) => x > from && x < to);
    const places = [...even, ...breaks, ...pieces.map((piece) => piece.from)].sort((a, b) => a - b);
    for (let i = 0; i + 1 < places.length; i++) {
      const [low, high] = [places[i]!, places[i + 1]!];
      most = Math.max(most, lack(low));
      if (fall(low) < 0 && fall(high) > 0) most = Math.max(most, lack(root(fall, low, high)));
    }
  }
  return most;
};
