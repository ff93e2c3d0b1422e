import type { EfficientSupply } from '@menusmith/core';
import { efficientSupplyLaws, samples, slopesAt } from './efficient-supply-laws.ts';
import { type Law, Tightest } from './law.ts';

/** The laws of a cost given outright: those of its efficient supply, and that costs of tasks add up. */
export const costFunctionLaws: readonly Law<EfficientSupply>[] = [
  ...efficientSupplyLaws,
  {
    name: 'supply and cost are proportional to the number of tasks',
    check(supply) {
      const tightest = new Tightest();
      for (const [value, scale] of samples()) {
        const one = slopesAt(supply, value, 1);
        const many = slopesAt(supply, value, scale);
        const where = (): string => `(φ, s) = (${value}, ${scale})`;
        tightest.compare(many.quality - scale * one.quality, 1e-12 * many.quality, where);
        tightest.compare(many.cost - scale * one.cost, 1e-12 * many.cost, where);
      }
      return tightest.verdict();
    },
  },
];
