import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { equivalents } from '../../mutation/equivalents.ts';
import { mutantsOf } from '../../mutation/mutants.ts';
import { namedFaults } from '../../mutation/named-faults.ts';
import { rooms } from '../../mutation/rooms.ts';
import { scorePage, scoresOf, scoresOn, shareOf, sumOf } from '../../mutation/scores.ts';

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

describe('the page of scores', () => {
  const page = textOf('mutation/SCORES.md');
  const whole = Object.values(rooms).flatMap(({ files }) => files);

  it.each(['audit', 'rebate', 'assembling', 'lines'])(
    'has all files of the room of %s, and nine in ten changes to them are noticed',
    (name) => {
      const { files } = rooms[name]!;
      const scores = scoresOn(page).filter(({ file }) => files.includes(file));
      expect(scores.map(({ file }) => file)).toEqual(files);
      expect(shareOf(sumOf(scores, name))).toBeGreaterThanOrEqual(90);
    },
  );

  it('has no files but those of rooms, and is what it was where nothing is new', () => {
    for (const { file } of scoresOn(page)) expect(whole).toContain(file);
    expect(scorePage(page, [])).toBe(page);
  });

  it('has new scores in the place of older ones of the same file', () => {
    const [file] = whole;
    const mutant = { file: file!, line: 1, text: 'a', change: 'b' };
    const outcomes = ['killed', 'killed', 'killed', 'survived', 'equivalent'] as const;
    const news = scoresOf(
      outcomes.map((outcome) => ({ ...mutant, outcome })),
      '2026-12-24',
    );
    expect(news).toEqual([{ file, killed: 3, survived: 1, equivalent: 1, day: '2026-12-24' }]);
    const after = scoresOn(scorePage(page, news));
    expect(after).toEqual([...news, ...scoresOn(page).slice(1)]);
    expect(scorePage('', news)).toContain(`| \`${file}\` | 75.0 % | 3 | 1 | 1 | 2026-12-24 |`);
  });
});
