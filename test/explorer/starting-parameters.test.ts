import { createRegistry, parseStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { startingCall } from '../../packages/explorer/src/controls/starting-parameters.ts';
import { declarationsOf } from '../../packages/explorer/src/declarations.ts';

const registry = createRegistry([standardPlugin]);
const declarations = declarationsOf(registry);

const inputs = {
  input: { scope: 'task', cost: 0.125 },
  output: { scope: 'task', cost: 0.125 },
  fineTuning: { scope: 'shared', cost: 0.125 },
};
const base = {
  production: { use: 'cobb-douglas', exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 } },
  inputs,
  buyers: { kind: 'representative', type: { use: 'uniform', min: 0, max: 1 } },
  contract: 'packages',
};
const parse = (study: object) => parseStudy(JSON.stringify(study), { file: 'study', registry });

describe('an entry that is chosen in the page', () => {
  it('can be sent from a worker', () => {
    expect(structuredClone(declarations)).toEqual(declarations);
  });

  it.each(declarations.productionFunctions)('$name starts with parameters that a study accepts', (entry) => {
    const scopes = { task: ['input', 'output'], shared: ['fineTuning'] };
    expect(parse({ ...base, production: startingCall(entry, scopes) }).technology.kind).toBe('production');
  });

  // An empirical distribution needs a file first.
  it.each(declarations.distributions.filter(({ name }) => name !== 'empirical'))(
    '$name starts with parameters that a study accepts',
    (entry) => {
      const buyers = { kind: 'representative', type: startingCall(entry) };
      expect(parse({ ...base, buyers }).buyers.kind).toBe('representative');
    },
  );

  it.each(declarations.copulas)('$name starts with parameters that a study accepts', (entry) => {
    const uniform = { use: 'uniform', min: 0, max: 1 };
    const buyers = { kind: 'value-scale', value: uniform, scale: uniform, dependence: startingCall(entry) };
    expect(parse({ ...base, buyers }).buyers.kind).toBe('value-scale');
  });

  it.each(declarations.costFunctions)('$name starts with parameters that a study accepts', (entry) => {
    const { buyers } = base;
    expect(parse({ buyers, cost: startingCall(entry), contract: 'allocations' }).technology.kind).toBe(
      'cost',
    );
  });
});
