import { limits, participationOf, profilesTaskByTask, requireWithin, strictTransfers } from '@menusmith/core';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { type Maker, makersOf, type ProofAmounts } from './proof-amounts.ts';
import { itemsMade, type MadeItems, type ProofPart } from './proof-items.ts';
import type { ProvedMenu } from './proved-menu.ts';

/** All that is needed to believe a menu's certificate, beside the study; `verify` checks it. Money in the study's units. */
export interface MenuProof {
  readonly proof: 1;
  /** Nodes and weights of the tasks, where values are held on a quadrature over them. */
  readonly nodes?: { readonly positions: readonly number[]; readonly weights: readonly number[] };
  /** What the menu attains of the objective, and a bound that no menu passes. */
  readonly claims: { readonly attainedObjective: number; readonly upperBound: number };
  /** What is on sale, at prices at which every type strictly prefers what is meant for her to what earns less. */
  readonly items: readonly { readonly transfer: number; readonly parts: readonly ProofPart[] }[];
  /** λ: places of two types in the study's order, of which the first would take the second's item; and the multiplier of that. */
  readonly flows: readonly (readonly [from: number, to: number, amount: number])[];
  /** What serves the virtual types best, one a type in the study's order, model by model. */
  readonly virtual: readonly (readonly ProofAmounts[])[];
  /** What each type buys from a rival, where there is one. */
  readonly outside?: readonly ProofAmounts[];
  /** ρ, with capacity. */
  readonly shadowPrices?: Readonly<Record<string, number>>;
}

/** The proof of a menu for listed types. Throws InputError where there are too many of them. */
export const menuProof = (study: Study, proved: ProvedMenu, upperBound: number): MenuProof => {
  const { problem, tasks, within } = proved;
  const { types, mass } = problem;
  requireWithin(limits.proofTypes, types.count, ['buyers']);
  const makers = makersOf(study, proved);
  const rival = problem.elsewhere ? makers.at(-1) : undefined;
  const made = itemsWithin(study, proved, makers.length - (rival ? 1 : 0));
  const transfers = strictlyPriced(proved, made);
  const flows = flowsOfTypes(proved);
  const { profit } = study.terms.objective;
  return {
    proof: 1,
    ...(tasks && !tasks.names
      ? { nodes: { positions: Array.from(tasks.positions), weights: Array.from(tasks.weights) } }
      : {}),
    claims: {
      attainedObjective: profit * attainedBy(study, proved, made, transfers),
      upperBound: profit * upperBound,
    },
    items: made.items.map(({ parts }, k) => ({ transfer: transfers[k]!, parts })),
    flows,
    virtual: virtualAmounts(proved, makers, flows),
    ...(rival ? { outside: Array.from(mass, (_, n) => rival.boundAt(valuesOf(proved, n), 0)) } : {}),
    ...(within ? { shadowPrices: within.prices } : {}),
  };
};

/** A menu within capacity in exact numbers uses less than all by more than rounding. */
const ROOM = 1e-12;

/** The items; with capacity of so little less that they use no more than there is. */
const itemsWithin = (study: Study, proved: ProvedMenu, own: number): MadeItems => {
  const isOwn = (maker: number): boolean => maker < own;
  const made = itemsMade(study, proved, isOwn, 1);
  const { capacity } = study.terms;
  if (capacity === undefined) return made;
  const used = usedOf(study, proved, made, own);
  const factor = Object.entries(capacity).reduce(
    (least, [name, most]) => Math.min(least, (most / (used[name] ?? 0)) * (1 - ROOM)),
    1,
  );
  return factor < 1 ? itemsMade(study, proved, isOwn, factor) : made;
};

/** Mean use of each input. */
const usedOf = (
  study: Study,
  { problem: { mass, types } }: ProvedMenu,
  { items, choices }: MadeItems,
  own: number,
): Readonly<Record<string, number>> => {
  const used: Record<string, number> = {};
  const made = study.technology.kind === 'models' ? study.technology.models : [study.technology];
  const taken = new Float64Array(items.length);
  choices.forEach((k, n) => {
    if (k >= 0) taken[k]! += mass[n]!;
  });
  items.forEach(({ parts }, k) => {
    for (const { task = [], shared = [], share = 1, model = 0 } of parts) {
      const technology = made[model];
      if (model >= own || technology === undefined || technology.kind === 'cost') continue;
      technology.inputs.forEach(({ name }, j) => {
        const x = task.reduce((sum, each, m) => sum + types.weights[m]! * (each[j] ?? 0), 0);
        const amount = j < (task[0]?.length ?? 0) ? x : shared[j - task[0]!.length]!;
        used[name] = (used[name] ?? 0) + taken[k]! * share * amount;
      });
    }
  });
  return used;
};

/** Transfers at which everybody strictly prefers what is meant for her to what earns less. */
const strictlyPriced = ({ problem }: ProvedMenu, { items, choices }: MadeItems): Float64Array => {
  const { types, mass } = problem;
  const tasks = types.weights.length;
  const quality = Float64Array.from(items.flatMap((item) => Array.from(item.quality)));
  return strictTransfers(types, mass, profilesTaskByTask(quality, tasks), {
    costs: Float64Array.from(items, ({ cost }) => cost),
    transfers: Float64Array.from(items, ({ transfer }) => transfer),
    choices,
    nothing: participationOf(problem).nothing,
  });
};

/** Per unit of the weight of profit. */
const attainedBy = (
  study: Study,
  { problem }: ProvedMenu,
  { items, choices }: MadeItems,
  transfers: Float64Array,
): number => {
  const { types, mass } = problem;
  const { nothing } = participationOf(problem);
  const weight = surplusWeightOf(study.terms);
  return mass.reduce((sum, f, n) => {
    if (f === 0) return sum;
    const k = choices[n]!;
    if (k < 0) return sum + f * weight * nothing[n]!;
    const { quality, cost } = items[k]!;
    const worth = quality.reduce((all, q, m) => all + types.weights[m]! * types.valueAt(n, m) * q, 0);
    return sum + f * (transfers[k]! - cost + weight * (worth - transfers[k]!));
  }, 0);
};

/** w of a type on the tasks that the seller serves. */
const valuesOf = ({ problem: { types, outsideTask } }: ProvedMenu, n: number): Float64Array =>
  Float64Array.from({ length: outsideTask ?? types.weights.length }, (_, m) => types.valueAt(n, m));

/** What serves φ = w − (1/f) Σ λ (w_from − w), one a type. */
const virtualAmounts = (
  proved: ProvedMenu,
  makers: readonly Maker[],
  flows: MenuProof['flows'],
): MenuProof['virtual'] => {
  const { types, mass, outsideTask } = proved.problem;
  const tasks = outsideTask ?? types.weights.length;
  const pushed = new Float64Array(types.count * tasks);
  // In pools flows go both ways, and can be many times what is left of them.
  const size = new Float64Array(types.count);
  for (const [from, to, amount] of flows) {
    let most = 0;
    for (let m = 0; m < tasks; m++) {
      const [other, own] = [types.valueAt(from, m), types.valueAt(to, m)];
      pushed[to * tasks + m]! += amount * (other - own);
      most = Math.max(most, Math.abs(other) + Math.abs(own));
    }
    size[to]! += amount * most;
  }
  return Array.from(mass, (f, n) => {
    const values = valuesOf(proved, n);
    const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    if (f === 0) return makers.map((maker) => maker.boundAt(values, most));
    const phi = values.map((value, m) => value - pushed[n * tasks + m]! / f);
    return makers.map((maker) => maker.boundAt(phi, most + size[n]! / f));
  });
};

/** Flows between essential types as flows between the study's, in proportion to their masses where several of these are alike. */
const flowsOfTypes = (proved: ProvedMenu): MenuProof['flows'] => {
  const { problem, essential, menu } = proved;
  const { mass } = problem;
  const members = Array.from(essential.problem.mass, (): number[] => []);
  essential.representative.forEach((k, n) => {
    if (k >= 0 && mass[n]! > 0) members[k]!.push(n);
  });
  const shareOf = (n: number, k: number): number =>
    members[k]!.length === 1 ? 1 : mass[n]! / essential.problem.mass[k]!;
  const flows = Array.from(menu.flows.amount).flatMap((amount, e) => {
    const [from, to] = [menu.flows.from[e]!, menu.flows.to[e]!];
    return members[from]!.flatMap((n) =>
      members[to]!.map((k) => [n, k, amount * shareOf(n, from) * shareOf(k, to)] as const),
    );
  });
  return withinBudgets(proved, flows);
};

/** Of all that passes through a type, what its balance may be off by in floating point. */
const ROUNDING = 1e-15;
const SWEEPS = 50;

/**
 * Flows of which every type passes on no more than she has in exact numbers: less by rounding from each who may pass on more, from the types worth most down,
 * as flows go. A checker scales away what is left.
 */
const withinBudgets = ({ problem }: ProvedMenu, given: MenuProof['flows']): MenuProof['flows'] => {
  const { types, mass, surplusWeight = 0 } = problem;
  const amounts = Float64Array.from(given, ([, , amount]) => amount);
  const [out, into] = [Array.from(mass, (): number[] => []), Array.from(mass, (): number[] => [])];
  given.forEach(([from, to], e) => {
    out[from]!.push(e);
    into[to]!.push(e);
  });
  const sumOf = (flows: readonly number[]): number => flows.reduce((sum, e) => sum + amounts[e]!, 0);
  const height = Array.from(mass, (_, n) => {
    let sum = 0;
    for (let m = 0; m < types.weights.length; m++) sum += types.valueAt(n, m);
    return sum;
  });
  const order = Array.from(mass, (_, n) => n).sort((a, b) => height[b]! - height[a]!);
  const rank = new Int32Array(order.length);
  order.forEach((n, place) => {
    rank[n] = place;
  });
  let isChanged = true;
  for (let sweep = 0; sweep < SWEEPS && isChanged; sweep++) {
    isChanged = false;
    for (const n of order) {
      const [passed, had] = [sumOf(out[n]!), sumOf(into[n]!)];
      const most = had + (1 - surplusWeight) * mass[n]! - ROUNDING * (passed + had);
      if (!(passed > most)) continue;
      isChanged = true;
      // Where flows go round, less upward would come back as less to pass on.
      const down = out[n]!.filter((e) => rank[given[e]![1]]! > rank[n]!);
      const falling = sumOf(down);
      const [cut, all] = falling > passed - most ? [down, falling] : [out[n]!, passed];
      const share = Math.max(0, 1 - (passed - most) / all);
      for (const e of cut) amounts[e]! *= share;
    }
  }
  return given.flatMap(([from, to], e) => (amounts[e]! > 0 ? [[from, to, amounts[e]!] as const] : []));
};
