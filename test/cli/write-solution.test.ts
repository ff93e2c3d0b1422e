import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMain, withoutTimes } from './run-main.ts';

const directory = mkdtempSync(join(tmpdir(), 'menusmith-report-'));
const file = join(directory, "buyer's study.yaml");
writeFileSync(
  file,
  'name: Two <types>\ncost: { use: quadratic }\nbuyers: { kind: representative, types: [{ name: low, value: 1, mass: 2 }, { name: high, value: 2, mass: 1 }] }\n',
);
const out = join(directory, 'report');
const run = runMain('solve', file, '--json', '--out', out);
const read = (name: string): string => readFileSync(join(out, name), 'utf8');

describe('menusmith solve --out', () => {
  it('writes a report, its tables, and every picture as SVG, PNG and PDF', async () => {
    expect(await run).toMatchObject({ code: 0, stderr: '' });
    const files = readdirSync(out);
    expect(files).toEqual(expect.arrayContaining(['menu.csv', 'report.html', 'result.json', 'table.tex']));
    const pictures = files.filter((name) => name.endsWith('.svg')).map((name) => name.slice(0, -4));
    expect(pictures).toEqual(
      expect.arrayContaining(['quality', 'tariff', 'who-gets-what', 'binding-constraints']),
    );
    for (const name of pictures) {
      expect(files).toContain(`${name}.png`);
      expect(files).toContain(`${name}.pdf`);
      expect(read(`${name}.svg`)).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(read('report.html')).toContain(`<figure id="${name}">`);
    }
    expect(files).toHaveLength(4 + 3 * pictures.length);
  });

  it('writes a PNG at 300 dots an inch of what is one column of a journal wide', async () => {
    await run;
    const width = readFileSync(join(out, 'quality.png')).readUInt32BE(16);
    expect(width).toBe(Math.round((Number(/width="(\d+)"/.exec(read('quality.svg'))![1]) * 300) / 96));
    expect(width / 300).toBeLessThan(4.5);
  });

  it('writes what --json prints, and a report that repeats the study and the command, without paths', async () => {
    const { stdout } = await run;
    expect(read('result.json').trim()).toBe(stdout.trim());
    const page = read('report.html');
    expect(page).toContain('name: Two &lt;types&gt;\ncost: { use: quadratic }');
    expect(page).toContain('menusmith solve &#39;buyer&#39;\\&#39;&#39;s study.yaml&#39; --out report');
    expect(page).not.toContain(directory);
  });
});

describe('a report over an earlier one', () => {
  it('has no picture of the earlier one that it does not draw, and leaves other files alone', async () => {
    const into = join(directory, 'again');
    const efficient = join(directory, 'efficient.yaml');
    writeFileSync(efficient, `${readFileSync(file, 'utf8')}contract: efficient\n`);
    await runMain('solve', file, '--tiers', '0', '--out', into);
    writeFileSync(join(into, 'notes.svg'), 'mine');
    const before = readdirSync(into);
    expect(await runMain('solve', efficient, '--out', into)).toMatchObject({ code: 0, stderr: '' });
    const alone = join(directory, 'alone');
    await runMain('solve', efficient, '--out', alone);
    expect(readdirSync(into).sort()).toEqual([...readdirSync(alone), 'notes.svg'].sort());
    expect(before).toContain('tariff.png');
    expect(readdirSync(into)).not.toContain('tariff.png');
  });
});

describe('an --out that cannot be written to', () => {
  it.each([
    ['solve', ['solve', file, '--json']],
    ['sensitivity', ['sensitivity', file, '--count', '1', '--json']],
  ])('leaves what %s prints as it is, names the path, and ends in exit code 2', async (_, argv) => {
    const without = await runMain(...argv);
    const { code, stdout, stderr } = await runMain(...argv, '--out', join(file, 'report'));
    expect(withoutTimes(stdout)).toBe(withoutTimes(without.stdout));
    expect(code).toBe(2);
    expect(stderr).toContain(`cannot write ${join(file, 'report')}: it is a file, or a part of its path is`);
  });

  it('is refused where it has no name', async () => {
    expect(await runMain('solve', file, '--out', '')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('menusmith solve --out --tiers', () => {
  const study = join(directory, 'uniform.yaml');
  writeFileSync(
    study,
    'name: Uniform\ncost: { use: quadratic }\nbuyers: { kind: representative, type: { use: uniform, min: 0, max: 1 } }\n',
  );

  it.each<[string, string[], number]>([
    ['three items where nothing is said', [], 3],
    ['as many as are asked for', ['--tiers', '2'], 2],
    ['none for 0', ['--tiers', '0'], 0],
  ])('writes %s', async (_, asked, count) => {
    const into = join(directory, `tiers-${count}`);
    expect(await runMain('solve', study, '--out', into, ...asked)).toMatchObject({ code: 0, stderr: '' });
    const page = readFileSync(join(into, 'report.html'), 'utf8');
    expect(page.includes(`The best menu of ${count} items earns`)).toBe(count > 0);
    // The report repeats the command as it was given.
    expect(page.includes('--tiers')).toBe(asked.length > 0);
    const labels = [...readFileSync(join(into, 'tariff.svg'), 'utf8').matchAll(/fill="white">(\d)<\/text>/g)];
    expect(labels.map(([, label]) => Number(label))).toEqual(Array.from({ length: count }, (__, k) => k + 1));
  });

  it('refuses what is not a number of items', async () => {
    expect(await runMain('solve', study, '--tiers', 'few')).toMatchObject({ code: 2 });
  });
});
