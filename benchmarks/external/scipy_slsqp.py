"""Sequential quadratic programming (SLSQP of SciPy), dense, with every incentive constraint."""

import numpy as np
from scipy.optimize import Bounds, minimize

from screening import run


def solve(problem):
    rows = problem.incentives().toarray()
    result = minimize(
        problem.objective,
        problem.start(),
        jac=True,
        method="SLSQP",
        bounds=Bounds(np.zeros(problem.columns), problem.upper()),
        constraints=[{"type": "ineq", "fun": lambda x: rows @ x, "jac": lambda x: rows}],
        options={"maxiter": 500, "ftol": 1e-12},
    )
    return result.x, result.message, None


run(solve)
