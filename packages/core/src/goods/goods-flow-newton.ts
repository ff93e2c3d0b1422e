import { type GoodsCells, placeOf } from '../finite/goods-cells.ts';
import { gaussLegendre } from '../integration/gauss-legendre.ts';
import { type CliqueCholesky, cliqueCholesky } from '../linear-algebra/clique-cholesky.ts';
import { curvedPoint } from '../supply/profile-supply.ts';
import type { GoodsSupply } from './goods-bound.ts';
import type { FlowUnknowns } from './goods-flow-unknowns.ts';
import { cellNodes } from './goods-nodes.ts';

/** Places of a cell a good in which the surplus is looked at. */
const POINTS = 2;
/** Of the mean curvature, added everywhere: where nothing is sold a flow does not matter. */
const STIFFNESS = 1e-9;

/** The bound D of a flow as a function of its unknowns x, and Newton's direction. */
export interface FlowNewton {
  /** s, what cells have left at the last evaluation. */
  readonly left: Float64Array;
  evaluate(x: Float64Array): number;
  /** What cells have more of after a step. */
  leftAfter(step: Float64Array): Float64Array;
  /**
   * Writes the direction towards s U = x y = `barrier`, with rents U of cells and prices y of unknowns that are not negative eliminated: (∇²D + Bᵀ diag(U/s) B + diag(y/x)) Δx =
   * −∇D + Bᵀ(barrier/s) + barrier/x. False where that is not known.
   */
  direct(
    x: Float64Array,
    rents: Float64Array,
    prices: Float64Array,
    barrier: number,
    step: Float64Array,
  ): boolean;
}

export const flowNewton = (
  cells: GoodsCells,
  seller: GoodsSupply,
  unknowns: FlowUnknowns,
  surplusWeight: number,
): FlowNewton => {
  const { active, bounded, size } = unknowns;
  const cliques = cellUnknowns(cells, unknowns);
  const { offsets, members, blockOffsets, signs } = cliques;
  const surplus = surplusOf(cells, seller, unknowns, cliques);
  const cholesky: CliqueCholesky = cliqueCholesky(size, cliques, unknowns.coordinates);
  const blocks = new Float64Array(blockOffsets[active.length]!);
  const diagonal = new Float64Array(size);
  const gradient = new Float64Array(size);
  const left = new Float64Array(cells.mass.length);
  const change = new Float64Array(cells.mass.length);
  const writeLeft = (x: Float64Array, own: number, out: Float64Array): void => {
    active.forEach((n, c) => {
      let s = own * cells.mass[n]!;
      for (let i = offsets[c]!; i < offsets[c + 1]!; i++) s += signs[i]! * x[members[i]!]!;
      out[n] = s;
    });
  };
  const addConditions = (rents: Float64Array, barrier: number): void => {
    active.forEach((n, c) => {
      const first = offsets[c]!;
      const d = offsets[c + 1]! - first;
      for (let a = 0; a < d; a++) {
        const sign = signs[first + a]!;
        gradient[members[first + a]!]! -= (barrier * sign) / left[n]!;
        const stiff = (rents[n]! / left[n]!) * sign;
        for (let b = 0; b <= a; b++) blocks[blockOffsets[c]! + a + b * d]! += stiff * signs[first + b]!;
      }
    });
  };
  return {
    left,
    evaluate: (x) => {
      writeLeft(x, 1 - surplusWeight, left);
      return surplus.value(x);
    },
    leftAfter: (step) => {
      writeLeft(step, 0, change);
      return change;
    },
    direct: (x, rents, prices, barrier, step) => {
      gradient.fill(0);
      blocks.fill(0);
      surplus.addDerivatives(x, gradient, blocks);
      addConditions(rents, barrier);
      let trace = 0;
      for (let c = 0; c < active.length; c++) {
        const d = offsets[c + 1]! - offsets[c]!;
        for (let a = 0; a < d; a++) trace += blocks[blockOffsets[c]! + a * (d + 1)]!;
      }
      diagonal.fill((STIFFNESS * trace) / size);
      for (const i of bounded) {
        gradient[i]! -= barrier / x[i]!;
        diagonal[i]! += prices[i]! / x[i]!;
      }
      if (!cholesky.factor(diagonal, blocks)) return false;
      for (let i = 0; i < size; i++) step[i] = -gradient[i]!;
      cholesky.solve(step);
      return step.every(Number.isFinite);
    },
  };
};

/** The unknowns that φ of a cell's buyers depends on: what passes its faces, and its pairs. */
interface CellUnknowns {
  readonly offsets: Int32Array;
  readonly members: Int32Array;
  readonly blockOffsets: Int32Array;
  /** What a unit of it adds to what the cell has left. */
  readonly signs: Int32Array;
  /** Good and end of a face, 2j + end; of a pair 2K + the other cell. */
  readonly roles: Int32Array;
}

const cellUnknowns = (cells: GoodsCells, { active, faces, pairs, firstPair }: FlowUnknowns): CellUnknowns => {
  const { mass, sides, strides } = cells;
  const goods = sides.length;
  const offsets = new Int32Array(active.length + 1);
  const blockOffsets = new Int32Array(active.length + 1);
  const [members, signs, roles]: [number[], number[], number[]] = [[], [], []];
  const put = (unknown: number, sign: number, role: number): void => {
    if (unknown < 0) return;
    members.push(unknown);
    signs.push(sign);
    roles.push(role);
  };
  const own: [unknown: number, other: number][][] = Array.from(mass, () => []);
  pairs.forEach(({ n, k }, p) => {
    own[n]!.push([firstPair + p, k]);
    own[k]!.push([firstPair + p, n]);
  });
  active.forEach((n, c) => {
    for (let j = 0; j < goods; j++) {
      const isUppermost = placeOf(cells, n, j) === sides[j]!.masses.length - 1;
      put(faces[j]![n]!, -1, 2 * j);
      put(isUppermost ? -1 : faces[j]![n + strides[j]!]!, 1, 2 * j + 1);
    }
    for (const [unknown, other] of own[n]!) put(unknown, 0, 2 * goods + other);
    offsets[c + 1] = members.length;
    blockOffsets[c + 1] = blockOffsets[c]! + (members.length - offsets[c]!) ** 2;
  });
  const listed = (list: number[]): Int32Array => Int32Array.from(list);
  return { offsets, blockOffsets, members: listed(members), signs: listed(signs), roles: listed(roles) };
};

/** Σ ∫ f S(φ) over cells, and its derivatives. */
const surplusOf = (
  cells: GoodsCells,
  { supply, isSeparable }: GoodsSupply,
  { active }: FlowUnknowns,
  { offsets, members, blockOffsets, roles }: CellUnknowns,
) => {
  const goods = cells.sides.length;
  const nodes = cellNodes(cells, isSeparable, gaussLegendre(POINTS));
  const widest = active.reduce((most, _, c) => Math.max(most, offsets[c + 1]! - offsets[c]!), 0);
  /** ∂φ_j/∂x, good by good for each of a cell's unknowns. */
  const slopes = new Float64Array(widest * goods);
  const bent = new Float64Array(widest * goods);
  const φ = new Float64Array(goods);
  const ones = new Float64Array(goods).fill(1);
  const point = curvedPoint(supply);
  const supplyAt = (c: number, p: number, x: Float64Array): void => {
    const n = active[c]!;
    const first = offsets[c]!;
    for (let j = 0; j < goods; j++) φ[j] = nodes.value(n, j, p);
    for (let i = first; i < offsets[c + 1]!; i++) {
      const role = roles[i]!;
      for (let j = 0; j < goods; j++) {
        const slope =
          role < 2 * goods
            ? nodes.ofFace(n, j, p, role >> 1, role % 2)
            : nodes.ofPair(n, role - 2 * goods, j, p);
        slopes[(i - first) * goods + j] = slope;
        φ[j]! += slope * x[members[i]!]!;
      }
    }
    supply.supply(φ, ones, goods, point);
  };
  /** ∇²S times ∂φ/∂x. */
  const bend = (d: number): void => {
    const { diagonal, rank, factors, coefficients } = point.curvature;
    for (let a = 0; a < d * goods; a += goods) {
      for (let j = 0; j < goods; j++) bent[a + j] = diagonal[j]! * slopes[a + j]!;
      for (let r = 0; r < rank; r++) {
        let sum = 0;
        for (let j = 0; j < goods; j++) sum += factors[r * goods + j]! * slopes[a + j]!;
        for (let j = 0; j < goods; j++) bent[a + j]! += coefficients[r]! * factors[r * goods + j]! * sum;
      }
    }
  };
  const visit = (act: (c: number, p: number, weight: number) => void): void => {
    for (let c = 0; c < active.length; c++)
      for (let p = 0; p < nodes.count; p++) {
        const weight = nodes.weight(active[c]!, p);
        if (weight > 0) act(c, p, weight);
      }
  };
  return {
    value: (x: Float64Array): number => {
      let sum = 0;
      visit((c, p, weight) => {
        supplyAt(c, p, x);
        sum += weight * (point.solved ? point.surplus : Number.NaN);
      });
      return sum;
    },
    addDerivatives: (x: Float64Array, gradient: Float64Array, blocks: Float64Array): void =>
      visit((c, p, weight) => {
        const first = offsets[c]!;
        const d = offsets[c + 1]! - first;
        supplyAt(c, p, x);
        bend(d);
        for (let a = 0; a < d; a++) {
          for (let j = 0; j < goods; j++)
            gradient[members[first + a]!]! += weight * point.quality[j]! * slopes[a * goods + j]!;
          for (let b = 0; b <= a; b++) {
            let sum = 0;
            for (let j = 0; j < goods; j++) sum += bent[a * goods + j]! * slopes[b * goods + j]!;
            blocks[blockOffsets[c]! + a + b * d]! += weight * sum;
          }
        }
      }),
  };
};
