import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenLinks } from '../../docs/src/broken-links.ts';
import { siteLink } from '../../docs/src/site-links.ts';
import { sidebar, sitePages } from '../../docs/src/site-pages.ts';

describe('a link of the repository on the site', () => {
  const pages = new Map([
    ['docs/index.md', 'index.md'],
    ['docs/LIMITS.md', 'project/limits.md'],
    ['README.md', 'project/readme.md'],
  ]);
  const links = [
    ['LIMITS.md', 'docs/index.md', { kind: 'page', href: '/project/limits.md' }],
    ['../README.md#checklists', 'docs/LIMITS.md', { kind: 'page', href: '/project/readme.md#checklists' }],
    [
      '../examples/plans.json',
      'docs/index.md',
      { kind: 'file', href: '/files/examples/plans.json', file: 'examples/plans.json' },
    ],
    ['../examples/', 'docs/index.md', { kind: 'in-repository' }],
    ['../packages/app/src/result.ts', 'docs/index.md', { kind: 'in-repository' }],
    ['../examples/none.yaml', 'docs/index.md', { kind: 'dead' }],
    ['../../outside.yaml', 'docs/index.md', { kind: 'dead' }],
    ['https://example.org/a.md', 'docs/index.md', { kind: 'as-is' }],
    ['#here', 'docs/index.md', { kind: 'as-is' }],
  ] as const;
  it.each(links)('%s in %s', (href, from, link) => {
    expect(siteLink(href, from, pages)).toEqual(link);
  });
});

describe('the built site is searched for links that lead nowhere', () => {
  const built = (files: Readonly<Record<string, string>>, base: string): readonly string[] => {
    const folder = mkdtempSync(join(tmpdir(), 'menusmith-site-'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const broken = brokenLinks(folder, base);
    rmSync(folder, { recursive: true });
    return broken;
  };
  const other = '<h2 id="there">There</h2>';

  it.each(['/', '/menusmith/'])('under %s', (base) => {
    const html = `<a href="${base}part/other.html#there">a</a> <a href="${base}">b</a> <a href="#none">c</a>
      <a class="x" href="${base}part/other.html#gone">d</a> <img alt="" src="${base}none.svg"> <a href="${base}part/">e</a>`;
    expect(built({ 'index.html': html, 'part/other.html': other }, base)).toEqual([
      'index.html: #none',
      `index.html: ${base}part/other.html#gone`,
      `index.html: ${base}none.svg`,
      `index.html: ${base}part/`,
    ]);
  });

  it('an address outside of the site’s own is one of them', () => {
    expect(built({ 'index.html': '<a href="/other.html">a</a>', 'other.html': other }, '/base/')).toEqual([
      'index.html: /other.html',
    ]);
  });
});

it('every page of the site but the first and those of the API is in the list of pages', () => {
  const listed = sidebar()
    .flatMap(({ items }) => items.map(({ link }) => link.slice(1)))
    .filter((link) => !link.startsWith('api/'));
  const pages = [...sitePages().values()].filter((page) => page !== 'index.md' && !page.startsWith('api/'));
  expect(listed.sort()).toEqual(
    pages.map((page) => page.replace(/\.md$/, '').replace(/(^|\/)index$/, '$1')).sort(),
  );
});
