import {
  type CostForm,
  type ItemProfiles,
  limits,
  piecesOn,
  profilesTaskByTask,
  requireWithin,
  strictTransfers,
  writeProfile,
} from '@menusmith/core';
import type { Study } from '../study/study.ts';
import { amountsFor, type ProofAmounts, type Serving } from './proof-amounts.ts';
import type { ProvedMenu } from './proved-menu.ts';

/** All that is needed to believe a menu's certificate, beside the study; `verify` checks it. Money in the study's units. */
export interface MenuProof {
  readonly proof: 1;
  /** Nodes and weights of the tasks, where values are held on a quadrature over them. */
  readonly nodes?: { readonly positions: readonly number[]; readonly weights: readonly number[] };
  /** What the menu attains of the objective, and a bound that no menu passes. */
  readonly claims: { readonly attainedObjective: number; readonly upperBound: number };
  /** What is on sale, at prices at which every type strictly prefers what is meant for her to what earns less. */
  readonly items: readonly (ProofAmounts & { readonly transfer: number })[];
  /** λ: places of two types in the study's order, of which the first would take the second's item; and the multiplier of that. */
  readonly flows: readonly (readonly [from: number, to: number, amount: number])[];
  /** What serves the virtual types best, one a type in the study's order. */
  readonly virtual: readonly ProofAmounts[];
  /** What serves twice the largest virtual values best: more than this is of use to nobody. */
  readonly reach: ProofAmounts;
}

/**
 * The proof of a menu for listed types. Throws InputError 'proof' where none covers the study: of continuous buyers, today's plans, outside options,
 * capacity, a choice of models, and tasks that are made in different ways.
 */
export const menuProof = (study: Study, proved: ProvedMenu): MenuProof => {
  const { problem, menu, tasks } = proved;
  const { types, mass } = problem;
  requireWithin(limits.proofTypes, types.count, ['buyers']);
  const amounts = amountsFor(study, problem);
  const { items, made } = itemsMade(study, proved, amounts);
  const transfers = strictTransfers(types, mass, items, menu.costs, menu.transfers, menu.choices);
  const paid = mass.reduce((sum, f, n) => {
    const k = menu.choices[n]!;
    return k < 0 ? sum : sum + f * (menu.transfers[k]! - transfers[k]!);
  }, 0);
  const { profit } = study.terms.objective;
  return {
    proof: 1,
    ...(tasks && !tasks.names
      ? { nodes: { positions: Array.from(tasks.positions), weights: Array.from(tasks.weights) } }
      : {}),
    claims: {
      attainedObjective: profit * (menu.certificate.attained - paid),
      upperBound: profit * menu.certificate.upperBound,
    },
    items: made.flatMap((each, k) => (each === undefined ? [] : [{ ...each, transfer: transfers[k]! }])),
    flows: flowsOfTypes(proved),
    ...virtualAmounts(proved, amounts),
  };
};

/** The items that are taken, with what makes them; items that nobody takes are not on sale. */
const itemsMade = (
  study: Study,
  { problem, menu }: ProvedMenu,
  serve: Serving,
): { readonly items: ItemProfiles; readonly made: readonly (ProofAmounts | undefined)[] } => {
  const { types } = problem;
  const tasks = types.weights.length;
  const { offsets, ends } = menu.items;
  const taken = new Set(menu.choices);
  const quality = new Float64Array((offsets.length - 1) * tasks);
  const values = new Float64Array(tasks);
  const made = Array.from({ length: offsets.length - 1 }, (_, k) => {
    if (!taken.has(k)) return undefined;
    const own = quality.subarray(k * tasks, (k + 1) * tasks);
    writeProfile(menu.items, k, own);
    if (study.technology.kind === 'cost') {
      keepWithin(problem.cost, own);
      return { quality: Array.from(own) };
    }
    writeProfile({ offsets, ends, quality: menu.served }, k, values);
    const { amounts, quality: delivered } = serve(values);
    own.set(delivered);
    return amounts;
  });
  return { items: profilesTaskByTask(quality, tasks), made };
};

/** Less by rounding than a linear program's quality, which may be beyond what there is by that much. */
const keepWithin = (cost: CostForm | undefined, quality: Float64Array): void => {
  if (cost === undefined) return;
  quality.forEach((q, m) => {
    const most = piecesOn(cost, m).reduce((sum, { length }) => sum + length, 0);
    quality[m] = Math.min(Math.max(q, 0), most);
  });
  const { total = Number.POSITIVE_INFINITY } = cost;
  const sum = quality.reduce((all, q) => all + q, 0);
  const share = (total / sum) * (1 - 4 * Number.EPSILON);
  if (!(sum > total * (1 - 2 * Number.EPSILON))) return;
  quality.forEach((q, m) => {
    quality[m] = q * share;
  });
};

/** At so many times what a virtual value is, its first-order conditions leave everything short of its cost. */
const REACH = 2;

/** What serves φ = w − (1/f) Σ λ (w_from − w), one a type. */
const virtualAmounts = (
  { problem: { types }, essential: { problem, representative }, menu: { flows } }: ProvedMenu,
  serve: Serving,
): Pick<MenuProof, 'virtual' | 'reach'> => {
  const tasks = types.weights.length;
  const pushed = new Float64Array(problem.types.count * tasks);
  flows.amount.forEach((amount, e) => {
    const [from, to] = [flows.from[e]!, flows.to[e]!];
    for (let m = 0; m < tasks; m++)
      pushed[to * tasks + m]! += amount * (problem.types.valueAt(from, m) - problem.types.valueAt(to, m));
  });
  const largest = new Float64Array(tasks);
  const virtual = Array.from(representative, (k, n) => {
    const phi = Float64Array.from({ length: tasks }, (_, m) =>
      k < 0 ? types.valueAt(n, m) : types.valueAt(n, m) - pushed[k * tasks + m]! / problem.mass[k]!,
    );
    phi.forEach((value, m) => {
      largest[m] = Math.max(largest[m]!, value);
    });
    return serve(phi).amounts;
  });
  return { virtual, reach: serve(largest.map((value) => REACH * value)).amounts };
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
