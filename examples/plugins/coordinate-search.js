// A minimizer: one coordinate after the other, with steps that grow after success and shrink after failure. It only proposes; the program counts what it
// evaluates, and checks the first-order conditions of its answer.
import { definePlugin } from 'menusmith';

const propose = ({ objective, start }) => {
  const x = [...start];
  let best = objective(x);
  const steps = x.map((value) => 0.1 * Math.max(Math.abs(value), 1));
  while (Math.max(...steps) > 1e-10) {
    for (let k = 0; k < x.length; k++) {
      const before = x[k];
      const found = [before + steps[k], before - steps[k]].find((next) => {
        x[k] = next;
        return objective(x) < best;
      });
      if (found === undefined) x[k] = before;
      else best = objective(x);
      steps[k] *= found === undefined ? 0.5 : 1.5;
    }
  }
  return x;
};

export default definePlugin({
  name: 'coordinate-search',
  minimizers: [
    {
      name: 'coordinate-search',
      doc: 'Coordinate by coordinate, without gradients.',
      parameters: {},
      create: () => ({ usesGradient: false, propose }),
    },
  ],
});
