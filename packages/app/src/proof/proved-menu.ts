import type { CertifiedMenu, EssentialTypes, FiniteProblem } from '@menusmith/core';
import type { ProfileTasks, Study } from '../study/study.ts';

/** A certified menu for listed types, with the problem that it answers: all that a proof is made of. */
export interface ProvedMenu {
  /** The study that it answers; with capacity one at costs c + ρ. */
  readonly study: Study;
  readonly problem: FiniteProblem;
  readonly essential: EssentialTypes;
  readonly menu: CertifiedMenu;
  /** The nodes on which values over tasks are held, where the study has profiles. */
  readonly tasks?: ProfileTasks;
  /** With capacity: this menu is the one whose bound is least, at these prices; what is sold are menus at shares. */
  readonly within?: {
    readonly prices: Readonly<Record<string, number>>;
    readonly sold: readonly { readonly proved: ProvedMenu; readonly share: number }[];
  };
}
