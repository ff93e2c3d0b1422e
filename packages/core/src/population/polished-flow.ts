import { gaussLegendre } from '../integration/gauss-legendre.ts';
import { type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';
import { type ContinuousFlow, feasibleFlow } from './continuous-flow.ts';
import { descent } from './descent.ts';
import type { ValueScalePopulation } from './observable-scale.ts';

/** How often the highest cell of values is halved: there buyers of high scales may crowd. */
const HALVINGS = 6;
/** Grids of fewer cells of scales have b bend, and of values step, half way as well. */
const COARSE = 96;
/** Gauss points of the ranks between two steps, and of the buyers of a cell of values, of equal numbers between two. */
const [RANKS, BUYERS] = [gaussLegendre(3), gaussLegendre(4)];
/** Buyers who are too few to be looked for, and bisections until they are found. */
const FEWEST = 1e-13;
const BISECTIONS = 40;

/**
 * A better flow of the same kind as a given one, without its jumps and convexity: D = E[S(φ)] is convex in b, and nothing asks that b be the grid's. Between the given steps b may bend once more, and in
 * the highest values step, and it goes down along D's gradient,
 *
 *     ∂D/∂b = (what a menu of S(φ) leaves above the step) − (what it leaves below), U(w, v) = ∫ Q dw below w,
 *
 * while b ≥ 0. D is a rule of few points here, as whatever comes of it is a flow that `flowBound` bounds with for itself. Yields between looks at D.
 */
export function* polishedFlow(
  population: ValueScalePopulation,
  given: ContinuousFlow,
  supply: ProfileSupply,
  surplusWeight = 0,
): Generator<undefined, ContinuousFlow, unknown> {
  const flow = refined(feasibleFlow(given, surplusWeight).flow);
  const { steps, down } = flow;
  const count = steps.length;
  const look = dual(population, flow, supply, surplusWeight);
  // Where steps are close b moves its neighbours’ φ more.
  const reach = down.map((_, p) => {
    const e = p % count;
    return e > 0 && e + 1 < count ? Math.min(steps[e + 1]! - steps[e]!, steps[e]! - steps[e - 1]!) : 0;
  });
  const best = yield* descent(down, reach, look);
  return { ...flow, down: best };
}

/** The same b, in cells that are halved. */
const refined = ({ values, ranks, steps, down }: ContinuousFlow): ContinuousFlow => {
  const [n, m, count] = [values.length - 1, ranks.length - 1, steps.length];
  const isCoarse = m < COARSE;
  const edges: number[] = [];
  for (let i = 0; i < n; i++) {
    const [low, high] = [values[i]!, values[i + 1]!];
    edges.push(low);
    if (isCoarse) edges.push((low + high) / 2);
    if (i === n - 1) for (let k = 0; k < HALVINGS; k++) edges.push((edges.at(-1)! + high) / 2);
  }
  edges.push(values[n]!);
  // The outermost cells have steps enough.
  const finer: number[] = [];
  steps.forEach((v, e) => {
    finer.push(v);
    if (isCoarse && e + 1 < count && v >= ranks[1]! && v < ranks[m - 1]!) finer.push((v + steps[e + 1]!) / 2);
  });
  const spread = new Float64Array((edges.length - 1) * finer.length);
  let i = 0;
  for (let a = 0; a + 1 < edges.length; a++) {
    while (i + 1 < n && edges[a]! >= values[i + 1]!) i++;
    const share = (edges[a + 1]! - edges[a]!) / (values[i + 1]! - values[i]!);
    let e = 0;
    for (let c = 0; c < finer.length; c++) {
      while (e + 2 < count && finer[c]! >= steps[e + 1]!) e++;
      const t = (finer[c]! - steps[e]!) / (steps[e + 1]! - steps[e]!);
      const at = i * count + e;
      spread[a * finer.length + c] = share * ((1 - t) * down[at]! + t * down[at + 1]!);
    }
  }
  return {
    values: Float64Array.from(edges),
    ranks,
    steps: Float64Array.from(finer),
    down: spread,
    jumps: { from: new Int32Array(0), to: new Int32Array(0), rate: new Float64Array(0) },
    convexity: new Float64Array(edges.length * m),
  };
};

/** D at b, whose gradient is written. */
type DualLook = (b: Float64Array, gradient: Float64Array) => number;

const dual = (
  population: ValueScalePopulation,
  { values, steps }: ContinuousFlow,
  supply: ProfileSupply,
  surplusWeight: number,
): DualLook => {
  const [n, count] = [values.length - 1, steps.length];
  const buyers = Array.from({ length: count - 1 }, (_, e) =>
    buyersBetween(population, values, steps[e]!, steps[e + 1]!),
  );
  const point = profilePoint(supply);
  const [phi, weight] = [new Float64Array(1), new Float64Array(1)];
  const [gains, above] = [new Float64Array(n), new Float64Array(n + 1)];
  const [whole, part] = [new Float64Array(n), new Float64Array(n)];
  return (b, gradient) => {
    let sum = 0;
    gradient.fill(0);
    for (let e = 0; e + 1 < count; e++) {
      const width = steps[e + 1]! - steps[e]!;
      for (let i = n - 1; i >= 0; i--) {
        gains[i] = (b[i * count + e + 1]! - b[i * count + e]!) / width;
        above[i] = above[i + 1]! + gains[i]!;
      }
      whole.fill(0);
      part.fill(0);
      const { cells, places, worth, tails, densities, scales, masses } = buyers[e]!;
      for (let p = 0; p < cells.length; p++) {
        const [i, y, density] = [cells[p]!, places[p]!, densities[p]!];
        const a = (1 - surplusWeight) * tails[p]! + above[i + 1]! + (1 - y) * gains[i]!;
        phi[0] = worth[p]! - a / density;
        if (!(phi[0] > 0)) continue;
        weight[0] = scales[p]!;
        supply.supply(phi, weight, 1, point);
        sum += masses[p]! * point.surplus;
        const rise = (masses[p]! * scales[p]! * point.quality[0]!) / density;
        whole[i]! += rise;
        part[i]! += (1 - y) * rise;
      }
      let below = 0;
      for (let i = 0; i < n; i++) {
        const rent = (below + part[i]!) / width;
        below += whole[i]!;
        if (e + 1 < count - 1) gradient[i * count + e + 1]! -= rent;
        if (e > 0) gradient[i * count + e]! += rent;
      }
    }
    return sum;
  };
};

/** Buyers who stand for all between two ranks, cell by cell of values. */
const buyersBetween = (
  { values: distribution, scales, copula }: ValueScalePopulation,
  values: Float64Array,
  low: number,
  high: number,
) => {
  const [cells, places, worth, tails, densities, own, masses]: number[][] = [[], [], [], [], [], [], []];
  RANKS.nodes.forEach((x, g) => {
    const v = low + x * (high - low);
    const rest = 1 - high + (1 - x) * (high - low);
    const scale = scales.quantile(v);
    const tailAt = (w: number): number => {
      const [u, beyond] = [distribution.cdf(w), distribution.survival(w)];
      return u <= 0 ? 1 : beyond <= 0 ? 0 : copula.conditionalSurvival(u, v, beyond, rest);
    };
    for (let i = 0; i + 1 < values.length; i++) {
      const beyond = tailAt(values[i + 1]!);
      const mass = tailAt(values[i]!) - beyond;
      if (!(mass > FEWEST)) continue;
      BUYERS.nodes.forEach((y, h) => {
        const tail = beyond + y * mass;
        let [from, to] = [values[i]!, values[i + 1]!];
        for (let k = 0; k < BISECTIONS; k++) {
          const half = (from + to) / 2;
          if (tailAt(half) > tail) from = half;
          else to = half;
        }
        const w = (from + to) / 2;
        const density =
          distribution.density(w) * copula.density(distribution.cdf(w), v, distribution.survival(w), rest);
        if (!(density > 0 && density < Number.POSITIVE_INFINITY)) return;
        cells!.push(i);
        places!.push((w - values[i]!) / (values[i + 1]! - values[i]!));
        worth!.push(w);
        tails!.push(tail);
        densities!.push(density);
        own!.push(scale);
        masses!.push(RANKS.weights[g]! * (high - low) * BUYERS.weights[h]! * mass);
      });
    }
  });
  return {
    cells: Int32Array.from(cells!),
    places: Float64Array.from(places!),
    worth: Float64Array.from(worth!),
    tails: Float64Array.from(tails!),
    densities: Float64Array.from(densities!),
    scales: Float64Array.from(own!),
    masses: Float64Array.from(masses!),
  };
};
