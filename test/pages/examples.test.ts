/* The studies in examples: each says what it is, is solved with a certificate, and comes to what its comment says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Solution } from '@menusmith/app';
import { createRegistry, loadPlugin, readStudy, solve, standardPlugin } from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

const solutions = new Map<string, Promise<Solution>>();

/** The solution of an example, with the plugin loaded; each is solved once. */
const solvedExample = (file: string): Promise<Solution> => {
  const known = solutions.get(file);
  if (known !== undefined) return known;
  const solving = (async () => {
    const registry = createRegistry([
      standardPlugin,
      await loadPlugin(join(root, 'examples/plugins/saturating-quality.js')),
    ]);
    return solve(await readStudy(join(root, 'examples', file), registry));
  })();
  solutions.set(file, solving);
  return solving;
};

describe('examples', () => {
  const studies = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.yaml'));

  it.each(studies)('%s says in a comment what it is, and is solved with a certificate', async (file) => {
    expect(readFileSync(join(root, 'examples', file), 'utf8')).toMatch(/^# \S.*[.]\n/);
    const { status, grid } = (await solvedExample(file)).result;
    // Beside a rival the bound for dependent values and scales is what seen scales would earn: no menu comes near it, and the result says so.
    expect(status).toBe(file === 'rival-lotteries.yaml' ? 'feasible' : 'optimal');
    if (grid !== undefined) expect(grid.relativeGap).toBeLessThan(1e-8);
  });

  it('two types with quadratic cost: q = (½, 2), T = (½, 3½), profit ¾', async () => {
    const { result } = await solvedExample('representative-types.yaml');
    expect(result.profit).toBeCloseTo(3 / 4, 14);
    expect(result.types.map(({ quality }) => quality)).toEqual([0.5, 2]);
    expect(result.types.map(({ transfer }) => transfer)).toEqual([0.5, 3.5]);
  });

  /*
   * v = (x/(2 + x))^.4 (y/(1 + y))^.3 (½ + z)^.2 by hand: ∂v/∂x = v·.4·2/(x(2 + x)), ∂v/∂y = v·.3/(y(1 + y)),
   * ∂v/∂z = v·.2/(½ + z). Efficiency for φ = 2w − 1 is φ ∂v/∂x = c_x, φ ∂v/∂y = c_y, s φ ∂v/∂z = c_z or z = 0.
   *
   * Values uniform on [0, 1]: S at φ = 2w − 1 over w has half the mean of S over values, and leaves buyers half of
   * that again, for any technology.
   */
  it('the plugin meets the first-order conditions worked by hand, and Π = W/2, CS = W/4', async () => {
    const { result, quote } = await solvedExample('saturating-quality.yaml');
    expect(result.supply).toBe('numeric');
    expect(result.profit! / result.efficientWelfare!).toBeCloseTo(1 / 2, 11);
    expect(result.consumerSurplus! / result.efficientWelfare!).toBeCloseTo(1 / 4, 11);
    let fineTuned = 0;
    for (const [value, scale] of [
      [0.6, 0.5],
      [0.75, 0.2],
      [0.9, 0.8],
      [1, 1],
    ] as const) {
      const { perTask, inputs, quality, transfer, rent } = quote({ value, scale });
      const [x, y, z] = [Number(perTask.input), Number(perTask.output), inputs.fineTuning!];
      const φ = 2 * value - 1;
      const v = (x / (2 + x)) ** 0.4 * (y / (1 + y)) ** 0.3 * (0.5 + z) ** 0.2;
      expect(quality).toBeCloseTo(scale * v, 12);
      expect((φ * v * 0.4 * 2) / (x * (2 + x)) / 0.02).toBeCloseTo(1, 9);
      expect((φ * v * 0.3) / (y * (1 + y)) / 0.04).toBeCloseTo(1, 9);
      const fineTuning = (scale * φ * v * 0.2) / (0.5 + z) / 0.1;
      if (z > 0) expect(fineTuning).toBeCloseTo(1, 9);
      else expect(fineTuning).toBeLessThanOrEqual(1);
      if (z > 0) fineTuned++;
      expect(transfer! + rent!).toBeCloseTo(value * quality, 12);
    }
    expect(fineTuned).toBeGreaterThan(0);
    expect(fineTuned).toBeLessThan(4);
  });
});
