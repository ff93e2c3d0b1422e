import type { CostFunctionEntry } from '@menusmith/core';

/**
 * Quadratic cost C(q, s) = q²/(2s), the least ½ ∫ q(i)² di with total quality q on s tasks; supply q = s·φ.
 *
 * With s = 1 this is Mussa and Rosen's cost.
 */
export const quadratic: CostFunctionEntry = {
  name: 'quadratic',
  doc: 'Half the squared quality, summed over the tasks.',
  parameters: {},
  examples: [{}],
  create: () => ({
    inputs: [],
    form: { kind: 'quadratic' },
    supply(value, scale, out) {
      const served = Math.max(value, 0);
      out.quality = scale * served;
      out.cost = (out.quality * served) / 2;
      out.surplus = out.cost;
      out.regime = 0;
      out.solved = scale > 0 && Number.isFinite(value) && Number.isFinite(out.surplus);
    },
    slopes(value, scale, out) {
      this.supply(value, scale, out);
      out.qualityByValue = value >= 0 ? scale : 0;
      out.qualityByScale = Math.max(value, 0);
    },
    kinks: () => [],
  }),
};
