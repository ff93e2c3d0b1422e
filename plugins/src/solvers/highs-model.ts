import type { Highs, Model, Solution } from 'highs';

/** The tightest that HiGHS takes. */
export const TOLERANCE = 1e-10;
/** Gains from another's item that matter, relative to the efficient surplus. */
export const TEMPTATION = 1e-11;
/** So many constraints a type can come in at a time: more of them make larger programs, and fewer to solve. */
export const SHELVES = 8;
export const MOST_ROUNDS = 200;

/** A model of these columns and rows that is solved by the simplex method, which goes on from the basis before. */
export const simplexModel = (highs: Highs, data: Parameters<Highs['createModel']>[0]): Model => {
  const model = highs.createModel(data);
  model.options.set({
    output_flag: false,
    solver: 'simplex',
    primal_feasibility_tolerance: TOLERANCE,
    dual_feasibility_tolerance: TOLERANCE,
    small_matrix_value: 1e-12,
  });
  return model;
};

/** The optimum from the basis at hand, or from scratch where that goes astray. */
export const optimum = ({ constants }: Highs, model: Model): Solution | undefined => {
  for (const isLast of [false, true]) {
    const status = model.raw.run().status;
    if (status !== constants.status.error && model.getModelStatus() === constants.modelStatus.optimal)
      return model.getSolution();
    if (!isLast) model.clearSolver();
  }
  return undefined;
};
