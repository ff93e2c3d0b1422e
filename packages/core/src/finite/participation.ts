import type { FiniteProblem } from './finite-problem.ts';

/** What types have without the seller, and what they are to have at least. Money, one a type. */
export interface Participation {
  /**
   * What type n has who takes nothing from the seller and pays nothing: what the outside task is worth to her, or what she has from a rival; where there
   * is neither 0, or u_n if that is less. Who is to have more than that is to be given it by the seller.
   */
  readonly nothing: Float64Array;
  /** u_n ≥ what nothing is worth. */
  readonly least: Float64Array;
}

export const participationOf = ({
  types,
  participation,
  outsideTask,
  elsewhere,
}: FiniteProblem): Participation => {
  const nothing = Float64Array.from({ length: types.count }, (_, n) =>
    outsideTask === undefined
      ? (elsewhere?.[n] ?? Math.min(0, participation?.[n] ?? 0))
      : types.weights[outsideTask]! * types.valueAt(n, outsideTask),
  );
  return { nothing, least: nothing.map((worth, n) => Math.max(worth, participation?.[n] ?? worth)) };
};

/** (1 − κ) f_n: the most by which the flows out of type n may exceed those into it. */
export const budgetsOf = ({ mass, surplusWeight = 0 }: FiniteProblem): Float64Array =>
  mass.map((f) => (1 - surplusWeight) * f);
