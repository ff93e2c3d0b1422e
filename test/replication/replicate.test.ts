import { replicateSettings, replicationSettings, type SolveSetting } from '@menusmith/replication';
import { describe, expect, it } from 'vitest';
import { closedFormSolution } from './closed-form-solution.ts';

const rows = replicateSettings(closedFormSolution);

/** The formulas that ERRATA.md lists for Example 1 and the Uniform Symmetric Setting. */
const errata = {
  F1: 'E1.allocations.tokens.plain',
  F2: 'E1.allocations.tokens.fine-tuned',
  F3: 'E1.allocations.fineTuning.fine-tuned',
  F4: 'E1.allocations.upfront.fine-tuned',
  F8: 'US.allocations.tokens.plain',
  F9: 'US.allocations.tokens.fine-tuned',
  F10: 'US.allocations.fineTuning.fine-tuned',
  F11: 'US.allocations.upfront.fine-tuned',
  F12: 'US.packages.virtualValue',
  F13: 'E1.packages.fineTuningFrom',
  T12: 'E1.packages.loss',
};

describe('the replication of Example 1 and the uniform symmetric setting', () => {
  it('finds misprints exactly where the errata list them', () => {
    const misprints = rows.filter(({ verdict }) => verdict.startsWith('misprint')).map(({ id }) => id);
    expect([...new Set(misprints)].sort()).toEqual(Object.values(errata).sort());
  });

  it('finds each of them in every setting, and names the erratum', () => {
    for (const [erratum, id] of Object.entries(errata)) {
      const found = rows.filter((row) => row.id === id);
      expect(found.every((row) => row.verdict === 'misprint, corrected')).toBe(true);
      expect(found.every((row) => row.erratum === erratum)).toBe(true);
      expect(new Set(found.map(({ setting }) => setting.ρ)).size).toBe(id.startsWith('US') ? 3 : 1);
    }
  });

  it('finds everything else that is printed right to rounding', () => {
    const others = rows.filter(({ erratum, printed }) => erratum === null && printed !== null);
    expect(others.length).toBeGreaterThan(100);
    expect(others.filter(({ verdict }) => verdict !== 'right as printed')).toEqual([]);
  });

  it('holds the corrected formulas to the closed forms within rounding', () => {
    for (const { id, corrected, closedForm } of rows) {
      if (corrected === null || closedForm === null) continue;
      expect(Math.abs(corrected - closedForm) / Math.max(1, Math.abs(closedForm)), id).toBeLessThan(1e-13);
    }
  });

  it('evaluates every formula in every setting it is stated for', () => {
    for (const { formulas, ρ, c } of replicationSettings) {
      const stated = formulas.filter(({ statedFor }) => statedFor?.(ρ, c) ?? true);
      expect(stated.filter(({ points }) => points(ρ, c).length === 0).map(({ id }) => id)).toEqual([]);
    }
  });

  it('gives every formula a name of its own', () => {
    for (const { formulas } of replicationSettings) {
      const ids = formulas.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('says that the numeric differs where a solution is off by a millionth, not a number or missing', () => {
    for (const wrong of [0.1 * (1 + 1e-6), Number.NaN, null]) {
      const off: SolveSetting = (ρ, c, contract) => {
        const { result, quote } = closedFormSolution(ρ, c, contract);
        return { result, quote: (buyer) => ({ ...quote(buyer), transfer: wrong }) };
      };
      const transfers = replicateSettings(off).filter(({ quantity }) => quantity.startsWith('T('));
      expect(transfers.length).toBeGreaterThan(0);
      expect(transfers.every(({ verdict }) => verdict === 'numeric differs')).toBe(true);
    }
  });

  it('does not take unequal numbers for the one that the paper prints for input and output', () => {
    const unequal: SolveSetting = (ρ, c, contract) => {
      const { result, quote } = closedFormSolution(ρ, c, contract);
      const halved = (tokens: Record<string, unknown>) => ({ ...tokens, output: Number(tokens.output) / 2 });
      return {
        result,
        quote: (buyer) => {
          const item = quote(buyer);
          return { ...item, inputs: halved(item.inputs), perTask: halved(item.perTask) };
        },
      };
    };
    const tokens = replicateSettings(unequal).filter(({ id }) => id.includes('.tokens.'));
    expect(tokens.every(({ verdict }) => verdict === 'numeric differs')).toBe(true);
  });
});
