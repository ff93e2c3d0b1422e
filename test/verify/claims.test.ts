/*
 * Two types θ = (1, 2), f = (2/3, 1/3), C = q²/2: q = (½, 2), T = (½, 3½), Π = 2/3 (½ − ⅛) + 1/3 (3½ − 2) = ¾; the flow 1/3 from the high type to the low one bounds every menu by
 * 2/3·⅛ + 1/3·2 = ¾.
 */
import { type Proof, verifyProof } from '@menusmith/verify';
import { describe, expect, it } from 'vitest';
import { provedStudy } from './proofs.ts';

const types = [
  { value: 1, mass: 2 },
  { value: 2, mass: 1 },
];
const { proof } = await provedStudy({
  cost: { use: 'quadratic' },
  buyers: { kind: 'representative', types },
});
type Listed = typeof proof;
const verdict = (changed: Partial<Listed>) => verifyProof({ ...proof, ...changed } as Proof);
const claiming = (attainedObjective: number, upperBound: number) =>
  verdict({ claims: { attainedObjective, upperBound } });

describe('what a proof claims', () => {
  it('is verified where it holds, with the numbers that do', () => {
    const { verified, violations, attainedProfit, attainedObjective, upperBound } = claiming(0.75, 0.75);
    expect(violations).toEqual([]);
    expect(verified).toBe(true);
    for (const ends of [attainedProfit, attainedObjective, upperBound])
      for (const end of ends!) expect(Number(end)).toBeCloseTo(0.75, 9);
  });

  it('may be off by the billionth to which it is printed, and not by two', () => {
    expect(claiming(0.75 * (1 + 0.9e-9), 0.75 * (1 - 0.9e-9)).verified).toBe(true);
    const dear = claiming(0.75 * (1 + 2e-9), 0.75);
    expect(dear.verified).toBe(false);
    expect(dear.violations).toEqual([
      expect.stringMatching(/^the menu attains 0\.7[45]\d*, and not the 0\.75\d* claimed$/),
    ]);
    const low = claiming(0.75, 0.75 * (1 - 2e-9));
    expect(low.verified).toBe(false);
    expect(low.violations).toEqual([
      expect.stringMatching(/^the flows bound profit by 0\.75\d*, and not by the 0\.74\d* claimed$/),
    ]);
  });

  it('is verified where less is claimed than holds', () => {
    expect(claiming(0.5, 1).verified).toBe(true);
    expect(claiming(-0.5, 1).verified).toBe(true);
    expect(claiming(-0.5, -0.5).violations).toHaveLength(1);
    expect(claiming(1, 0.5).violations).toHaveLength(2);
  });

  it('is verified of no number', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(claiming(bad, 0.75).verified).toBe(false);
      expect(claiming(0.75, bad).verified).toBe(false);
    }
  });
});

describe('a proof that is changed', () => {
  const refused = (changed: Partial<Listed>) => {
    const { verified, violations } = verdict(changed);
    expect(verified).toBe(false);
    expect(violations.length).toBeGreaterThan(0);
    return violations;
  };

  it('without its flows, or with half of them, is not verified: the amounts for virtual types are then not the best', () => {
    refused({ flows: [] });
    refused({ flows: [[1, 0, 1 / 6]] });
  });

  it('with flows the other way is not verified', () => {
    refused({ flows: proof.flows.map(([from, to, amount]) => [to, from, amount] as const) });
  });

  it('with flows that types do not have passes on no more than they have', () => {
    // The high type has 1/3 to pass on, whatever is said.
    const { upperBound, verified } = verdict({ flows: [[1, 0, 5]] });
    expect(Number(upperBound![1])).toBeCloseTo(0.75, 9);
    expect(verified).toBe(true);
  });

  it.each([
    ['from a type to herself', [1, 1, 0.1]],
    ['from nobody', [2, 0, 0.1]],
    ['to nobody', [1, 2, 0.1]],
    ['of nothing', [1, 0, 0]],
    ['below nothing', [1, 0, -0.1]],
    ['without end', [1, 0, Number.POSITIVE_INFINITY]],
    ['of no number', [1, 0, Number.NaN]],
  ] as const)('with a flow %s is refused', (_, flow) => {
    expect(refused({ flows: [flow] as never })[0]).toMatch(/flow|number/);
  });

  it('with a price at which the high type takes the other item attains less', () => {
    const dear = proof.items.map((item) => ({
      ...item,
      transfer:
        item.transfer === Math.max(...proof.items.map(({ transfer }) => transfer)) ? 3.7 : item.transfer,
    }));
    const { attainedProfit } = verdict({ items: dear });
    // Both take the low one: ½ − ⅛.
    expect(Number(attainedProfit![1])).toBeCloseTo(0.375, 9);
  });

  it('with a price that nobody pays attains what the other item does', () => {
    const most = Math.max(...proof.items.map(({ transfer }) => transfer));
    const dear = proof.items.map((item) => ({
      ...item,
      transfer: item.transfer === most ? item.transfer : 100,
    }));
    // The high type has ½ from her own, and takes it.
    expect(Number(verdict({ items: dear }).attainedProfit![1])).toBeCloseTo((3.5 - 2) / 3, 9);
  });

  it('in which a type likes two items the same, though not in floating point, attains what the worse one earns at least', () => {
    // 0.3 − 0.1 is less than 0.5 − 0.3 in doubles. The low type may take the first, which earns 0.1 − 0.045; the high one takes the second, 0.3 − 0.125.
    const item = (transfer: number, quality: number) => ({ transfer, parts: [{ task: [[quality]] }] });
    expect(0.3 - 0.1).toBeLessThan(0.5 - 0.3);
    const { attainedProfit } = verdict({ items: [item(0.1, 0.3), item(0.3, 0.5)] });
    expect(Number(attainedProfit![0])).toBeCloseTo((2 * 0.055 + 0.175) / 3, 12);
    expect(Number(attainedProfit![1])).toBeCloseTo(0.175, 12);
  });

  it('without items attains nothing', () => {
    expect(Number(verdict({ items: [] }).attainedProfit![1])).toBe(0);
  });

  it('with wrong amounts for the virtual types, or none, bounds no lower', () => {
    refused({ virtual: proof.virtual.slice(1) });
    refused({ virtual: [] });
    const swapped = verdict({ virtual: [...proof.virtual].reverse() });
    if (swapped.upperBound) expect(Number(swapped.upperBound[1])).toBeGreaterThanOrEqual(0.75 - 1e-9);
  });
});
