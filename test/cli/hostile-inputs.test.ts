import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPlugin } from '../../packages/app/src/index.ts';
import { printableOutput } from '../../packages/cli/src/printable-output.ts';
import { progressLine } from '../../packages/cli/src/progress-line.ts';
import { recordedOutput, runMain } from './run-main.ts';

const root = mkdtempSync(join(tmpdir(), 'menusmith-hostile-'));
const folder = join(root, 'study');
mkdirSync(folder);
afterAll(() => rmSync(root, { recursive: true }));
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** What a terminal obeys, a carriage return that ends no line among it. */
const obeyed = /(?![\t\n\r])\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)/u;

const quadratic = 'cost: { use: quadratic }\n';
const buyers = (name: string): string =>
  `buyers: { kind: representative, types: [{ name: ${name}, value: 1, mass: 2 }, { name: high, value: 2, mass: 1 }] }\n`;

describe('a name with characters that are not printed is refused, wherever it stands', () => {
  it.each([
    [
      'of the study',
      `name: "ok\\e]0;owned\\a\\e[2J"\n${quadratic}${buyers('low')}`,
      'name: expected characters that are printed, got U+001B',
    ],
    [
      'of a type',
      `${quadratic}${buyers('"a\\eb"')}`,
      'buyers.types[0].name: expected characters that are printed, got U+001B',
    ],
    ['with NUL', `${quadratic}${buyers('"a\\0b"')}`, 'got U+0000'],
    ['with C1 controls', `${quadratic}${buyers('"a\\x9b2J"')}`, 'got U+009B'],
    ['with writing direction overridden', `${quadratic}${buyers('"a\\u202eb"')}`, 'got U+202E'],
    ['with half a character', `${quadratic}${buyers('"a\\ud800b"')}`, 'got U+D800'],
    ['with what is no character', `${quadratic}${buyers('"a\\uffffb"')}`, 'got U+FFFF'],
    ['in two lines', `${quadratic}${buyers('"a\\nb"')}`, 'buyers.types[0].name: expected a name in one line'],
    [
      'of a field',
      `${quadratic}${buyers('low')}"out\\eside": {}\n`,
      'the name of a field: expected characters that are printed',
    ],
    ['in JSON', `{ "name": "a\\u001bb", "cost": { "use": "quadratic" }, "buyers": {} }`, 'got U+001B'],
    [
      'of a task',
      `${quadratic}buyers: { kind: profiles, tasks: { weights: [1], names: ["a\\tb"] }, types: [{ mass: 1, values: [1] }] }\n`,
      'expected a name in one line',
    ],
  ])('%s', async (_, text, message) => {
    for (const command of [['solve'], ['tiers', '--count', '1'], ['check']]) {
      const { code, stdout, stderr } = await runMain(...command, written('name.yaml', text));
      expect(code).toBe(2);
      expect(stderr).toContain(message);
      expect(stdout + stderr).not.toMatch(obeyed);
    }
  });

  it('in a CSV, and in the name of the file itself', async () => {
    written('b.csv', 'name,value,scale,mass\na\x1b[2J,1,1,1\n');
    const study = written('csv.yaml', `${quadratic}buyers: { kind: file, file: b.csv }\n`);
    expect((await runMain('solve', study)).stderr).toContain(
      'b.csv:2: expected characters that are printed, got U+001B',
    );
    const odd = written('od\x1b[31md\u202e.yaml', `${quadratic}${buyers('low')}`);
    const { code, stdout } = await runMain('solve', odd, '--json');
    expect([code, (JSON.parse(stdout) as { name: string }).name]).toEqual([0, 'od\\u001b[31md\\u202e']);
  });
});

describe('messages that repeat what was given hold nothing that a terminal obeys', () => {
  it.each([
    ['a file that is not there', ['solve', 'no\x1b]0;x\x07.yaml']],
    ['a setting', ['solve', 'STUDY', '--set', 'na\x9bme.x=1\x1b[2J']],
    ['a buyer', ['solve', 'STUDY', '--at', 'va\rlue=1']],
    ['a command', ['so\x1b[31mlve']],
    ['an option', ['solve', '--no\u202esuch']],
    ['an entry', ['plugins', 'be\x1bta']],
    ['a plugin', ['plugins', '--plugin', 'x\x1b.mjs']],
  ])('%s', async (_, argv) => {
    const study = written('plain.yaml', `${quadratic}${buyers('low')}`);
    const { code, stdout, stderr } = await runMain(...argv.map((word) => (word === 'STUDY' ? study : word)));
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(obeyed);
  });

  it('what a plugin says of itself', async () => {
    const entry = (name: string) =>
      `export default { name: 'p', distributions: [{ name: ${JSON.stringify(name)}, doc: 'a\\x1b[2J doc.', parameters: {}, create: () => ({}) }] };`;
    const plugin = written('p.mjs', entry('own'));
    const { code, stdout } = await runMain('plugins', 'own', '--plugin', plugin);
    expect([code, stdout]).toEqual([0, expect.stringContaining('a\\u001b[2J doc.')]);
    await expect(loadPlugin(written('q.mjs', entry('o\x1bwn')))).rejects.toThrow(/name: expected a name/);
  });

  it('JSON stays the same JSON', async () => {
    const { stdout } = await runMain(
      'plugins',
      '--plugin',
      written(
        'r.mjs',
        "export default { name: 'p', minimizers: [{ name: 'mine', doc: 'a\\u202e\\x9b\\\\', parameters: {}, create: () => ({}) }] };",
      ),
      'mine',
      '--json',
    );
    expect((JSON.parse(stdout) as { doc: string }[])[0]!.doc).toBe('a\u202e\x9b\\');
    expect(stdout).not.toMatch(obeyed);
  });

  it('the progress line goes back to its beginning, and what it shows does not', () => {
    const { stdout, stderr, written: all } = recordedOutput();
    const output = printableOutput({ stdout, stderr: { ...stderr, isTTY: true, columns: 40 } });
    const line = progressLine(output.stderr);
    line.show('law \x1b[2J\r1', 5);
    line.clear();
    expect(all().stderr).toMatch(/^\rlaw \\u001b\[2J\\u000d1/);
    expect(all().stderr.match(/\r/g)).toHaveLength(3);
  });
});

describe('of a file that is another, nothing is repeated', () => {
  const secrets =
    'root:x:0:0:hunter2:/root:/bin/bash\nwww:*:33:33:hunter2 at: [home\n\t"hunter2\n@hunter2: &x *y\n';
  it.each([
    ['lines', secrets],
    ['one word', 'hunter2\n'],
    ['settings', 'TOKEN=hunter2\nPASS: hunter2\n'],
    ['a map', 'token: hunter2\nhunter2: 1\n'],
    ['a map with a field twice', 'hunter2: 1\nhunter2: 2\n'],
    ['JSON', JSON.stringify({ hunter2: 'hunter2' })],
    ['long JSON', JSON.stringify({ hunter2: Array.from({ length: 3000 }, () => 'hunter2') })],
    ['JSON that breaks off', '{ "hunter2": "hunter2", hunter2'],
    ['a list', '- hunter2\n'],
    ['cells', 'hunter2;x:0\nhunter2;1\n'],
  ])('%s', async (_, text) => {
    const other = written('other', text);
    const study = written(
      'keep.yaml',
      'production: { use: cobb-douglas, exponents: { input: 0.5 } }\ninputs: { input: { scope: task, cost: 1 } }\nbuyers: { kind: representative, type: { use: uniform } }\nkeep: { menu: other }\n',
    );
    const named = written('named.yaml', `${quadratic}buyers: { kind: file, file: other }\n`);
    const column = written(
      'column.yaml',
      `${quadratic}buyers: { kind: representative, type: { use: empirical, file: other, column: wtp } }\n`,
    );
    const runs: string[][] = [
      ['solve', other],
      ['check', other],
      ['sheet', other],
      ['sheet', join(import.meta.dirname, '../../examples/figure-2-prices.csv'), '--costs', other],
      ['sensitivity', study.replace('keep.yaml', 'plain.yaml'), '--menu', other],
      ['solve', study],
      ['solve', named],
      ['solve', column],
    ];
    for (const argv of runs) {
      const { code, stdout, stderr } = await runMain(...argv);
      expect([argv[0], code, stdout]).toEqual([argv[0], 2, '']);
      expect(stderr).not.toContain('hunter2');
    }
  });
});

describe('a study reads files of its own folder', () => {
  const csv = 'name,value,scale,mass\na,1,1,1\nb,2,1,1\n';
  writeFileSync(join(root, 'outside.csv'), csv);
  writeFileSync(
    join(root, 'menu.json'),
    JSON.stringify({ plans: [{ name: 'a', fee: 1, prices: { input: 2 } }] }),
  );
  mkdirSync(join(folder, 'inner'));
  writeFileSync(join(folder, 'inner/own.csv'), csv);
  symlinkSync(join(root, 'outside.csv'), join(folder, 'link.csv'));
  symlinkSync(root, join(folder, 'up'));
  symlinkSync(join(folder, 'inner/own.csv'), join(folder, 'own.csv'));
  symlinkSync(folder, join(root, 'same'));
  const produced =
    'production: { use: cobb-douglas, exponents: { input: 0.5 } }\ninputs: { input: { scope: task, cost: 1 } }\n';
  const studies: Readonly<Record<string, (file: string) => string>> = {
    buyers: (file) => `${quadratic}buyers: { kind: file, file: '${file}' }\n`,
    column: (file) =>
      `${quadratic}buyers: { kind: representative, type: { use: empirical, file: '${file}', column: value } }\n`,
    mixed: (file) =>
      `${quadratic}buyers: { kind: representative, type: { use: mixture, parts: [{ weight: 1, of: { use: empirical, file: '${file}', column: value } }] } }\n`,
    menu: (file) =>
      `${produced}buyers: { kind: representative, type: { use: uniform } }\nkeep: { menu: '${file.replace('outside.csv', 'menu.json')}' }\n`,
  };

  it.each(Object.keys(studies))('and none elsewhere: %s', async (kind) => {
    for (const file of [
      '../outside.csv',
      join(root, 'outside.csv'),
      'up/outside.csv',
      'inner/../../outside.csv',
      ...(kind === 'menu' ? [] : ['link.csv']),
    ]) {
      const study = written('files.yaml', studies[kind]!(file));
      const { code, stderr } = await runMain('check', study);
      expect([file, code, stderr]).toEqual([
        file,
        2,
        expect.stringContaining('expected a file in the folder of the study'),
      ]);
      expect((await runMain('check', study, '--allow-files')).code).toBe(0);
    }
  });

  it('wherever the study is called from, by links that stay inside, and in folders below', async () => {
    for (const file of ['inner/own.csv', 'own.csv', './inner/../own.csv']) {
      written('files.yaml', studies.buyers!(file));
      expect((await runMain('check', join(folder, 'files.yaml'))).code).toBe(0);
      expect((await runMain('check', join(root, 'same/files.yaml'))).code).toBe(0);
    }
    // Whether there is a file outside is not told either.
    written('files.yaml', studies.buyers!('../no-such-file.csv'));
    expect((await runMain('check', join(folder, 'files.yaml'))).stderr).toContain(
      'expected a file in the folder of the study',
    );
  });
});

describe('what does not end', () => {
  it.skipIf(!existsSync('/dev/zero'))('a device is no study and no table', async () => {
    expect((await runMain('solve', '/dev/zero')).stderr).toBe(
      '/dev/zero: expected a study file, got a device\n',
    );
    expect((await runMain('sheet', '/dev/zero')).stderr).toBe(
      '/dev/zero: expected a CSV file, got a device\n',
    );
  });

  it.skipIf(process.platform === 'win32')('a pipe is read no further than a study goes', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', `yes 'name: x' > '${pipe}'`], { stdio: 'ignore' });
    const { code, stderr } = await runMain('solve', pipe);
    writer.kill();
    expect([code, stderr]).toEqual([2, `${pipe}: expected at most 10 MB, got more\n`]);
  });
});
