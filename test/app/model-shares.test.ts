import { describe, expect, it } from 'vitest';
import { createRegistry, parseStudy, solveStudy, standardPlugin } from '../../packages/app/src/index.ts';

const registry = createRegistry([standardPlugin]);
const model = (name: string, input: number, fineTuning: number): string =>
  `{ name: ${name}, production: { use: cobb-douglas, exponents: { input: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }, ` +
  `inputs: { input: { scope: task, cost: ${input} }, fineTuning: { scope: shared, cost: ${fineTuning} } } }`;
const solved = (models: readonly string[], buyers: string, contract = 'allocations') =>
  solveStudy(
    parseStudy(`{ models: [${models.join(', ')}], buyers: ${buyers}, contract: ${contract} }`, {
      file: 'study.yaml',
      registry,
    }),
  );

const both = [model('plain', 0.125, 0.3), model('tuned', 0.16, 0.04)];
const dominated = [model('good', 0.125, 0.1), model('dear', 0.25, 0.2)];
const kinds = {
  'values and scales':
    '{ kind: value-scale, value: { use: uniform }, scale: { use: uniform }, dependence: { use: independent } }',
  'a distribution': '{ kind: representative, type: { use: uniform } }',
  'a list':
    '{ kind: representative, types: [{ value: 0.5, mass: 1 }, { value: 0.9, mass: 2 }, { value: 4, mass: 1 }] }',
};

describe.each(Object.entries(kinds))('with a choice of models and %s', (_, buyers) => {
  it('the shares that models serve and the share excluded are all buyers', () => {
    const { result } = solved(both, buyers);
    const shares = result.models!.map(({ share }) => share);
    expect(shares.reduce((sum, share) => sum + share, result.excludedShare!)).toBeCloseTo(1, 8);
    expect(shares.every((share) => share >= 0)).toBe(true);
  });

  it('a model that is dearer in everything serves nobody, and a note says so', () => {
    const { result } = solved(dominated, buyers);
    expect(result.models!.map(({ name }) => name)).toEqual(['good', 'dear']);
    expect(result.models![1]!.share).toBe(0);
    expect(result.models![0]!.share).toBeCloseTo(1 - result.excludedShare!, 8);
    expect(result.notes.join(' ')).toMatch(/good serves [\d.]+ % of all buyers; dear serves nobody\./);
  });
});

it('the one model of a grid serves all who are served', () => {
  const dependent =
    '{ kind: value-scale, value: { use: uniform }, scale: { use: uniform }, dependence: { use: gaussian, rho: 0.3 }, grid: { values: 6, scales: 4 } }';
  const { result } = solved(dominated, dependent);
  expect(result.method).toBe('finite');
  const [good, dear] = result.models!;
  // The headline speaks of continuous buyers, some of whom are excluded between the types of the grid.
  expect(Math.abs(good!.share - (1 - result.excludedShare!))).toBeLessThan(0.2);
  expect([good!.name, dear!.name, dear!.share]).toEqual(['good', 'dear', 0]);
});

it('shares are those of buyers who are asked one by one', () => {
  const { result, quote } = solved(both, kinds['values and scales']);
  const count = [0, 0];
  const n = 60;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const { model: name } = quote({ value: (i + 0.5) / n, scale: (j + 0.5) / n });
      if (name !== undefined) count[name === 'plain' ? 0 : 1]! += 1 / (n * n);
    }
  }
  // Borders cut cells of a width of 1/60.
  expect(count[0]).toBeGreaterThan(0.05);
  expect(count[1]).toBeGreaterThan(0.05);
  const off = result.models!.map(({ share }, k) => Math.abs(share - count[k]!));
  expect(Math.max(...off)).toBeLessThan(0.01);
});
