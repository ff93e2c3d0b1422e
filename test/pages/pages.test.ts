/*
 * All pages of the site, README.md among them, as tests: every fenced block runs, in the page's order and in a folder of its own. What
 * is in a block, and what the words behind its language say, is in CONTRIBUTING.md, under “Pages”.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sitePages } from '../../docs/src/site-pages.ts';
import { runMain } from '../cli/run-main.ts';
import { fencedBlocks } from './fenced-blocks.ts';
import { missingProgram, pageFolder } from './page-folder.ts';

const root = join(import.meta.dirname, '..', '..');
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8').replaceAll('\r\n', '\n');
/** Those of the site, README.md among them; pages of the API, where they have been made, are of declarations. */
const pages = [...sitePages().keys()].filter((page) => !page.startsWith('docs/api/'));

/** Blocks that say why no test runs them, a line each: there are few, and each says what sees to it in its place. */
const notRun = pages.flatMap((page) =>
  fencedBlocks(textOf(page)).flatMap((block) =>
    block.notRun === undefined ? [] : [`${page}: ${block.notRun}`],
  ),
);

describe.each(pages)('%s', (page) => {
  const text = textOf(page);
  const blocks = fencedBlocks(text).filter((block) => block.notRun === undefined);
  const here = process.cwd();
  let reader: ReturnType<typeof pageFolder>;
  beforeAll(() => {
    reader = pageFolder();
    process.chdir(reader.folder);
  });
  afterAll(() => process.chdir(here));

  for (const block of blocks) {
    const missing = missingProgram(block);
    const title = `line ${block.line}, ${block.language} ${block.info || block.text.split('\n')[0]}`;
    it.skipIf(missing !== undefined)(missing === undefined ? title : `${title}: no ${missing}`, () =>
      reader.run(block),
    );
  }

  it.runIf(blocks.length > 0)('has no file that no later block uses', () => {
    expect([...reader.unused]).toEqual([]);
  });

  it('links to pages, files and headings that are there', () => {
    for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link!)) continue;
      const [path, anchor] = link!.split('#');
      const target =
        path === ''
          ? page
          : path!.startsWith('/')
            ? join('docs', path!)
            : normalize(join(dirname(page), path!));
      expect(existsSync(join(root, target)), link).toBe(true);
      if (anchor === undefined) continue;
      expect(statSync(join(root, target)).isFile(), link).toBe(true);
      expect(headingsOf(textOf(target)), link).toContain(anchor);
    }
  });
});

/** Headings as links name them. */
const headingsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the pages', () => {
  it('show every command that a reader can run', async () => {
    const { stdout } = await runMain('--help');
    const known = [...stdout.matchAll(/^ {2}([a-z]+) \[/gm)].map(([, name]) => name!);
    const shown = pages.map(textOf).join('\n');
    const isShown = (name: string): boolean =>
      new RegExp(`npx menusmith ${name}\\b`).test(shown) || shown.includes(`\`${name}\``);
    expect(known.length).toBeGreaterThan(10);
    expect(known.filter((name) => !isShown(name))).toEqual([]);
  });
});

describe('blocks that no test runs', () => {
  it('are few', () => expect(notRun.length).toBeLessThanOrEqual(12));
  it.each(notRun)('%s', (line) => expect(line.split(' ').length).toBeGreaterThan(4));
});
