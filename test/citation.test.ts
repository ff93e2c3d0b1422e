import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

it('CITATION.cff has the version of the program, who made it, and the paper', () => {
  const { version } = JSON.parse(readFileSync('packages/menusmith/package.json', 'utf8')) as {
    version: string;
  };
  const citation = parse(readFileSync('CITATION.cff', 'utf8')) as Record<string, unknown>;
  expect(citation).toMatchObject({
    'cff-version': '1.2.0',
    type: 'software',
    title: 'Menusmith',
    version,
    license: 'MIT',
    authors: [{ name: 'Menusmith contributors' }],
  });
  const [paper] = citation.references as { authors: { 'family-names': string }[]; year: number }[];
  expect([paper!.authors.map((author) => author['family-names']), paper!.year]).toEqual([
    ['Bergemann', 'Bonatti', 'Smolin'],
    2025,
  ]);
  expect(readFileSync('packages/app/src/version.ts', 'utf8')).toContain(`version = '${version}'`);
});
