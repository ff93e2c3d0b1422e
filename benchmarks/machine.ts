import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** Where and of what the numbers were measured, one line each. */
export const describeMachine = (): string[] => {
  const processors = cpus();
  return [
    `- ${processors.length} × ${processors[0]?.model.trim() ?? 'an unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`,
    `- Node ${process.version}`,
    `- commit ${commit()}`,
  ];
};

/** What was measured: a commit, and whether anything was changed since. */
export const commit = (): string => {
  const git = (...words: string[]): string =>
    execFileSync('git', words, { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  try {
    // Its own results do not make a tree dirty.
    const changed = git(
      'status',
      '--porcelain',
      '--untracked-files=no',
      '--',
      '.',
      ':!benchmarks/RESULTS.md',
      ':!benchmarks/pictures',
    );
    return `${git('rev-parse', '--short', 'HEAD')}${changed === '' ? '' : ', with changes since'}`;
  } catch {
    return 'unknown (no Git here)';
  }
};
