/** Virtual values along a chain of types, ascending. */
export interface ChainValues {
  /** φ_k; −∞ for types without mass that others stand above. */
  readonly phi: Float64Array;
  /** f_k φ_k, finite for types without mass as well: what they cost in rent counts where they are bunched. */
  readonly weighted: Float64Array;
}

/** φ_k = θ_k − (1 − κ)(θ_{k+1} − θ_k)(1 − F_k)/f_k, by position in ascending order; κ is the weight of consumer surplus. */
export const chainVirtualValues = (
  value: Float64Array,
  mass: Float64Array,
  surplusWeight = 0,
): ChainValues => {
  const n = value.length;
  const phi = new Float64Array(n);
  const weighted = new Float64Array(n);
  let above = 0;
  for (let k = n - 1; k >= 0; k--) {
    const rent = k + 1 < n ? (1 - surplusWeight) * (value[k + 1]! - value[k]!) * above : 0;
    phi[k] = rent > 0 ? value[k]! - rent / mass[k]! : value[k]!;
    weighted[k] = mass[k]! * value[k]! - rent;
    above += mass[k]!;
  }
  return { phi, weighted };
};

/** Pool adjacent violators: the nondecreasing φ̄ with the least mass-weighted distance to φ, in O(n). */
export const poolAdjacentViolators = ({ phi, weighted }: ChainValues, mass: Float64Array): Float64Array => {
  const blocks: { mass: number; sum: number; mean: number; count: number }[] = [];
  for (let k = 0; k < phi.length; k++) {
    blocks.push({ mass: mass[k]!, sum: weighted[k]!, mean: phi[k]!, count: 1 });
    while (blocks.length >= 2 && !(blocks[blocks.length - 2]!.mean <= blocks[blocks.length - 1]!.mean)) {
      const last = blocks.pop()!;
      const before = blocks.pop()!;
      const total = last.mass + before.mass;
      const sum = last.sum + before.sum;
      blocks.push({
        mass: total,
        sum,
        mean: total > 0 ? sum / total : last.mean,
        count: last.count + before.count,
      });
    }
  }
  const ironed = new Float64Array(phi.length);
  let at = 0;
  for (const block of blocks) {
    ironed.fill(block.mean, at, at + block.count);
    at += block.count;
  }
  return ironed;
};

/** The optimum along a chain of types, ascending: virtual values, ironed, and the flows that make them. */
export interface IronedChain {
  readonly phi: Float64Array;
  readonly ironed: Float64Array;
  /** λ of the constraint by which type i + 1 keeps from the item of i, and the other way round; one less than there are types. */
  readonly down: Float64Array;
  readonly up: Float64Array;
}

/**
 * φ, φ̄ and the flows with θ_k − (1/f_k) Σ λ_nk (θ_n − θ_k) = φ̄_k.
 *
 * Down the chain flows (1 − κ)(1 − F); inside a pool a flow u in both directions is added, with u_k (θ_{k+1} − θ_k) = Σ_{j ≤ k} f_j (φ_j − φ̄_j), which
 * makes every virtual value of the pool its mean. Values are distinct.
 */
export const ironedChain = (value: Float64Array, mass: Float64Array, surplusWeight = 0): IronedChain => {
  const chain = chainVirtualValues(value, mass, surplusWeight);
  const ironed = poolAdjacentViolators(chain, mass);
  const links = Math.max(0, value.length - 1);
  const down = new Float64Array(links);
  const up = new Float64Array(links);
  let above = mass.reduce((sum, f) => sum + f, 0);
  let lifted = 0;
  for (let i = 0; i < links; i++) {
    above -= mass[i]!;
    lifted = ironed[i + 1] === ironed[i] ? lifted + chain.weighted[i]! - mass[i]! * ironed[i]! : 0;
    up[i] = Math.max(0, lifted) / (value[i + 1]! - value[i]!);
    down[i] = (1 - surplusWeight) * Math.max(0, above) + up[i]!;
  }
  return { phi: chain.phi, ironed, down, up };
};
