import { type StudySupply, studySupply } from '../solve/supply/supply-of.ts';
import type { Study } from '../study/study.ts';

const made = new WeakMap<Study, StudySupply>();

/** The study's supply, made once for all its pictures. The solve has its own: a numeric supply starts from where it was asked last. */
export const drawnSupply = (study: Study): StudySupply => {
  const known = made.get(study) ?? studySupply(study);
  made.set(study, known);
  return known;
};
