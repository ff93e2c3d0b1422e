import {
  createRegistry,
  prepareStudy,
  type Study,
  solvingStudy,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import type { FiniteSolver } from '@menusmith/core';
import { expect, it } from 'vitest';

const text = `
production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 0.1 } }
buyers:
  kind: value-scale
  value: { use: uniform }
  scale: { use: uniform }
  dependence: { use: fgm, theta: 0.9 }
  grid: { values: 30, scales: 30 }
contract: allocations
`;

// Of an unfinished menu for 16,384 types that took 30 s, and nobody had an answer before.
it('what a fine grid would answer in the middle is a coarse grid’s menu, and its own unfinished one is not looked at', async () => {
  const noFile = (path: string): never => {
    throw new Error(path);
  };
  const read = studyFromText(text, {
    file: 'fine.yaml',
    registry: createRegistry([standardPlugin]),
    csvFiles: noFile,
  });
  let looks = 0;
  const watched = (solver: FiniteSolver): FiniteSolver => ({
    ...solver,
    refuses: (problem) => solver.refuses(problem),
    *proposals(problem, money) {
      for (const proposal of solver.proposals(problem, money)) {
        const isFine = problem.types.count > 600;
        yield Object.defineProperty({ ...proposal }, 'flows', {
          get: () => {
            if (isFine) looks++;
            return proposal.flows;
          },
        });
      }
    },
  });
  const finite = read.solver.finite.map(({ name, solver }) => ({ name, solver: watched(solver) }));
  const study: Study = { ...read, solver: { ...read.solver, finite } };
  await prepareStudy(study);
  const solving = solvingStudy(study);
  solving.next();
  const step = solving.next();
  if (step.done === true) throw new Error('solved in one step');
  const before = looks;
  const { result } = step.value.incumbent!();
  expect(looks).toBe(before);
  expect(result.profit).toBeGreaterThan(0.1);
  expect(result.grid).toMatchObject({ values: 24, scales: 12 });
  expect(result.status).toBe('feasible');
});
