// A distribution: triangular on [min, max] with its peak at `mode`, for when all that is known is the least, the usual and the most.
import { definePlugin, InputError } from 'menusmith';

const triangular = ({ min, mode, max }) => {
  if (!(min < max)) throw new InputError('support', `expected min < max, got ${min} and ${max}`, ['max']);
  if (mode < min || mode > max)
    throw new InputError('mode', `expected a mode in [${min}, ${max}], got ${mode}`, ['mode']);
  const [width, left, right] = [max - min, mode - min, max - mode];
  // Each side has its share of the mass, and tails by their own formulas, so that they keep their relative accuracy.
  const below = (x) => (x - min) ** 2 / (width * left);
  const above = (x) => (max - x) ** 2 / (width * right);
  const isLeft = (x) => x < mode || (x === mode && right === 0);
  return {
    min,
    max,
    breakpoints: mode > min && mode < max ? [mode] : [],
    density: (x) =>
      x < min || x > max ? 0 : (2 * (isLeft(x) ? (x - min) / left : (max - x) / right)) / width,
    cdf: (x) => (x <= min ? 0 : x >= max ? 1 : isLeft(x) ? below(x) : 1 - above(x)),
    survival: (x) => (x <= min ? 1 : x >= max ? 0 : isLeft(x) ? 1 - below(x) : above(x)),
    quantile: (u) => {
      if (u <= 0) return min;
      if (u >= 1) return max;
      return u < left / width ? min + Math.sqrt(u * width * left) : max - Math.sqrt((1 - u) * width * right);
    },
  };
};

export default definePlugin({
  name: 'triangular',
  distributions: [
    {
      name: 'triangular',
      doc: 'Triangular distribution on [min, max] with its peak at mode.',
      parameters: {
        min: { kind: 'number', doc: 'the least', min: 0 },
        mode: { kind: 'number', doc: 'the peak', min: 0 },
        max: { kind: 'number', doc: 'the most', above: 0 },
      },
      examples: [
        { min: 0, mode: 0.3, max: 1 },
        { min: 1, mode: 1, max: 3 },
        { min: 0, mode: 2, max: 2 },
      ],
      create: triangular,
    },
  ],
});
