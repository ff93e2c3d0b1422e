import { bestMixture, type MenuMixture, type MenuUse } from './menu-mixture.ts';

/** Use is aimed at within this share of the tolerance under capacity: the gap is then well within it. */
const ROOM = 1 / 4;

/** What all buyers together may use of some inputs, per buyer, and what these inputs cost. */
export interface Capacity {
  readonly most: Float64Array;
  readonly costs: Float64Array;
  /** What it brings to sell nothing; 0 unless said, and less where buyers are promised something, and are to be paid for doing without. */
  readonly nothing?: number;
  /** Where the search begins, by what an earlier one found: at ρ = 0 unless said. */
  readonly from?: Pick<ShadowPrices, 'prices' | 'slopes'>;
}

/** The menu that was asked for; `isLast` asks for the answer that follows from those known by now. */
export interface SolvedMenu extends MenuUse {
  /** How much more than this menu the best one at its prices may bring; money, 0 unless said. */
  readonly open?: number;
  readonly isLast?: boolean;
}

/** The answer: which of the menus that were asked for are sold, and at which shadow prices. */
export interface ShadowPrices {
  /** ρ ≥ 0, in money per unit, 0 where capacity is slack. */
  readonly prices: Float64Array;
  /** The number of the menu that was solved for at these prices. */
  readonly at: number;
  /** Menus by number, with shares that sum to 1, or to less where some are sold nothing; use stays within capacity. More than one where use jumps in the prices. */
  readonly sold: readonly { readonly menu: number; readonly share: number }[];
  /** (least dual value − what is sold is worth)/dual value, of the menus' own worth. */
  readonly gap: number;
  /** −∂ log use/∂ log cost, input by input, as it was learned. */
  readonly slopes: readonly Float64Array[];
}

const MOST_MENUS = 60;
/** What the prices leave open is nothing beside this share of what the menus do: their worth and use are then no more exact. */
const BESIDE_OPEN = 1 / 20;
/** log use falls so much as log cost rises, until more is known. */
const FIRST_ELASTICITY = 2;
/** No price changes by a larger factor in one step. */
const FARTHEST = Math.log(30);
/** Steps on the first-order conditions without half the gap before one by the mixture's prices. */
const PATIENCE = 3;
/** Tries to find one menu within capacity, once a mixture of several is known to be best. */
const MOST_TRIES = 4;

/**
 * Shadow prices of capacity: min over ρ ≥ 0 of D(ρ) + ρ·K, D(ρ) being what the best menu brings at costs c + ρ. A coroutine: it yields ρ,
 * and is told what the best menu at c + ρ brings at true costs and uses.
 *
 * Every menu k known is a line under the dual function, m(ρ) = max over k of worthₖ + ρ·(K − useₖ), and the mixtures of all menus within
 * capacity bring min m: column generation (Dantzig and Wolfe 1960), which ends at the optimum, jumps or not, but slowly where the dual is smooth.
 * There log use is nearly linear in log cost (exactly, for Cobb–Douglas without base), so that Broyden's method on
 * log use = log capacity in log(c + ρ) needs few solves; a step of it is taken wherever the lines say that the minimum may be there.
 * It aims at a use within a quarter of `tolerance` under capacity: one menu then does, and its gap is that small, as ρ·K is at most the dual value. Menus that are
 * known to be short of the best ones, as those of a grid are for its population, end it where the prices leave open a small part of that.
 */
export function* findShadowPrices(
  { most, costs, nothing = 0, from }: Capacity,
  tolerance: number,
): Generator<Float64Array, ShadowPrices, SolvedMenu> {
  const menus: SolvedMenu[] = [];
  const asked: Float64Array[] = [];
  const room = ROOM * tolerance;
  const newton = broyden(
    costs,
    most.map((amount) => amount * (1 - room / 2)),
    from?.slopes,
  );
  let next: Float64Array = from?.prices ?? new Float64Array(most.length);
  let [lastGap, patience, tries] = [Number.POSITIVE_INFINITY, PATIENCE, 0];
  for (;;) {
    const found = yield next;
    menus.push(found);
    asked.push(next);
    newton.learn(next, found.use);
    const mixture = bestMixture(menus, most, nothing);
    const values = asked.map((prices) => highestLine(menus, prices, most, nothing));
    const at = values.reduce((best, value, k) => (value < values[best]! ? k : best), 0);
    const dual = values[at]!;
    const gap = (dual - mixture.worth) / (Math.abs(dual) || 1);
    const answer = { prices: asked[at]!, at, sold: sharesOf(mixture), gap, slopes: newton.slopes };
    const { open = 0 } = menus[at]!;
    const enough = Math.max(tolerance / 2, (BESIDE_OPEN * open) / (Math.abs(dual) || 1));
    const single = singleMenu(menus, most, dual, tolerance);
    if (!(gap > enough) && single >= 0)
      return { ...answer, prices: asked[single]!, at: single, sold: [{ menu: single, share: 1 }] };
    const isFound = !(gap > enough);
    if (isFound && enough > tolerance / 2) return answer;
    if (found.isLast || menus.length >= MOST_MENUS || Number.isNaN(gap) || (isFound && ++tries > MOST_TRIES))
      return answer;
    patience = gap < lastGap / 2 ? PATIENCE : patience - 1;
    lastGap = Math.min(gap, lastGap);
    const step = newton.step(next);
    const isHopeful =
      step !== undefined &&
      highestLine(menus, step, most, nothing) <= dual + room * Math.abs(dual) &&
      isNew(step, asked);
    if (isHopeful && (patience > 0 || isFound)) next = step;
    else if (isFound || !isNew(mixture.prices, asked)) return answer;
    else {
      next = mixture.prices;
      patience = PATIENCE;
    }
  }
}

/** m(ρ): no mixture within capacity brings more. */
const highestLine = (
  menus: readonly MenuUse[],
  prices: Float64Array,
  most: Float64Array,
  nothing: number,
): number => {
  let highest = nothing + dotted(prices, most);
  for (const { worth, use } of menus) {
    let line = worth;
    for (let j = 0; j < prices.length; j++) line += prices[j]! * (most[j]! - use[j]!);
    if (!(line <= highest)) highest = line;
  }
  return highest;
};

const dotted = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0);

const sharesOf = ({ shares }: MenuMixture): ShadowPrices['sold'] =>
  Array.from(shares, (share, menu) => ({ menu, share })).filter(({ share }) => share > 0);

/** The best of the menus that stay within capacity by themselves, if it brings what can be brought. */
const singleMenu = (
  menus: readonly MenuUse[],
  most: Float64Array,
  dual: number,
  tolerance: number,
): number => {
  let best = -1;
  menus.forEach(({ worth, use }, k) => {
    if (use.some((amount, j) => !(amount <= most[j]!))) return;
    if (worth > (menus[best]?.worth ?? Number.NEGATIVE_INFINITY)) best = k;
  });
  return best >= 0 && menus[best]!.worth >= dual - tolerance * Math.abs(dual) ? best : -1;
};

const isNew = (prices: Float64Array, asked: readonly Float64Array[]): boolean =>
  asked.every((before) => before.some((price, j) => Math.abs(price - prices[j]!) > 1e-15 * price));

interface Broyden {
  readonly slopes: readonly Float64Array[];
  learn(prices: Float64Array, use: Float64Array): void;
  /** The next prices, from the last ones; undefined where something is not used at all. */
  step(prices: Float64Array): Float64Array | undefined;
}

/** Broyden's method on r = log(use/target) = 0 in y = log(c + ρ), prices of what is used too little held at ρ = 0. */
const broyden = (
  costs: Float64Array,
  target: Float64Array,
  known: readonly Float64Array[] | undefined,
): Broyden => {
  const size = costs.length;
  /** −∂r/∂y. */
  const slopes = Array.from({ length: size }, (_, i) => {
    const row = known?.[i]?.slice() ?? new Float64Array(size);
    if (known === undefined) row[i] = FIRST_ELASTICITY;
    return row;
  });
  let y: Float64Array | undefined;
  let r = new Float64Array(size);
  const learn: Broyden['learn'] = (prices, use) => {
    const newY = costs.map((cost, j) => Math.log(cost + prices[j]!));
    const newR = use.map((amount, j) => Math.log(amount / target[j]!));
    if (y !== undefined) {
      const moved = newY.map((value, j) => value - y![j]!);
      const length = dotted(moved, moved);
      slopes.forEach((row, i) => {
        const off = r[i]! - newR[i]! - dotted(row, moved);
        if (!(length > 0) || !Number.isFinite(off)) return;
        for (let j = 0; j < size; j++) row[j]! += (off * moved[j]!) / length;
      });
    }
    y = newY;
    r = newR;
  };
  const step: Broyden['step'] = (prices) => {
    const free = [...costs.keys()].filter((j) => prices[j]! > 0 || r[j]! > 0);
    const moves = solved(free.map((i) => Float64Array.from([...free.map((j) => slopes[i]![j]!), r[i]!])));
    if (moves === undefined) return undefined;
    const next = Float64Array.from(prices);
    free.forEach((j, k) => {
      const move = Math.min(FARTHEST, Math.max(-FARTHEST, moves[k]!));
      next[j] = Math.max(0, prices[j]! + (costs[j]! + prices[j]!) * Math.expm1(move));
    });
    return next;
  };
  return { slopes, learn, step };
};

/** Gaussian elimination with partial pivots on rows [a | b]; undefined where there is no finite solution. */
const solved = (rows: Float64Array[]): Float64Array | undefined => {
  const size = rows.length;
  for (let k = 0; k < size; k++) {
    let best = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= size; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  const solution = Float64Array.from(rows, (row, k) => row[size]! / row[k]!);
  return solution.every(Number.isFinite) ? solution : undefined;
};
