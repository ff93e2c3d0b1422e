import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { equivalents } from './equivalents.ts';

/** A change to a file, and what came of it. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  /** The line in which it begins, without what is around it. */
  readonly text: string;
  readonly change: string;
  /** `equivalent`: survived, and no test could tell it from the program, as `equivalents` says. */
  readonly outcome: 'killed' | 'survived' | 'equivalent';
}

/** `count` lines of a file that hold code, always the same ones of a seed (mulberry32), as Stryker takes them. */
export const someLines = (file: string, count: number, seed: number): readonly string[] => {
  let state = seed;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const isCode = (line: string): boolean =>
    /[\w)]/.test(line) && !/^\s*(\*|\/[*/]|import\b|export \*|\}? ?from\b)/.test(line);
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line, k) => ({ place: `${file}:${k + 1}-${k + 1}`, isCode: isCode(line), order: draw() }))
    .filter((line) => line.isCode)
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ place }) => place);
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * Changes these files by every mutator of Stryker, one change at a time, in a copy of the repository, and runs those of the tests that reach it. A file may be followed by
 * lines, as in `packages/core/src/screening/audit.ts:30-60`. With `known`, a file in which an earlier run kept what it found, only that is looked for again of which the file or
 * a test of it has changed.
 */
export const mutantsOf = async (
  files: readonly string[],
  tests: readonly string[],
  known?: string,
): Promise<readonly Mutant[]> => {
  process.env.MENUSMITH_TESTS = tests.join(',');
  const found = await new Stryker({
    testRunner: 'one-process',
    plugins: [resolve('mutation/test-runner.js')],
    coverageAnalysis: 'perTest',
    // What is computed once, as a file is loaded, would need all tests again.
    ignoreStatic: true,
    mutate: [...files],
    concurrency: 1,
    timeoutMS: 10_000,
    // Rounds without an end are counted; time is for the rest, and a machine may have more to do.
    timeoutFactor: 8,
    reporters: ['progress-append-only'],
    allowEmpty: true,
    ...(known === undefined ? {} : { incremental: true, incrementalFile: known }),
    tempDirName: 'mutation/dist/copies',
    ignorePatterns: ['dist', 'output'],
    // It would rewrite these by an interface that TypeScript 7 has not.
    tsconfigFile: 'none',
    logLevel: 'error' as never,
  }).runMutationTest();
  const lines = new Map<string, readonly string[]>();
  return found.flatMap(({ fileName, location, status, replacement = '' }) => {
    if (status === 'Ignored' || status === 'CompileError' || status === 'RuntimeError') return [];
    const file = relative(process.cwd(), fileName);
    if (!lines.has(file)) lines.set(file, readFileSync(file, 'utf8').split('\n'));
    const { line } = location.start;
    const text = oneLine(lines.get(file)![line - 1]!);
    const change = oneLine(replacement);
    const isKilled = status === 'Killed' || status === 'Timeout';
    const isEquivalent = equivalents.some(
      (each) => each.file === file && each.text === text && each.changes.includes(change),
    );
    const outcome = isKilled ? 'killed' : isEquivalent ? 'equivalent' : 'survived';
    return [{ file, line, text, change, outcome } as const];
  });
};
