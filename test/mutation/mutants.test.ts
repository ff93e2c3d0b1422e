import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { equivalents } from '../../mutation/equivalents.ts';
import { mutantsOf } from '../../mutation/mutants.ts';
import { namedFaults } from '../../mutation/named-faults.ts';
import { rooms } from '../../mutation/rooms.ts';

const textOf = (file: string): string => readFileSync(file, 'utf8');

describe('what mutation testing goes by is up to date', () => {
  it.each(namedFaults)(
    '$name: the place of the fault stands once in its file',
    ({ file, text, wrong, tests }) => {
      expect(textOf(file).split(text).length - 1).toBe(1);
      expect(wrong).not.toBe(text);
      for (const test of tests) expect(textOf(test)).toContain('expect');
    },
  );

  it('every line of which some change is equivalent stands in its file, with a reason', () => {
    for (const { file, text, changes, reason } of equivalents) {
      const lines = textOf(file)
        .split('\n')
        .map((line) => line.trim());
      expect(lines, file).toContain(text);
      expect(changes.length).toBeGreaterThan(0);
      expect(reason).toMatch(/\.$/);
      expect(Object.values(rooms).flatMap(({ files }) => files)).toContain(file);
    }
  });

  it('rooms name files and tests that there are', () => {
    for (const { files, tests } of Object.values(rooms))
      for (const file of [...files, ...tests]) expect(textOf(file)).not.toBe('');
  });
});

it('changes a file in a copy of the repository: one change is killed, another is no change', async () => {
  const file = 'packages/core/src/screening/free-choice.ts';
  const before = textOf(file);
  const line = before.split('\n').findIndex((text) => text.includes('utilities[k]! > best')) + 1;
  const found = await mutantsOf([`${file}:${line}-${line}`], ['test/core/screening/free-choice.test.ts']);
  const outcomeOf = (change: string) => found.find((each) => each.change === change);
  expect(outcomeOf('utilities[k]! <= best')).toEqual({
    file,
    line,
    text: 'for (let k = 0; k < count; k++) if (utilities[k]! > best) best = utilities[k]!;',
    change: 'utilities[k]! <= best',
    outcome: 'killed',
  });
  expect(outcomeOf('utilities[k]! >= best')?.outcome).toBe('equivalent');
  expect(found.map(({ outcome }) => outcome)).not.toContain('survived');
  expect(textOf(file)).toBe(before);
});
