/**
 * Why a finite solve ended. `converged`: the certified gap is within the tolerance. `stuck`: proposals brought no more, or the solver had no more. `most-iterations`: it
 * had done as many as it may. `numerical`: its numbers were none any more, or a system could not be solved. `interrupted`: it was asked to end.
 */
export type StopReason = 'converged' | 'stuck' | 'most-iterations' | 'numerical' | 'interrupted';

/** What a solver can say of itself when it has no more proposals; nothing where it takes its last one to be the optimum. */
export type SolverStop = Extract<StopReason, 'stuck' | 'most-iterations' | 'numerical'>;
