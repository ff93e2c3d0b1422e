import type { EfficientSupply } from '@menusmith/core';
import { efficientSupplyLaws, samples, slopesAt } from './efficient-supply-laws.ts';
import { type Law, notClaimed, Tightest } from './law.ts';

/** The laws of a cost given outright: those of its efficient supply, that costs of tasks add up, and that its form is the one declared. */
export const costFunctionLaws: readonly Law<EfficientSupply>[] = [
  ...efficientSupplyLaws,
  {
    name: 'additive-cost',
    statement: 'Supply and cost are proportional to the number of tasks.',
    check(supply) {
      const tightest = new Tightest();
      for (const [value, scale] of samples()) {
        const at = { value, scale };
        const one = slopesAt(supply, value, 1);
        const many = slopesAt(supply, value, scale);
        tightest.equal('quality', many.quality, scale * one.quality, 1e-12 * many.quality, at);
        tightest.equal('cost', many.cost, scale * one.cost, 1e-12 * many.cost, at);
      }
      return tightest.verdict();
    },
  },
  {
    name: 'cost-form',
    statement: 'The declared form is true: C = q²/(2s), or rate·q with q ≤ s·max.',
    check(supply) {
      const { form } = supply;
      if (form === undefined) return notClaimed('no form is declared');
      const tightest = new Tightest();
      for (const [value, scale] of samples()) {
        const at = { value, scale };
        const { quality, cost } = slopesAt(supply, value, scale);
        const expected = form.kind === 'quadratic' ? quality ** 2 / (2 * scale) : form.rate * quality;
        tightest.equal('cost', cost, expected, 1e-12 * expected, at);
        if (form.kind === 'linear')
          tightest.atMost('quality', quality, scale * form.max, 1e-12 * quality, at);
      }
      return tightest.verdict();
    },
  },
];
