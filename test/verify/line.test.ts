import { type Proof, verifyProof } from '@menusmith/verify';
import { describe, expect, it } from 'vitest';
import { runMain } from '../cli/run-main.ts';
import { type ContinuumDocument, example1, proved, representative, scales, uniform } from './continua.ts';
import { cobbDouglas } from './proofs.ts';

/** Objectives known from elsewhere, or undefined where the certificate's is the only one. */
const studies: Readonly<Record<string, readonly [Readonly<Record<string, unknown>>, number | undefined]>> = {
  'Mussa–Rosen': [{ cost: { use: 'quadratic' }, buyers: uniform }, 1 / 12],
  'goods: one price': [{ cost: { use: 'linear' }, buyers: uniform }, 1 / 4],
  'Maskin–Riley': [
    { cost: { use: 'expression', formula: '0.1*(exp(q) - 1)' }, buyers: uniform },
    0.249396273,
  ],
  'linear demand': [
    {
      cost: { use: 'expression', formula: '0.5*q + q^2/2' },
      buyers: representative({ use: 'uniform', min: 1, max: 2 }),
    },
    0.28125,
  ],
  'exponential types': [
    {
      cost: { use: 'linear', rate: 0.2 },
      buyers: representative({ use: 'exponential', rate: 2, min: 0, max: 3 }),
    },
    undefined,
  ],
  'Kumaraswamy types': [
    {
      cost: { use: 'quadratic' },
      buyers: representative({ use: 'kumaraswamy', a: 2, b: 3, min: 0.5, max: 2 }),
    },
    undefined,
  ],
  'Pareto types, a formula': [
    {
      contract: 'packages',
      production: { use: 'expression', formula: 'x^0.3 * (0.5 + z)^0.2' },
      inputs: { x: { scope: 'task', cost: 0.1 }, z: { scope: 'shared', cost: 0.1, max: 1 } },
      buyers: representative({ use: 'pareto', shape: 3, min: 0.4, max: 4 }),
    },
    undefined,
  ],
  // Baron and Myerson (1982), as in examples/regulation.yaml: (1.8³ − 0.3³)/9.
  'rent that weighs half as much as profit': [
    {
      cost: { use: 'quadratic' },
      objective: { profit: 1, consumerSurplus: 0.5 },
      buyers: representative({ use: 'uniform', min: 0.8, max: 1.8 }),
    },
    0.645,
  ],
  'profit that weighs 2, and rent 1.5': [
    {
      cost: { use: 'linear', rate: 0.2 },
      objective: { profit: 2, consumerSurplus: 1.5 },
      buyers: representative({ use: 'exponential', rate: 2, min: 0, max: 3 }),
    },
    undefined,
  ],
  'packages by value and scale': [{ ...cobbDouglas, contract: 'packages', buyers: scales }, undefined],
};

describe('a proof of a continuum along a line', () => {
  it.each(Object.entries(studies))(
    'has the optimum between what it attains and its bound: %s',
    async (_, [data, known]) => {
      const { proof, objective } = await proved(data, 200);
      const verdict = verifyProof(proof);
      expect(verdict.violations).toEqual([]);
      const [attained, bound] = [Number(verdict.attainedObjective![0]), Number(verdict.upperBound![1])];
      for (const each of [objective, known ?? objective]) {
        expect(attained).toBeLessThanOrEqual(each * (1 + 1e-12));
        expect(bound).toBeGreaterThanOrEqual(each * (1 - 1e-9));
      }
      expect((bound - attained) / bound).toBeLessThan(1e-2);
    },
  );

  it('closes at order 2', async () => {
    const gap = async (cells: number): Promise<number> => {
      const { attainedProfit, upperBound } = verifyProof(
        (await proved(studies['Mussa–Rosen']![0], cells)).proof,
      );
      return Number(upperBound![1]) - Number(attainedProfit![0]);
    };
    const [coarse, fine] = [await gap(100), await gap(200)];
    expect(coarse / fine).toBeGreaterThan(3.6);
    expect(coarse / fine).toBeLessThan(4.4);
  });

  it('brackets Example 1, allocations, scale by scale: 97/960', async () => {
    const { proof } = await proved({ ...example1, contract: 'allocations', buyers: scales }, 80, 1e-2);
    const verdict = verifyProof(proof);
    expect(verdict.violations).toEqual([]);
    const [attained, bound] = [Number(verdict.attainedProfit![0]), Number(verdict.upperBound![1])];
    expect(attained).toBeLessThan(97 / 960);
    expect(bound).toBeGreaterThan(97 / 960);
    expect((bound - attained) / bound).toBeLessThan(5e-3);
  });

  it('brackets other values and scales, scale by scale', async () => {
    const buyers = {
      kind: 'value-scale',
      value: { use: 'kumaraswamy', a: 1, b: 2 },
      scale: { use: 'pareto', shape: 2, min: 0.2, max: 1 },
    };
    const { proof, objective } = await proved({ ...example1, contract: 'allocations', buyers }, 80, 1e-1);
    const verdict = verifyProof(proof);
    expect(verdict.violations).toEqual([]);
    expect(Number(verdict.attainedProfit![0])).toBeLessThanOrEqual(objective);
    expect(Number(verdict.upperBound![1])).toBeGreaterThanOrEqual(objective);
  });

  it('brackets a weighted objective of values and scales, with what buyers have', async () => {
    const data = { ...example1, contract: 'allocations', buyers: scales };
    const { proof, objective } = await proved(
      { ...data, objective: { profit: 1, consumerSurplus: 0.5 } },
      80,
      1e-2,
    );
    const verdict = verifyProof(proof);
    expect(verdict.violations).toEqual([]);
    const [attained, bound] = [Number(verdict.attainedObjective![0]), Number(verdict.upperBound![1])];
    expect(attained).toBeLessThanOrEqual(objective * (1 + 1e-9));
    expect(bound).toBeGreaterThanOrEqual(objective * (1 - 1e-9));
    expect((bound - attained) / bound).toBeLessThan(1e-2);
    // Who weighs rent earns less than the most, and more than 97/960 with it.
    expect(Number(verdict.attainedProfit![1])).toBeLessThan(97 / 960);
    expect(attained).toBeGreaterThan(97 / 960);
  });

  it('is not verified where larger buyers are tempted by what smaller ones get, or smaller ones by what larger ones do', async () => {
    const { proof } = await proved({ ...example1, contract: 'allocations', buyers: scales }, 40, 1e-1);
    const { continuum } = proof;
    expect(verifyProof(proof).verified).toBe(true);
    const { items } = continuum;
    const times = (share: number) => (item: (typeof items)[number][number]) =>
      item && { ...item, task: item.task.map((x) => x.map((amount) => share * amount)) };
    const withItems = (changed: typeof items) =>
      verifyProof({ ...proof, continuum: { ...continuum, items: changed } } as Proof).violations.join();
    const less = items.map((own, l) => (l === items.length - 1 ? own.map(times(0.5)) : own));
    expect(withItems(less)).toMatch(/expected quality that rises with scale/);
    const nothing = items.map((own, l) => (l < 2 ? own.map(() => null) : own));
    expect(withItems(nothing)).toMatch(/may prefer what larger ones get/);
    const more = items.map((own, l) => (l === items.length - 1 ? own.map(times(4)) : own));
    expect(withItems(more)).toMatch(/may prefer what larger ones get/);
  });

  type Continuum = ContinuumDocument['continuum'];
  const changes: Readonly<Record<string, (of: Continuum) => Partial<Continuum>>> = {
    'has an item less': ({ items: [all] }) => ({ items: [all!.slice(1)] }),
    'sells to nobody between buyers': ({ items: [all] }) => ({
      items: [all!.map((item, k) => (k === all!.length - 2 ? null : item))],
    }),
    'has quality that falls': ({ items: [all] }) => ({ items: [[...all!.slice(0, -1), { task: [[0.5]] }]] }),
    'has an item that costs less than nothing': ({ items: [all] }) => ({
      items: [[...all!.slice(0, -1), { task: [[-1]] }]],
    }),
    'has cells out of order': ({ values }) => ({
      values: [values[0]!, values[2]!, values[1]!, ...values.slice(3)],
    }),
    'leaves the highest types out': ({ values, items: [all] }) => ({
      values: values.slice(0, -1),
      items: [all!.slice(0, -1)],
    }),
    'has levels that end too early': ({ levels, virtual: [amounts] }) => ({
      levels: levels.slice(0, 50),
      virtual: [amounts!.slice(0, 50)],
    }),
    'has a level below 0': ({ levels, virtual: [amounts] }) => ({
      levels: [-1, ...levels],
      virtual: [[amounts![0]!, ...amounts!]],
    }),
    'serves levels badly': ({ virtual: [amounts] }) => ({ virtual: [amounts!.map(() => amounts![0]!)] }),
    'has two scales of types that have none': ({ items, virtual }) => ({
      items: [...items, ...items],
      virtual: [...virtual, ...virtual],
    }),
  };
  it.each(Object.entries(changes))('is not verified where it %s', async (_, change) => {
    const { proof } = await proved(studies['Mussa–Rosen']![0], 100);
    expect(verifyProof(proof).verified).toBe(true);
    const { continuum } = proof;
    const { verified, violations } = verifyProof({
      ...proof,
      continuum: { ...continuum, ...change(continuum) },
    } as Proof);
    expect(verified).toBe(false);
    expect(violations).toHaveLength(1);
  });

  it('is refused where types are pooled, and where F is no formula', async () => {
    const pooled = {
      cost: { use: 'quadratic' },
      buyers: representative({ use: 'quantile-polynomial', coefficients: [2, 1, 2] }),
    };
    await expect(proved(pooled, 100)).rejects.toThrow(
      '--proof: expected virtual values that rise, got types that are pooled',
    );
    const { code, stderr } = await runMain(
      'solve',
      'examples/beta-values.yaml',
      '--proof',
      '/nowhere/proof.json',
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^examples\/beta-values\.yaml: --proof: expected listed buyers, or types along a line, got /,
    );
  });
});
