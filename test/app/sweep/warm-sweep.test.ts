/* What rows of a sweep have in common is made once, and a row is the same whichever were solved before it. */
import { createRegistry, type Registry, standardPlugin } from '@menusmith/app';
import { compileFormulas, type DistributionEntry, type Plugin, parseFormula } from '@menusmith/core';
import { expect, it } from 'vitest';
import { swept } from './swept.ts';

const [uniform] = standardPlugin.distributions!.filter(({ name }) => name === 'uniform');

/** Entries of the standard plugin's kinds that count what they make, and a formula that takes so many steps in a solve at the most. */
const counted = (mostSteps: number) => {
  const made = { distributions: 0, productions: 0, costs: 0 };
  const [quadratic] = standardPlugin.costFunctions!.filter(({ name }) => name === 'quadratic');
  const plugin: Plugin = {
    name: 'counted',
    distributions: [
      {
        ...uniform!,
        name: 'counted',
        create: (...given: Parameters<DistributionEntry['create']>) => {
          made.distributions++;
          return uniform!.create(...given);
        },
      },
    ],
    costFunctions: [
      {
        ...quadratic!,
        name: 'counted',
        create: (parameters) => {
          made.costs++;
          return quadratic!.create(parameters);
        },
      },
    ],
    productionFunctions: [
      {
        name: 'counted',
        doc: 'a root of all inputs',
        parameters: {},
        examples: [],
        create: (_, { task }) => {
          made.productions++;
          const formula = parseFormula(`${task.join(' * ')}^0.4`, task);
          const evaluate = compileFormulas([formula], task, mostSteps);
          const out = new Float64Array(1);
          return { value: (amounts) => evaluate(amounts, out), degree: 0.4 };
        },
      },
    ],
  };
  return { made, registry: createRegistry([standardPlugin, plugin]) };
};

const rowsOf = (text: string, vary: string, registry: Registry) => swept({ text, vary: [vary], registry });

const produced = `
production: { use: counted }
inputs: { tokens: { scope: task, cost: 0.1 } }
buyers:
  kind: value-scale
  value: { use: counted, min: 0, max: 1 }
  scale: { use: counted, min: 0.2, max: 1 }
contract: allocations
`;

it('makes distributions and production functions once while something else varies', async () => {
  const { made, registry } = counted(Number.POSITIVE_INFINITY);
  const rows = await rowsOf(produced, 'inputs.tokens.cost=0.1:0.2:6', registry);
  expect(new Set(rows.map(({ profit }) => profit)).size).toBe(6);
  expect(made).toEqual({ distributions: 2, productions: 1, costs: 0 });
});

it('makes a cost once while the buyers vary', async () => {
  const { made, registry } = counted(Number.POSITIVE_INFINITY);
  const text = `
cost: { use: counted }
buyers: { kind: representative, type: { use: counted, min: 0, max: 1 } }
`;
  const rows = await rowsOf(text, 'buyers.type.max=1:2:6', registry);
  expect(new Set(rows.map(({ profit }) => profit)).size).toBe(6);
  expect(made).toEqual({ distributions: 6, productions: 0, costs: 1 });
});

it('counts the steps of a formula anew in each row', async () => {
  const errors = async (mostSteps: number, costs: string): Promise<readonly unknown[]> =>
    (await rowsOf(produced, `inputs.tokens.cost=${costs}`, counted(mostSteps).registry)).map(
      ({ error }) => error,
    );
  // At most twice what the first row takes.
  let enough = 2 ** 16;
  while ((await errors(enough, '0.1'))[0] !== null) enough *= 2;
  expect(await errors(enough, '0.1,0.12,0.14,0.16')).toEqual([null, null, null, null]);
});
