import type { CostFunctionEntry } from '@menusmith/core';

/**
 * Linear cost with a cap: C = rate · ∫ q(i) di for 0 ≤ q(i) ≤ max; supply q = s·max if φ > rate, else 0.
 *
 * Selling goods (quality 0 or max) and lotteries over them (between).
 */
export const linear: CostFunctionEntry = {
  name: 'linear',
  doc: 'A cost of rate per unit of quality on each task, up to a quality of max.',
  parameters: {
    rate: { kind: 'number', doc: 'cost of a unit of quality', default: 0, min: 0 },
    max: { kind: 'number', doc: 'the most quality a task can have', default: 1, above: 0 },
  },
  examples: [
    { rate: 0, max: 1 },
    { rate: 0.25, max: 2 },
  ],
  create: ({ rate, max }) => ({
    inputs: [],
    form: { kind: 'linear', rate, max },
    supply(value, scale, out) {
      out.quality = value > rate ? scale * max : 0;
      out.cost = rate * out.quality;
      out.surplus = value > rate ? (value - rate) * out.quality : 0;
      out.regime = 0;
      out.solved = scale > 0 && Number.isFinite(value) && Number.isFinite(out.surplus);
    },
    slopes(value, scale, out) {
      this.supply(value, scale, out);
      out.qualityByValue = 0;
      out.qualityByScale = value > rate ? max : 0;
    },
    kinks: (_scale, upTo) => (rate > 0 && rate < upTo ? [rate] : []),
  }),
};
