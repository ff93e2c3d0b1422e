import { expect, test } from 'vitest';
import { paragraph } from '../../packages/cli/src/paragraph.ts';

test('a paragraph is at most 78 columns wide, and a number is never parted from its per cent sign', () => {
  for (let lead = 1; lead < 80; lead++) {
    const lines = paragraph(`${'a '.repeat(lead)}12.34 % of the profit`)
      .trimEnd()
      .split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(78);
    expect(lines.join('\n')).toContain('12.34 %');
  }
});
