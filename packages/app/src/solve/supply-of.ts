import { bestSupply, type EfficientSupply, numericSupply, technology } from '@menusmith/core';
import type { ProductionTechnology, SolverSettings, Study } from '../study/study.ts';

/** The study's efficient supply, which path it takes, and how often it was asked. */
export interface StudySupply {
  readonly supply: EfficientSupply;
  readonly path: 'closed-form' | 'numeric';
  readonly evaluations: () => number;
}

type Made = Omit<StudySupply, 'evaluations'>;

/** The closed form where the plugin has one and the study does not ask for the numeric path, else v and its gradient. */
const produced = ({ production, inputs }: ProductionTechnology, solver: SolverSettings): Made =>
  solver.supply !== 'numeric' && production.closedForm
    ? { supply: production.closedForm(inputs), path: 'closed-form' }
    : { supply: numericSupply(technology(production, inputs), solver.minimizer), path: 'numeric' };

const uncounted = ({ technology: made, solver }: Study): Made => {
  if (made.kind === 'cost') return { supply: made.supply, path: 'closed-form' };
  if (made.kind === 'production') return produced(made, solver);
  const models = made.models.map((model) => ({ name: model.name, ...produced(model, solver) }));
  const isClosed = models.every(({ path }) => path === 'closed-form');
  return { supply: bestSupply(models), path: isClosed ? 'closed-form' : 'numeric' };
};

export const studySupply = (study: Study): StudySupply => {
  const { supply, path } = uncounted(study);
  let count = 0;
  const counted: EfficientSupply = {
    ...supply,
    supply: (value, scale, out) => {
      count++;
      supply.supply(value, scale, out);
    },
    slopes: (value, scale, out) => {
      count++;
      supply.slopes(value, scale, out);
    },
  };
  return { supply: counted, path, evaluations: () => count };
};
