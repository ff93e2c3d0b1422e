import {
  createRegistry,
  type ProofDocument,
  proofDocument,
  type Result,
  solve,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import type { ListedProof, Proof } from '@menusmith/verify';

export type Listed = Proof & ListedProof;

const registry = createRegistry([standardPlugin]);

/** A study's proof as a file would have it, and its result. */
export const provedStudy = async (
  data: Readonly<Record<string, unknown>>,
  csv: Readonly<Record<string, readonly (readonly string[])[]>> = {},
): Promise<{ readonly proof: Listed; readonly result: Result }> => {
  const text = JSON.stringify({ name: 'proved', contract: 'allocations', ...data });
  const surroundings = {
    file: 'study.json',
    registry,
    csvFiles: (path: string) => {
      const [columns, ...rows] = csv[path]!;
      return {
        file: path,
        headerLine: 1,
        columns: columns!,
        rows: rows.map((cells, n) => ({ line: n + 2, cells })),
      };
    },
  };
  const study = studyFromText(text, surroundings);
  const solution = await solve(study);
  const document: ProofDocument = proofDocument(study, solution, { text, ...surroundings });
  return { proof: JSON.parse(JSON.stringify(document)) as Listed, result: solution.result };
};

export const cobbDouglas = {
  production: {
    use: 'cobb-douglas',
    exponents: { input: 0.25, output: 0.2, tuning: 0.25 },
    base: { tuning: 1 },
  },
  inputs: {
    input: { scope: 'task', cost: 0.125 },
    output: { scope: 'task', cost: 0.1 },
    tuning: { scope: 'shared', cost: 0.125 },
  },
};

/** Tokens of the large one cost more, and it learns more cheaply. */
export const models = [
  { name: 'small', ...cobbDouglas },
  {
    name: 'large',
    production: cobbDouglas.production,
    inputs: {
      input: { scope: 'task', cost: 0.16 },
      output: { scope: 'task', cost: 0.13 },
      tuning: { scope: 'shared', cost: 0.04 },
    },
  },
];

export const ces = {
  production: {
    use: 'ces',
    shares: { a: 0.6, b: 0.4 },
    substitution: -3,
    degree: 0.5,
    shared: { z: { exponent: 0.25, base: 1 } },
  },
  inputs: {
    a: { scope: 'task', cost: 0.1 },
    b: { scope: 'task', cost: 0.2 },
    z: { scope: 'shared', cost: 0.1 },
  },
};

export const formula = {
  production: { use: 'expression', formula: 'a^0.3*(1-exp(-b))^0.2*(1+log(1+z))^0.1' },
  inputs: {
    a: { scope: 'task', cost: 0.1 },
    b: { scope: 'task', cost: 0.2 },
    z: { scope: 'shared', cost: 0.05, max: 2 },
  },
};

/** Dependent values and scales: the mass leans to where both are large, or, below 0, to where one is. */
export const grid = (values: number, scales: number, lean: number) => ({
  kind: 'value-scale-grid',
  values: Array.from({ length: values }, (_, i) => (i + 1) / values),
  scales: Array.from({ length: scales }, (_, j) => (j + 1) / scales),
  mass: Array.from({ length: values }, (_, i) =>
    Array.from({ length: scales }, (_, j) => 1 + lean * ((2 * i) / values - 1) * ((2 * j) / scales - 1)),
  ),
});

export const profiles = {
  kind: 'profiles',
  tasks: { nodes: 8 },
  types: [
    { name: 'rising', mass: 1, values: '1 + i' },
    { name: 'falling', mass: 2, values: '2 - i' },
    { name: 'even', mass: 1, values: 1.7 },
    { name: 'rising too', mass: 1, values: '1 + i' },
  ],
};

export const line = {
  kind: 'representative',
  types: [0.9, 0.3, 0.55, 0.56, 0.75, 0.1, 1.2].map((value, n) => ({ value, mass: 1 + (n % 3) })),
};

export const goods = {
  kind: 'profiles',
  tasks: { weights: [1, 1, 1] },
  types: [
    [0.9, 0.2, 0.4],
    [0.3, 1.1, -0.2],
    [0.6, 0.6, 0.6],
    [0.1, 0.5, 1.3],
    [1.2, 0.8, 0.1],
  ].map((values, n) => ({ mass: 1 + (n % 2), values })),
};
