"""Interior point (CVXOPT), sparse, quadratic and linear costs; the pairs are those that it is given: neighbours."""

import numpy as np
from cvxopt import matrix, solvers, spmatrix

from screening import run


def sparse_of(rows):
    coo = rows.tocoo()
    return spmatrix(coo.data.tolist(), coo.row.tolist(), coo.col.tolist(), coo.shape)


def solve(problem):
    import scipy.sparse as sparse

    solvers.options.update(show_progress=False, abstol=1e-11, reltol=1e-11, feastol=1e-11, maxiters=200)
    upper = problem.upper()
    capped = np.nonzero(np.isfinite(upper))[0]
    identity = sparse.identity(problem.columns, format="csr")
    rows = sparse.vstack([-problem.incentives(), -identity, identity[capped]])
    bounds = np.concatenate([np.zeros(len(problem.pairs) + problem.columns), upper[capped]])
    _, slope = problem.objective(np.zeros(problem.columns))
    curvature = np.zeros(problem.columns)
    if problem.cost["kind"] == "quadratic":
        curvature[problem.count : problem.first_shared] = problem.f * problem.omega
    result = solvers.qp(
        spmatrix(curvature.tolist(), range(problem.columns), range(problem.columns)),
        matrix(slope),
        sparse_of(rows),
        matrix(bounds),
    )
    flows = np.array(result["z"]).ravel()[: len(problem.pairs)]
    return np.array(result["x"]).ravel(), result["status"], flows


run(solve)
