import type { CostFunctionEntry, EfficientSupply } from '@menusmith/core';
import { costByTask } from './by-task.ts';

/**
 * Quadratic cost C(q, s) = a q²/(2s), the least ½ a ∫ q(i)² di with total quality q on s tasks; supply q = s·φ/a. The coefficient a may differ among tasks.
 *
 * With a = s = 1 this is Mussa and Rosen's cost.
 */
export const quadratic: CostFunctionEntry = {
  name: 'quadratic',
  doc: 'Half the squared quality times a coefficient, summed over the tasks.',
  parameters: {
    coefficient: {
      kind: 'number',
      doc: 'a in a·q²/2, or a list of one a task; 1 where it is left out',
      optional: true,
      above: 0,
      perTask: true,
    },
  },
  examples: [{}, { coefficient: 0.25 }, { coefficient: [1, 3] }],
  create: ({ coefficient = 1 }) => costByTask<{ coefficient: number }>({ coefficient }, quadraticCost),
};

const quadraticCost = ({ coefficient: a }: { readonly coefficient: number }): EfficientSupply => ({
  inputs: [],
  form: { tasks: [[{ rate: 0, curvature: a, length: Number.POSITIVE_INFINITY }]] },
  taskCost: (quality) => (a * quality * quality) / 2,
  supply(value, scale, out) {
    const served = Math.max(value, 0);
    out.quality = (scale * served) / a;
    out.cost = (out.quality * served) / 2;
    out.surplus = out.cost;
    out.regime = 0;
    out.solved = scale > 0 && Number.isFinite(value) && Number.isFinite(out.surplus);
  },
  slopes(value, scale, out) {
    this.supply(value, scale, out);
    out.qualityByValue = value >= 0 ? scale / a : 0;
    out.qualityByScale = Math.max(value, 0) / a;
  },
  kinks: () => [],
});
