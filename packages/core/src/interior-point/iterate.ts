import type { Complements } from './complements.ts';
import type { Lotteries } from './lottery-step.ts';
import type { Withheld } from './served-supply.ts';

/** Where the interior-point method stands. */
export interface Iterate {
  /** Slacks s and flows λ of the constraints at work. */
  readonly incentive: Complements;
  /** Rents V = U − u beyond what types are to have, and the multipliers y of participation. */
  readonly participation: Complements;
  /** Served values p > 0 beyond where supply starts, block by block, and the multipliers ν of q ≥ 0: start + p = φ + ν where the method has converged. */
  readonly service: Complements;
  /** What is withheld of quality, where supply is inelastic. */
  readonly held?: Withheld;
  /** Shares of the models in items, where there is a choice of models. */
  readonly lotteries?: Lotteries;
}

export const copied = ({ incentive, participation, service, held, lotteries: shares }: Iterate): Iterate => {
  const copy = ({ primal, dual }: Complements): Complements => ({
    primal: primal.slice(),
    dual: dual.slice(),
  });
  return {
    incentive: copy(incentive),
    participation: copy(participation),
    service: copy(service),
    ...(held ? { held: { withheld: held.withheld.slice(), aimed: held.aimed.slice() } } : {}),
    ...(shares ? { lotteries: { ...copy(shares), level: shares.level.slice() } } : {}),
  };
};
