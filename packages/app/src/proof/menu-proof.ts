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
    flows: flowsOfTypes(proved),
    virtual: virtualAmounts(proved, makers),
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
const virtualAmounts = (proved: ProvedMenu, makers: readonly Maker[]): MenuProof['virtual'] => {
  const { essential, menu } = proved;
  const { problem, representative } = essential;
  const { types, outsideTask } = problem;
  const tasks = outsideTask ?? types.weights.length;
  const pushed = new Float64Array(types.count * tasks);
  // In pools flows go both ways, and can be many times what is left of them.
  const size = new Float64Array(types.count);
  menu.flows.amount.forEach((amount, e) => {
    const [from, to] = [menu.flows.from[e]!, menu.flows.to[e]!];
    let most = 0;
    for (let m = 0; m < tasks; m++) {
      const [other, own] = [types.valueAt(from, m), types.valueAt(to, m)];
      pushed[to * tasks + m]! += amount * (other - own);
      most = Math.max(most, Math.abs(other) + Math.abs(own));
    }
    size[to]! += amount * most;
  });
  return Array.from(representative, (k, n) => {
    const values = valuesOf(proved, n);
    const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    if (k < 0) return makers.map((maker) => maker.boundAt(values, most));
    const f = problem.mass[k]!;
    const phi = values.map((value, m) => value - pushed[k * tasks + m]! / f);
    return makers.map((maker) => maker.boundAt(phi, most + size[k]! / f));
  });
};

/** Flows between essential types as flows between the study's, in proportion to their masses where several of these are alike. */
const flowsOfTypes = ({ problem: { mass }, essential, menu: { flows } }: ProvedMenu): MenuProof['flows'] => {
  const members = Array.from(essential.problem.mass, (): number[] => []);
  essential.representative.forEach((k, n) => {
    if (k >= 0 && mass[n]! > 0) members[k]!.push(n);
  });
  const shareOf = (n: number, k: number): number =>
    members[k]!.length === 1 ? 1 : mass[n]! / essential.problem.mass[k]!;
  return Array.from(flows.amount).flatMap((amount, e) => {
    const [from, to] = [flows.from[e]!, flows.to[e]!];
    return members[from]!.flatMap((n) =>
      members[to]!.map((k) => [n, k, amount * shareOf(n, from) * shareOf(k, to)] as const),
    );
  });
};
