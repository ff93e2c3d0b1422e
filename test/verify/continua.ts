import {
  continuumProof,
  createRegistry,
  screeningProblem,
  solve,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import type { Proof } from '@menusmith/verify';

export type ContinuumDocument = Extract<Proof, { continuum: unknown }>;

const registry = createRegistry([standardPlugin]);
export const noFile = (path: string): never => {
  throw new Error(path);
};

export const solved = async (data: Readonly<Record<string, unknown>>) => {
  const text = JSON.stringify({ name: 'line', ...data });
  const study = studyFromText(text, { file: 'study.json', registry, csvFiles: noFile });
  return { text, study, solution: await solve(study) };
};

/** A proof with so many cells, which claims the certificate's numbers to a share of themselves. */
export const proved = async (
  data: Readonly<Record<string, unknown>>,
  cells: number,
  claimed = 1e-2,
  scaleCells = 10,
) => {
  const { study, solution } = await solved(data);
  const problem = screeningProblem(study);
  if (problem.kind !== 'continuous-chain' && problem.kind !== 'scale-chains') throw new Error(problem.kind);
  const { attainedObjective, upperBound } = solution.result.certificate;
  const line = continuumProof(study, problem, solution.continuous!, {
    served: cells,
    excluded: cells / 4,
    scales: scaleCells,
  });
  const proof = {
    proof: 1,
    study: { name: 'line', ...data },
    files: {},
    claims: {
      attainedObjective: attainedObjective! * (1 - claimed),
      upperBound: upperBound! * (1 + claimed),
    },
    continuum: line,
  };
  return { proof: JSON.parse(JSON.stringify(proof)) as ContinuumDocument, objective: attainedObjective! };
};

export const representative = (type: Readonly<Record<string, unknown>>) => ({ kind: 'representative', type });
export const uniform = representative({ use: 'uniform', min: 0, max: 1 });
export const scales = {
  kind: 'value-scale',
  value: { use: 'uniform' },
  scale: { use: 'uniform' },
  dependence: { use: 'independent' },
};

export const example1 = {
  production: { use: 'cobb-douglas', exponents: { a: 0.25, b: 0.25, z: 0.25 }, base: { z: 1 } },
  inputs: {
    a: { scope: 'task', cost: 0.125 },
    b: { scope: 'task', cost: 0.125 },
    z: { scope: 'shared', cost: 0.125 },
  },
};

/** Small proofs of two kinds of continua, with the profit that is known of them. */
export const provedContinuum = async (
  kind: string,
): Promise<{ proof: ContinuumDocument; least: number; most: number }> => {
  const { proof } =
    kind === 'a line'
      ? await proved({ cost: { use: 'quadratic' }, buyers: uniform }, 24, 5e-2)
      : await proved({ ...example1, contract: 'allocations', buyers: scales }, 16, 0.2, 3);
  const known = kind === 'a line' ? 1 / 12 : 97 / 960;
  return { proof, least: known, most: known };
};
