import type { CostFunctionEntry, EfficientSupply } from '@menusmith/core';
import { costByTask } from './by-task.ts';

/**
 * Linear cost with a cap: C = Σ ω rate·q for 0 ≤ q ≤ max; supply q = max on tasks with φ > rate, else 0. Rates and caps may differ among tasks, and
 * `total` bounds Σ q, the sum over tasks without their weights.
 *
 * Selling goods (quality 0 or max) and lotteries over them (between); with a total of 1, versions of which a buyer gets at most one.
 */
export const linear: CostFunctionEntry = {
  name: 'linear',
  doc: 'A cost of rate per unit of quality on each task, up to a quality of max; total bounds the sum over tasks.',
  parameters: {
    rate: {
      kind: 'number',
      doc: 'cost of a unit of quality, or a list of one a task',
      default: 0,
      min: 0,
      perTask: true,
    },
    max: {
      kind: 'number',
      doc: 'the most quality a task can have, or a list of one a task',
      default: 1,
      above: 0,
      perTask: true,
    },
    total: {
      kind: 'number',
      doc: 'the most quality that all tasks together can have, Σ q; without it each task is on its own',
      optional: true,
      above: 0,
    },
  },
  examples: [
    { rate: 0, max: 1 },
    { rate: 0.25, max: 2 },
    { rate: [2, 0.5, 0], max: 1, total: 1 },
    { rate: 0.1, max: [1, 2] },
  ],
  create: ({ rate, max, total }) =>
    costByTask<{ rate: number; max: number }>({ rate, max }, linearCost, { total }),
};

const linearCost = ({ rate, max }: { readonly rate: number; readonly max: number }): EfficientSupply => ({
  inputs: [],
  form: { tasks: [[{ rate, curvature: 0, length: max }]] },
  taskCost: (quality) => rate * quality,
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
});
