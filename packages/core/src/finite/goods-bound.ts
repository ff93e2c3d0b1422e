import { type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';
import { type GoodsCells, placeOf, placesWithin, type SidePlaces } from './goods-cells.ts';
import { feasibleGoodsFlow, fromAbove, type GoodsFlow, noGoodsFlow } from './goods-flow.ts';

/** What bounds need to know of the seller: S(φ), and whether it is a sum over goods. */
export interface GoodsSupply {
  readonly supply: ProfileSupply;
  readonly isSeparable: boolean;
}

/** Most calls of the supply for one bound. */
const MOST_CALLS = { independent: 4e6, dependent: 2e5 };

/**
 * An upper bound on what any menu makes of profit and κ times rents, of buyers with continuous values of goods: D = ∫ f S(w − a/f) for a flow a made feasible.
 *
 * Proof. U is convex and Lipschitz with ∇U = q almost everywhere, and U ≥ 0. By Gauss's theorem ∫ a·∇U = ∮ (a·n) U − ∫ (∇·a) U, so that for every menu
 *
 *     ∫ f (⟨w, q⟩ − C(q) − (1 − κ) U) = ∫ (⟨f w − a, q⟩ − f C(q)) + ∮ (a·n) U − ∫ (∇·a + (1 − κ) f) U ≤ ∫ f S(w − a/f)
 *
 * where ∇·a + (1 − κ) f ≥ 0, and a·n ≤ 0 on the boundary. Beside it pairs x ↔ y of a measure π, each held from the other's item, add
 * U(x) − U(y) − ⟨q(y), x − y⟩ ≥ 0 and the same with x and y exchanged: U cancels, and f φ at y loses x − y, at x gains it.
 *
 * The field. A place in a cell is told by t ∈ [0, 1]^K, the ranks within its intervals, and ρ(t) is the density of buyers in t: the cell's mass m
 * where goods are independent. In t, where fluxes through faces stay what they are, a_j = A_j(t_j) is linear between what passes the cell's two faces of good j, evenly spread over
 * them, as Raviart and Thomas (1977) have it. So a·n is the same on both sides of a face, and ∇·a is even in t: it is −s m, with s m what the cell lets out beyond what comes in.
 * With ρ = m it is −s ρ ≥ −(1 − κ) ρ everywhere if it is so for masses. Where ρ is not even, a field without flow through faces is added whose divergence is s (m − ρ). In values,
 *
 *     φ_j = w_j − (A_j dw_j/dt_j + Σ λ (x_j(t) − w_j(t)))/ρ(t),
 *
 * where pairs of cells join buyers at the same t. Pairs need no budget, as what goes out comes in.
 *
 * The integral over t is a sum by the trapezoidal rule. S∘φ is convex where densities are even, as φ is then affine, and the rule is not below it (Hermite
 * and Hadamard); elsewhere the difference to half as many steps, where it speaks against that, is added. No cell may have a flow a_j < 0 where nobody is.
 */
export const goodsBound = (
  cells: GoodsCells,
  { supply, isSeparable }: GoodsSupply,
  flow: GoodsFlow,
  surplusWeight = 0,
  isBound = true,
): number => {
  const feasible = feasibleGoodsFlow(cells, flow, surplusWeight);
  const goods = cells.sides.length;
  const isDiagonal = isSeparable && cells.dependence.independent;
  const most = MOST_CALLS[cells.dependence.independent ? 'independent' : 'dependent'];
  const callsAt = (steps: number): number => cells.mass.length * (steps + 1) ** (isDiagonal ? 1 : goods);
  const steps = [16, 8, 4].find((each) => callsAt(each) <= most) ?? 2;
  const surplus = cellSurplus(cells, supply, feasible, steps, isDiagonal);
  let bound = 0;
  for (let n = 0; n < cells.mass.length; n++) {
    const { fine, coarse } = surplus(n);
    bound += isBound ? fine + (fine > coarse ? fine - coarse : 0) : fine + (fine - coarse) / 3;
  }
  return bound;
};

/** E[S(w)], what there would be to share if values were seen: no bound, but by Simpson's rule. */
export const goodsFirstBest = (cells: GoodsCells, supply: GoodsSupply): number =>
  goodsBound(cells, supply, noGoodsFlow(cells), 1, false);

/** The integral of f S(φ) over a cell. */
const cellSurplus = (
  cells: GoodsCells,
  supply: ProfileSupply,
  { through, pairs }: GoodsFlow,
  steps: number,
  isDiagonal: boolean,
): ((cell: number) => { readonly fine: number; readonly coarse: number }) => {
  const goods = cells.sides.length;
  const { mass } = cells;
  const places = cells.sides.map((side, j) => placesWithin(cells.values[j]!, side, steps));
  const held = pairsOf(cells, pairs);
  const point = profilePoint(supply);
  const ones = new Float64Array(goods).fill(1);
  const φ = new Float64Array(goods);
  const at = new Int32Array(goods);
  const density = densityWithin(cells, steps);
  return (n) => {
    if (isInfinite(cells, places, through, n)) return { fine: Infinity, coarse: Infinity };
    if (!(mass[n]! > 0)) return { fine: 0, coarse: 0 };
    const within = density?.(n, outOf(cells, through, n));
    /** The rule with every `stride`-th step. */
    const rule = (stride: number): number => {
      let [sum, weights] = [0, 0];
      const inner = steps / stride;
      const points = isDiagonal ? inner + 1 : (inner + 1) ** goods;
      for (let p = 0; p < points; p++) {
        let weight = 1;
        for (let j = 0, rest = p; j < goods; j++) {
          const q = isDiagonal ? p : rest % (inner + 1);
          rest = Math.floor(rest / (inner + 1));
          at[j] = q * stride;
          if (!isDiagonal || j === 0) weight *= q === 0 || q === inner ? 0.5 : 1;
        }
        const ρ = within ? within.density(at[0]!, at[1]!) : mass[n]!;
        if (!(ρ > 0)) continue;
        for (let j = 0; j < goods; j++) φ[j] = virtualAt(n, j, ρ, within);
        supply.supply(φ, ones, goods, point);
        sum += weight * ρ * (point.solved ? point.surplus : Number.NaN);
        weights += weight * ρ;
      }
      return weights > 0 ? (mass[n]! * sum) / weights : 0;
    };
    return { fine: rule(1), coarse: rule(2) };
  };
  function virtualAt(n: number, j: number, ρ: number, within: Within | undefined): number {
    const q = at[j]!;
    const i = placeOf(cells, n, j) * (steps + 1) + q;
    const { values, slopes } = places[j]!;
    const [low, high] = [through[j]![n]!, fromAbove(cells, through, n, j)];
    const passing = low + ((high - low) * q) / steps + (within?.correction(j, at[0]!, at[1]!) ?? 0);
    let moved = passing === 0 ? 0 : passing * slopes[i]!;
    for (let e = held.offsets[n]!; e < held.offsets[n + 1]!; e++) {
      const other = placeOf(cells, held.other[e]!, j) * (steps + 1) + q;
      moved += held.amount[e]! * (values[other]! - values[i]!);
    }
    return moved === 0 ? values[i]! : values[i]! - moved / ρ;
  }
};

/** What a cell lets out beyond what comes in. */
const outOf = (cells: GoodsCells, through: GoodsFlow['through'], n: number): number =>
  through.reduce((out, each, j) => out + each[n]! - fromAbove(cells, through, n, j), 0);

/** Where nobody is S grows without bound against a flow upwards: in a cell without buyers, or a part of one. */
const isInfinite = (
  cells: GoodsCells,
  places: readonly SidePlaces[],
  through: GoodsFlow['through'],
  n: number,
): boolean => {
  for (let j = 0; j < places.length; j++) {
    if (cells.mass[n]! > 0 && places[j]!.hasGap[placeOf(cells, n, j)] === 0) continue;
    if (through[j]![n]! < 0 || fromAbove(cells, through, n, j) < 0) return true;
  }
  return false;
};

/** Density in t, and the flow that makes its divergence even out, at places of a cell. */
interface Within {
  density(q: number, r: number): number;
  correction(j: number, q: number, r: number): number;
}

/** Of two dependent goods; undefined of independent ones. */
const densityWithin = (
  { dependence, sides, mass, strides }: GoodsCells,
  steps: number,
): ((n: number, out: number) => Within) | undefined => {
  if (dependence.independent || sides.length !== 2) return undefined;
  const rankAt = (j: number, i: number, q: number): number => {
    const { ranks, masses } = sides[j]!;
    const t = Math.min(1 - 1e-9, Math.max(1e-9, q / steps));
    return Math.min(1, ranks[i]! + t * masses[i]!);
  };
  return (n, out) => {
    const [i, k] = [Math.floor(n / strides[0]!), n % strides[0]!];
    const area = sides[0]!.masses[i]! * sides[1]!.masses[k]!;
    const [left, right] = [sides[0]!.ranks[i]!, sides[0]!.ranks[i + 1]!];
    const [below, above] = [sides[1]!.ranks[k]!, sides[1]!.ranks[k + 1]!];
    const share = out > 0 && mass[n]! > 0 ? out / mass[n]! : 0;
    return {
      density: (q, r) => area * dependence.density(rankAt(0, i, q), rankAt(1, k, r)),
      correction: (j, q, r) => {
        if (share === 0) return 0;
        if (j === 0) {
          const v = rankAt(1, k, r);
          const upTo = (u: number): number => dependence.conditional(u, v);
          const first = upTo(left);
          const whole = upTo(right) - first;
          const part = upTo(rankAt(0, i, q)) - first;
          return -share * sides[1]!.masses[k]! * (part - (q / steps) * whole);
        }
        const v = rankAt(1, k, r);
        const { cdf } = dependence;
        const part = cdf(right, v) - cdf(left, v) - cdf(right, below) + cdf(left, below);
        return r === 0 || r === steps || above === below ? 0 : -share * (part - (r / steps) * mass[n]!);
      },
    };
  };
};

/** Pairs by cell. */
const pairsOf = ({ mass }: GoodsCells, pairs: GoodsFlow['pairs']) => {
  const offsets = new Int32Array(mass.length + 1);
  for (const { n, k } of pairs) {
    offsets[n + 1]!++;
    offsets[k + 1]!++;
  }
  for (let n = 0; n < mass.length; n++) offsets[n + 1]! += offsets[n]!;
  const next = offsets.slice(0, mass.length);
  const other = new Int32Array(2 * pairs.length);
  const amount = new Float64Array(2 * pairs.length);
  const put = (n: number, k: number, each: number): void => {
    other[next[n]!] = k;
    amount[next[n]!++] = each;
  };
  for (const { n, k, amount: each } of pairs) {
    put(n, k, each);
    put(k, n, each);
  }
  return { offsets, other, amount };
};
