/*
 * What every example and every reference case gives is what it gave when it was recorded. A change that is meant to keep all results must pass this as it
 * is; after one that is meant to change some, `npm run record` writes the file anew, and its difference shows which.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRegistry, parseStudy, solve, standardPlugin } from '@menusmith/app';
import { afterAll, describe, expect, it } from 'vitest';
import { type Recorded, recordedResult } from '../reference/recorded-result.ts';
import { type ReferenceStudy, referenceStudies } from '../reference/reference-studies.ts';

const file = 'test/reference/recorded-results.json';
const isRecording = process.env.MENUSMITH_RECORD === '1';

interface RecordedFile {
  /** Studies that take more than three seconds, for which nobody waits here; written by hand. */
  readonly skipped: readonly string[];
  readonly results: Readonly<Record<string, Recorded>>;
}
const recorded = JSON.parse(readFileSync(file, 'utf8')) as RecordedFile;

const registry = createRegistry([standardPlugin]);
const recordOf = async ({ text, file }: ReferenceStudy): Promise<Recorded> => {
  const study = parseStudy(text, { file, registry });
  return recordedResult(study, await solve(study));
};

/** Where `got` is not what was recorded, as `path: expected …, got …`. */
const differences = (
  got: Recorded,
  expected: Recorded,
  tolerance: Tolerance,
  path = '',
): readonly string[] => {
  if (typeof got === 'number' && typeof expected === 'number') {
    const isItem = /^\.(types|quotes)/.test(path);
    const allowed =
      (isItem ? tolerance.items : tolerance.totals) *
      Math.max(Math.abs(got), Math.abs(expected), tolerance.size);
    if (Math.abs(got - expected) <= allowed) return [];
  } else if (isBranch(got) && isBranch(expected)) {
    // A field that was not recorded is new: none of the old ones has changed by it.
    return Object.keys(expected).flatMap((key) =>
      differences(got[key] ?? null, expected[key] ?? null, tolerance, `${path}.${key}`),
    );
  } else if (got === expected) return [];
  return [`${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`];
};

const isBranch = (value: Recorded): value is { readonly [key: string]: Recorded } =>
  typeof value === 'object' && value !== null;

interface Tolerance {
  readonly totals: number;
  /** Items that earn the optimum up to a gap are known to its root. */
  readonly items: number;
  /** Numbers below it are compared with it: violations and gaps are near 0. */
  readonly size: number;
}

const toleranceOf = (expected: Recorded): Tolerance => {
  const { method, certificate, grid, totals } = expected as { readonly method: string } & Record<
    string,
    Record<string, number | null> | undefined
  >;
  // The finite solver stops at a gap; that of a grid in place of continuous buyers is the grid's own. All else is exact up to rounding.
  const gap = method === 'finite' ? Math.abs((grid ?? certificate)!.relativeGap ?? 0) : 0;
  return {
    totals: Math.max(1e-8, gap),
    items: Math.max(1e-8, Math.sqrt(gap)),
    size: Math.min(1, totals!.efficientWelfare ?? 1),
  };
};

describe('what was recorded', () => {
  const studies = referenceStudies();
  const solved = studies.filter(({ name }) => !recorded.skipped.includes(name));
  const written: Record<string, Recorded> = {};

  it('is there for every study, and no name is taken twice', () => {
    expect(new Set(studies.map(({ name }) => name)).size).toBe(studies.length);
    if (isRecording) return;
    expect([...recorded.skipped, ...Object.keys(recorded.results)].sort()).toEqual(
      studies.map(({ name }) => name).sort(),
    );
  });

  it.each(solved)('$name', async (study) => {
    const got = await recordOf(study);
    if (isRecording) written[study.name] = got;
    else {
      const expected = recorded.results[study.name]!;
      expect(differences(got, expected, toleranceOf(expected))).toEqual([]);
    }
  });

  afterAll(() => {
    if (!isRecording || Object.keys(written).length < solved.length) return;
    const lines = solved.map(({ name }) => `    ${JSON.stringify(name)}: ${JSON.stringify(written[name])}`);
    const skipped = JSON.stringify(recorded.skipped);
    writeFileSync(file, `{\n  "skipped": ${skipped},\n  "results": {\n${lines.join(',\n')}\n  }\n}\n`);
  });
});
