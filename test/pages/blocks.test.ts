/* That no block escapes, and that what a page shows is held against what is printed. */
import { describe, expect, it } from 'vitest';
import { requireExcerpt } from './excerpt.ts';
import { fencedBlocks } from './fenced-blocks.ts';
import { pageFolder } from './page-folder.ts';
import { commandsIn, plainWords, sessionIn } from './shell-lines.ts';

describe('fenced blocks', () => {
  it('are found in lists, with tildes, and around other fences', () => {
    const page = '- a\n  ```sh\n  one\n  ```\n\n~~~ text x.txt\ntwo\n~~~\n\n````json\n```\n````\n';
    const found = fencedBlocks(page).map(({ language, info, text }) => [language, info, text]);
    expect(found).toEqual([
      ['sh', '', 'one\n'],
      ['text', 'x.txt', 'two\n'],
      ['json', '', '```\n'],
    ]);
  });

  it('that are not closed are a fault, as all behind them would escape', () => {
    expect(() => fencedBlocks('a\n```sh\nb\n')).toThrow('line 2');
  });

  it('are left out by the comment next above, and by no other', () => {
    const page = '<!-- not run: no Redis here -->\n\n```sh\na\n```\n\n```sh\nb\n```\n';
    expect(fencedBlocks(page).map(({ notRun }) => notRun)).toEqual(['no Redis here', undefined]);
  });
});

describe('an excerpt', () => {
  const printed = 'profit 0.5\n  gap 1e-14, 0.31 s\nlast line of all';
  it.each(['profit 0.5\ngap 3e-15, 2 s', '…\nlast line of all', '…\nlast…'])('%j is one', (shown) =>
    expect(() => requireExcerpt(shown.split('\n'), printed)).not.toThrow(),
  );
  it.each([
    'profit 0.6',
    'profit 0.5\nlast line of all',
    'gap 3e-15, 2 s',
    '…\nlast',
    '…\nlast line of all\n…\nprofit 0.5',
  ])('%j is none', (shown) =>
    expect(() => requireExcerpt(shown.split('\n'), printed)).toThrow('not printed'),
  );
});

describe('a line of a shell', () => {
  it('has its exit code behind it, and goes on behind a backslash', () => {
    expect(commandsIn('# why\na \\\n  b # exit code 3\n')).toEqual([
      { command: 'a b', code: 3, excerpt: [] },
    ]);
    const session = [
      { command: 'a', code: 0, excerpt: ['x \\\\', 'y'] },
      { command: 'b', code: 0, excerpt: [] },
    ];
    expect(sessionIn('$ a\nx \\\\\ny\n$ b\n')).toEqual(session);
  });

  it('is words with quotes, or asks for a shell', () => {
    expect(plainWords(`a --set name="A b" 'c d'`)).toEqual(['a', '--set', 'name=A b', 'c d']);
    expect(plainWords('a > b')).toBeUndefined();
  });
});

describe('a page', () => {
  const block = { text: 'x\n', line: 1, notRun: undefined };
  it('has no block of a language that no test knows, and none without a language', async () => {
    await expect(pageFolder().run({ ...block, language: 'mermaid', info: '' })).rejects.toThrow('mermaid');
    await expect(pageFolder().run({ ...block, language: '', info: '' })).rejects.toThrow('no language');
    await expect(pageFolder().run({ ...block, language: 'csv', info: '' })).rejects.toThrow('names its file');
  });

  it('has no menu with a field that no menu has', async () => {
    const here = process.cwd();
    const page = pageFolder();
    process.chdir(page.folder);
    const text = '{ "plans": [{ "name": "A", "bill": 1 }] }';
    await expect(page.run({ ...block, language: 'json', info: '', text })).rejects.toThrow('bill');
    process.chdir(here);
  });

  it('has no study without an optimum, no file that differs, and no command that fails', async () => {
    const study =
      'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: uniform, max: 0 } }\n';
    await expect(pageFolder().run({ ...block, language: 'yaml', info: '', text: study })).rejects.toThrow();
    await expect(
      pageFolder().run({ ...block, language: 'yaml', info: 'examples/ces.yaml' }),
    ).rejects.toThrow();
    await expect(pageFolder().run({ ...block, language: 'sh', info: '', text: 'false' })).rejects.toThrow();
  });
});
