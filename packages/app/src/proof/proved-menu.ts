import type { CertifiedMenu, EssentialTypes, FiniteProblem } from '@menusmith/core';
import type { ProfileTasks } from '../study/study.ts';

/** A certified menu for listed types, with the problem that it answers: all that a proof is made of. */
export interface ProvedMenu {
  readonly problem: FiniteProblem;
  readonly essential: EssentialTypes;
  readonly menu: CertifiedMenu;
  /** The nodes on which values over tasks are held, where the study has profiles. */
  readonly tasks?: ProfileTasks;
}
