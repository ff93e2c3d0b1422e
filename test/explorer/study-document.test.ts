import { describe, expect, it } from 'vitest';
import { dataOf, differences, withField } from '../../packages/explorer/src/study-document.ts';

const text = `# What is asked.
name: Study
inputs:
  input: { scope: task, cost: 0.125 } # a token
buyers:
  kind: representative
  type: { use: uniform, min: 0, max: 1 }
`;

describe('a field of the study’s text', () => {
  it('is set where it stands; comments and order stay', () => {
    expect(withField(text, ['inputs', 'input', 'cost'], 0.25)).toBe(text.replace('0.125', '0.25'));
  });

  it('is added, replaced by a map on one line, and removed', () => {
    const added = withField(text, ['contract'], 'packages');
    expect(added).toBe(`${text}contract: packages\n`);
    expect(withField(added, ['contract'], undefined)).toBe(text);
    const beta = { use: 'beta', a: 2, b: 5 };
    expect(withField(text, ['buyers', 'type'], beta)).toContain('  type: { use: beta, a: 2, b: 5 }\n');
  });

  it('is in no data while the text is not YAML of a map', () => {
    expect(dataOf('name: [1')).toBeUndefined();
    expect(dataOf('just words')).toBeUndefined();
    expect(dataOf(text)).toMatchObject({ name: 'Study' });
  });
});

describe('the differences of two studies', () => {
  it('are the fields that differ, each with both values', () => {
    const other = withField(withField(text, ['inputs', 'input', 'cost'], 0.25), ['contract'], 'packages');
    expect(differences(dataOf(text), dataOf(other))).toEqual([
      { path: ['inputs', 'input', 'cost'], from: 0.125, to: 0.25 },
      { path: ['contract'], from: undefined, to: 'packages' },
    ]);
    expect(differences(dataOf(text), dataOf(text))).toEqual([]);
  });
});
