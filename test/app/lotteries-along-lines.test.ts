/*
 * Lotteries between models for types along a line, who are promised something or have something outside: held against the same types with a second task that
 * is worth nothing to them, who are solved as types with values on tasks.
 */
import { createRegistry, parseStudy, type Result, solve, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../core/reference-cases.ts';

const registry = createRegistry([standardPlugin]);
const resultOf = async (document: object): Promise<Result> =>
  (await solve(parseStudy(JSON.stringify(document), { file: 'study.json', registry }))).result;

/** v = x^degree at a cost, or a price, a token. */
const madeOf = (degree: number, field: 'cost' | 'price', amount: number) => ({
  production: { use: 'cobb-douglas', exponents: { tokens: degree } },
  inputs: { tokens: { scope: 'task', [field]: amount } },
});

describe('types on one task, which is a line, against the same beside a task that is worth nothing', () => {
  const line = (second: boolean, terms: object) => ({
    contract: 'allocations',
    models: [
      { name: 'm0', ...madeOf(0.2, 'cost', 0.31) },
      { name: 'm1', ...madeOf(0.3, 'cost', 0.21) },
    ],
    buyers: {
      kind: 'profiles',
      tasks: { weights: second ? [0.5, 1] : [0.5] },
      types: [0.62, 0.83, 1.57].map((value, n) => ({
        mass: [5, 5, 4][n]!,
        values: second ? [value, 0] : [value],
      })),
    },
    ...terms,
  });
  const keep = { menu: { plans: [{ name: 'list', prices: { tokens: 0.47 }, models: ['m0'] }] } };

  test.each([
    ['plans that stay on sale', { keep }],
    ['plans, and something outside', { keep, outside: { utility: [0.2, 0.1, 0.6] } }],
    [
      'a rival, and a weight on surplus',
      {
        keep,
        outside: { rival: madeOf(0.2, 'price', 0.35) },
        objective: { profit: 1, consumerSurplus: 0.2 },
      },
    ],
    ['plans and capacity', { keep, capacity: { tokens: 0.25 } }],
  ])(
    '%s',
    async (_, terms) => {
      const [alone, beside] = [await resultOf(line(false, terms)), await resultOf(line(true, terms))];
      expect([alone.status, beside.status]).toEqual(['optimal', 'optimal']);
      expectClose(alone.certificate.attainedObjective!, beside.certificate.attainedObjective!, 1e-7);
      // The same models serve as many, and types use as much on average.
      const served = (result: Result, name: 'm0' | 'm1'): number =>
        result.types.reduce((sum, { mass, lottery, model }) => {
          const share =
            lottery?.find((drawn) => drawn.model === name)?.share ?? (!lottery && model === name ? 1 : 0);
          return sum + mass! * share;
        }, 0);
      for (const name of ['m0', 'm1'] as const) {
        expectClose(alone.models!.find((own) => own.name === name)!.share, served(alone, name), 1e-6);
        expect(Math.abs(served(alone, name) - served(beside, name))).toBeLessThan(1e-4);
      }
      alone.types.forEach(({ inputs }, n) => {
        expect(Math.abs(inputs.tokens! - beside.types[n]!.inputs.tokens!)).toBeLessThan(1e-4);
      });
    },
    120_000,
  );
});
