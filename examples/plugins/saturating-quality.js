// Saturating quality: tokens on a task help less and less, up to a ceiling; `half` of them give half of it.
const product = (names, factor) => names.reduce((value, name, k) => value * factor(name, k), 1);

const saturatingQuality = {
  name: 'saturating-quality',
  doc: 'Task inputs saturate, shared inputs do not: Π (x / (half + x))^e · Π (base + z)^e.',
  parameters: {
    exponents: { kind: 'by-input', doc: 'exponents, with a sum below 1', scope: 'any', above: 0, below: 1 },
    half: { kind: 'by-input', doc: 'amount at half the ceiling', scope: 'task', default: 1, above: 0 },
    base: { kind: 'by-input', doc: 'there before any is bought', scope: 'shared', default: 0, min: 0 },
  },
  examples: [{ parameters: { exponents: { x: 0.4, z: 0.2 } }, inputs: { task: ['x'], shared: ['z'] } }],
  create: ({ exponents, half, base }, { task, shared }) => ({
    value: (x, z) =>
      product(task, (name, j) => (x[j] / (half[name] + x[j])) ** exponents[name]) *
      product(shared, (name, k) => (base[name] + z[k]) ** exponents[name]),
  }),
};
export default { name: 'saturating', productionFunctions: [saturatingQuality] };
