import { type EfficientSupply, InputError, numericSupply, technology } from '@menusmith/core';
import type { Study } from '../study/study.ts';

/** The study's efficient supply, which path it takes, and how often it was asked. */
export interface StudySupply {
  readonly supply: EfficientSupply;
  readonly path: 'closed-form' | 'numeric';
  readonly evaluations: () => number;
}

/** The closed form where the plugin has one and the study does not ask for the numeric path, else v and its gradient. */
const uncounted = ({ technology: made, solver }: Study): Omit<StudySupply, 'evaluations'> => {
  if (made.kind === 'cost') return { supply: made.supply, path: 'closed-form' };
  const { production, inputs } = made;
  if (solver.supply !== 'numeric' && production.closedForm)
    return { supply: production.closedForm(inputs), path: 'closed-form' };
  if (solver.supply === 'closed-form') {
    throw new InputError(
      'no-closed-form',
      `solver.supply: ${made.use} has no closed form; numeric or auto would do`,
    );
  }
  return { supply: numericSupply(technology(production, inputs), solver.minimizer), path: 'numeric' };
};

export const studySupply = (study: Study): StudySupply => {
  const { supply, path } = uncounted(study);
  let count = 0;
  const counted: EfficientSupply = {
    inputs: supply.inputs,
    ...(supply.models ? { models: supply.models } : {}),
    supply: (value, scale, out) => {
      count++;
      supply.supply(value, scale, out);
    },
    slopes: (value, scale, out) => {
      count++;
      supply.slopes(value, scale, out);
    },
    kinks: (scale, upTo) => supply.kinks(scale, upTo),
  };
  return { supply: counted, path, evaluations: () => count };
};
