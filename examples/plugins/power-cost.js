// A convex cost, given outright: c(q) = k·q^p/p on each task. With p = 2 it is Mussa and Rosen's.
import { definePlugin } from 'menusmith';

const powerCost = ({ coefficient: k, power: p }) => {
  // Efficient supply sets marginal cost to the value: k·q^(p − 1) = φ on every task.
  const quality = (value) => (Math.max(value, 0) / k) ** (1 / (p - 1));
  const supply = (value, scale, out) => {
    out.quality = scale * quality(value);
    out.cost = (out.quality * Math.max(value, 0)) / p;
    out.surplus = out.quality * Math.max(value, 0) - out.cost;
    out.regime = 0;
    out.solved = scale > 0 && Number.isFinite(value) && Number.isFinite(out.surplus);
  };
  return {
    inputs: [],
    taskCost: (q) => (k * q ** p) / p,
    supply,
    slopes(value, scale, out) {
      supply(value, scale, out);
      out.qualityByValue =
        value > 0 ? out.quality / (value * (p - 1)) : p > 2 ? Infinity : p < 2 ? 0 : scale / k;
      out.qualityByScale = quality(value);
    },
    kinks: () => [],
  };
};

export default definePlugin({
  name: 'power-cost',
  costFunctions: [
    {
      name: 'power',
      doc: 'k·q^p/p on each task.',
      parameters: {
        coefficient: { kind: 'number', doc: 'k', default: 1, above: 0 },
        power: { kind: 'number', doc: 'p', default: 2, above: 1, max: 20 },
      },
      examples: [{}, { coefficient: 0.5, power: 3 }, { power: 1.5 }],
      create: powerCost,
    },
  ],
});
