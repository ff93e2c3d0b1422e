import type { Mutant } from './mutants.ts';
import { rooms } from './rooms.ts';

/** How many changes to a file were tried, and what came of them. */
export interface Score {
  readonly file: string;
  readonly killed: number;
  readonly survived: number;
  readonly equivalent: number;
  /** The day on which it was counted, as in 2026-12-01. */
  readonly day: string;
}

/** Noticed changes in a hundred of those that could be. */
export const shareOf = ({ killed, survived }: Pick<Score, 'killed' | 'survived'>): number =>
  (100 * killed) / Math.max(1, killed + survived);

/** The scores of the files that were changed, in their order. */
export const scoresOf = (mutants: readonly Mutant[], day: string): readonly Score[] =>
  [...new Set(mutants.map(({ file }) => file))].map((file) => {
    const own = mutants.filter((each) => each.file === file);
    const count = (outcome: Mutant['outcome']): number =>
      own.filter((each) => each.outcome === outcome).length;
    return {
      file,
      killed: count('killed'),
      survived: count('survived'),
      equivalent: count('equivalent'),
      day,
    };
  });

/** All scores as one, counted when the oldest of them was. */
export const sumOf = (scores: readonly Score[], file: string): Score => ({
  file,
  killed: scores.reduce((sum, { killed }) => sum + killed, 0),
  survived: scores.reduce((sum, { survived }) => sum + survived, 0),
  equivalent: scores.reduce((sum, { equivalent }) => sum + equivalent, 0),
  day: scores.reduce((oldest, { day }) => (day < oldest ? day : oldest), scores[0]?.day ?? ''),
});

const HEADER = '| file | noticed | changes noticed | missed | that change nothing | counted |';

const row = (score: Score): string => {
  const { file, killed, survived, equivalent, day } = score;
  return `| ${file} | ${shareOf(score).toFixed(1)} % | ${killed} | ${survived} | ${equivalent} | ${day} |`;
};

/** The scores that a page has of files. */
export const scoresOn = (page: string): readonly Score[] =>
  [
    ...page.matchAll(
      /^\| `(.+)` \| [\d.]+ % \| (?<killed>\d+) \| (?<survived>\d+) \| (?<equivalent>\d+) \| (?<day>[\d-]+) \|$/gm,
    ),
  ].map(({ 1: file, groups }) => ({
    file: file!,
    killed: Number(groups!.killed),
    survived: Number(groups!.survived),
    equivalent: Number(groups!.equivalent),
    day: groups!.day!,
  }));

/** The page with these scores in the place of its older ones of the same files. Files that are in no room are left out, files without a score are not named. */
export const scorePage = (before: string, news: readonly Score[]): string => {
  const known = new Map([...scoresOn(before), ...news].map((score) => [score.file, score]));
  const parts = Object.entries(rooms).flatMap(([name, { files }]) => {
    const scores = files.flatMap((file) => known.get(file) ?? []);
    if (scores.length === 0) return [];
    const rows = scores.map((score) => row({ ...score, file: `\`${score.file}\`` }));
    return [
      `## ${name}\n\n${HEADER}\n| --- | --: | --: | --: | --: | --- |\n${[...rows, row(sumOf(scores, 'all'))].join('\n')}\n`,
    ];
  });
  return `# How many changes to the code tests notice\n\nWritten by \`npm run mutate\`, room by room; [CONTRIBUTING](../CONTRIBUTING.md#tests-of-the-tests) says how it counts.\n\n${parts.join('\n')}`;
};
