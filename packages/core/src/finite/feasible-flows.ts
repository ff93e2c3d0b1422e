import type { Flows } from './finite-problem.ts';

/** Rounds in which types that pass on too much pass on less. */
const MOST_ROUNDS = 50;
/**
 * Of all that passes through a type, what its balance may be off by in floating point: along a pool flows go both ways, and can be 10⁸ times as large as
 * what is left of them.
 */
const ROUNDING = 1e-15;

/**
 * Flows with out − in ≤ budget, whatever was proposed: without negative or broken ones, and less from each type that passes on more than she has, until
 * none does; what is left after some rounds is scaled away. A type of little mass that passes on 10⁻⁷ too much so costs the bound 10⁻⁷ of her
 * own flows, and not of everybody's.
 */
export const feasibleFlows = ({ from, to, amount }: Flows, budget: Float64Array): Flows => {
  const n = budget.length;
  const isUsable = (e: number): boolean => {
    const [a, b] = [from[e]!, to[e]!];
    return (
      amount[e]! > 0 && amount[e]! < Number.POSITIVE_INFINITY && a >= 0 && a < n && b >= 0 && b < n && a !== b
    );
  };
  const usable: number[] = [];
  for (let e = 0; e < amount.length; e++) if (isUsable(e)) usable.push(e);
  const flows = {
    from: Int32Array.from(usable, (e) => from[e]!),
    to: Int32Array.from(usable, (e) => to[e]!),
    amount: Float64Array.from(usable, (e) => amount[e]!),
  };
  passOnLess(flows, budget);
  const { net, through } = balance(flows, n);
  let factor = 1;
  for (let k = 0; k < n; k++)
    if (net[k]! - budget[k]! > ROUNDING * through[k]!) factor = Math.min(factor, budget[k]! / net[k]!);
  return { ...flows, amount: flows.amount.map((each) => factor * each) };
};

/** What is left of every type's budget, budget − out + in: the multipliers μ of participation. */
export const leftOfBudgets = (flows: Flows, budget: Float64Array): Float64Array =>
  balance(flows, budget.length).net.map((net, k) => budget[k]! - net);

const balance = (
  { from, to, amount }: Flows,
  n: number,
): { readonly net: Float64Array; readonly out: Float64Array; readonly through: Float64Array } => {
  const net = new Float64Array(n);
  const out = new Float64Array(n);
  const through = new Float64Array(n);
  for (let e = 0; e < amount.length; e++) {
    out[from[e]!]! += amount[e]!;
    net[from[e]!]! += amount[e]!;
    net[to[e]!]! -= amount[e]!;
    through[from[e]!]! += amount[e]!;
    through[to[e]!]! += amount[e]!;
  }
  return { net, out, through };
};

const passOnLess = (flows: Flows, budget: Float64Array): void => {
  const { from, amount } = flows;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { net, out, through } = balance(flows, budget.length);
    let isOver = false;
    const kept = Float64Array.from(out, (whole, k) => {
      const over = net[k]! - budget[k]!;
      if (!(over > ROUNDING * through[k]!)) return 1;
      isOver = true;
      return 1 - over / whole;
    });
    if (!isOver) return;
    for (let e = 0; e < amount.length; e++) amount[e]! *= kept[from[e]!]!;
  }
};
