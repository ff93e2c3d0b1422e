"""The finite screening problem as the scripts beside this one solve it.

    minimise  sum f_k (U_k + C(q_k) - <w_k, q_k>)
    subject to  U_n - U_k - <w_n - w_k, q_k> >= 0 for the pairs (n, k),  U >= 0,  q >= 0 (and q <= max)

read from standard input as JSON: weights [M], mass [N], values [N][M], cost, pairs [[n, k], ...] or null for all of them. Tasks that
are worth nothing to a type get nothing.
"""

import json
import signal
import sys
import time

import numpy as np
import scipy.sparse as sparse


class Screening:
    """Columns: rents U, qualities q of every type on the tasks that she values, and z of every type for Cobb-Douglas costs."""

    def __init__(self, problem):
        self.weights = np.array(problem["weights"], float)
        self.mass = np.array(problem["mass"], float)
        self.values = np.array(problem["values"], float)
        self.cost = problem["cost"]
        self.count, self.tasks = self.values.shape
        self.owner, self.task = np.nonzero(self.values > 0)
        self.omega = self.weights[self.task]
        self.f = self.mass[self.owner]
        self.own = self.values[self.owner, self.task]
        self.column = -np.ones((self.count, self.tasks), int)
        self.column[self.owner, self.task] = self.count + np.arange(len(self.owner))
        self.has_shared = self.cost["kind"] == "cobb-douglas"
        self.first_shared = self.count + len(self.owner)
        self.columns = self.first_shared + (self.count if self.has_shared else 0)
        pairs = problem.get("pairs")
        if pairs is None:
            pairs = [[n, k] for k in range(self.count) for n in range(self.count) if n != k]
        self.pairs = np.array(pairs, int)

    def incentives(self):
        """Rows of U_n - U_k - <w_n - w_k, q_k> >= 0."""
        n, k = self.pairs.T
        rows = np.arange(len(n))
        parts = [(rows, n, np.ones(len(n))), (rows, k, -np.ones(len(n)))]
        for m in range(self.tasks):
            columns = self.column[k, m]
            there = columns >= 0
            slope = -self.weights[m] * (self.values[n, m] - self.values[k, m])
            parts.append((rows[there], columns[there], slope[there]))
        row, column, value = (np.concatenate(each) for each in zip(*parts))
        return sparse.csr_matrix((value, (row, column)), shape=(len(n), self.columns))

    def upper(self):
        bounds = np.full(self.columns, np.inf)
        if self.cost["kind"] == "linear":
            bounds[self.count : self.first_shared] = self.cost["max"]
        return bounds

    def objective(self, x):
        """The seller's loss, and its gradient."""
        rents = x[: self.count]
        q = np.maximum(x[self.count : self.first_shared], 0)
        loss = self.mass @ rents - np.sum(self.f * self.omega * self.own * q)
        gradient = np.zeros(self.columns)
        gradient[: self.count] = self.mass
        part = gradient[self.count : self.first_shared]
        part -= self.f * self.omega * self.own
        kind = self.cost["kind"]
        if kind == "quadratic":
            loss += np.sum(self.f * self.omega * q * q) / 2
            part += self.f * self.omega * q
        elif kind == "linear":
            loss += self.cost["rate"] * np.sum(self.f * self.omega * q)
            part += self.cost["rate"] * self.f * self.omega
        else:
            sigma, gamma, c = self.cost["sigma"], self.cost["gamma"], self.cost["sharedCost"]
            z = np.maximum(x[self.first_shared :], 0)
            stock = self.cost["base"] + z
            relative = q / self.cost["factor"]
            spent = self.omega * relative ** (1 / sigma)
            total = np.bincount(self.owner, spent, self.count)
            discount = stock ** (-gamma / sigma)
            loss += self.mass @ (total * discount + c * z)
            part += self.f * self.omega * relative ** (1 / sigma - 1) * discount[self.owner] / (sigma * self.cost["factor"])
            gradient[self.first_shared :] = self.mass * (c - gamma / sigma * total * discount / stock)
        return loss, gradient

    def start(self):
        """Nobody is left a rent, and everybody has half of what is efficient for quadratic costs."""
        x = np.zeros(self.columns)
        x[self.count : self.first_shared] = np.minimum(self.own / 2, self.upper()[self.count : self.first_shared] / 2)
        return x

    def answer(self, x, seconds, status, flows=None):
        q = np.zeros((self.count, self.tasks))
        q[self.owner, self.task] = np.maximum(x[self.count : self.first_shared], 0)
        return {
            "rents": np.maximum(x[: self.count], 0).tolist(),
            "quality": q.tolist(),
            "flows": None if flows is None else [[int(n), int(k), float(a)] for (n, k), a in zip(self.pairs, flows)],
            "seconds": seconds,
            "status": str(status),
        }


def run(solve):
    """Reads a problem, solves it and writes the answer: `solve(problem)` gives x, a status and perhaps multipliers of the pairs."""
    # Whoever started this may be gone by then.
    signal.alarm(int(sys.argv[1]))
    problem = Screening(json.load(sys.stdin))
    started = time.perf_counter()
    x, status, flows = solve(problem)
    seconds = time.perf_counter() - started
    json.dump(problem.answer(np.asarray(x, float), seconds, status, flows), sys.stdout)
