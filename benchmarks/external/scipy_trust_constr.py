"""Trust-region interior point (trust-constr of SciPy), sparse, with every incentive constraint."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, minimize

from screening import run


def solve(problem):
    result = minimize(
        problem.objective,
        problem.start() + 1e-3,
        jac=True,
        hess="2-point" if problem.columns <= 60 else None,
        method="trust-constr",
        bounds=Bounds(np.zeros(problem.columns), problem.upper()),
        constraints=[LinearConstraint(problem.incentives(), 0, np.inf)],
        options={"maxiter": 3000, "gtol": 1e-10, "xtol": 1e-12, "barrier_tol": 1e-10},
    )
    # It counts multipliers of constraints as negative where they bind from below.
    return result.x, result.message, np.maximum(0, -np.asarray(result.v[0]))


run(solve)
