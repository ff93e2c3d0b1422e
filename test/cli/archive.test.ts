/* An archive stands alone: moved elsewhere, without what it was made from, its script makes the same bytes. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundledCommand } from './bundled-script.ts';
import { runMain } from './run-main.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const fresh = (): string => mkdtempSync(join(tmpdir(), 'archive-test-'));

/** Two studies of one name in different folders; the first reads a file that lies elsewhere, and a plugin has its cost. */
const sources = (): {
  readonly folder: string;
  readonly studies: readonly string[];
  readonly plugin: string;
} => {
  const folder = fresh();
  const write = (name: string, text: string): string => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  write('data/types.csv', 'task,mass\n1,2\n2,1\n');
  write('one/types.csv', 'task,mass\n1,1\n3,1\n');
  const first = write(
    'one/study.yaml',
    '# types of last year\ncost: { use: power, power: 3 } # a plugin’s\nbuyers: { kind: file, file: ../data/types.csv }\n',
  );
  const second = write(
    'two/study.yaml',
    'name: The other\ncost: { use: quadratic }\nbuyers: { kind: file, file: ./in/types.csv }\n',
  );
  write('two/in/types.csv', 'task,mass\n1,1\n3,1\n');
  const plugin = join(folder, 'power cost.js');
  cpSync(join(examples, 'plugins', 'power-cost.js'), plugin);
  return { folder, studies: [first, second], plugin };
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('menusmith archive', () => {
  let command: string;
  let place: string;
  let folder: string;

  beforeAll(async () => {
    command = await bundledCommand();
    const given = sources();
    folder = given.folder;
    const out = join(folder, 'replication');
    const argv = ['archive', ...given.studies, '--plugin', given.plugin, '--allow-files', '--out', out];
    const { code, stdout, stderr } = await runMain(...argv);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('node run.js');
    // Elsewhere, and what it was made from is gone.
    place = join(fresh(), 'elsewhere');
    renameSync(out, place);
    rmSync(folder, { recursive: true });
  }, 120_000);

  it('holds studies under names of their own, with what they read; what lay elsewhere is named anew, and comments stay', () => {
    const text = (name: string): string => readFileSync(join(place, name), 'utf8');
    expect(readdirSync(place).sort()).toEqual([
      'README.md',
      'SHA256SUMS',
      'archive.json',
      'package-lock.json',
      'package.json',
      'plugins',
      'results',
      'run.js',
      'studies',
    ]);
    expect(text('studies/study/study.yaml')).toBe(
      '# types of last year\ncost: { use: power, power: 3 } # a plugin’s\nbuyers: { kind: file, file: files/types.csv }\n',
    );
    expect(text('studies/study/files/types.csv')).toContain('2,1');
    expect(text('studies/study-2/study.yaml')).toContain('file: ./in/types.csv');
    expect(text('studies/study-2/in/types.csv')).toContain('3,1');
    expect(existsSync(join(place, 'plugins/power-cost.js'))).toBe(true);
    expect(readdirSync(join(place, 'results'))).toEqual(['study', 'study-2']);
  });

  it('names no folder of the machine, and has the checksum of every file', () => {
    for (const file of filesIn(place)) {
      const bytes = readFileSync(file).toString('latin1');
      for (const path of [folder, `${tmpdir()}/`, process.cwd()]) expect(bytes, file).not.toContain(path);
    }
    const sums = new Map(
      readFileSync(join(place, 'SHA256SUMS'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => [line.slice(66), line.slice(0, 64)]),
    );
    const others = filesIn(place).filter((file) => !file.endsWith('SHA256SUMS'));
    expect(sums.size).toBe(others.length);
    for (const file of others)
      expect(sums.get(file.slice(place.length + 1)), file).toBe(
        createHash('sha256').update(readFileSync(file)).digest('hex'),
      );
  });

  it('pins the program, and what it loads as it is installed here', () => {
    const { version } = JSON.parse(readFileSync('packages/menusmith/package.json', 'utf8'));
    const { packages } = JSON.parse(readFileSync(join(place, 'package-lock.json'), 'utf8'));
    expect(packages[''].dependencies).toEqual({ menusmith: version });
    const vega = JSON.parse(readFileSync('node_modules/vega/package.json', 'utf8'));
    expect(packages['node_modules/vega'].version).toBe(vega.version);
    expect(packages['node_modules/vega'].integrity).toMatch(/^sha512-/);
    expect(JSON.stringify(packages)).not.toMatch(/resolved|https?:/);
  });

  it('has a README in the form of data editors, with data, time and memory, and where each output comes from', () => {
    const readme = readFileSync(join(place, 'README.md'), 'utf8');
    const headings = [...readme.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      'Overview',
      'Data Availability and Provenance Statements',
      'Computational requirements',
      'Description of programs/code',
      'Instructions to Replicators',
      'List of tables and programs',
      'References',
    ]);
    expect(readme).toMatch(/^\| `studies\/study\/files\/types\.csv` \| study \|/m);
    expect(readme).toMatch(/^\| time for all studies \| \d+ (seconds|minutes) \|$/m);
    expect(readme).toMatch(/^\| memory, at most \| \d+ MB \|$/m);
    expect(readme).toMatch(/^\| \[#\] \| `run\.js` \| The other \| `results\/study-2\/table\.tex` \|$/m);
  });

  it('makes the same again where it lies now, and says which file differs', () => {
    const run = () => spawnSync(process.execPath, [join(place, 'run.js'), command], { encoding: 'utf8' });
    const first = run();
    expect([first.status, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^all \d+ files are the same$/m);
    const table = join(place, 'results/study/menu.csv');
    writeFileSync(table, readFileSync(table, 'utf8').replace(/(\d)\r\n$/, '7$1\r\n'));
    const second = run();
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/^1 of \d+ files differ:\n {2}study\/menu\.csv: other bytes$/m);
  }, 240_000);
});

describe('an archive is refused', () => {
  it('into a directory with something in it, which stays', async () => {
    const { folder, studies } = sources();
    const { code, stderr } = await runMain('archive', studies[1]!, '--out', folder);
    expect([code, stderr]).toEqual([
      2,
      `--out ${folder}: expected a directory that is empty or not there yet, got one with 4 files\n`,
    ]);
    expect(readdirSync(folder).length).toBe(4);
  });

  it('of a plugin with files beside it', async () => {
    const { folder, studies } = sources();
    writeFileSync(join(folder, 'beside.mjs'), 'export default 1;\n');
    writeFileSync(
      join(folder, 'needy.mjs'),
      "import './beside.mjs';\nexport default { name: 'needy', distributions: [] };\n",
    );
    const out = join(folder, 'out');
    const argv = ['archive', studies[1]!, '--plugin', join(folder, 'needy.mjs'), '--out', out];
    const { code, stderr } = await runMain(...argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--plugin .*needy\.mjs: expected a module that stands alone/);
    expect(existsSync(out)).toBe(false);
  });

  it('of a study that is wrong, or reads files elsewhere without leave', async () => {
    const { folder, studies, plugin } = sources();
    const out = join(folder, 'out');
    const { code, stderr } = await runMain('archive', studies[0]!, '--plugin', plugin, '--out', out);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('--allow-files lets a study read those, too'),
    ]);
    expect(existsSync(out)).toBe(false);
  });

  it('into an empty directory it goes', async () => {
    const { folder, studies } = sources();
    mkdirSync(join(folder, 'empty'));
    const { code } = await runMain('archive', studies[1]!, '--out', join(folder, 'empty'));
    expect(code).toBe(0);
    expect(readdirSync(join(folder, 'empty/results/study')).length).toBeGreaterThan(4);
  }, 60_000);
});
