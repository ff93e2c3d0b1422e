import { createRegistry, parseStudy, type Result, solveStudy, standardPlugin } from '@menusmith/app';
import { expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const solved = (value: string, scale: string): Result =>
  solveStudy(
    parseStudy(
      `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }
inputs:
  input: { scope: task, cost: 0.125 }
  output: { scope: task, cost: 0.125 }
  fineTuning: { scope: shared, cost: 0.125 }
buyers: { kind: value-scale, value: ${value}, scale: ${scale} }
contract: packages
`,
      { file: 'test.yaml', registry },
    ),
  ).result;
const beta = (a: number, b: number, min = 0, max = 1): string =>
  `{ use: beta, a: ${a}, b: ${b}, min: ${min}, max: ${max} }`;
const kumaraswamy = (min: number): string => `{ use: kumaraswamy, a: 0.4, b: 0.4, min: ${min}, max: 0.9 }`;

test.each([
  ['a positive minimum of values', beta(0.3, 0.7, 0.2, 0.9), beta(0.3, 0.7)],
  ['supports from 0 to 1', beta(0.3, 0.7), beta(0.3, 0.7)],
  ['shapes of one half', beta(0.5, 0.5, 0.2, 0.9), beta(0.5, 0.5)],
  ['positive minima of both, most buyers next to the corners', beta(0.2, 0.2, 0.2, 0.9), beta(0.2, 0.2, 0.3)],
  ['powers of distances at the ends', kumaraswamy(0.2), kumaraswamy(0)],
  ['uniform scales', beta(0.3, 0.7), '{ use: uniform, min: 0, max: 1 }'],
  [
    'mixtures of such',
    `{ use: mixture, parts: [{ weight: 1, of: ${beta(0.3, 0.7, 0.2, 0.9)} }, { weight: 2, of: ${beta(0.5, 0.4)} }] }`,
    `{ use: mixture, parts: [{ weight: 1, of: ${beta(0.3, 0.7)} }, { weight: 1, of: { use: uniform, min: 0.1, max: 0.8 } }] }`,
  ],
])('packages for densities infinite at the ends are certified to 1e-11: %s', (_, value, scale) => {
  const { status, certificate } = solved(value, scale);
  expect(status).toBe('optimal');
  expect(Math.abs(certificate.relativeGap!)).toBeLessThan(1e-11);
});

/*
 * E[S(θ)], S = θ² for θ ≤ ½ and 2θ⁴ + ⅛ above, without F_θ: E[θ²] = E[w²] E[s], and 2(θ² − ¼)² above ½ by incomplete moments of s given w and
 * tanh–sinh over w, with Python's mpmath.
 */
test.each([
  [beta(0.3, 0.7, 0.2, 0.9), beta(0.3, 0.7), 0.0742690015773085],
  [beta(0.2, 0.2, 0.2, 0.9), beta(0.2, 0.2), 0.2801640194113908],
  [beta(0.3, 0.7), beta(0.3, 0.7), 0.07295221151240246],
  [beta(0.5, 0.5, 0.2, 0.9), beta(0.5, 0.5), 0.22632866516678732],
])('w ~ %s, s ~ %s have the efficient welfare of the joint density to 1e-12', (value, scale, welfare) => {
  expect(Math.abs(solved(value, scale).efficientWelfare! / welfare - 1)).toBeLessThan(1e-12);
});
