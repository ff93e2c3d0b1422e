import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const directory = join(mkdtempSync(join(tmpdir(), 'menusmith-demo-')), 'output');
const run = runMain('demo', '--out', directory);

describe('menusmith demo', () => {
  it('shows the paper’s numbers within eighty columns, and ends with 0', async () => {
    const { code, stdout, stderr } = await run;
    expect(stderr).toBe('');
    expect(code).toBe(0);
    // The paths are as long as the directory that was asked for.
    expect(stdout.split('\n').filter((line) => line.length > 80 && !line.includes(directory))).toEqual([]);
    for (const number of ['0.101041666667', '97/960', '0.089814814815', '97/1080', '139/480', '139/540']) {
      expect(stdout).toContain(number);
    }
    expect(stdout.match(/✓ certified optimal/g)).toHaveLength(2);
  });

  it('writes the menus and the figure, and says where', async () => {
    const { stdout } = await run;
    const files = [
      'figure-1.pdf',
      'figure-1.png',
      'figure-1.svg',
      'menu-allocations.csv',
      'menu-packages.csv',
    ];
    expect(readdirSync(directory).sort()).toEqual(files);
    for (const file of files) expect(stdout).toContain(join(directory, file));
    expect(readFileSync(join(directory, 'menu-packages.csv'), 'utf8').split('\r\n').length).toBeGreaterThan(
      100,
    );
    expect(readFileSync(join(directory, 'figure-1.svg'), 'utf8')).toContain('>value w</text>');
  });
});
