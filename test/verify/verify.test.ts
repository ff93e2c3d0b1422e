import { type Proof, verifyProof } from '@menusmith/verify';
import { describe, expect, it } from 'vitest';
import { runMain } from '../cli/run-main.ts';
import { listedStudies as studies } from './listed-studies.ts';
import { cobbDouglas, grid, type Listed, provedStudy } from './proofs.ts';

describe('a proof of listed types', () => {
  it.each(Object.entries(studies))('is verified, and says what the certificate says: %s', async (_, data) => {
    const { proof, result } = await provedStudy(data);
    const verdict = verifyProof(proof);
    expect(verdict.violations).toEqual([]);
    expect(verdict.verified).toBe(true);
    const { attainedObjective, attainedProfit, upperBound } = result.certificate;
    const size = Math.abs(upperBound!);
    for (const [interval, number] of [
      [verdict.attainedObjective, attainedObjective],
      [verdict.attainedProfit, attainedProfit],
      [verdict.upperBound, upperBound],
    ] as const) {
      expect(Number(interval![0])).toBeLessThanOrEqual(Number(interval![1]));
      for (const end of interval!) expect(Math.abs(Number(end) - number!)).toBeLessThan(1e-8 * size);
    }
    expect(Number(verdict.upperBound![1])).toBeGreaterThanOrEqual(Number(verdict.attainedObjective![0]));
  });

  it('is verified of buyers in a file', async () => {
    const rows = [
      ['value', 'scale', 'mass', 'name'],
      ['0.5', '0.5', '1', 'a "b", c'],
      ['1', '1', '2', ''],
      ['1', '0.5', '1', ''],
    ];
    const data = { ...cobbDouglas, buyers: { kind: 'file', file: 'buyers.csv' } };
    const { proof, result } = await provedStudy(data, { 'buyers.csv': rows });
    const verdict = verifyProof(proof);
    expect(verdict.violations).toEqual([]);
    expect(Number(verdict.upperBound![1])).toBeCloseTo(result.certificate.upperBound!, 8);
  });

  it('names two types of DESIGN exactly: profit 3/4', async () => {
    const types = [
      { value: 1, mass: 2 },
      { value: 2, mass: 1 },
    ];
    const { proof } = await provedStudy({
      cost: { use: 'quadratic' },
      buyers: { kind: 'representative', types },
    });
    const { attainedProfit, upperBound, verified } = verifyProof(proof);
    expect(verified).toBe(true);
    expect(Number(attainedProfit![0])).toBeGreaterThan(0.75 - 1e-11);
    expect(Number(attainedProfit![1])).toBeLessThanOrEqual(0.75);
    expect(Number(upperBound![1])).toBeGreaterThanOrEqual(0.75);
    expect(Number(upperBound![1])).toBeLessThan(0.75 + 1e-11);
  });
});

describe('a proof that was changed', () => {
  const changes: Readonly<Record<string, (proof: Listed) => unknown>> = {
    'claims to attain more': (p) => ({
      ...p,
      claims: { ...p.claims, attainedObjective: 1.00001 * p.claims.attainedObjective },
    }),
    'claims a lower bound': (p) => ({
      ...p,
      claims: { ...p.claims, upperBound: 0.99999 * p.claims.upperBound },
    }),
    'has lower prices': (p) => ({
      ...p,
      items: p.items.map((item) => ({ ...item, transfer: 0.999 * item.transfer })),
    }),
    'has prices that nobody pays': (p) => ({
      ...p,
      items: p.items.map((item) => ({ ...item, transfer: 1.001 * item.transfer })),
    }),
    'is without an item': (p) => ({ ...p, items: p.items.slice(1) }),
    'is without flows': (p) => ({ ...p, flows: [] }),
    'has other flows': (p) => ({
      ...p,
      flows: p.flows.map(([from, to, amount]) => [from, to, 0.9 * amount]),
    }),
    'has flows the other way': (p) => ({
      ...p,
      flows: p.flows.map(([from, to, amount]) => [to, from, amount]),
    }),
    'passes on more than there is': (p) => ({
      ...p,
      flows: p.flows.map(([from, to, amount], e) => [from, to, e === 0 ? 30 * amount : amount]),
    }),
    'has a flow below 0': (p) => ({ ...p, flows: [...p.flows, [0, 1, -0.01]] }),
    'has a flow to nobody': (p) => ({ ...p, flows: [...p.flows, [0, 99, 0.01]] }),
    'serves virtual types badly': (p) => ({ ...p, virtual: p.virtual.map(() => p.virtual[0]) }),
    'is of another study': (p) => ({ ...p, study: { ...p.study, contract: 'packages' } }),
    'has no amounts': (p) => ({ ...p, items: p.items.map(({ transfer }) => ({ transfer })) }),
    'has an item that costs less than nothing': (p) => ({
      ...p,
      items: p.items.map((item) => ({
        ...item,
        parts: item.parts.map((part) => ({
          ...part,
          task: part.task?.map((x) => x.map((amount) => -amount)),
        })),
      })),
    }),
    'holds no number where one should be': (p) => ({ ...p, claims: { ...p.claims, upperBound: null } }),
  };

  it.each(Object.entries(changes))('is not verified where it %s', async (_, change) => {
    const { proof } = await provedStudy({ ...cobbDouglas, buyers: grid(4, 3, 0.8) });
    expect(verifyProof(proof).verified).toBe(true);
    const verdict = verifyProof(change(proof) as Proof);
    expect(verdict.verified).toBe(false);
    expect(verdict.violations).toHaveLength(1);
  });
});

describe('a proof that claims next to nothing', () => {
  const lotteries = 'two models beside a rival, with lotteries';
  const nodes = 'profiles on nodes, two of them alike';
  const capacity = 'capacity of an input';
  const changes: Readonly<Record<string, readonly [keyof typeof studies, (proof: Listed) => unknown]>> = {
    'has chances of more than 1': [
      lotteries,
      (p) => ({ items: p.items.map((item) => ({ ...item, parts: [...item.parts, ...item.parts] })) }),
    ],
    'has a chance below 0': [
      lotteries,
      (p) => ({ items: p.items.map((item) => ({ ...item, parts: [...item.parts, { share: -0.1 }] })) }),
    ],
    'has amounts below 0': [
      'a line, quadratic cost',
      (p) => ({ items: p.items.map((item) => ({ ...item, parts: [{ task: [[-0.1]] }] })) }),
    ],
    'has nodes where there are other tasks': [
      nodes,
      (p) => ({ nodes: { ...p.nodes, positions: p.nodes!.positions.map((at) => at ** 2) } }),
    ],
    'uses more than there is': [
      capacity,
      (p) => ({
        items: p.items.map(({ parts, ...item }) => ({
          ...item,
          parts: parts.map((part) => ({
            ...part,
            task: part.task?.map((x) => x.map((each) => 1.01 * each)),
          })),
        })),
      }),
    ],
    'is of a rival for whom another number stands for a buyer': [
      'a rival, packages',
      (p) => ({ study: JSON.parse(JSON.stringify(p.study).replaceAll('"tokens":0.45', '"tokens":0.5')) }),
    ],
    'leaves out what a rival sells': [lotteries, () => ({ outside: [] })],
    'is of a study with plans that are kept': [
      nodes,
      (p) => ({ study: { ...p.study, keep: { menu: 'a' } } }),
    ],
    'is of a study with a term that nobody knows': [nodes, (p) => ({ study: { ...p.study, tax: 0.1 } })],
    'is of a study with something unknown outside': [
      capacity,
      (p) => ({ study: { ...p.study, outside: { utility: 0, more: true } } }),
    ],
    'is of a study with a mass below 0': [
      'a line, quadratic cost',
      (p) => ({ study: JSON.parse(JSON.stringify(p.study).replace('"mass":2', '"mass":-2')) }),
    ],
    'is of a study with a cost below 0': [
      capacity,
      (p) => ({ study: JSON.parse(JSON.stringify(p.study).replace('"cost":0.1}', '"cost":-0.1}')) }),
    ],
    'is of a study whose exponents sum to 1': [
      capacity,
      (p) => ({ study: JSON.parse(JSON.stringify(p.study).replace('"output":0.2', '"output":0.5')) }),
    ],
  };
  it.each(Object.entries(changes))('is not verified all the same where it %s', async (_, [name, change]) => {
    const { proof } = await provedStudy(studies[name]!);
    const claims = { attainedObjective: -1e6, upperBound: 1e6 };
    expect(verifyProof({ ...proof, claims }).verified).toBe(true);
    expect(verifyProof({ ...proof, ...(change(proof) as Partial<Listed>), claims }).verified).toBe(false);
  });
});

describe('solve --proof and verify', () => {
  it('refuse what no proof covers before anything is solved', async () => {
    const { code, stderr } = await runMain('solve', 'examples/keep.yaml', '--proof', '/nowhere/proof.json');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'examples/keep.yaml: --proof: expected listed buyers, or types along a line, got plans that are kept\n',
    );
  });

  it('refuse a file that is no proof', async () => {
    const { code, stderr } = await runMain('verify', 'package.json');
    expect(code).toBe(2);
    expect(stderr).toBe('package.json: expected a proof as solve --proof writes it\n');
  });
});
