import type { GoodsCells } from '../finite/goods-cells.ts';
import { feasibleGoodsFlow, type GoodsFlow, noGoodsFlow } from '../finite/goods-flow.ts';
import type { ProfileSupply } from '../supply/profile-supply.ts';
import { cellSurplus } from './goods-surplus.ts';

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
 * With ρ = m it is −s ρ ≥ −(1 − κ) ρ everywhere if it is so for masses. Where ρ is not even, `cellField` spreads the flow so that ∇·a = −s ρ. In values,
 *
 *     φ_j = w_j − (a_j dw_j/dt_j + Σ λ (x_j(t) − w_j(t)))/ρ(t),
 *
 * where pairs of cells join buyers at the same t. Pairs need no budget, as what goes out comes in.
 *
 * The integral over t is a sum by the trapezoidal rule, in which parts of cells count with their exact mass. S∘φ is convex where densities are even, as φ is then affine, and the rule is not below it
 * (Hermite and Hadamard); elsewhere the difference to half as many steps, where it speaks against that, is added. No cell may have a flow a_j < 0 where nobody is.
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
