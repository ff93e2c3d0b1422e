import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const directory = mkdtempSync(join(tmpdir(), 'menusmith-uncertified-'));
const plugin = join(directory, 'odd.mjs');
writeFileSync(
  plugin,
  `const nothing = () => Number.NaN;
const create = () => ({ min: 0, max: 1, breakpoints: [], density: nothing, cdf: nothing, survival: nothing, quantile: (u) => u });
export default { name: 'odd', distributions: [{ name: 'odd', doc: 'nothing but NaN', parameters: {}, create }] };\n`,
);
const study = join(directory, 'odd.yaml');
writeFileSync(
  study,
  `production: { use: cobb-douglas, exponents: { input: 0.5 } }
inputs: { input: { scope: task, cost: 1 } }
buyers: { kind: value-scale, value: { use: odd }, scale: { use: uniform, min: 0, max: 1 } }\n`,
);

describe('a study of which nothing can be certified', () => {
  it('has a report and a table that give the reason, and neither a bound nor a small menu', async () => {
    const out = join(directory, 'report');
    const { code, stdout } = await runMain('solve', study, '--plugin', plugin, '--out', out);
    expect(code).toBe(3);
    expect(stdout).toContain('contradicts itself');
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    expect(page).toContain('Nothing is certified here, and no number is to be relied on.');
    expect(page).toMatch(/The reason: [^<]*contradicts itself/);
    expect(page).toContain('no menu of few items is sought');
    expect(page).not.toMatch(/It earns|No menu of any kind|This holds/);
    const table = readFileSync(join(out, 'table.tex'), 'utf8');
    expect(table).toMatch(/\\caption\{.*contradicts itself/);
    expect(table).not.toMatch(/\\toprule\s*\\bottomrule/);
  });

  it('has no table of conditions without a condition', async () => {
    const { code, stdout } = await runMain('check', study, '--plugin', plugin);
    expect(code).toBe(3);
    expect(stdout).toContain('contradicts itself');
    expect(stdout).not.toContain('conditions of the propositions');
  });

  it('has tiers that nothing bounds: exit code 3, and a note', async () => {
    const huge = join(directory, 'huge.yaml');
    writeFileSync(
      huge,
      `production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.125 } }
buyers:
  kind: value-scale
  value: { use: uniform, min: 0, max: 1e308 }
  scale: { use: uniform, min: 0, max: 1 }
  dependence: { use: gaussian, rho: 0.5 }
  grid: { values: 8, scales: 6 }\n`,
    );
    const { code, stdout, stderr } = await runMain('tiers', huge, '--count', '2', '--json');
    expect([code, stderr]).toEqual([3, 'not certified: the notes say why\n']);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'uncertified', upperBound: null });
    expect(JSON.parse(stdout).notes[0]).toMatch(/^No bound on what any menu could earn/);
  });
});
